"use strict";
/* Finds articles by their words. Those are read when somebody first searches, from a file beside
   this page, so that it works from a memory stick as well. */
(() => {
  const box = document.querySelector("[data-search]");
  const said = document.querySelector("[data-found]");
  const all = [...document.querySelectorAll("[data-slug]")];
  if (!box || !all.length) return;
  box.closest("[hidden]").hidden = false;

  const plain = (words) => words.toLowerCase().normalize("NFC").replace(/[’']/g, "");
  const shown = new Map(all.map((entry) => [entry, plain(entry.textContent)]));
  let asked = false;

  function fetchWords() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = "library/words.js";
    script.onload = search;
    document.head.append(script);
  }

  function holds(entry, word) {
    const words = (window.libraryWords || {})[entry.dataset.slug] || "";
    return shown.get(entry).includes(word) || ` ${words}`.includes(` ${word}`);
  }

  function search() {
    const wanted = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    let count = 0;
    for (const entry of all) {
      const found = wanted.every((word) => holds(entry, word));
      entry.hidden = !found;
      count += found;
    }
    said.textContent = !wanted.length ? "" : count === 0 ? "Nothing found. Try another word, or fewer."
      : count === 1 ? "1 article found." : `${count} articles found.`;
  }

  box.addEventListener("focus", fetchWords);
  box.addEventListener("input", search);
  box.form.addEventListener("submit", (event) => event.preventDefault());
  if (box.value) { fetchWords(); search(); }
})();
