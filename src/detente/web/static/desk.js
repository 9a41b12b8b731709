// What the pages do more with a script than without: the drawer, keys, dragging. Everything works without it.
"use strict";
(() => {
  const drawer = document.getElementById("drawer");
  const keys = document.getElementById("keys");
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;
  let opener = null;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[hx-target='#drawer']");
    if (link) opener = link;
    if (event.target.closest("[data-close]")) close();
    if (event.target.closest("[data-keys]")) keys.showModal();
  });

  const close = () => {
    if (!drawer || !drawer.hasChildNodes()) return false;
    drawer.replaceChildren();
    if (opener && opener.isConnected) opener.focus();
    return true;
  };

  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail.ctx;
    const named = ctx && ctx.target;
    const target = typeof named === "string" ? document.querySelector(named) : named;
    if (!target) return;
    if (target === drawer) {
      const head = drawer.querySelector("h2");
      if (head) head.focus({ preventScroll: window.innerWidth >= 1024 });
    } else if (target.id === "message") {
      const choice = target.querySelector?.("a, button");
      if (choice) choice.focus();
    }
  });

  // What the network swallowed is said, too: htmx itself says nothing where no answer comes.
  document.addEventListener("htmx:error", () => {
    const said = document.createElement("p");
    said.className = "said wrong";
    said.textContent = "The desk did not answer. Is it still running? Nothing was changed.";
    document.getElementById("message").replaceChildren(said);
  });

  if (keys) {
    for (const button of document.querySelectorAll("[data-keys]")) button.hidden = false;
    let leading = 0;
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && !keys.open && close()) return;
      if (typing(event.target) || keys.open) return;
      if (event.key === "?") { event.preventDefault(); keys.showModal(); return; }
      if (event.key === "g") { leading = event.timeStamp; return; }
      if (leading && event.timeStamp - leading < 1500) {
        const link = document.querySelector(`nav.pages a[data-key="${CSS.escape(event.key)}"]`);
        leading = 0;
        if (link) { event.preventDefault(); link.click(); }
        return;
      }
      if (event.key === "u") {
        const undo = document.querySelector("[data-undo]");
        if (undo) { event.preventDefault(); undo.click(); }
      }
    });
  }

  // Dragging an issue to another column chooses in the form that is there without a script, and sends it.
  let dragged = null;
  const column = (event) => dragged && event.target.closest && event.target.closest("[data-mode]");
  const mine = (found) => found && found.closest("[data-board]") === dragged.closest("[data-board]");
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest(".chip[draggable]") : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const found = column(event);
    if (!mine(found)) return;
    event.preventDefault();
    document.querySelectorAll(".column.over").forEach((one) => one.classList.toggle("over", one === found));
    found.classList.add("over");
  });
  document.addEventListener("dragend", () => {
    document.querySelectorAll(".over, .dragged").forEach((one) => one.classList.remove("over", "dragged"));
    dragged = null;
  });
  document.addEventListener("drop", (event) => {
    const found = column(event);
    if (!mine(found)) return;
    event.preventDefault();
    const select = dragged.querySelector("select[name=value]");
    const mode = found.dataset.mode;
    const wanted = [...select.options].find((one) => one.value.split(":")[0] === mode);
    if (wanted && select.value.split(":")[0] !== mode) {
      select.value = wanted.value;
      select.form.requestSubmit();
    } else if (!wanted) {
      const said = document.createElement("p");
      said.className = "said wrong";
      said.textContent = "Nobody at hand could put the issue there: a precondition needs a party that demands it and has a stance on it.";
      document.getElementById("message").replaceChildren(said);
    }
  });

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.move)")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
