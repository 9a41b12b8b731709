// The page of deals with a script: what a slider stands at is said at once, and the address follows the package.
"use strict";
(() => {
  const told = (slider) => {
    const option = slider.list && slider.list.options[Number(slider.value)];
    if (!option) return;
    slider.setAttribute("aria-valuetext", option.label);
    const output = document.querySelector(`output[for="${CSS.escape(slider.id)}"]`);
    if (output) output.textContent = option.label;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches && event.target.matches(".slider input[type=range]")) told(event.target);
  });

  // The address is written once the sliders rest: browsers let a page change it only so often.
  let waiting = 0;
  const follow = () => {
    const now = document.getElementById("package");
    if (!now) return;
    for (const field of document.querySelectorAll(".agenda-form [data-package]")) field.value = now.dataset.package;
    for (const field of document.querySelectorAll(".agenda-form [data-locked]")) field.value = now.dataset.locked;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const here = now.dataset.address;
      history.replaceState(history.state, "", here);
      const query = new URL(here, location.href).searchParams;
      for (const link of document.querySelectorAll(".views a")) {
        const to = new URL(link.href);
        for (const name of ["table", "agenda", "no_deal", "package", "locked"]) {
          const value = query.get(name);
          if (value) to.searchParams.set(name, value); else to.searchParams.delete(name);
        }
        link.href = to.pathname + to.search;
      }
    }, 150);
  };

  const settle = () => {
    for (const button of document.querySelectorAll(".look")) button.hidden = true;
    if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  };

  let sums = false; // whether the sums are open, which the answer to a slider does not know
  document.addEventListener("click", (event) => {
    const summary = event.target.closest && event.target.closest("#package-sums > summary");
    if (summary) sums = !summary.parentElement.open;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail.ctx;
    const target = ctx && (typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target);
    if (!target || !["package", "explorer"].includes(target.id)) return;
    follow();
    settle();
    const adding = document.getElementById("package-sums");
    if (adding) adding.open = sums;
    if (target.id === "explorer") document.querySelectorAll(".slider input[type=range]").forEach(told);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const link = document.querySelector("[data-share]");
    navigator.clipboard.writeText(link.href).then(() => { button.textContent = "Copied"; }, () => {});
  });

  settle();
})();
