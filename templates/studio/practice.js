// The leaflet beside the questions says what is typed, and marks it.
import { send } from "./asking.js";

const leaf = document.getElementById("leaf");

function mark(name) {
  for (const each of leaf.querySelectorAll("[data-shows]")) each.classList.toggle("typed", each.dataset.shows === name && each.textContent !== "");
}
for (const field of document.querySelectorAll("input[id]")) {
  const shown = leaf.querySelector(`[data-shows="${field.id}"]`);
  if (!shown) continue;
  const empty = field.id === "name" ? "Your name" : "";
  const show = () => { shown.textContent = field.value || empty; };
  show(); // a browser may have kept what was typed
  field.addEventListener("input", () => { show(); mark(field.id); });
  field.addEventListener("focus", () => mark(field.id));
}
function colour() {
  const chosen = document.querySelector("input[name=accent]:checked");
  if (chosen) leaf.style.setProperty("--chosen", chosen.value);
}
for (const each of document.querySelectorAll("input[name=accent]")) each.addEventListener("change", colour);
colour();

// A logo and a portrait are put beside the practice at once, and count once the answers are kept.
for (const face of document.querySelectorAll(".face")) {
  const [kept, file] = face.querySelectorAll("input"), image = face.querySelector("img");
  const fault = face.querySelector(".fault"), shows = face.querySelector(".shows"), without = face.querySelector(".without");
  const show = (path) => {
    kept.value = path;
    for (const each of [image, ...(face.dataset.face === "logo" ? [document.getElementById("logo-shown")] : [])]) {
      each.hidden = !path;
      if (path) each.src = `/face/${encodeURIComponent(path)}`;
    }
    shows.hidden = without.hidden = !path;
    shows.querySelector("input").required = Boolean(path);
  };
  face.querySelector(".choose").addEventListener("click", () => file.click());
  without.addEventListener("click", () => { show(""); face.querySelector(".choose").focus(); });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const { ok, answer } = await send(`/face/${face.dataset.face}`, chosen, { "X-Name": encodeURIComponent(chosen.name) });
    fault.hidden = ok;
    fault.textContent = ok ? "" : [answer.words, answer.cure].filter(Boolean).join(". ");
    if (!ok) return;
    show(answer.path);
    shows.querySelector("input").focus();
  });
  shows.querySelector("input").required = Boolean(kept.value);
}
