// Carrying away: files made by the library, handed to the browser.

import { ask, bytes } from "./engine.js";

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
  if (!answer.ok) return { files: [], errors: (answer.erreurs ?? []).map((/** @type {any} */ e) => e.message) };
  return { files: answer.resultat.documents, errors: [] };
}

/** Downloads what was written. @param {any[]} files */
export function carry(files) {
  for (const file of files) download(file.nom, file.mime, bytes(file.base64));
}

/** Puts a block on the clipboard with its formatting. @param {any} html @param {any} plain */
export async function copy(html, plain) {
  const item = new ClipboardItem({
    "text/html": new Blob([bytes(html.base64)], { type: "text/html" }),
    "text/plain": new Blob([bytes(plain.base64)], { type: "text/plain" }),
  });
  await navigator.clipboard.write([item]);
}
