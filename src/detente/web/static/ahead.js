// One draw and a seat in it: the slider beside the number, an address that follows, moves by number.
"use strict";
(() => {
  const ready = () => {
    for (const slide of document.querySelectorAll(".slide[hidden]")) slide.hidden = false;
  };
  const field = (slider) => slider.form.querySelector("[data-slid]");

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-slides]")) field(event.target).value = event.target.value;
    if (event.target.matches("[data-slid]")) {
      const slider = event.target.form.querySelector("[data-slides]");
      if (slider) slider.value = event.target.value;
    }
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-sends]");
    if (form && event.target.matches("[data-slides], select")) form.requestSubmit();
  });

  // What is shown is what the address says, so that it can be sent to somebody.
  document.addEventListener("htmx:after:swap", () => {
    ready();
    const told = document.querySelector("#story[data-address]");
    if (told && told.dataset.told !== told.dataset.address) {
      told.dataset.told = told.dataset.address;
      const now = new URL(told.dataset.address, location.href);
      if (now.search !== location.search) history.replaceState(history.state, "", now.pathname + now.search + location.hash);
    }
  });

  const typing = (at) => at.closest("input, textarea, select, [contenteditable], dialog") !== null;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const link = /^[1-9]$/.test(event.key)
      ? document.querySelector(`[data-choice="${event.key}"]`)
      : event.key === "b" && document.querySelector("[data-back]");
    if (link) { event.preventDefault(); link.click(); }
  });
  ready();
})();
