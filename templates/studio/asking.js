// One way to ask the studio: an answer in words, whatever happens to it.
export const CLOSED = "leafcast has been closed. Your words are safe. Start it again and carry on.";
const WRONG = "Something went wrong in leafcast. Your words are safe. Try it once more.";

export async function ask(address, options = {}) {
  try {
    const got = await fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
    if (got.ok && got.headers.get("content-type")?.startsWith("audio/")) return { ok: true, status: got.status, blob: await got.blob() };
    const json = got.headers.get("content-type")?.includes("json");
    return { ok: got.ok, status: got.status, answer: json ? await got.json() : { words: WRONG } };
  } catch {
    return { ok: false, status: 0, answer: { words: CLOSED } };
  }
}

export function send(address, content, headers = {}) {
  return ask(address, { method: "POST", body: content, headers });
}

export function sendJson(address, value) {
  return send(address, JSON.stringify(value), { "Content-Type": "application/json" });
}
