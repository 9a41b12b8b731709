// What the pages of documents do more with a script: keys for a review, files that are dropped, a slider over the days.
"use strict";
(() => {
  const page = () => document.getElementById("page");
  const cards = () => [...document.querySelectorAll(".item[data-card]")];
  const current = () => document.querySelector(".item[aria-current]");
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;
  let byKey = false;

  const mark = (card) => {
    for (const one of cards()) one === card ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
    let first = null;
    for (const link of document.querySelectorAll(".it")) {
      const mine = link.dataset.items.split(" ").includes(card.dataset.card);
      link.classList.toggle("now", mine);
      if (mine && !first) first = link;
    }
    const address = new URL(location.href);
    address.searchParams.set("item", card.dataset.card);
    address.searchParams.delete("edit");
    address.hash = "";
    window.history.replaceState(null, "", address);
    return first;
  };

  const show = (card) => {
    const first = mark(card);
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
    if (first) first.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const all = cards();
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) show(next);
  };

  const press = (selector) => {
    const button = selector === "[data-take-back]" ? document.querySelector(selector) : current()?.querySelector(selector);
    if (button) { byKey = true; button.click(); }
  };

  const KEYS = { j: () => step(1), k: () => step(-1), a: () => press("[data-a]"), r: () => press("[data-r]"),
    e: () => press("[data-e]"), u: () => press("[data-take-back]") };

  // Before the keys of every page, which have another use for u; g and what follows it is theirs.
  let leading = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.getElementById("keys")?.open || !cards().length) return;
    if (event.key === "g") { leading = event.timeStamp; return; }
    const led = leading && event.timeStamp - leading < 1500;
    leading = 0;
    if (led || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".it");
    const card = link && document.getElementById(`item-${link.dataset.item}`);
    if (!card) return;
    event.preventDefault();
    show(card);
  });

  document.addEventListener("htmx:after:swap", (event) => {
    slide();
    const target = event.detail.ctx?.target;
    if ((typeof target === "string" ? target : `#${target?.id}`) !== "#page") return;
    const card = current();
    if (!byKey || !card) return;
    byKey = false;
    const field = card.querySelector(".edit-item select");
    if (field) field.focus(); else show(card);
  });

  // Files that are dropped go where chosen ones would, and are sent; words that are dropped are pasted.
  const form = () => document.querySelector("[data-drop]");
  document.addEventListener("dragover", (event) => {
    if (!form() || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    page().classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) page().classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    page().classList.remove("dropping");
    if (!form() || !event.dataTransfer.files.length) return;
    event.preventDefault();
    form().elements.files.files = event.dataTransfer.files;
    form().requestSubmit();
  });

  // The days as a slider beside the list of them, which is what is sent.
  const slide = () => {
    const asOf = document.querySelector("[data-as-of]");
    if (!asOf || asOf.querySelector("[type=range]")) return;
    const select = asOf.elements.as_of;
    const days = [...select.options].map((one) => one.value).reverse();
    if (days.length < 3) return;
    const range = document.createElement("input");
    range.type = "range";
    range.min = "0";
    range.max = String(days.length - 1);
    range.value = String(days.indexOf(select.value));
    range.setAttribute("aria-label", "Known by the end of which day");
    const words = () => { range.setAttribute("aria-valuetext", select.selectedOptions[0].textContent); };
    range.addEventListener("input", () => { select.value = days[Number(range.value)]; words(); });
    range.addEventListener("change", () => asOf.requestSubmit());
    select.addEventListener("change", () => asOf.requestSubmit());
    words();
    asOf.insertBefore(range, asOf.querySelector("button"));
  };
  slide();
})();
