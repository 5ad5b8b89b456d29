// A field that has focus marks its place in the page.
for (const each of document.querySelectorAll("[data-place]")) {
  const place = document.getElementById(each.dataset.place);
  each.addEventListener("focusin", () => { place?.classList.add("on"); place?.scrollIntoView({ block: "nearest" }); });
  each.addEventListener("focusout", () => place?.classList.remove("on"));
}
