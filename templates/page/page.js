// What the page adds to its player: parts of the article, the sentence that is heard, and the place
// where one stopped. Links to parts of the sound work without it.
(() => {
  const { audio, clock, failed } = sound;
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { parts, cues } = JSON.parse($("#_times").textContent);
  const starts = Float64Array.from(cues, (cue) => cue[1]);
  const partStarts = Float64Array.from(parts, (each) => each[1]);
  const LINGER = 0.8; // seconds that a sentence stays marked in the silence after it
  const WORTH_ASKING = 10; // seconds heard, and left, from which on a place is worth keeping
  const bar = $("[data-bar]"), listen = $("[data-listen]"), part_ = $("[data-part]");
  const NAME = listen.getAttribute("aria-label");
  const follow = $("[data-follow]"), again = $("[data-again]");
  const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const words = window.CSS?.highlights && window.Highlight ? new Highlight() : null;
  if (words) CSS.highlights.set("word", words);

  let cue = -1, word = -1, part = null, stop = Infinity, playing = "", following = true;

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
    if (spoken && following && !audio.paused) show(spoken);
  };
  const markWord = (time) => {
    // Three numbers a word, each a difference: after the one before, signs between, signs long.
    const [, start, , places] = cues[cue];
    let at = -1, from = 0, to = 0;
    for (let i = 0, when = start; i < places.length && (when += places[i] / 1000) <= time; i += 3) {
      at = i;
      from = to + places[i + 1];
      to = from + places[i + 2];
    }
    if (at === word) return;
    word = at;
    words.clear();
    const range = at < 0 || !element(cue) ? null : rangeOf(element(cue), from, to);
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
    if (part) links.get(part[0])?.removeAttribute("aria-current");
    if (here) links.get(here[0])?.setAttribute("aria-current", "true");
    part = here;
    part_.textContent = here
      ? say("Part {number} of {count}", { number: parts.indexOf(here) + 1, count: parts.length }) : "";
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
    sound.play();
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
      else sound.toggle();
    });
  });
  const label = () => {
    for (const each of sections) {
      const heard = each.dataset.play === playing && !audio.paused;
      $("[data-label]", each).textContent = heard ? say("Pause this part") : say("Play this part");
      each.classList.toggle("heard", heard);
    }
    $("b", listen).textContent = audio.paused ? say("Listen") : say("Pause");
    listen.setAttribute("aria-label", audio.paused ? NAME : NAME.replace(say("Listen"), say("Pause")));
    listen.classList.toggle("heard", !audio.paused);
  };
  listen.addEventListener("click", () => {
    if (audio.paused) { stop = Infinity; playing = ""; }
    sound.toggle();
  });

  const open = () => {
    again.hidden = true;
    bar.hidden = false;
    document.body.classList.add("with-bar");
  };
  audio.addEventListener("play", () => { open(); label(); frame(); });
  audio.addEventListener("pause", () => { if (stop === Infinity) playing = ""; label(); update(); keep(); });
  audio.addEventListener("ended", () => { playing = ""; stop = Infinity; forget(); });
  audio.addEventListener("timeupdate", () => { update(); if (!audio.paused) keep(); });
  audio.addEventListener("seeked", () => {
    const range = times.get(playing);
    const inside = range && audio.currentTime >= range[0] - 0.1 && audio.currentTime <= range[1];
    if (playing && !inside) { playing = ""; stop = Infinity; label(); }
    update();
  });
  audio.addEventListener("error", failed);

  // ---------------------------------------------------------------- the list of parts

  const opener = $("[data-parts]"), list = $("#_parts");
  const titleOf = ([id], at) => links.get(id)?.firstElementChild.textContent
    || (at === 0 ? say("Introduction") : document.getElementById(id)?.querySelector("h2")?.textContent)
    || say("Notes and contact");
  parts.forEach((each, at) => {
    const made = document.createElement("button"), entry = document.createElement("li");
    made.type = "button";
    const title = document.createElement("span"), time = document.createElement("span");
    title.textContent = titleOf(each, at);
    time.textContent = clock(each[1]);
    time.className = "time";
    made.append(title, " ", time);
    made.addEventListener("click", () => { opened(false); following = true; play(each[1]); opener.focus(); });
    entry.append(made);
    list.firstElementChild.append(entry);
  });
  const opened = (yes) => {
    list.hidden = !yes;
    opener.setAttribute("aria-expanded", String(yes));
    if (!yes) return;
    all("#_parts button").forEach((each, at) => {
      if (part === parts[at]) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
    });
  };
  opener.addEventListener("click", () => opened(list.hidden));
  document.addEventListener("click", (event) => { if (!bar.contains(event.target)) opened(false); });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { opened(false); opener.focus(); }
    if (event.target.matches("input, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowLeft: -10, ArrowRight: 10 }[event.key];
    if (by) { sound.skip(by); event.preventDefault(); }
  });

  // ---------------------------------------------------------------- following the words

  const followed = (yes) => {
    following = yes;
    follow.hidden = yes;
    part_.hidden = !yes;
    if (yes && cue >= 0) show(element(cue));
  };
  follow.addEventListener("click", () => { followed(true); $("[data-toggle]").focus(); });
  const left = (event) => {
    if (following && !bar.hidden && !bar.contains(event.target)) followed(false);
  };
  for (const moved of ["wheel", "touchmove"]) addEventListener(moved, left, { passive: true });
  const moves = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", "Tab", " "]);
  addEventListener("keydown", (event) => {
    if (moves.has(event.key) && !(event.key === " " && event.target.matches("button, summary"))) left(event);
  });

  if (navigator.mediaSession && window.MediaMetadata) {
    const step = (by) => () => {
      const next = parts[parts.indexOf(partAt(audio.currentTime)) + by];
      if (next) audio.currentTime = next[1];
    };
    navigator.mediaSession.setActionHandler("previoustrack", step(-1));
    navigator.mediaSession.setActionHandler("nexttrack", step(1));
  }

  // ---------------------------------------------------------------- coming back

  // The place is kept on this device alone, only once something was heard, and until it was heard
  // to its end. A recording of another length is another recording.
  const KEY = `leafcast ${location.pathname}`, LENGTH = Number($("[data-place]").max);
  const stored = (action) => { try { return action(window.localStorage); } catch { return null; } };
  let kept = 0;
  const keep = () => {
    const at = Math.floor(audio.currentTime);
    if (at === kept || at < WORTH_ASKING || at > LENGTH - WORTH_ASKING) return;
    kept = at;
    stored((store) => store.setItem(KEY, `${at} of ${LENGTH}`));
  };
  const forget = () => stored((store) => store.removeItem(KEY));
  const came = stored((store) => store.getItem(KEY))?.match(/^(\d+) of ([\d.]+)$/);
  if (came && Number(came[2]) === LENGTH) {
    again.hidden = false;
    document.body.classList.add("with-question");
    $("[data-carry-on]").addEventListener("click", () => { open(); play(Number(came[1])); $("[data-toggle]").focus(); });
    $("[data-from-the-start]").addEventListener("click", () => {
      forget();
      open();
      play(0);
      $("[data-toggle]").focus();
    });
    // Said once it stands there: what a live region holds from the beginning is not announced.
    setTimeout(() => {
      $("[data-question]").textContent = say("You were at {time}. Carry on from there?", { time: clock(Number(came[1])) });
    }, 100);
  } else if (came) forget();

  listen.hidden = false;
  label();
})();
