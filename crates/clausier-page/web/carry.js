// Carrying away: files made by the library, handed to the browser.

import { render } from "./dom.js";
import { bareView } from "./document.js";
import { ask, bytes } from "./engine.js";
import { inWords } from "./said.js";

/** Hands a file over. @param {string} name @param {string} mime @param {BlobPart} content */
export function download(name, mime, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * The files of a piece, or of every piece.
 * @param {string} text @param {string} piece a piece, or « toutes » @param {string} format @param {{ draft?: boolean }} [how]
 * @returns {{ files: any[], errors: string[] }}
 */
export function written(text, piece, format, { draft = false } = {}) {
  const answer = ask("rediger", { texte: text, partiel: draft, options: { piece, format, brouillon: draft } });
  if (!answer.ok) return { files: [], errors: reasons(answer) };
  return { files: answer.resultat.documents, errors: [] };
}

/** Why nothing was written. @param {any} answer @returns {string[]} */
function reasons(answer) {
  const refused = (/** @type {any} */ e) => (e.code === "refus" ? "des constats bloquent : corrigez-les, ou cochez « En projet »" : e.code === "piece-vide" ? "cette pièce n’a encore rien à dire" : inWords(e.message));
  return [...new Set((answer.erreurs ?? []).map(refused))].map(String);
}

/** Everything in one archive: each piece for Word and LibreOffice, and the dossier. @param {string} text @param {boolean} draft */
export function archived(text, draft) {
  const answer = ask("rediger", { texte: text, partiel: draft, options: { piece: "toutes", archive: true, brouillon: draft } });
  if (!answer.ok) return { files: [], errors: reasons(answer) };
  return { files: [answer.resultat.archive], errors: [] };
}

/** Downloads what was written. @param {any[]} files */
export function carry(files) {
  for (const file of files) download(file.nom, file.mime, bytes(file.base64));
}

/** Puts a block on the clipboard with its formatting: the articles alone, without title nor identity. @param {any} file a piece in Markdown, with its document */
export async function copy(file) {
  const block = document.createElement("div");
  render(block, ...bareView(file.document, null));
  const item = new ClipboardItem({
    "text/html": new Blob([block.innerHTML], { type: "text/html" }),
    "text/plain": new Blob([block.innerText], { type: "text/plain" }),
  });
  await navigator.clipboard.write([item]);
}
