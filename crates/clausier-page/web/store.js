// What the page knows: the text of the dossier, what it was before each change, and nothing else. Everything shown is asked of
// the library from that text. It is kept on this machine only, by the browser.

import { ask } from "./engine.js";

/** @typedef {{ operation: "poser" | "ajouter" | "retirer", chemin: string, valeur?: any }} Edit */

const PLACE = "clausier.dossier";
/** How many changes can be undone. */
const DEPTH = 200;
/** Changes of one field within this time are undone together, in milliseconds. */
const TOGETHER = 1500;

export const store = {
  /** The dossier; null before one is begun or opened. @type {string | null} */
  text: null,
  /** @type {string[]} */
  past: [],
  /** @type {string[]} */
  future: [],
  /** The work cannot be kept by the browser (private window, storage refused). */
  unkept: false,
  /** The work changed since it was last carried away or opened. */
  changed: false,
  /** What was kept was written by another version of the library. @type {string | null} */
  otherVersion: null,
  /** Why the last change was refused, in French. @type {string | null} */
  refused: null,
};

/** @type {() => void} */
let changed = () => {};
let last = { path: "", time: 0 };

/** Calls back after every change. @param {() => void} callback */
export function onChange(callback) {
  changed = callback;
}

/** Takes another dossier whole: opened, begun, undone. @param {string | null} text @param {{ undoable?: boolean }} [how] */
export function take(text, { undoable = true } = {}) {
  if (undoable && store.text !== null && store.text !== text) remember(store.text);
  store.text = text;
  store.refused = null;
  last = { path: "", time: 0 };
  keep();
  changed();
}

/** Changes the dossier by edits of the library, which keep its comments. What is typed in one go is undone in one go.
 * @param {Edit[]} edits @param {boolean} [typed] */
export function edit(edits, typed = false) {
  if (store.text === null) return;
  const answer = ask("appliquer", { texte: store.text, edits });
  if (!answer.ok) {
    store.refused = answer.erreurs.map((/** @type {any} */ e) => e.message).join(" ; ");
    changed();
    return;
  }
  const text = answer.resultat.texte;
  if (text === store.text) return;
  const path = typed ? edits.map((e) => e.chemin).join(" ") : "";
  const now = Date.now();
  if (path === "" || path !== last.path || now - last.time > TOGETHER) remember(store.text);
  last = { path, time: now };
  store.text = text;
  store.future = [];
  store.refused = null;
  store.changed = true;
  keep();
  changed();
}

/** @param {string} text */
function remember(text) {
  store.past.push(text);
  if (store.past.length > DEPTH) store.past.shift();
  store.future = [];
}

export function undo() {
  const before = store.past.pop();
  if (before === undefined || store.text === null) return;
  store.future.push(store.text);
  take(before, { undoable: false });
}

export function redo() {
  const after = store.future.pop();
  if (after === undefined || store.text === null) return;
  store.past.push(store.text);
  take(after, { undoable: false });
}

function keep() {
  try {
    if (store.text === null) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, JSON.stringify({ version: version(), texte: store.text }));
    store.unkept = false;
  } catch {
    store.unkept = true;
  }
}

let libraryVersion = "";
/** The version of the library, as it says itself. @param {string} [value] */
export function version(value) {
  if (value) libraryVersion = value;
  return libraryVersion;
}

/** Takes back what the browser kept, if anything. */
export function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    if (kept && typeof kept.texte === "string") {
      store.text = kept.texte;
      store.otherVersion = kept.version !== version() ? String(kept.version) : null;
    }
  } catch {
    store.unkept = true;
  }
}

/** Forgets the work, here and in the browser. */
export function forget() {
  store.past = [];
  store.future = [];
  store.changed = false;
  store.otherVersion = null;
  take(null, { undoable: false });
}
