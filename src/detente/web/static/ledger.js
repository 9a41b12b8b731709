// What the page of the ledger does more with a script: the head is copied with one press.
"use strict";
(() => {
  const show = () => document.querySelectorAll("[data-copy]").forEach((one) => { one.hidden = !navigator.clipboard; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const said = document.createElement("p");
    said.className = "said";
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      said.textContent = "The head is copied. Keep it where you cannot take it back.";
    } catch {
      said.className = "said wrong";
      said.textContent = "The browser does not let the desk copy. Mark the head, and copy it yourself.";
    }
    document.getElementById("message").replaceChildren(said);
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
