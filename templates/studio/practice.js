// The leaflet beside the questions says what is typed, and marks it.
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
