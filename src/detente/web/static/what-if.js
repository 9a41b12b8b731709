// What the page of what-ifs does more with a script: handles that keep their order, and an address that follows them.
"use strict";
(() => {
  const form = () => document.getElementById("try");

  // What is tried, as it stands on the page at this moment: names with a dot, three values of one name joined.
  const tried = () => {
    const found = new Map();
    if (!form()) return found;
    for (const [name, value] of new FormData(form())) {
      if (!name.includes(".") || value === "") continue;
      found.set(name, found.has(name) ? `${found.get(name)},${value}` : value);
    }
    return found;
  };
  const settings = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form())) if (!name.includes(".") && name !== "add" && value) found.set(name, value);
    return found;
  };
  const query = () => {
    const found = settings();
    for (const [name, value] of tried()) found.set(name, value);
    return found.toString();
  };

  // A handle that is pushed against its neighbour takes it along. Before the request is sent, so in the first phase.
  document.addEventListener("input", (event) => {
    const moved = event.target.closest && event.target.closest(".handles input");
    if (!moved) return;
    const lever = moved.closest(".lever");
    const all = [...lever.querySelectorAll(".handles input")];
    const at = all.indexOf(moved);
    all.forEach((one, k) => {
      if (k < at && one.valueAsNumber > moved.valueAsNumber) one.value = moved.value;
      if (k > at && one.valueAsNumber < moved.valueAsNumber) one.value = moved.value;
    });
    const values = all.map((one) => one.value);
    lever.querySelector("output").textContent = values.join(" · ");
    lever.classList.toggle("changed", values.join(",") !== lever.dataset.now);
  }, true);

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !form()) return;
    const bar = event.target.closest("a[data-add]");
    if (bar) {
      event.preventDefault();
      form().elements.add.value = bar.dataset.add;
      form().requestSubmit();
      return;
    }
    // Links to this page were written before the sliders moved: they lead on with what is tried now.
    const link = event.target.closest("a[href^='/what-if']:not([data-fixed])");
    if (!link) return;
    const to = new URL(link.href);
    for (const name of [...to.searchParams.keys()]) if (name.includes(".")) to.searchParams.delete(name);
    for (const [name, value] of tried()) to.searchParams.set(name, value);
    link.href = to.pathname + to.search;
  });

  document.addEventListener("submit", (event) => {
    const sent = event.target;
    for (const field of sent.querySelectorAll("[data-edits]")) field.value = query();
    if (sent.matches("[data-answer]")) {
      sent.querySelectorAll("input[type=hidden]").forEach((one) => { if (one.name.includes(".")) one.remove(); });
      for (const [name, value] of tried()) {
        const kept = document.createElement("input");
        Object.assign(kept, { type: "hidden", name, value });
        sent.append(kept);
      }
    }
  }, true);

  document.addEventListener("htmx:after:swap", () => {
    const answer = document.querySelector("#answer[data-address]");
    if (!answer || answer.dataset.address === location.pathname + location.search) return;
    history.replaceState(history.state, "", answer.dataset.address);
    for (const back of document.querySelectorAll("input[name=back]")) back.value = answer.dataset.address;
  });
})();
