"use strict";
/* Finds articles by topic and by their words. Those are read when somebody first searches, from a
   file beside this page, so that it works from a memory stick as well. */
(() => {
  const box = document.querySelector("[data-search]");
  const said = document.querySelector("[data-found]");
  const all = [...document.querySelectorAll("[data-slug]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const list = document.querySelector("[data-elsewhere]");
  const topics = [...document.querySelectorAll("[data-topic]")];
  if (!box || !all.length) return;
  box.closest("[hidden]").hidden = false;

  const plain = (words) => words.toLowerCase().normalize("NFC").replace(/[’']/g, "");
  const shown = new Map(all.map((entry) => [entry, plain(entry.querySelector(".told").textContent)]));
  let asked = false, topic = "";

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

  // What stands on another page of the library is shown by its title.
  function findElsewhere(wanted) {
    const titles = window.libraryTitles || {}, here = new Set(all.map((entry) => entry.dataset.slug));
    const fits = ([slug, [title]]) => !here.has(slug)
      && wanted.every((word) => plain(title).includes(word) || ` ${window.libraryWords[slug]}`.includes(` ${word}`));
    const found = wanted ? Object.entries(titles).filter(fits) : [];
    list.replaceChildren(...found.map(([, [title, address]]) => {
      const entry = document.createElement("li"), link = document.createElement("a");
      link.textContent = title;
      link.href = address;
      entry.append(link);
      return entry;
    }));
    return found.length;
  }

  function search() {
    const wanted = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    let count = 0;
    for (const entry of all) {
      const within = !topic || (entry.dataset.topics || "").split(" ").includes(topic);
      const found = within && wanted.every((word) => holds(entry, word));
      entry.hidden = !found;
      count += found;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-slug]:not([hidden])");
    count += wanted.length && !topic ? findElsewhere(wanted) : findElsewhere(null);
    said.textContent = !wanted.length && !topic ? "" : count === 0 ? say("Nothing found. Try another word, or fewer.")
      : count === 1 ? say("{n} article found.", { n: count }) : say("{n} articles found.", { n: count });
  }

  for (const each of topics) {
    each.addEventListener("click", () => {
      topic = each.dataset.topic;
      for (const one of topics) one.setAttribute("aria-pressed", String(one === each));
      search();
    });
  }
  box.addEventListener("focus", fetchWords);
  box.addEventListener("input", search);
  box.form.addEventListener("submit", (event) => event.preventDefault());
  if (box.value) { fetchWords(); search(); }
})();
