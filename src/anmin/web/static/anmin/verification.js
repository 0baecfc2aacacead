/* Verification: "all sources" hides the single ones; the queue goes by keyboard. Without this file all is done by form. */
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
  // j and k go from match to match, y and n choose and lead to the reason; Enter there sends it, Escape leaves it.
  document.addEventListener("keydown", (event) => {
    const queue = document.querySelector("[data-queue]");
    if (!queue || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = event.target.closest("[data-hit]");
    const typing = event.target.closest("input:not([type=radio]), textarea, select");
    if (typing) {
      if (event.key === "Escape" && card) card.focus();
      return;
    }
    const cards = [...queue.querySelectorAll("[data-hit]")];
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const next = cards[card ? cards.indexOf(card) + step : 0];
      if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: "nearest" }); }
      return;
    }
    const answer = { y: "yes", n: "no" }[event.key];
    const chosen = answer && card?.querySelector(`input[name=is_person][value=${answer}]`);
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      card.querySelector("input[name=reason]").focus();
    }
  });

  const start = () => document.querySelectorAll("[data-check-all]").forEach(all);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  // A form that comes back with its faults is a new one.
  document.addEventListener("anmin:shown", start);
})();
