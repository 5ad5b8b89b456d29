// What deserves a look: each note beside its sentence, with what can be done about it.
import { ask, send, sendJson, CLOSED } from "./asking.js";
import { readAll } from "./blocks.js";

const $ = (id) => document.getElementById(id);

// `editor` is the page one writes in: its root, and how to keep, see and say something.
export function notesBeside(editor) {
  const { root, slug, later, see, say, blockAt, leaveOut } = editor;
  const lines = { look: new Set(), advice: new Set() };
  const wide = matchMedia("(min-width: 56.26rem)");
  let notes = [], told = null;

  function tell(notices) {
    told = notices;
    const wellness = $("wellness");
    wellness.querySelector("span:last-child").textContent = notices.line;
    const sign = wellness.querySelector(".sign");
    sign.classList.toggle("look", !notices.well);
    sign.textContent = notices.well ? "✓" : "!";
    $("notes-count").textContent = notices.all.length || "";
    $("notes-count").classList.toggle("look", !notices.well);
    const { elements } = readAll(root);
    notes = notices.all.map((notice) => ({ ...notice, place: notice.block === null ? null : elements[notice.block] ?? null }));
    if (wide.matches) notes.sort((a, b) => (a.block ?? -1) - (b.block ?? -1)); // in the order of the text, where they stand beside it
    const focused = document.activeElement?.closest?.("#cards li");
    const before = focused ? [...$("cards").children].indexOf(focused) : -1;
    $("cards").replaceChildren(...notes.map(card));
    if (!notes.length) $("cards").append(Object.assign(document.createElement("li"), { className: "well", textContent: "All is well." }));
    if (before >= 0) ($("cards").children[Math.min(before, notes.length - 1)]?.querySelector("button") ?? $("looks")).focus();
    underline();
    level();
  }

  // In a wide window each note stands level with its sentence, or below the note before it.
  function level() {
    const cards = [...$("cards").children];
    for (const each of cards) each.style.marginTop = "";
    $("looks").classList.toggle("abreast", wide.matches);
    if (!wide.matches || $("looks").hidden) return;
    notes.forEach((note, at) => {
      const words = note.place && (rangeOf(note) ?? note.place);
      const gap = words ? words.getBoundingClientRect().top - cards[at].getBoundingClientRect().top : 0;
      if (gap > 0) cards[at].style.marginTop = `${gap}px`;
    });
  }
  wide.addEventListener("change", () => told && tell(told));
  addEventListener("resize", level);

  // Her sentences are underlined without a change to the page one writes in (CSS Custom Highlight API).
  function underline() {
    for (const child of root.children) child.classList.remove("look", "advice");
    for (const kind of Object.keys(lines)) lines[kind] = new Set();
    for (const note of notes) {
      const kind = note.weighty ? "look" : "advice", range = note.place && rangeOf(note);
      if (range && globalThis.CSS?.highlights) lines[kind].add(range);
      else note.place?.classList.add(kind);
    }
    if (globalThis.CSS?.highlights) for (const kind of Object.keys(lines)) CSS.highlights.set(kind, new Highlight(...lines[kind]));
  }

  function rangeOf({ place, quotes }) {
    const all = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), texts = [];
    while (all.nextNode()) texts.push(all.currentNode);
    const words = texts.map((each) => each.data).join("");
    for (const quote of quotes) {
      const from = words.indexOf(quote);
      if (from < 0) continue;
      const range = document.createRange();
      let at = 0;
      for (const text of texts) {
        if (from >= at && from < at + text.length) range.setStart(text, from - at);
        if (from + quote.length > at && from + quote.length <= at + text.length) { range.setEnd(text, from + quote.length - at); return range; }
        at += text.length;
      }
    }
    return null;
  }

  function card(note, at) {
    const item = document.createElement("li"), title = document.createElement("h3"), number = document.createElement("span");
    item.classList.toggle("weighty", note.weighty);
    number.className = note.weighty ? "sign look" : "sign quiet";
    number.textContent = at + 1;
    title.append(number, note.words);
    item.append(title);
    if (note.cure) item.append(Object.assign(document.createElement("p"), { textContent: note.cure }));
    const row = document.createElement("div");
    row.className = "row";
    const button = (words, does, kind = "small") => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = kind;
      made.append(words, Object.assign(document.createElement("span"), { className: "unseen", textContent: `, note ${at + 1} of ${notes.length}` }));
      made.addEventListener("click", does);
      row.append(made);
    };
    note.mends.forEach((mend, each) => { if (DOES_NOTE[mend.does]) button(mend.words, () => DOES_NOTE[mend.does](note, mend.values), each === 0 && note.weighty ? "small filled" : "small"); });
    if (note.place) button("Change my words", () => goTo(note));
    if (!note.weighty) button("Leave it as it is", () => leave(note.key), "small plain");
    if (row.children.length) item.append(row);
    return item;
  }

  function goTo(note) {
    const range = rangeOf(note) ?? document.createRange();
    if (!range.startContainer || range.startContainer === document) range.selectNodeContents(note.place);
    if ($("seen").classList.contains("open")) $("see-it").click();
    root.focus();
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    note.place.scrollIntoView({ block: "center" });
  }

  // What was done is told with its way back; the focus is then on the next card.
  function did(words, undo) {
    const line = $("did");
    line.replaceChildren(words, " ");
    if (!undo) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "small plain", textContent: "Undo" });
    button.addEventListener("click", () => { line.replaceChildren(); undo(); });
    line.append(button);
  }

  function edited(words) {
    did(words, () => { root.focus(); document.execCommand("undo"); later(0); });
    later(0);
  }

  function select(node, range) {
    root.focus();
    const all = range ?? document.createRange();
    if (!range) all.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(all);
  }

  const DOES_NOTE = {
    hear: (note) => {
      const said = send("/say", JSON.stringify({ words: note.quotes[0] ?? note.place?.textContent ?? "", quick: true }));
      said.then(({ ok, blob, answer }) => { if (ok) new Audio(URL.createObjectURL(blob)).play().catch(() => {}); else did(answer.words); });
    },
    go: (note, { to }) => location.assign(to),
    fill: (note, { field }) => { const there = document.querySelector(`[data-fact=${field}]`); there.closest("details").open = true; there.focus(); there.scrollIntoView({ block: "center" }); },
    facts: (note, values) => {
      const before = Object.keys(values).map((name) => [name, document.querySelector(`[data-fact=${name}]`).value]);
      for (const [name, value] of Object.entries(values)) document.querySelector(`[data-fact=${name}]`).value = value;
      did("Done.", () => { for (const [name, value] of before) document.querySelector(`[data-fact=${name}]`).value = value; later(0); });
      later(0);
    },
    describe: (note) => { const field = note.place?.querySelector("[data-part=alt]"); field?.focus(); field?.scrollIntoView({ block: "center" }); },
    raise: (note) => { select(note.place); document.execCommand("formatBlock", false, "h2"); edited("Done."); },
    remove: (note) => { select(note.place); document.execCommand("delete"); document.execCommand("delete"); edited("Taken out."); },
    replace: (note, { old, new: instead }) => {
      const range = rangeOf({ ...note, quotes: [old] });
      if (!range) { goTo(note); return; }
      select(note.place, range);
      document.execCommand("insertText", false, instead);
      edited("Done.");
    },
    leave_out: (note, { titles }) => { leaveOut(titles.split("\n")); did("They are left out of the trifold alone."); },
    post: async (note, { to, ...values }) => {
      const { answer } = await sendJson(to, values);
      did(answer.words);
      refresh();
    },
  };

  async function refresh() {
    const { ok, answer } = await ask(`/article/${slug}/looks`);
    if (ok) tell(answer);
    see();
  }

  async function leave(key, again = false) {
    const { ok, answer } = await sendJson(`/article/${slug}/leave`, { key, again });
    if (!ok) { say(answer.words ?? CLOSED); return; }
    did(again ? "It is told again." : "Left as it is.", again ? null : () => leave(key, true));
    tell(answer);
  }

  function noteHere() {
    const block = blockAt();
    notes.forEach((note, at) => { $("cards").children[at]?.classList.toggle("current", Boolean(block) && note.place === block); });
    if (!wide.matches) $("cards").querySelector(".current")?.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("selectionchange", () => { if (!$("looks").hidden) noteHere(); });

  return { tell, level };
}
