// Recording: one sentence, large; read, judged at once, kept, and the next.
import { ask, send, CLOSED } from "./asking.js";
import { heardAs, listen, share, zone, ZONES } from "./microphone.js";
import { bringIntoView } from "./scrolling.js";

const $ = (id) => document.getElementById(id);
const main = $("main"), booth = $("booth"), sound = $("sound"), button = $("main-button");
const lines = [...document.querySelectorAll(".line")];
const base = `/article/${main.dataset.slug}/record/${encodeURIComponent(main.dataset.part)}`;
const beside = matchMedia("(min-width: 56.26rem)"); // on a phone the sentence stands above the list
const MOST_SECONDS = 180, TRY_SECONDS = 5;
const REFUSED = {
  NotAllowedError: ["The browser may not listen yet.", "Choose “Allow” beside the address, and press Record."],
  NotFoundError: ["No microphone was found.", "Plug one in, or switch it on, and press Record."],
  NotReadableError: ["Another program has the microphone.", "Close that program, and press Record."],
};
let at = 0, state = "ready", microphone = null, verdicts = {}, loudest = null, unsent = null, ending = null, kept = 0;

const address = (more = "") => `${base}/${encodeURIComponent(lines[at].dataset.id)}${more}`;
const wordsOf = (line) => line?.querySelector(".words-of").textContent ?? "";
const short = (words, first) => { const all = words.split(/\s+/); return all.length < 9 ? words : first ? `${all.slice(0, 8).join(" ")} …` : `… ${all.slice(-8).join(" ")}`; };

// ---------------------------------------------------------------- what is shown

function choose(next) {
  if (state === "recording" || state === "opening" || state === "trying") return;
  at = Math.max(0, Math.min(lines.length - 1, next));
  lines.forEach((line, each) => { if (each === at) line.setAttribute("aria-current", "true"); else line.removeAttribute("aria-current"); });
  if (beside.matches) bringIntoView(lines[at]);
  $("before").textContent = short(wordsOf(lines[at - 1]), false);
  $("sentence").textContent = wordsOf(lines[at]);
  $("after").textContent = short(wordsOf(lines[at + 1]), true);
  loudest = unsent = null;
  level(null);
  show(verdicts[lines[at].dataset.id] ? "judged" : "ready");
}

function show(now, words = "", cure = "") {
  state = now;
  const verdict = verdicts[lines[at].dataset.id], read = "read" in lines[at].dataset;
  const good = now === "judged" && verdict?.good, bad = now === "judged" && !verdict?.good;
  const name = { opening: "Record", trying: "Record", recording: "Stop", sending: "Stop", failed: unsent ? "Go on" : "Record" }[now] ?? (good ? (at < lines.length - 1 ? "Next sentence" : "To the next part") : read ? "Read it again" : "Record");
  button.querySelector("span").textContent = name;
  button.classList.toggle("second", name === "Stop");
  button.setAttribute("aria-disabled", now === "opening" || now === "sending" || now === "trying");
  $("try").hidden = now === "recording" || now === "sending" || now === "judged" || Boolean(unsent);
  $("try").setAttribute("aria-disabled", now === "opening");
  $("try").textContent = now === "trying" ? "Enough" : "Try the microphone";
  $("running").hidden = now !== "recording";
  $("hear").hidden = !read || now === "recording" || now === "sending" || now === "trying";
  $("again").hidden = !good;
  $("anyway").hidden = !(bad && verdict?.possible);
  $("skip").hidden = good || now === "recording" || now === "sending" || now === "trying" || at === lines.length - 1;
  $("undo").hidden = !(read || lines[at].dataset.was) || now === "recording" || now === "trying";
  if (now === "judged") { words = verdict.words; cure = verdict.cure; }
  if (now === "ready" && !words) { words = "Ready when you are."; cure = "Your browser listens only while you read, and nothing leaves this computer."; }
  if (now === "recording" || now === "opening") { words = ""; cure = ""; }
  $("verdict").className = `verdict ${good ? "good" : bad || now === "failed" ? "look" : ""}`;
  $("verdict").hidden = now === "recording";
  sign($("verdict").querySelector(".sign"), good ? "well" : bad || now === "failed" ? "look" : "");
  $("verdict-words").textContent = words;
  $("verdict-cure").textContent = cure;
}

function sign(element, kind, words = "·") {
  element.className = `sign ${kind === "well" ? "" : kind === "look" ? "look" : "quiet"}`;
  element.textContent = { well: "✓", look: "!" }[kind] ?? words;
}

function mark(line, verdict) {
  const number = String(lines.indexOf(line) + 1);
  const read = "read" in line.dataset;
  sign(line.querySelector(".sign"), verdict ? (verdict.good ? "well" : "look") : "", number);
  line.classList.toggle("look", Boolean(verdict && !verdict.good));
  line.querySelector(".state").textContent = verdict ? (verdict.good ? "Good" : verdict.words) : read ? "Read" : "whole" in line.dataset ? "In your recording of this part" : "Still to read";
}

function level(heard) {
  if (!heard) {
    $("fill").style.inlineSize = "0";
    $("peak").hidden = true;
    $("meter").setAttribute("aria-valuenow", "0");
    $("meter").setAttribute("aria-valuetext", "silent");
    for (const each of document.querySelectorAll("[data-zone]")) each.classList.remove("on");
    return;
  }
  loudest = !loudest || heard.level > loudest.level ? heard : loudest;
  const where = zone(loudest.level, heard.peak);
  $("fill").style.inlineSize = `${100 * share(heard.level)}%`;
  $("peak").hidden = false;
  $("peak").style.insetInlineStart = `${100 * share(loudest.level)}%`;
  $("meter").setAttribute("aria-valuenow", Math.round(100 * share(heard.level)));
  $("meter").setAttribute("aria-valuetext", { quiet: "too quiet", good: "good", loud: "too loud" }[where]);
  for (const each of document.querySelectorAll("[data-zone]")) each.classList.toggle("on", each.dataset.zone === where);
}

// ---------------------------------------------------------------- what is done

async function start() {
  sound.pause();
  loudest = unsent = null;
  level(null);
  show("opening");
  try {
    microphone = await listen((heard) => {
      if (state === "opening") show("recording");
      if (state !== "recording") return;
      level(heard);
      $("seconds").textContent = `Recording, ${Math.floor(heard.seconds)} second${Math.floor(heard.seconds) === 1 ? "" : "s"}`;
      if (heard.seconds > MOST_SECONDS) stop();
    }, stop);
  } catch (error) {
    show("failed", ...(REFUSED[error.name] ?? ["The microphone could not be opened.", "See that it is on, and press Record."]));
  }
  button.focus();
}

// Whether the microphone hears her, before anything is read: nothing of it is kept.
async function tryIt() {
  if (state === "trying") { ending(); return; }
  if (state === "opening" || state === "recording" || state === "sending") return;
  sound.pause();
  loudest = null;
  const heard = [];
  show("opening");
  try {
    microphone = await listen((now) => {
      if (state === "opening") show("trying", "Say a few words.", "I listen for five seconds, and keep nothing.");
      if (state !== "trying") return;
      heard.push(now);
      level(now);
      if (now.seconds > TRY_SECONDS) end();
    }, end);
  } catch (error) {
    show("failed", ...(REFUSED[error.name] ?? ["The microphone could not be opened.", "See that it is on, and try again."]));
  }
  function end() {
    if (!microphone || state !== "trying") return;
    microphone.stop();
    microphone = null;
    $("fill").style.inlineSize = "0";
    show("ready", ...heardAs(heard));
    button.focus();
  }
  ending = end;
}

async function stop() {
  if (!microphone || state !== "recording") return;
  const closing = microphone;
  microphone = null;
  show("sending", "Listening to it …");
  $("fill").style.inlineSize = "0";
  unsent = await closing.stop();
  await keep();
}

async function keep() {
  const line = lines[at], reading = unsent;
  show("sending", "Listening to it …");
  const { ok, status, answer } = await send(address(), reading, { "Content-Type": "audio/wav" });
  if (!ok) { // it is held here until it can be kept
    if (status && status < 500 && status !== 507) unsent = null;
    show("failed", answer.words ?? CLOSED, answer.cure ?? "");
    button.focus();
    return;
  }
  unsent = null;
  kept += 1;
  line.dataset.read = "";
  told(answer);
  show("judged");
  button.focus();
}

function told(answer) {
  for (const line of lines) if (answer.verdicts[line.dataset.id]) verdicts[line.dataset.id] = answer.verdicts[line.dataset.id];
  for (const line of lines) mark(line, verdicts[line.dataset.id]);
  $("count").textContent = `${answer.there} of ${answer.of} sentence${answer.of === 1 ? "" : "s"} ${answer.there === 1 ? "is" : "are"} read.`;
}

// How what was read before was judged. What she does meanwhile is newer than an answer on its way.
async function catchUp() {
  const before = kept;
  const { ok, answer } = await ask(`${base}/verdicts`);
  if (!ok) return;
  if (kept !== before) { catchUp(); return; }
  told(answer);
  if (state === "ready" && verdicts[lines[at].dataset.id]) show("judged");
}

function next() {
  if (at < lines.length - 1) { choose(at + 1); button.focus(); return; }
  const others = [...document.querySelectorAll("nav .what")], now = others.findIndex((each) => each.hasAttribute("aria-current"));
  if (others[now + 1]) location.assign(others[now + 1].href); else location.assign(`/article/${main.dataset.slug}/hand-out`);
}

function hear() {
  if (state === "recording" || !("read" in lines[at].dataset)) return;
  sound.src = `${address()}?v=${Date.now()}`;
  sound.play().catch(() => {});
}

button.addEventListener("click", () => {
  if (state === "opening" || state === "sending" || state === "trying") return;
  if (state === "recording") stop();
  else if (state === "failed" && unsent) keep();
  else if (state === "judged" && verdicts[lines[at].dataset.id].good) next();
  else start();
});
$("hear").addEventListener("click", hear);
$("try").addEventListener("click", tryIt);
$("again").addEventListener("click", start);
$("skip").addEventListener("click", next);
$("anyway").addEventListener("click", async () => {
  const { ok, answer } = await send(address("/anyway"), "");
  if (!ok) { show("failed", answer.words, answer.cure ?? ""); return; }
  kept += 1;
  verdicts[lines[at].dataset.id] = { good: true, words: "Kept as it is.", cure: "", possible: true };
  mark(lines[at], verdicts[lines[at].dataset.id]);
  show("judged");
  button.focus();
});
$("undo").addEventListener("click", async () => {
  const line = lines[at];
  const { ok, answer } = await send(address("/back"), "");
  if (!ok) { show("failed", answer.words, answer.cure ?? ""); return; }
  kept += 1;
  delete verdicts[line.dataset.id];
  delete line.dataset.read;
  line.dataset.was = "yes";
  if (answer.verdicts[line.dataset.id]) line.dataset.read = "";
  told(answer);
  const back = "read" in line.dataset;
  show(back ? "judged" : "ready", "Taken back.", "Undo again to have it as it was.");
  button.focus();
});
lines.forEach((line, each) => line.addEventListener("click", () => { choose(each); button.focus(); }));

// Single keys act in this half alone, where nothing is written, and can be switched off (WCAG 2.1.4).
booth.addEventListener("keydown", (event) => {
  if (!$("keys").checked || event.ctrlKey || event.metaKey || event.altKey || event.target === $("keys")) return;
  const key = event.key.toLowerCase();
  if (key === "h") hear();
  else if (key === "a" && state !== "recording" && state !== "sending" && state !== "opening" && state !== "trying") start();
  else if (key === " " && (state === "recording" || state === "ready")) button.click();
  else if (key === "enter" && event.target === booth) next();
  else return;
  event.preventDefault();
});
addEventListener("beforeunload", (event) => { if (unsent || state === "recording") event.preventDefault(); });

$("meter").style.setProperty("--quiet", `${100 * ZONES.quiet}%`);
$("meter").style.setProperty("--loud", `${100 * ZONES.loud}%`);
document.querySelector(".zones").style.gridTemplateColumns = `${100 * ZONES.quiet}% ${100 * (ZONES.loud - ZONES.quiet)}% 1fr`;
choose(Math.max(0, lines.findIndex((line) => !("read" in line.dataset) && !("whole" in line.dataset))));
if (lines.some((line) => "read" in line.dataset)) catchUp();
