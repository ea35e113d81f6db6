// The library: one request in JSON, one answer in JSON. It decides everything; the page asks.

/** @typedef {{ memory: WebAssembly.Memory, clausier_room: (n: number) => number, clausier_call: () => number, clausier_answer: () => number }} Module */

/** @type {WebAssembly.Module | null} */
let compiled = null;
/** @type {Module | null} */
let library = null;

/** Unpacks the library that the page carries, and starts it. */
export async function start() {
  const packed = bytes(document.getElementById("module")?.textContent?.trim() ?? "");
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  compiled = await WebAssembly.compile(await new Response(stream).arrayBuffer());
  instantiate();
}

function instantiate() {
  if (!compiled) throw new Error("la bibliothèque n’est pas chargée");
  library = /** @type {any} */ (new WebAssembly.Instance(compiled, {}).exports);
}

/**
 * Asks the library. What it answers holds no doubt: an exact value is a text, a file is in base64.
 * @param {string} request one of the requests of the protocol
 * @param {Record<string, any>} fields
 * @returns {any}
 */
export function ask(request, fields) {
  if (!library) throw new Error("la bibliothèque n’est pas chargée");
  const text = new TextEncoder().encode(JSON.stringify({ protocole: 2, demande: request, ...fields }));
  try {
    const room = library.clausier_room(text.length);
    new Uint8Array(library.memory.buffer, room, text.length).set(text);
    const length = library.clausier_call();
    const answer = new Uint8Array(library.memory.buffer, library.clausier_answer(), length);
    return JSON.parse(new TextDecoder().decode(answer));
  } catch (error) {
    // A library that stopped short is not asked again: another one takes its place, and the dossier is intact.
    instantiate();
    throw error;
  }
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
export function bytes(base64) {
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}
