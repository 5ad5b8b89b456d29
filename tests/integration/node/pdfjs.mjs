// What pdf.js, the reader of Firefox, finds in PDF files: the text of each page, and its tags.
// Text needs no canvas; that its classes are missing in Node is said by a warning on standard output.
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
console.warn = console.log = () => {};
const { readFileSync } = await import("node:fs");
const { createRequire } = await import("node:module");
const { pathToFileURL } = await import("node:url");
const require = createRequire(process.env.NODE_PATH + "/");
const { getDocument } = await import(pathToFileURL(require.resolve("pdfjs-dist/legacy/build/pdf.mjs")));

const roles = (node) => (node?.role ? [node.role] : []).concat(...(node?.children ?? []).map(roles));

const told = [];
for (const path of process.argv.slice(2)) {
  const file = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
    pages.push({ text, roles: roles(await page.getStructTree()) });
  }
  told.push(pages);
}
process.stdout.write(JSON.stringify(told));
