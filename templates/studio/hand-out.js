// Making it: told as it goes, stopped at any moment; each row is there as soon as it is ready.
import { send } from "./asking.js";

const $ = (id) => document.getElementById(id);
const main = $("main"), slug = main.dataset.slug;
let ready = "", quarter = -1, busy = false;

function left(seconds) {
  if (!seconds) return "";
  return seconds < 90 ? `about ${Math.max(5, Math.round(seconds / 5) * 5)} seconds left` : `about ${Math.round(seconds / 60)} minutes left`;
}

function show(progress) {
  if (progress.slug !== slug) return;
  const was = busy;
  busy = progress.state === "busy";
  $("stop").hidden = !busy;
  $("make").hidden = busy;
  $("share").hidden = !busy;
  if (busy) {
    $("made-title").textContent = progress.words;
    $("made-more").textContent = [progress.ready === "leaflets" ? "You can print already" : "", left(progress.left)].filter(Boolean).join("; ");
    if (progress.share > 0) $("share").value = Math.round(progress.share * 100); else $("share").removeAttribute("value");
    const now = Math.floor(progress.share * 4);
    if (now !== quarter) { quarter = now; $("quarter").textContent = now > 0 ? `${now * 25} in a hundred done` : progress.words; }
  } else if (was) finished(progress);
  if (progress.ready !== ready) { ready = progress.ready; if (ready) rows(); }
}

function finished(progress) {
  const words = { stopped: "Stopped. Your website is as it was.", done: progress.words, failed: progress.words }[progress.state];
  $("made-title").textContent = $("quarter").textContent = words;
  $("made-more").textContent = "";
  $("make").textContent = progress.state === "stopped" ? "Carry on" : "Make it again";
  $("make").classList.toggle("filled", progress.state !== "done");
  rows();
}

// The rows as they are now, without leaving the page.
async function rows() {
  const got = await fetch(location.href);
  if (!got.ok) return;
  const fresh = new DOMParser().parseFromString(await got.text(), "text/html");
  $("rows").replaceChildren(...fresh.getElementById("rows").childNodes);
  $("wellness").replaceWith(fresh.getElementById("wellness"));
  listen();
}

function listen() {
  for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copies);
    $(button.dataset.said).textContent = "Copied. You can paste it now.";
  });
  $("open-folder")?.addEventListener("click", async () => {
    const { answer } = await send("/website-folder", "");
    $("folder-said").textContent = answer.words;
  });
  for (const radio of document.querySelectorAll("[name=builder]")) radio.addEventListener("change", () => {
    for (const each of document.querySelectorAll("[data-builder]")) each.hidden = each.dataset.builder !== radio.value;
  });
}
listen();

$("make").addEventListener("click", async () => {
  quarter = -1;
  ready = "";
  const { ok, answer } = await send(`/article/${slug}/make`, "");
  if (ok) { busy = true; show(answer); $("stop").focus(); } else $("made-title").textContent = answer.words;
});
$("stop").addEventListener("click", async () => {
  const { answer } = await send("/stop", "");
  show(answer);
  $("make").focus();
});
const events = new EventSource("/making");
events.addEventListener("message", (event) => show(JSON.parse(event.data)));
addEventListener("pagehide", () => events.close());
