// One reading of the dossier by the library, and how the steps look into it.

import { ask } from "./engine.js";

/**
 * @typedef {{
 *   tree: any, remarks: any[], duties: any[], values: any, toConfirm: number,
 *   get: (path: string) => any, at: (path: string) => any[], under: (path: string) => any[],
 *   words: (list: string) => string[], shown: Set<string>,
 * }} View
 */

/** What never changes: families, clauses, words. @type {any} */
export let catalogue = null;

/** Asks for it once; gives the version of the library. @returns {string} */
export function loadCatalogue() {
  const answer = ask("catalogue", {});
  catalogue = typographic(answer.resultat);
  return answer.clausier;
}

/** The keys of the catalogue that are read, not compared. */
const READ = new Set(["titre", "question", "pourquoi", "vigilance", "source", "fourchette", "texte", "note"]);

/** The texts that are read, with the apostrophe that the pieces have. @param {any} value @param {boolean} [read] @returns {any} */
function typographic(value, read = false) {
  if (typeof value === "string") return read ? value.replaceAll("'", "’") : value;
  if (Array.isArray(value)) return value.map((item) => typographic(item, read));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typographic(item, READ.has(key))]));
}

/** @param {string} text @returns {View} */
export function look(text) {
  const answer = ask("lire", { texte: text, partiel: true });
  const result = answer.resultat ?? {};
  const tree = result.dossier ?? {};
  const remarks = [...(answer.erreurs ?? []).map(asRemark), ...(result.constats ?? [])];
  /** The key paths whose remarks a step has shown. @type {Set<string>} */
  const shown = new Set();
  const get = (/** @type {string} */ path) => valueAt(tree, path);
  return {
    tree,
    remarks,
    duties: result.devoirs ?? [],
    toConfirm: result.a_confirmer ?? 0,
    values: { clauses: result.clauses ?? [], heures: result.heures ?? [], liaisons: result.liaisons ?? [] },
    get,
    at: (path) => {
      shown.add(path);
      return remarks.filter((r) => places(r).includes(path));
    },
    shown,
    under: (path) => remarks.filter((r) => places(r).some((p) => p === path || p.startsWith(`${path}.`))),
    words: (list) => catalogue?.mots?.[list] ?? [],
  };
}

/** The key paths of a remark: where it is mended, as the library says. @param {any} remark @returns {string[]} */
export function places(remark) {
  return remark.champ ? [remark.champ] : remark.chemin ? [remark.chemin] : [];
}

/** An error of shape stands among the remarks: it blocks. @param {any} error */
function asRemark(error) {
  return { code: error.code ?? "forme", gravite: "bloquant", ...error };
}

/** @param {any} tree @param {string} path */
export function valueAt(tree, path) {
  let at = tree;
  for (const key of path.split(".")) {
    if (at === null || typeof at !== "object") return undefined;
    at = at[key];
  }
  return at;
}

/** The clause of the catalogue. @param {string} id */
export function clauseOf(id) {
  return (catalogue?.clauses ?? []).find((/** @type {any} */ c) => c.id === id);
}

/** The family of the catalogue. @param {string} id */
export function familyOf(id) {
  return (catalogue?.familles ?? []).find((/** @type {any} */ f) => f.id === id);
}
