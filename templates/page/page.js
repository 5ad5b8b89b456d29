// The player of the page: ±10 s, speed, parts of the article, and the sentence that is heard.
// Without this script the browser's own player and the links to parts of the sound still work.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const audio = $("audio");
  const { parts, cues } = JSON.parse($("#_times").textContent);
  const starts = Float64Array.from(cues, (cue) => cue[1]);
  const partStarts = Float64Array.from(parts, (each) => each[1]);
  const LINGER = 0.8; // seconds that a sentence stays marked in the silence after it
  const status = $(".status"), bar = $(".bar"), toggle = $("[data-toggle]"), now = $("[data-now]");
  const follow = $("[data-follow]");
  const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const words = window.CSS?.highlights && window.Highlight ? new Highlight() : null;
  if (words) CSS.highlights.set("word", words);

  let cue = -1, word = -1, part = null, stop = Infinity, playing = "";

  // The last of sorted `at` that is not after `time`; -1 where all are.
  const last = (at, time) => {
    let low = 0, high = at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const element = (index) => (index < 0 ? null : document.getElementById(cues[index][0]));
  const partAt = (time) => parts[Math.max(0, last(partStarts, time))];

  // ---------------------------------------------------------------- what is heard now

  const update = () => {
    const time = audio.currentTime;
    if (time >= stop && !audio.paused) { audio.pause(); stop = Infinity; }
    let at = last(starts, time);
    if (at >= 0 && time > cues[at][2] + LINGER) at = -1;
    if (at !== cue) mark(at);
    if (words && cue >= 0 && cues[cue][3]) markWord(time);
    const here = audio.currentTime || !audio.paused ? partAt(time) : null;
    if (here !== part) name(here);
  };
  const mark = (at) => {
    element(cue)?.classList.remove("spoken");
    words?.clear();
    cue = at;
    word = -1;
    const spoken = element(cue);
    spoken?.classList.add("spoken");
    if (spoken && follow.getAttribute("aria-pressed") === "true") show(spoken);
  };
  const markWord = (time) => {
    const places = cues[cue][3];
    let at = -1;
    for (let i = 0; i < places.length && places[i] <= time; i += 4) at = i;
    if (at === word) return;
    word = at;
    words.clear();
    const range = at < 0 || !element(cue) ? null : rangeOf(element(cue), places[at + 2], places[at + 3]);
    if (range) words.add(range);
  };
  // A stretch of a sentence's text: marks of notes are no part of it, a line break is a space.
  const rangeOf = (sentence, from, to) => {
    const walker = document.createTreeWalker(sentence, 5, (node) =>
      node.nodeName === "SUP" ? 2 : node.nodeType === 3 || node.nodeName === "BR" ? 1 : 3);
    const range = new Range();
    let at = 0, begun = false;
    for (let node; (node = walker.nextNode());) {
      const length = node.nodeType === 3 ? node.length : 1;
      if (node.nodeType === 3) {
        if (!begun && from < at + length) { range.setStart(node, from - at); begun = true; }
        if (begun && to <= at + length) { range.setEnd(node, Math.max(0, to - at)); return range; }
      }
      at += length;
    }
    return null;
  };
  const show = (spoken) => {
    const box = spoken.getBoundingClientRect();
    if (box.top > innerHeight * 0.12 && box.bottom < innerHeight * 0.7) return;
    scrollBy({ top: box.top - innerHeight * 0.3, behavior: calm.matches ? "auto" : "smooth" });
  };
  const name = (here) => {
    for (const [one, yes] of [[part, false], [here, true]]) {
      const link = one && links.get(one[0]);
      if (link && yes) link.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
    part = here;
    const link = here && links.get(here[0]);
    now.textContent = link ? link.firstElementChild.textContent : "Back to the player";
    now.hash = link ? link.hash : "_listen";
  };
  const frame = () => {
    update();
    if (!audio.paused) requestAnimationFrame(frame);
  };

  // ---------------------------------------------------------------- playing

  const play = (from, to = Infinity, key = "") => {
    audio.currentTime = from;
    stop = to;
    playing = key;
    audio.play().catch(failed);
  };
  const failed = (error) => {
    if (error?.name === "AbortError") return;
    status.textContent = "The sound cannot be played here. Its files are further down this page.";
  };
  const button = (link, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = link.className;
    Object.assign(made.dataset, link.dataset);
    made.append(...link.childNodes);
    made.addEventListener("click", action);
    link.replaceWith(made);
    return made;
  };
  const times = new Map(parts.map(([id, start, end]) => [id, [start, end]]));
  for (const link of all("[data-from]")) button(link, () => play(times.get(link.dataset.from)[0]));
  const sections = all("[data-play]").map((link) => {
    const id = link.dataset.play, [start, end] = times.get(id);
    return button(link, () => {
      if (playing !== id) play(start, end, id);
      else if (audio.paused) audio.play().catch(failed);
      else audio.pause();
    });
  });
  const label = () => {
    for (const each of sections) {
      const heard = each.dataset.play === playing && !audio.paused, words = $("[data-label]", each);
      words.textContent = words.textContent.replace(/^\w+/, heard ? "Pause" : "Play");
      each.classList.toggle("heard", heard);
    }
    toggle.textContent = audio.paused ? "Play" : "Pause";
    toggle.classList.toggle("heard", !audio.paused);
  };
  for (const each of all("[data-skip]")) {
    each.addEventListener("click", () => { audio.currentTime += Number(each.dataset.skip); });
  }
  toggle.addEventListener("click", () => {
    if (audio.paused) audio.play().catch(failed); else audio.pause();
  });
  $(".controls select").addEventListener("change", (event) => {
    audio.playbackRate = audio.defaultPlaybackRate = Number(event.target.value);
  });

  audio.addEventListener("play", () => { label(); bar.dataset.used = ""; seen(); frame(); });
  audio.addEventListener("pause", () => { if (stop === Infinity) playing = ""; label(); update(); });
  audio.addEventListener("ended", () => { playing = ""; stop = Infinity; });
  audio.addEventListener("timeupdate", update);
  audio.addEventListener("seeked", () => {
    const range = times.get(playing);
    const inside = range && audio.currentTime >= range[0] - 0.1 && audio.currentTime <= range[1];
    if (playing && !inside) { playing = ""; stop = Infinity; label(); }
    update();
  });
  audio.addEventListener("error", failed);

  // ---------------------------------------------------------------- following, and the bar

  const following = (yes) => {
    follow.setAttribute("aria-pressed", String(yes));
    if (yes && cue >= 0) show(element(cue));
  };
  follow.addEventListener("click", () => following(follow.getAttribute("aria-pressed") !== "true"));
  for (const moved of ["wheel", "touchmove"]) {
    addEventListener(moved, () => following(false), { passive: true });
  }
  const moves = new Set(["PageUp", "PageDown", "Home", "End"]);
  addEventListener("keydown", (event) => { if (moves.has(event.key)) following(false); });

  let inView = true;
  const seen = () => { bar.hidden = inView || bar.dataset.used === undefined; };
  new IntersectionObserver(([entry]) => { inView = entry.isIntersecting; seen(); }).observe(audio);

  if (navigator.mediaSession && window.MediaMetadata) {
    const go = (by) => () => { audio.currentTime += by; };
    const step = (by) => () => {
      const next = parts[parts.indexOf(partAt(audio.currentTime)) + by];
      if (next) audio.currentTime = next[1];
    };
    navigator.mediaSession.metadata = new MediaMetadata({
      title: $("h1").textContent, artist: $(".author").textContent,
    });
    for (const [action, handler] of [["seekbackward", go(-10)], ["seekforward", go(10)],
      ["previoustrack", step(-1)], ["nexttrack", step(1)]]) {
      navigator.mediaSession.setActionHandler(action, handler);
    }
  }
  $(".controls").hidden = false;
  label();
})();
