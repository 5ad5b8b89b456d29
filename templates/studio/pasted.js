// What another program puts on the clipboard, as the kinds of block that an article has: no style,
// no picture, nothing that runs. Word's points are paragraphs with a style that says so.
const KINDS = { H1: "h2", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3", P: "p", UL: "ul", OL: "ol", LI: "li", BLOCKQUOTE: "blockquote", B: "strong", STRONG: "strong", I: "em", EM: "em", BR: "br", TD: "p", TH: "p", DIV: "p" };
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, ul, ol, li, blockquote, table, div";
const LEFT_OUT = new Set(["STYLE", "SCRIPT", "TITLE", "META", "LINK", "TEMPLATE", "SELECT", "TEXTAREA"]);
const MARKER = /mso-list:\s*ignore/i, POINT = /mso-list:\s*l\d/i, BOLD = /(?<![\w-])font-weight:\s*(bold|[6-9]00)/, PLAIN = /(?<![\w-])font-weight:\s*(normal|400)/;

// What the studio's own policy would stop is not even tried: a style is only read, as other words are.
const asRead = (html) => html.replace(/<[^>]*>/g, (tag) => tag.replace(/^<(\/?)style\b/i, "<$1template").replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
const styleOf = (node) => node.dataset?.style ?? "";

// Empty where plain words say it all: there are no others, or few words go into a heading.
export function pasted(html, heading) {
  const all = document.createElement("div");
  take(new DOMParser().parseFromString(asRead(html), "text/html").body, all);
  for (const empty of all.querySelectorAll("p, h2, h3, li, ul, ol, blockquote")) if (!empty.textContent.trim()) empty.remove();
  const alone = all.childNodes.length === 1 && all.firstChild.nodeName === "P" ? all.firstChild : null; // they stay in their line
  return !all.textContent.trim() || (alone && (heading || !alone.children.length)) ? "" : (alone ?? all).innerHTML;
}

function take(from, into) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) words(child, into);
    else if (child.nodeType === Node.ELEMENT_NODE && !LEFT_OUT.has(child.nodeName) && !MARKER.test(styleOf(child))) take(child, placeFor(child, into));
  }
}

function words(text, into) {
  const said = text.data.replace(/\s+/g, " ");
  if (said.trim() || (into.lastChild && !into.querySelector(BLOCKS))) into.append(said);
}

function placeFor(child, into) {
  if (POINT.test(styleOf(child))) return point(child, into);
  let kind = KINDS[child.nodeName];
  if (kind === "p" && child.querySelector(BLOCKS)) kind = undefined; // it only holds others
  if (kind === "strong" && PLAIN.test(styleOf(child))) kind = undefined;
  if (child.nodeName === "SPAN" && BOLD.test(styleOf(child))) kind = "strong";
  const link = child.nodeName === "A" && /^(https?|mailto):/i.test(child.getAttribute("href") ?? "");
  if (!kind && !link) return into;
  const made = document.createElement(link ? "a" : kind);
  if (link) made.setAttribute("href", child.getAttribute("href"));
  into.append(made);
  return made;
}

function point(child, into) {
  const marker = [...child.querySelectorAll("[data-style]")].find((each) => MARKER.test(styleOf(each)));
  const kind = /^\s*\(?(\d+|[a-z])[.)]/i.test(marker?.textContent ?? "") ? "OL" : "UL";
  if (into.lastElementChild?.nodeName !== kind) into.append(document.createElement(kind));
  const made = document.createElement("li");
  into.lastElementChild.append(made);
  return made;
}
