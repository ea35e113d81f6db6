// The library: one request in JSON, one answer in JSON. It decides everything; the page asks.

/** @typedef {{ memory: WebAssembly.Memory, clausier_room: (n: number) => number, clausier_call: () => number, clausier_answer: () => number }} Module */

/** @type {WebAssembly.Module | null} */
let compiled = null;
/** @type {Module | null} */
let library = null;

/** How many answers are kept. */
const KEPT = 12;
/** The last answers, by what was asked: the same question of the same dossier is not asked twice. @type {Map<string, any>} */
const answers = new Map();

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
  const question = JSON.stringify({ protocole: 2, demande: request, ...fields });
  const known = answers.get(question);
  if (known) return known;
  const answer = call(question);
  // Files and changes are made once; what is only read is asked again at each sight of the same dossier.
  if (request !== "appliquer" && !fields.options?.format && !fields.options?.archive) {
    answers.set(question, answer);
    const [oldest] = answers.keys();
    if (answers.size > KEPT) answers.delete(oldest);
    latest.set(kind(request, fields), answer);
  }
  return answer;
}

/** How long typing rests before what is heavy is asked for again, in milliseconds. */
const REST = 150;
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const waiting = new Map();
/** The latest answer to each kind of request. @type {Map<string, any>} */
const latest = new Map();

/** What is asked for, whatever the dossier. @param {string} request @param {Record<string, any>} fields */
function kind(request, fields) {
  return `${request} ${JSON.stringify(fields.options ?? {})}`;
}

/** As `ask`, for what is too heavy to follow each key: the latest answer stands until typing rests, then `refresh` shows the new one.
 * @param {string} request @param {Record<string, any>} fields @param {() => void} refresh @returns {any} */
export function askAtRest(request, fields, refresh) {
  const what = kind(request, fields);
  clearTimeout(waiting.get(what));
  const known = answers.get(JSON.stringify({ protocole: 2, demande: request, ...fields }));
  const stale = latest.get(what);
  if (known || !stale) return known ?? ask(request, fields);
  const now = () => {
    ask(request, fields);
    refresh();
  };
  waiting.set(what, setTimeout(now, REST));
  return stale;
}

/** @param {string} question @returns {any} */
function call(question) {
  if (!library) throw new Error("la bibliothèque n’est pas chargée");
  const text = new TextEncoder().encode(question);
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
