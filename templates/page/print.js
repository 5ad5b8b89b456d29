"use strict";
/* Remembers which edge the printer turns on, on this computer alone, and prints the sheet of one
   leaflet. Without it each form offers both files, and the browser prints the whole page. */
(() => {
  const KEY = "leafcast printer";
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ask = $("[data-ask]"), known = $("[data-known]");
  const stored = (action) => { try { return action(window.localStorage); } catch { return null; } };

  function settle(edge) {
    ask.hidden = Boolean(edge);
    known.hidden = !edge;
    $("[data-which]").textContent = edge ? (edge === "short" ? say("short") : say("long")) : "";
    for (const each of all("[data-short]")) each.href = each.dataset[edge || "short"];
    for (const each of all("[data-other]")) each.hidden = Boolean(edge);
  }

  for (const each of all("[data-edge]")) {
    each.addEventListener("click", () => {
      stored((store) => store.setItem(KEY, each.dataset.edge));
      settle(each.dataset.edge);
      known.focus();
    });
  }
  $("[data-ask-again]").addEventListener("click", () => {
    stored((store) => store.removeItem(KEY));
    settle(null);
    $("[data-edge]").focus();
  });
  for (const each of all("[data-print-sheet]")) {
    each.hidden = false;
    each.addEventListener("click", () => {
      document.body.classList.add("only");
      each.closest("[data-leaflet]").classList.add("chosen");
      window.print();
      each.closest("[data-leaflet]").classList.remove("chosen");
      document.body.classList.remove("only");
    });
  }
  const before = stored((store) => store.getItem(KEY));
  $("[data-printer]").hidden = false;
  settle(before === "short" || before === "long" ? before : null);
})();
