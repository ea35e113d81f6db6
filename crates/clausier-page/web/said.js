// What the library says, in the words of the page: the names of its fields where a finding names a key of the file, the title of
// a clause where it names its id, no command.

import { catalogue, clauseOf, familyOf } from "./view.js";
import { ESSENTIAL, FACILITATOR, FURTHER, LABELS, LOT, LOT_FURTHER, OBJECT, SET_ASIDE, VALUE } from "./words.js";

/** @typedef {import("./words.js").Field} Field */

/** Tables of a dossier, as the page names them. @type {Record<string, string>} */
const TABLES = {
  consultation: "à l’étape « La consultation »",
  acheteur: "à l’étape « La consultation »",
  facilitateur: "à l’étape « La consultation »",
  lot: "au lot",
  critere: "à l’étape « Les critères »",
  clause: "à l’étape « Les réglages »",
  clause_sociale_ecartee: "à l’étape « Les clauses »",
  constats: "à l’étape « Les pièces »",
};

/** The fields of the page by the last key of their path. @returns {Map<string, Field>} */
function fields() {
  const out = new Map();
  for (const field of [OBJECT, VALUE, ...ESSENTIAL, ...FURTHER, ...FACILITATOR, ...SET_ASIDE, ...LOT, ...LOT_FURTHER]) {
    const key = field.path.slice(field.path.lastIndexOf(".") + 1);
    if (!out.has(key)) out.set(key, field);
  }
  return out;
}

/** The question of a parameter, where a key is one. @param {string} name */
function question(name) {
  for (const clause of catalogue?.clauses ?? []) {
    const found = clause.parametres.find((/** @type {any} */ p) => p.nom === name);
    if (found) return found.question;
  }
  return null;
}

/** A text of the library without keys, ids or commands. @param {string} text */
export function inWords(text) {
  const known = fields();
  const label = (/** @type {string} */ key) => known.get(key)?.label ?? question(key);
  const word = (/** @type {string} */ key, /** @type {string} */ value) => LABELS[known.get(key)?.words ?? ""]?.[value] ?? value;
  return (
    text
      // le dossier ne dit pas encore : lancement, contrat
      .replace(/ne dit pas encore : (.+)$/, (_, keys) => `ne dit pas encore : ${keys.split(", ").map((/** @type {string} */ key) => (known.has(key) ? `« ${known.get(key)?.label} »` : key)).join(", ")}`)
      // [clause.id], [lot.2], [critere]
      .replace(/(?:\b(?:à|dans|la table) )?\[([a-z_]+)(?:\.([^\]\s]+))?\]/g, (whole, table, id) => {
        const title = clauseOf(id)?.titre;
        if (title) return `à « ${title} »`;
        if (table === "lot" && /^\d+$/.test(id ?? "")) return `au lot ${id}`;
        return TABLES[table] ?? whole;
      })
      // variantes = "interdites"
      .replace(/\b([a-z][a-z_]*) = "([^"]*)"/g, (whole, key, value) => (label(key) ? `« ${label(key)} » : ${word(key, value)}` : whole))
      // « clausier lister »
      .replace(/« clausier [^»]*»/g, "cette page")
      // travaux-moins-de-six-mois
      .replace(/(« )?\b([a-z]+(?:-[a-z]+){2,})\b( »)?/g, (whole, _, word) => (LABELS.motif[word] ? `« ${LABELS.motif[word]} »` : whole))
      // « valeur_estimee », valeur_estimee; « heures-insertion », heures-insertion
      .replace(/(« )?\b([a-z0-9]+(?:[_-][a-z0-9]+)+)\b( »)?/g, (whole, _, id) => {
        const name = clauseOf(id)?.titre ?? familyOf(id)?.titre ?? (id.includes("_") ? label(id) : null);
        return name ? `« ${name} »` : whole;
      })
      // « nature », « montant »: a key between quotes
      .replace(/« ([a-z_]+) »/g, (whole, key) => (known.has(key) ? `« ${known.get(key)?.label} »` : whole))
  );
}
