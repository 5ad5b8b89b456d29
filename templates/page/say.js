"use strict";
// Our words in the page's language, by what they are in English.
const say = (() => {
  const words = JSON.parse(document.body.dataset.words || "{}");
  return (told, named = {}) => (words[told] || told).replace(/\{(\w+)\}/g, (_, name) => named[name]);
})();
