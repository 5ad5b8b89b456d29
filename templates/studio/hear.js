// A sentence is heard at once, by a quick voice until the good one has said it; a word that is said
// wrong is written as it sounds.
import { sendJson, CLOSED } from "./asking.js";
import { bringIntoView } from "./scrolling.js";

const $ = (id) => document.getElementById(id);
const main = $("main"), sound = $("sound"), status = $("status"), form = $("like-form"), play = $("play");
const sentences = [...document.querySelectorAll(".say")];
const waiting = new Set();
let at = -1, asked = 0, address = "", word = "", on = false, last = null;

const nameOf = (voice) => voice.charAt(0).toUpperCase() + voice.slice(1).replaceAll("-", " ");

async function sounded(what) {
  let got;
  try { got = await fetch("/say", { method: "POST", body: JSON.stringify(what), headers: { Accept: "application/json" } }); } catch { return { words: CLOSED }; }
  if (!got.ok) return { words: got.headers.get("content-type")?.includes("json") ? (await got.json()).words : CLOSED };
  return { blob: await got.blob(), quick: got.headers.get("X-Voice") === "quick" };
}

async function hear(what, told = "") {
  const mine = (asked += 1);
  status.textContent = "One moment …";
  const said = await sounded({ ...what, quick: true });
  if (mine !== asked) return;
  if (!said.blob) { status.textContent = said.words; on = false; return; }
  begin(said.blob);
  const voice = nameOf(what.voice || main.dataset.voice);
  status.textContent = told || (said.quick ? `This is the quick voice. ${voice}’s own reading is on its way.` : `Read by ${voice}.`);
  if (said.quick) better(what, mine, voice);
}

// The good voice says it too, meanwhile; nothing that plays is cut off.
async function better(what, mine, voice) {
  const said = await sounded(what);
  if (mine !== asked || !said.blob) return;
  status.textContent = `${voice}’s own reading is ready.`;
  if (!sound.paused && !sound.ended) waiting.add(said.blob); else { load(said.blob); shown(); }
}

function load(blob) {
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(blob);
  sound.src = address;
}

function begin(blob) {
  waiting.clear();
  load(blob);
  sound.play().catch(() => { status.textContent = "Press Play to hear it."; });
}

function choose(next) {
  if (next < 0 || next >= sentences.length) { on = false; shown(); return; }
  at = next;
  for (const [each, sentence] of sentences.entries()) {
    sentence.classList.toggle("now", each === at);
    if (each === at) sentence.setAttribute("aria-current", "true"); else sentence.removeAttribute("aria-current");
  }
  bringIntoView(sentences[at]);
  hear({ words: sentences[at].dataset.words });
}

function shown() {
  const playing = !sound.paused && !sound.ended;
  play.querySelector("span").textContent = playing ? "Pause" : "Play";
  $("before").setAttribute("aria-disabled", at < 1);
  $("after").setAttribute("aria-disabled", at >= sentences.length - 1);
}
for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, shown);
sound.addEventListener("ended", () => {
  if (on) choose(at + 1);
  else if (waiting.size) { load([...waiting].at(-1)); waiting.clear(); }
});
play.addEventListener("click", () => {
  if (!sound.paused && !sound.ended) { on = false; sound.pause(); }
  else if (at < 0) { on = true; choose(0); }
  else if (sound.src && !sound.ended) { sound.play(); }
  else { on = true; choose(at); }
});
$("before").addEventListener("click", () => { if (at > 0) choose(at - 1); });
$("after").addEventListener("click", () => { if (at < sentences.length - 1) choose(at + 1); });

// ---------------------------------------------------------------- a word said wrong

sentences.forEach((sentence, each) => sentence.addEventListener("click", () => { on = false; choose(each); ask(sentence); }));

function ask(sentence) {
  const words = [...new Set(sentence.dataset.words.match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*[\p{L}\p{N}]|\p{L}/gu) ?? [])];
  $("which").replaceChildren(...words.map((each) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small plain word";
    button.textContent = each;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => pick(each));
    return button;
  }));
  $("like-title").textContent = "Is a word said wrong?";
  $("how").hidden = true;
  form.hidden = false;
  sentence.closest(".heard").after(form);
}

function pick(each) {
  word = each;
  for (const button of $("which").children) button.setAttribute("aria-pressed", button.textContent === each);
  $("like-title").textContent = `Say “${each}” like …`;
  const many = sentences.filter((sentence) => sentence.dataset.words.includes(each)).length;
  $("like-hint").textContent = `Write it as it sounds. It holds wherever the word stands: ${many} sentence${many === 1 ? " is" : "s are"} read again when you make it.`;
  $("how").hidden = false;
  $("like").value = "";
  $("like").focus();
}

$("close").addEventListener("click", () => { form.hidden = true; sentences[at]?.focus(); });
form.addEventListener("keydown", (event) => { if (event.key === "Escape") $("close").click(); });
$("try").addEventListener("click", () => hear({ words: sentences[at].dataset.words, word, like: $("like").value }));
form.addEventListener("submit", (event) => { event.preventDefault(); if (word && $("like").value.trim()) keep(word, $("like").value); });
$("undo").addEventListener("click", () => keep(last.word, last.before, true));

async function keep(which, like, back = false) {
  const { ok, answer } = await sendJson("/say-like", { word: which, like });
  status.textContent = ok && back ? `“${which}” is said as before.` : answer.words;
  if (!ok) return;
  asked += 1; // a reading that is on its way says the word as it was
  waiting.clear();
  last = { word: which, before: answer.before };
  $("undo").hidden = false;
  form.hidden = true;
  sentences[at]?.focus();
}

// ---------------------------------------------------------------- who reads it

for (const button of document.querySelectorAll(".listen")) button.addEventListener("click", () => { on = false; hear({ words: button.dataset.words, voice: button.dataset.voice }); });
for (const radio of document.querySelectorAll("input[name=voice]")) radio.addEventListener("change", async () => {
  const { ok, answer } = await sendJson("/voice", { voice: radio.value });
  $("chosen").textContent = answer.words;
  if (ok) main.dataset.voice = radio.value;
});
for (const radio of document.querySelectorAll("input[name=pace]")) radio.addEventListener("change", async () => {
  const { ok, answer } = await sendJson("/pace", { pace: radio.value });
  $("chosen").textContent = answer.words;
  if (ok) { on = false; hear({ words: (sentences[at] ?? sentences[0]).dataset.words }); }
});
shown();
