"use strict";
(() => {
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.hidden = true;
  peek.setAttribute("role", "note");
  peek.setAttribute("aria-label", "What the sentence rests on");
  const back = document.createElement("a");
  back.className = "return";
  back.hidden = true;
  back.textContent = "Back to the sentence";
  const nav = document.createElement("nav");
  nav.setAttribute("aria-label", "Way back");
  nav.append(back);
  document.body.append(nav);
  const main = document.getElementById("the-brief");
  main.append(peek);
  let shown = null;
  let timer = 0;

  const hide = () => { peek.hidden = true; shown = null; };
  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 180); };
  const show = (ref) => {
    clearTimeout(timer);
    const entry = document.getElementById(ref.dataset.entry);
    const body = entry && entry.querySelector(".entry-body");
    if (!body || ref.closest(".peek")) return;
    const word = document.createElement("span");
    word.className = "peek-word";
    word.textContent = ref.textContent + ", " + ref.dataset.word;
    const copy = body.cloneNode(true);
    copy.querySelectorAll(".there").forEach((link) => link.remove());
    peek.replaceChildren(word, copy);
    peek.hidden = false;
    shown = ref;
    const at = ref.getBoundingClientRect();
    const box = peek.getBoundingClientRect();
    const left = Math.max(12, Math.min(at.left - 20, document.documentElement.clientWidth - box.width - 12));
    const below = at.bottom + box.height + 10 < window.innerHeight || at.top < box.height + 10;
    peek.style.setProperty("left", left + window.scrollX + "px");
    peek.style.setProperty("top", (below ? at.bottom + 6 : at.top - box.height - 6) + window.scrollY + "px");
  };

  for (const ref of document.querySelectorAll("a.ref")) {
    const told = ref.title;
    ref.dataset.word = told.split(":")[0];
    ref.removeAttribute("title");
    ref.addEventListener("mouseenter", () => { clearTimeout(timer); timer = setTimeout(() => show(ref), 120); });
    ref.addEventListener("mouseleave", later);
    ref.addEventListener("focus", () => show(ref));
    ref.addEventListener("blur", later);
    ref.addEventListener("click", () => {
      const sentence = ref.closest("[id]");
      hide();
      clearTimeout(timer);
      back.hidden = !sentence;
      if (sentence) back.href = "#" + sentence.id;
    });
  }
  peek.addEventListener("mouseenter", () => clearTimeout(timer));
  peek.addEventListener("mouseleave", later);
  back.addEventListener("click", () => { setTimeout(() => { back.hidden = true; }, 0); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) hide(); });

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
