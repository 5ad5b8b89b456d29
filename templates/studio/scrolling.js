// What is spoken of comes into view, and Tab goes on from where one is: `scrollIntoView()` makes
// what it shows the place where Tab begins in some Chromium (150), past the skip link and the head.
export function bringIntoView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0) scrollBy(0, top);
  else if (bottom > innerHeight) scrollBy(0, Math.min(top, bottom - innerHeight));
}
