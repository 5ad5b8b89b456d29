// The article's blocks as elements one can write in, and back: the same in both directions.
const MARKS = { B: { strong: true }, STRONG: { strong: true }, I: { emphasis: true }, EM: { emphasis: true }, CODE: { code: true } };
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "BLOCKQUOTE", "TABLE", "FIGURE", "HR"]);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// ---------------------------------------------------------------- to elements

function runs(all) {
  return all.map((run) => {
    if (run.note !== undefined) return make("sup", { "data-note": run.note, contenteditable: "false" }, `[${run.note}]`);
    if (run.text === "\n") return make("br");
    let node = document.createTextNode(run.text);
    if (run.code) node = make("code", {}, node);
    if (run.lang) node = make("span", { lang: run.lang }, node);
    if (run.emphasis) node = make("em", {}, node);
    if (run.strong) node = make("strong", {}, node);
    if (run.target) node = make("a", { href: run.target }, node);
    return node;
  });
}

function marked(element, block) {
  const marks = {};
  for (const name of ["leaflet", "say", "voice"]) if (block[name]) marks[name] = block[name];
  if (Object.keys(marks).length) element.dataset.marks = JSON.stringify(marks);
  return element;
}

export function element(block, slug) {
  switch (block.kind) {
    case "heading": {
      const heading = make(block.level > 2 ? "h3" : "h2", {}, ...runs(block.runs));
      if (block.level > 3) heading.dataset.level = block.level;
      return marked(heading, block);
    }
    case "byline": return make("p", { class: "byline", "data-kind": "byline" }, ...runs(block.runs));
    case "paragraph": return make("p", {}, ...runs(block.runs));
    case "list": {
      const list = make(block.ordered ? "ol" : "ul");
      if (block.start !== 1) list.setAttribute("start", block.start);
      for (const entry of block.entries) list.append(make("li", {}, ...entry.map((each) => element(each, slug))));
      return list;
    }
    case "quote": return marked(make("blockquote", {}, ...block.blocks.map((each) => element(each, slug))), block);
    case "table": {
      const table = make("table", { "data-aligns": JSON.stringify(block.aligns) });
      block.rows.forEach((row, at) => table.append(make("tr", {}, ...row.map((cell) => place(cell, at)))));
      return table;
    }
    case "picture": return picture(block, slug);
    case "closing": return make("hr", { "data-kind": "closing", contenteditable: "false" });
    case "note": return make("div", { class: "note", "data-kind": "note", "data-number": block.number }, ...block.blocks.map((each) => element(each, slug)));
    default: return make("div", { "data-kind": "opening", hidden: "", "data-block": JSON.stringify(block), contenteditable: "false" });
  }
}

function place(cell, at) {
  const { runs: words, ...rest } = cell;
  const made = make(at === 0 || cell.header ? "th" : "td", { "data-cell": JSON.stringify(rest) }, ...runs(words));
  if (cell.columns) made.colSpan = cell.columns;
  if (cell.rows) made.rowSpan = cell.rows;
  made.hidden = Boolean(cell.part); // it is covered by the one it is a part of
  return made;
}

let pictures = 0;
export function picture(block, slug) {
  pictures += 1;
  const id = `alt-${pictures}`;
  const figure = make("figure", { contenteditable: "false", "data-path": block.path });
  figure.append(make("img", { src: `/picture/${slug}/${block.path.split("/").map(encodeURIComponent).join("/")}`, alt: block.alt }));
  figure.append(make("label", { for: id }, "What the picture shows"), make("input", { id, "data-part": "alt", value: block.alt }));
  figure.append(make("label", { for: `${id}-caption` }, "Words below it, if any"), make("input", { id: `${id}-caption`, "data-part": "caption", value: block.caption.map((run) => run.text).join("") }));
  figure.dataset.caption = JSON.stringify(block.caption);
  return figure;
}

// ---------------------------------------------------------------- and back

function joined(all) {
  const out = [];
  for (const run of all) {
    const last = out.at(-1);
    const same = last && run.note === undefined && last.note === undefined && JSON.stringify({ ...run, text: "" }, Object.keys(run).sort()) === JSON.stringify({ ...last, text: "" }, Object.keys(last).sort());
    if (same && run.text !== "\n" && last.text !== "\n") last.text += run.text;
    else out.push({ ...run });
  }
  return out.filter((run) => run.text !== "" || run.note !== undefined);
}

function read(node, marks, out) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) out.push({ text: child.data, ...marks });
    else if (child.nodeName === "BR") { if (child.nextSibling || child.parentNode !== node.ownerDocument) out.push({ text: "\n" }); }
    else if (child.dataset?.note) out.push({ text: "", note: Number(child.dataset.note) });
    else if (child.nodeType === Node.ELEMENT_NODE && !BLOCKS.has(child.nodeName)) {
      const inner = { ...marks, ...MARKS[child.nodeName] };
      if (child.nodeName === "A" && child.getAttribute("href")) inner.target = child.getAttribute("href");
      if (child.nodeName === "SPAN" && child.lang) inner.lang = child.lang;
      read(child, inner, out);
    }
  }
  return out;
}

function words(node) {
  const all = joined(read(node, {}, []));
  while (all.at(-1)?.text === "\n") all.pop();
  return all;
}

const marksOf = (node) => (node.dataset?.marks ? JSON.parse(node.dataset.marks) : {});

// What stands in `node`: its blocks, and loose words between them as paragraphs.
function inner(node) {
  const out = [];
  let loose = [];
  const flush = () => {
    const holder = document.createElement("p");
    holder.append(...loose.map((each) => each.cloneNode(true)));
    const all = words(holder);
    if (all.length) out.push({ kind: "paragraph", runs: all });
    loose = [];
  };
  for (const child of node.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE && BLOCKS.has(child.nodeName)) { flush(); out.push(...blocks(child)); }
    else loose.push(child);
  }
  flush();
  return out;
}

function blocks(node) {
  const kind = node.dataset.kind;
  if (kind === "opening") return [JSON.parse(node.dataset.block)];
  if (kind === "closing") return [{ kind }];
  if (kind === "note") return [{ kind, number: Number(node.dataset.number), blocks: inner(node) }];
  switch (node.nodeName) {
    case "H1": case "H2": return [{ kind: "heading", level: 2, runs: words(node), ...marksOf(node) }];
    case "H3": case "H4": case "H5": case "H6": return [{ kind: "heading", level: Number(node.dataset.level ?? 3), runs: words(node), ...marksOf(node) }];
    case "UL": case "OL": return [list(node)];
    case "BLOCKQUOTE": return [{ kind: "quote", blocks: inner(node), ...marksOf(node) }];
    case "TABLE": return [{ kind: "table", aligns: JSON.parse(node.dataset.aligns), rows: [...node.rows].map((row) => [...row.cells].map((cell) => ({ ...JSON.parse(cell.dataset.cell), runs: words(cell) }))) }];
    case "FIGURE": return [figure(node)];
    case "HR": return [];
    default: {
      if ([...node.children].some((child) => BLOCKS.has(child.nodeName))) return inner(node);
      const all = words(node);
      return all.length ? [{ kind: kind === "byline" ? "byline" : "paragraph", runs: all }] : [];
    }
  }
}

function list(node) {
  const entries = [];
  for (const child of node.children) {
    if (child.nodeName === "LI") entries.push(inner(child));
    else if (entries.length) entries.at(-1).push(...blocks(child)); // a browser puts inner lists beside their point
    else entries.push(blocks(child));
  }
  return { kind: "list", ordered: node.nodeName === "OL", start: Number(node.getAttribute("start") ?? 1), entries: entries.filter((each) => each.length) };
}

function figure(node) {
  const value = (part) => node.querySelector(`[data-part=${part}]`).value;
  const before = JSON.parse(node.dataset.caption);
  const same = before.map((run) => run.text).join("") === value("caption");
  return { kind: "picture", path: node.dataset.path, alt: value("alt"), caption: same ? before : value("caption") ? [{ text: value("caption") }] : [] };
}

// The blocks of the editor, and the element of each.
export function readAll(root) {
  const all = [], elements = [];
  for (const child of [...root.childNodes]) {
    let found;
    if (child.nodeType === Node.ELEMENT_NODE && BLOCKS.has(child.nodeName)) found = blocks(child);
    else { const all = words({ childNodes: [child], ownerDocument: document }); found = all.length ? [{ kind: "paragraph", runs: all }] : []; }
    for (const each of found) { all.push(each); elements.push(child); }
  }
  return { all, elements };
}
