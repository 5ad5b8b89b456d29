// Writing: each pause keeps the words, and shows the leaflet as it will be.
import { ask, send, sendJson, CLOSED } from "./asking.js";
import { element, picture, readAll } from "./blocks.js";
import { notesBeside } from "./notes.js";
import { pasted } from "./pasted.js";

const $ = (id) => document.getElementById(id);
const main = $("main"), root = $("words"), banner = $("banner"), slug = main.dataset.slug;
const PAUSE = 500, AGAIN = 2000, COUNT = 2000;
let version = main.dataset.version, form = "trifold", timer, saving = false, dirty = false, over = false, sent = "";

document.execCommand("defaultParagraphSeparator", false, "p");

function show(doc) {
  root.replaceChildren(...doc.blocks.map((block) => element(block, slug)));
  if (!root.children.length) root.append(element({ kind: "paragraph", runs: [] }, slug));
  for (const field of document.querySelectorAll("[data-fact]")) field.value = doc.facts[field.dataset.fact];
  paintMarks();
}

function current() {
  const facts = {};
  for (const field of document.querySelectorAll("[data-fact]")) facts[field.dataset.fact] = field.value;
  return { facts, blocks: readAll(root).all };
}

// ---------------------------------------------------------------- keeping

function later(wait = PAUSE) {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

async function keep() {
  if (saving) { later(); return; }
  const doc = current(), text = JSON.stringify(doc);
  dirty = false;
  if (text === sent) return;
  saving = true;
  const { ok, status, answer } = await sendJson(`/article/${slug}/words`, { version, document: doc, over });
  saving = false;
  if (ok) {
    over = false;
    sent = text;
    version = answer.version;
    say("");
    tell(answer.notices);
    see();
  } else if (status === 409 && answer.document) conflict(answer);
  else {
    const again = (words, address) => button(words, () => (address ? send(address, "") : Promise.resolve()).then(keep));
    say(answer.words ?? CLOSED, ...(status === 507 ? [again("Go on")] : answer.back ? [again("Bring it back", `/article/${slug}/versions/${answer.back}`)] : answer.slip ? [again("Take the change back", "/practice/before")] : []));
    if (status !== 422) later(AGAIN);
  }
  if (dirty) later();
}

// What was just typed is made too.
$("make-it").form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  while (saving) await new Promise((on) => setTimeout(on, 50));
  await keep();
  if (banner.hidden) event.target.submit();
});

function say(words, ...buttons) {
  banner.hidden = !words;
  if (banner.dataset.words !== words) banner.replaceChildren(words, ...buttons);
  banner.dataset.words = words;
}

function button(words, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", does);
  return made;
}

function conflict(answer) {
  const both = button("See both", () => { open(location.href, "_blank", "noopener"); });
  const mine = button("Keep what I wrote here", () => { version = answer.version; over = true; say(""); sent = ""; keep(); });
  const other = button("Take the other", () => { version = answer.version; show(answer.document); sent = JSON.stringify(current()); say(""); ask(`/article/${slug}/looks`).then(({ ok, answer: now }) => ok && tell(now)); see(); });
  clearTimeout(timer);
  say(answer.words, both, mine, other);
}

addEventListener("beforeunload", (event) => {
  if (dirty || saving) { keep(); if (!banner.hidden) event.preventDefault(); }
});
addEventListener("visibilitychange", () => { if (dirty && document.visibilityState === "hidden") keep(); });
root.addEventListener("input", () => later());
for (const field of document.querySelectorAll("[data-fact]")) field.addEventListener("input", () => later());
root.addEventListener("paste", (event) => {
  if (event.target.closest("input")) return;
  event.preventDefault();
  const html = pasted(event.clipboardData.getData("text/html"), within("H2", "H3"));
  document.execCommand(html ? "insertHTML" : "insertText", false, html || event.clipboardData.getData("text/plain"));
});
for (const name of ["dragover", "drop"]) root.addEventListener(name, (event) => event.preventDefault());

// ---------------------------------------------------------------- what this is

function blockAt() {
  let node = getSelection().anchorNode;
  if (!root.contains(node)) return null;
  while (node && node.parentNode !== root) node = node.parentNode;
  return node;
}

const DOES = {
  heading: () => document.execCommand("formatBlock", false, "h2"),
  smaller: () => document.execCommand("formatBlock", false, "h3"),
  paragraph: () => {
    if (within("UL", "OL")) document.execCommand(within("OL") ? "insertOrderedList" : "insertUnorderedList");
    if (within("BLOCKQUOTE")) document.execCommand("outdent");
    document.execCommand("formatBlock", false, "p");
  },
  list: () => document.execCommand("insertUnorderedList"),
  quote: () => document.execCommand("formatBlock", false, "blockquote"),
  bold: () => document.execCommand("bold"),
  picture: () => $("picture-file").click(),
};
function within(...names) {
  let node = getSelection().anchorNode;
  while (node && node !== root) { if (names.includes(node.nodeName)) return node; node = node.parentNode; }
  return null;
}
for (const button of document.querySelectorAll("[data-does]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays where it is
  button.addEventListener("click", () => { if (!blockAt()) root.focus(); DOES[button.dataset.does](); later(); where(); });
}
$("picture-file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const { ok, answer } = await send(`/article/${slug}/picture`, file, { "X-Name": encodeURIComponent(file.name) });
  if (!ok) { say(answer.words); return; }
  const made = picture({ path: answer.path, alt: "", caption: [] }, slug);
  const at = blockAt();
  if (at) at.after(made); else root.append(made);
  made.querySelector("input").focus();
  later();
});
$("undo").addEventListener("click", () => { root.focus(); document.execCommand("undo"); later(); });

// ---------------------------------------------------------------- the trifold's choice

const radios = [...document.querySelectorAll("input[name=leaflet]")];
let section = null, proposed = new Set();

function headingAt() {
  let node = blockAt();
  while (node && !/^H[23]$/.test(node.nodeName)) node = node.previousSibling;
  return node;
}
const marksOf = (heading) => (heading ? JSON.parse(heading.dataset.marks ?? "{}") : JSON.parse(root.querySelector("[data-kind=opening]")?.dataset.block ?? "{}"));

function where() {
  const at = blockAt();
  if (!at) return;
  section = headingAt();
  $("section-name").textContent = section ? section.textContent : "The beginning";
  const leaflet = marksOf(section).leaflet;
  const choice = leaflet?.runs ? "shorter" : leaflet?.choice ?? (proposed.has(section?.textContent) ? "drop" : "keep");
  for (const radio of radios) radio.checked = radio.value === choice;
  $("shorter-box").hidden = choice !== "shorter";
  $("shorter").value = leaflet?.runs ? leaflet.runs.map((run) => run.text).join("") : "";
  const kind = within("LI") ? "list" : within("BLOCKQUOTE") ? "quote" : { H2: "heading", H3: "smaller" }[at.nodeName] ?? "paragraph";
  for (const button of document.querySelectorAll("[data-does]")) {
    const on = button.dataset.does === kind || (button.dataset.does === "bold" && document.queryCommandState("bold"));
    if (button.dataset.does !== "picture") button.setAttribute("aria-pressed", on);
  }
}
document.addEventListener("selectionchange", where);

// What leafcast would leave out stays out once she begins to choose: nothing comes back by itself.
function settleProposal() {
  for (const heading of root.querySelectorAll("h2")) {
    if (proposed.has(heading.textContent) && !marksOf(heading).leaflet) heading.dataset.marks = JSON.stringify({ ...marksOf(heading), leaflet: { choice: "drop" } });
  }
}

function choose(leaflet) {
  settleProposal();
  const marks = { ...marksOf(section), leaflet };
  if (!leaflet) delete marks.leaflet;
  if (section) section.dataset.marks = JSON.stringify(marks);
  else {
    root.querySelector("[data-kind=opening]")?.remove();
    delete marks.kind;
    if (Object.keys(marks).length) root.prepend(element({ ...marks, kind: "opening" }, slug));
  }
  paintMarks();
  later();
}
for (const radio of radios) radio.addEventListener("change", () => {
  $("shorter-box").hidden = radio.value !== "shorter";
  if (radio.value === "shorter") { $("shorter").focus(); return; }
  choose(radio.value === "drop" || proposed.has(section?.textContent) ? { choice: radio.value } : null);
});
$("shorter").addEventListener("input", () => choose($("shorter").value.trim() ? { choice: "shorter", runs: [{ text: $("shorter").value.trim() }] } : null));

function leaveOut(titles) {
  for (const heading of root.querySelectorAll("h2, h3")) {
    if (titles.includes(heading.textContent)) heading.dataset.marks = JSON.stringify({ ...marksOf(heading), leaflet: { choice: "drop" } });
  }
  paintMarks();
  later(0);
}

function paintMarks() {
  let dropped = marksOf(null).leaflet !== undefined;
  for (const child of root.children) {
    if (/^H[23]$/.test(child.nodeName)) {
      const choice = marksOf(child).leaflet?.choice;
      if (child.nodeName === "H2" || choice) dropped = choice === "drop" || choice === "shorter" || (!choice && proposed.has(child.textContent));
    }
    child.classList.toggle("dropped", dropped);
  }
}

// ---------------------------------------------------------------- seeing it

const pictures = $("pictures"), fits = $("fits");
let asked = 0, counted;

async function see() {
  const mine = (asked += 1);
  const reading = form === "notes";
  $("looks").hidden = !reading;
  pictures.hidden = fits.hidden = reading;
  level();
  if (reading) return;
  if (form === "page" || form === "phone") { page(); return; }
  pictures.setAttribute("aria-busy", "true");
  if (!pictures.children.length) fits.replaceChildren("Laying it out …");
  const { ok, answer } = await ask(`/see/${slug}/${form}`);
  if (mine !== asked) return;
  pictures.removeAttribute("aria-busy");
  if (!ok) { fit("!", answer.words); return; }
  const shown = await Promise.all(answer.pictures.map(load));
  if (mine !== asked) return;
  if (form === "trifold" && shown.length === 2) shown.splice(1, 0, folded(shown[1].src));
  if (shown.length) { const top = pictures.scrollTop; pictures.replaceChildren(...shown); pictures.scrollTop = top; }
  if (form !== "trifold") { fit("", answer.words); return; }
  proposed = new Set(answer.over ? [] : answer.leftOut);
  paintMarks();
  where();
  if (answer.over) fit("!", `${answer.over} word${answer.over === 1 ? "" : "s"} too many`, answer.leftOut);
  else if (answer.words) fit("!", answer.words);
  else if (answer.leftOut.length) fit("✓", `It fits without ${answer.leftOut.length === 1 ? "one section" : `${answer.leftOut.length} sections`}, which are dashed. Keep and Drop are yours to choose.`);
  else fit("✓", `It fits. Room for ${answer.spare} more word${answer.spare === 1 ? "" : "s"}.`);
}

async function load(address, at) {
  const image = new Image();
  image.className = "picture";
  const names = form === "trifold" ? ["The inside of the trifold, three panels", "The outside of the trifold"] : [];
  image.alt = names[at] ?? `Page ${at + 1}`;
  image.src = address;
  try { await image.decode(); } catch { /* the address is of words that have changed since */ }
  return image;
}

// As it stands on a table: the front a little open, and the flap that is folded in behind it.
function folded(outside) {
  const figure = document.createElement("figure"), leaflet = document.createElement("div");
  figure.className = "folded";
  leaflet.setAttribute("role", "img");
  leaflet.setAttribute("aria-label", "The leaflet folded, its front a little open");
  for (const name of ["flap", "front"]) {
    const panel = document.createElement("span");
    panel.className = name;
    panel.style.backgroundImage = `url("${outside}")`;
    leaflet.append(panel);
  }
  figure.append(leaflet, Object.assign(document.createElement("figcaption"), { className: "soft", textContent: "Folded, as you hand it out" }));
  return figure;
}

function fit(sign, words, could = []) {
  clearTimeout(counted);
  counted = setTimeout(() => {
    fits.replaceChildren();
    if (sign) fits.append(Object.assign(document.createElement("span"), { className: sign === "!" ? "sign look" : "sign", textContent: sign }));
    fits.append(Object.assign(document.createElement("span"), { className: "grow", textContent: words }));
    if (!could.length) return;
    fits.append(Object.assign(document.createElement("span"), { className: "soft", textContent: `Nothing is cut without you. What could go: ${could.map((each) => `“${each}”`).join(", ")}` }));
    const leave = button("Leave these out", () => leaveOut(could));
    leave.className = "small";
    fits.append(leave);
  }, document.activeElement === root ? COUNT - PAUSE : 0);
}

function page() {
  let frame = pictures.querySelector("iframe");
  fits.replaceChildren("Shown as you type; the sound stays as it is.");
  if (!frame) {
    frame = document.createElement("iframe");
    frame.title = "The page as it will be";
    pictures.replaceChildren(frame);
  }
  frame.classList.toggle("phone", form === "phone");
  const top = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener("load", () => { frame.contentWindow.scrollTo(0, top); frame.dataset.version = version; }, { once: true });
  frame.src = `/page/${slug}/?v=${version}`;
}

function showForm(which) {
  form = which;
  for (const each of document.querySelectorAll("[data-form]")) each.setAttribute("aria-pressed", each.dataset.form === which);
  pictures.replaceChildren();
  see();
  if (form === "notes") aNoteIsSeen();
}
function aNoteIsSeen() {
  const all = [...$("cards").children], seen = (each) => { const { top, bottom } = each.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
  if (!all.some(seen)) all[0]?.scrollIntoView({ block: "center" });
}
for (const button of document.querySelectorAll("[data-form]")) button.addEventListener("click", () => showForm(button.dataset.form));
function showNotes() {
  if (!$("seen").classList.contains("open")) $("see-it").click();
  showForm("notes");
  $("looks").focus();
  aNoteIsSeen();
}
$("wellness").addEventListener("click", (event) => { event.preventDefault(); showNotes(); });
$("see-it").addEventListener("click", () => {
  const open = $("seen").classList.toggle("open");
  $("see-it").setAttribute("aria-expanded", open);
  $("see-it").textContent = open ? "Back to the words" : "See it";
});
addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  event.preventDefault();
  (document.activeElement === root ? pictures : root).focus();
});

const { tell, level } = notesBeside({ root, slug, later, see, say, blockAt, leaveOut });
show(JSON.parse($("document").textContent));
sent = JSON.stringify(current());
tell(JSON.parse($("notices").textContent));
if (location.hash === "#looks") showNotes(); else see();
