// A sentence is heard at once; a word that is said wrong is written as it sounds.
import { sendJson } from "./asking.js";

const $ = (id) => document.getElementById(id);
const sound = $("sound"), status = $("status");
let asked = 0, address = "";

async function hear(what, button) {
  const mine = (asked += 1);
  status.textContent = "One moment …";
  for (const each of document.querySelectorAll(".now")) each.classList.remove("now");
  button?.classList.add("now");
  let got;
  try { got = await fetch("/say", { method: "POST", body: JSON.stringify(what), headers: { Accept: "application/json" } }); } catch { got = null; }
  if (mine !== asked) return;
  if (!got?.ok) { status.textContent = got ? (await got.json()).words : "leafcast has been closed. Start it again and carry on."; return; }
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(await got.blob());
  sound.src = address;
  status.textContent = what.words;
  await sound.play().catch(() => { status.textContent = "Press Play to hear it."; });
}

for (const button of document.querySelectorAll("[data-words]")) button.addEventListener("click", () => {
  if (button.classList.contains("say")) last = button.dataset.words;
  hear({ words: button.dataset.words, voice: button.dataset.voice ?? "" }, button.classList.contains("say") ? button : null);
});
let last = "";
document.addEventListener("selectionchange", () => {
  const words = getSelection().toString().trim();
  if (words && !/\s/.test(words) && $("sentences").contains(getSelection().anchorNode)) $("word").value = words.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
});
$("try").addEventListener("click", () => {
  const word = $("word").value.trim();
  hear({ words: last.includes(word) ? last : word, word, like: $("like").value });
});
$("like-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { answer } = await sendJson("/say-like", { word: $("word").value, like: $("like").value });
  status.textContent = answer.words;
});
for (const radio of document.querySelectorAll("input[name=voice]")) radio.addEventListener("change", async () => {
  const { answer } = await sendJson("/voice", { voice: radio.value });
  status.textContent = answer.words;
});
