// A file dropped anywhere on the page, chosen or pasted: it is read, and the guesses are shown.
import { CLOSED, send } from "./asking.js";

const $ = (id) => document.getElementById(id);
const said = $("said"), title = $("drop-title"), words = title.textContent;

async function bring(name, content) {
  title.textContent = "Reading it …";
  said.hidden = true;
  const { ok, answer } = await send("/bring", content, { "X-Name": encodeURIComponent(name) });
  if (ok) { location.assign(answer.next); return; }
  title.textContent = words;
  said.textContent = [answer.words, answer.cure].filter(Boolean).join(". ").replace("?.", "?").replace("..", ".");
  said.hidden = false;
}

$("choose").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) bring(file.name, file);
});
$("paste").addEventListener("click", () => { $("paste-form").hidden = false; $("pasted").focus(); });
$("no-paste").addEventListener("click", () => { $("paste-form").hidden = true; $("paste").focus(); });
$("paste-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if ($("pasted").value.trim()) bring("pasted.txt", $("pasted").value);
});
let inside = 0;
addEventListener("dragenter", () => { inside += 1; document.body.classList.add("dragging"); title.textContent = "Let go here"; });
addEventListener("dragleave", () => { inside -= 1; if (inside < 1) { document.body.classList.remove("dragging"); title.textContent = words; } });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  inside = 0;
  document.body.classList.remove("dragging");
  const [file] = event.dataTransfer.files;
  const pasted = event.dataTransfer.getData("text/plain");
  if (file) bring(file.name, file);
  else if (pasted.trim()) bring("pasted.txt", pasted);
  else title.textContent = words;
});

// Until every article is read their titles stand alone; then what is known of each takes its place.
async function whole() {
  try {
    const got = await fetch("/?whole");
    if (!got.ok) { location.assign("/?whole"); return; }
    const known = new DOMParser().parseFromString(await got.text(), "text/html");
    const there = document.activeElement?.closest(".two a")?.getAttribute("href");
    for (const part of ["[role=status]", ".two"]) {
      document.querySelector(part).replaceChildren(...known.querySelector(part).childNodes);
    }
    if (known.querySelector(".busy")) said.before(known.querySelector(".busy"));
    if (there) document.querySelector(`.two a[href="${CSS.escape(there)}"], .two a[href^="${CSS.escape(there)}"]`)?.focus();
    delete document.getElementById("main").dataset.reading;
  } catch {
    said.textContent = CLOSED;
    said.hidden = false;
  }
}
if ("reading" in $("main").dataset) await whole();

// All that is made for the website, told as it goes.
const busy = document.querySelector(".busy");
if (busy) {
  const events = new EventSource("/making");
  let was = busy.dataset.busy === "true";
  events.addEventListener("message", (event) => {
    const progress = JSON.parse(event.data);
    if (progress.slug) return;
    const now = progress.state === "busy";
    $("stop").hidden = !now;
    $("make-all").hidden = now;
    if (now) $("all-title").textContent = progress.words;
    else if (was) location.assign("/");
    was = now;
  });
  $("stop").addEventListener("click", () => send("/stop", ""));
  addEventListener("pagehide", () => events.close());
}
