// Handles of ranges and red lines: moved by pointer or keys, written down by the form that is there without a script.
"use strict";
(() => {
  const PAUSE = 700; // milliseconds after the last key until a value is written down
  const SNAP = 6; // how near, in units of the picture, a pointer catches a landmark
  let grip = null; // what is being moved: the handle, its lane, where it began, where it is
  let timer = 0;
  let last = null; // the handle that was used last, by what it moves: the page is drawn anew under it

  const tidy = (value) => Number(value.toPrecision(10));
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  const laneOf = (handle) => {
    const at = handle.closest(".lane");
    const { low, high, left, right, step, marks } = at.dataset;
    return { low: +low, high: +high, left: +left, right: +right, step: +step, marks: JSON.parse(marks), svg: at.closest("svg") };
  };
  const xOf = (lane, value) => lane.left + ((value - lane.low) / (lane.high - lane.low)) * (lane.right - lane.left);
  const told = (lane, value) => {
    const mark = lane.marks.find(([at]) => Math.abs(at - value) < 1e-9);
    return mark ? `${tidy(value)}, ${mark[1]}` : String(tidy(value));
  };

  // Low, best and high once a part of them is moved: an end stops at the best guess, the best guess takes an end along.
  const after = (part, [low, best, high], to) => {
    if (part === "low") return [to, best, high];
    if (part === "high") return [low, best, to];
    return low === high ? [to, to, to] : [Math.min(low, to), to, Math.max(high, to)];
  };
  const written = (three) => (three[0] === three[2] ? String(three[1]) : three.join(","));

  const take = (handle) => {
    if (grip && grip.handle === handle) return grip;
    if (grip) keep();
    const from = handle.dataset.at.split(",").map(Number);
    const value = Number(handle.getAttribute("aria-valuenow"));
    grip = { handle, lane: laneOf(handle), from, start: value, value };
    return grip;
  };

  const show = (value) => {
    const { handle, lane, start } = grip;
    const low = Number(handle.getAttribute("aria-valuemin"));
    const high = Number(handle.getAttribute("aria-valuemax"));
    grip.value = tidy(clamp(value, low, high));
    handle.classList.add("moved");
    handle.setAttribute("transform", `translate(${xOf(lane, grip.value) - xOf(lane, start)} 0)`);
    handle.setAttribute("aria-valuenow", String(grip.value));
    handle.setAttribute("aria-valuetext", (handle.dataset.side || "") + told(lane, grip.value));
    let words = handle.querySelector(".words");
    if (!words) {
      words = document.createElementNS("http://www.w3.org/2000/svg", "text");
      const box = handle.querySelector(".hit");
      const half = (lane.left + lane.right) / 2;
      words.setAttribute("class", "words");
      words.setAttribute("x", xOf(lane, start));
      words.setAttribute("y", +box.getAttribute("y") - 2);
      words.setAttribute("text-anchor", xOf(lane, start) > half ? "end" : "start");
      for (const [name, given] of [["font-size", "12"], ["font-weight", "650"], ["fill", "var(--ink)"], ["stroke", "var(--paper)"], ["stroke-width", "4"], ["paint-order", "stroke"]]) words.setAttribute(name, given);
      handle.append(words);
    }
    words.textContent = told(lane, grip.value);
  };

  const letGo = (handle, value, text) => {
    handle.classList.remove("moved", "sent");
    handle.removeAttribute("transform");
    handle.querySelector(".words")?.remove();
    handle.setAttribute("aria-valuenow", String(value));
    handle.setAttribute("aria-valuetext", text);
  };
  const back = () => {
    clearTimeout(timer);
    if (!grip) return;
    const { handle, lane, start } = grip;
    grip = null;
    letGo(handle, start, (handle.dataset.side || "") + told(lane, start));
  };

  // Write the value down: the form of this very input is sent, as somebody would send it by hand.
  const keep = () => {
    clearTimeout(timer);
    if (!grip || grip.value === grip.start) return back();
    const { handle, from, value } = grip;
    const form = document.querySelector(`form[data-path="${CSS.escape(handle.dataset.path)}"]`);
    if (!form) return back();
    form.querySelector("[name=value]").value = written(after(handle.dataset.part, from, value));
    last = { path: handle.dataset.path, part: handle.dataset.part, focus: document.activeElement === handle, narrow: handle.closest("svg").classList.contains("narrow"), undo: grip };
    handle.classList.add("sent");
    grip = null;
    form.requestSubmit();
  };

  const isHandle = (event) => event.target.closest && event.target.closest(".handle[role=slider]");
  const place = (lane, event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(lane.svg.getScreenCTM().inverse());
    return at.x;
  };

  document.addEventListener("pointerdown", (event) => {
    const handle = isHandle(event);
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    const taken = take(handle);
    taken.offset = place(taken.lane, event) - xOf(taken.lane, taken.value);
    taken.pointer = event.pointerId;
    handle.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!grip || grip.pointer !== event.pointerId) return;
    const { lane, offset } = grip;
    const x = place(lane, event) - offset;
    const mark = lane.marks.find(([at]) => Math.abs(xOf(lane, at) - x) <= SNAP);
    const raw = lane.low + ((x - lane.left) / (lane.right - lane.left)) * (lane.high - lane.low);
    show(mark ? mark[0] : lane.low + Math.round((raw - lane.low) / lane.step) * lane.step);
  });
  document.addEventListener("pointerup", (event) => {
    if (grip && grip.pointer === event.pointerId) keep();
  });
  document.addEventListener("pointercancel", (event) => {
    if (grip && grip.pointer === event.pointerId) back();
  });

  const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  document.addEventListener("keydown", (event) => {
    const handle = isHandle(event);
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && grip) { event.preventDefault(); back(); return; }
    if (event.key === "Enter") { event.preventDefault(); keep(); return; }
    const known = event.key in KEYS || event.key === "Home" || event.key === "End";
    if (!known) return;
    event.preventDefault();
    const { lane, value } = take(handle);
    const steps = (KEYS[event.key] || 0) * (event.shiftKey ? 10 : 1);
    show(event.key === "Home" ? -Infinity : event.key === "End" ? Infinity : value + steps * lane.step);
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  document.addEventListener("focusout", (event) => {
    if (grip && grip.handle === event.target && grip.pointer === undefined) keep();
  });

  // What was refused is not shown as if it stood.
  const refused = () => {
    if (!last) return;
    const { handle, lane, start } = last.undo;
    if (handle.isConnected && handle.classList.contains("sent")) letGo(handle, start, (handle.dataset.side || "") + told(lane, start));
    last = null;
  };
  document.addEventListener("htmx:response:error", refused);
  document.addEventListener("htmx:error", refused);
  document.addEventListener("htmx:after:swap", () => {
    if (!last || !last.focus) return;
    const { path, part, narrow } = last;
    const same = [...document.querySelectorAll(`.handle[data-path="${CSS.escape(path)}"][data-part="${part}"]`)];
    const found = same.find((one) => one.closest("svg").classList.contains("narrow") === narrow);
    if (found && !found.classList.contains("sent") && document.activeElement !== found) found.focus({ preventScroll: true });
  });
})();
