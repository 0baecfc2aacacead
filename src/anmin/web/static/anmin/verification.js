/* Verification: "all sources" hides the single ones. Without this file everything can be done by mouse and form. */
(() => {
  "use strict";

  function all(box) {
    const every = box.querySelector("input[name=every]");
    box.classList.toggle("is-all", every.checked);
  }
  document.addEventListener("change", (event) => {
    const box = event.target.name === "every" && event.target.closest("[data-check-all]");
    if (box) all(box);
  });
  const start = () => document.querySelectorAll("[data-check-all]").forEach(all);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
