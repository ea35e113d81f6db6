// Step 3: only what cannot be known otherwise. Each question has its range, its source, and who should answer.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { ask } from "./engine.js";
import { byLot, confirming, nameOf, place, plain, remarksAt, remarkView, termsIn, valueField } from "./field.js";
import { clauseOf } from "./view.js";
import { notYet } from "./step-clauses.js";
import { LABELS, UNITS } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./store.js").Edit} Edit */
/**
 * A question of a clause or of a criterion, with what the dossier answers.
 * @typedef {{ clause: any, applied: any, parameter: any, path: string, state: "repondu" | "defaut" | "facultatif" | "manque" }} Question
 */

/** Whose questions are shown: everyone's, or one person's. */
let only = "";

/** The questions of a reading, which several parts of the page look at. @type {WeakMap<View, Question[]>} */
const everyQuestion = new WeakMap();

/** Every question of the clauses and criteria that apply. @param {View} view @returns {Question[]} */
export function questions(view) {
  const known = everyQuestion.get(view);
  if (known) return known;
  /** @type {Question[]} */
  const out = [];
  const criteria = Object.keys(view.get("critere") ?? {}).map((id) => ({ id, nature: "critere", lots: criterionLots(view, id) }));
  for (const applied of [...(view.values.clauses ?? []), ...criteria]) {
    const clause = clauseOf(applied.id);
    if (!clause) continue;
    for (const parameter of clause.parametres ?? []) {
      const path = `${applied.nature === "critere" ? "critere" : "clause"}.${applied.id}.${parameter.nom}`;
      const given = view.get(path) !== undefined;
      const state = given ? "repondu" : parameter.defaut != null ? "defaut" : parameter.facultatif ? "facultatif" : "manque";
      out.push({ clause, applied, parameter, path, state: /** @type {any} */ (state) });
    }
  }
  everyQuestion.set(view, out);
  return out;
}

/** The lots on which a criterion weighs. @param {View} view @param {string} id @returns {number[]} */
export function criterionLots(view, id) {
  const weight = view.get(`critere.${id}`);
  const own = typeof weight === "object" ? Object.keys(weight).map(Number).filter(Number.isInteger) : [];
  return own.length > 0 ? own : Object.keys(view.get("lot") ?? {}).map(Number);
}

/** How many values come from a usage and wait to be confirmed. @param {View} view */
export function unconfirmed(view) {
  return view.toConfirm;
}

/** @param {View} view @param {{ text: string, refresh: () => void, print: () => void, go: (path: string) => void }} page */
export function settingsStep(view, page) {
  const everything = questions(view);
  const all = everything.filter((q) => q.applied.nature !== "critere");
  if (all.length === 0) {
    if (Object.keys(view.get("clause") ?? {}).length > 0) return [notYet(view, page)];
    return [h("p", { class: "vide" }, "Aucune question encore : choisissez des clauses à l’étape précédente. Celles qui ont besoin d’un chiffre le demanderont ici.")];
  }
  const people = [...new Set(all.map((q) => q.parameter.qui).filter(Boolean))];
  const list = only ? all.filter((q) => q.parameter.qui === only) : all;
  const missing = all.filter((q) => q.state === "manque").length;
  const waiting = unconfirmed(view);
  const ids = [...new Set(list.map((q) => q.clause.id))];
  return [
    h("p", { role: "status", key: "etat" }, sentence(missing, "réponse manque", "réponses manquent", "Aucune réponse ne manque"), " ; ", sentence(waiting, "valeur d’usage à confirmer", "valeurs d’usage à confirmer", "aucune valeur d’usage à confirmer"), "."),
    h(
      "p",
      { class: "actions", key: "actions" },
      completeButton(page),
      waiting > 0 && h("button", { type: "button", id: "tout-confirmer", key: "tout-confirmer", onclick: () => edit(confirmAll(view, everything)) }, "Confirmer toutes les valeurs d’usage"),
      h("button", { type: "button", onclick: page.print }, "Imprimer la feuille de séance"),
    ),
    people.length > 0 &&
      h(
        "div",
        { class: "champ", key: "qui" },
        h("label", { for: "qui" }, "Qui répond ?"),
        h(
          "select",
          {
            id: "qui",
            value: only,
            onchange: (/** @type {any} */ e) => {
              only = e.target.value;
              page.refresh();
            },
          },
          h("option", { value: "" }, "Tout le monde"),
          people.map((p) => h("option", { value: p }, LABELS.qui[p] ?? p)),
        ),
      ),
    factorsView(view, page),
    ids.map((id) => {
      const own = list.filter((q) => q.clause.id === id);
      return h("fieldset", { class: "carte", key: id }, h("legend", null, own[0].clause.titre), remarksAt(view, `clause.${id}`), questionsView(view, own));
    }),
  ];
}

/** Fills what the usages answer, when there is something of it. @param {{ text: string }} page */
export function completeButton(page) {
  const completion = ask("completer", { texte: page.text, partiel: true }).resultat;
  const known = completion?.usages?.length ?? 0;
  return known > 0 && h("button", { type: "button", class: "fort", id: "completer", key: "completer", onclick: () => edit(completion.edits) }, `Compléter avec les usages (${known} ${known > 1 ? "valeurs" : "valeur"}, à confirmer)`);
}

/** The factors of the hours that come from a usage: they stand in the lots. @param {View} view @param {{ go: (path: string) => void }} page */
function factorsView(view, page) {
  const paths = (view.get("a_confirmer") ?? []).filter((/** @type {string} */ path) => path.startsWith("lot."));
  return (
    paths.length > 0 &&
    h(
      "fieldset",
      { class: "carte", key: "facteurs" },
      h("legend", null, "Ce dont les heures se calculent"),
      paths.map((/** @type {string} */ path) =>
        h(
          "p",
          { class: "ligne", key: path },
          h("button", { type: "button", class: "lien", onclick: () => page.go(path) }, nameOf(path)),
          h("mark", null, `[${plain(view.get(path))}]`),
          h("span", { class: "discret" }, "valeur d’usage, à confirmer"),
          h("button", { type: "button", class: "petit", onclick: () => edit(confirming(view, path)) }, "Confirmer", h("span", { class: "hors-vue" }, ` : ${nameOf(path)}`)),
        ),
      ),
    )
  );
}

/** @param {View} view @param {Question[]} all @returns {Edit[]} */
function confirmAll(view, all) {
  const defaults = all.filter((q) => q.state === "defaut");
  return [
    ...defaults.flatMap((q) => [...place(view, q.path), { operation: /** @type {const} */ ("poser"), chemin: q.path, valeur: q.parameter.defaut }]),
    ...(view.get("a_confirmer") === undefined ? [] : [{ operation: /** @type {const} */ ("retirer"), chemin: "a_confirmer" }]),
  ];
}

/** The questions of a clause: those that must be answered, those that have a usage, those that can be left out. They do not move
 * while they are answered. @param {View} view @param {Question[]} own */
export function questionsView(view, own) {
  const asked = own.filter((q) => q.parameter.defaut == null && !q.parameter.facultatif);
  const usual = own.filter((q) => q.parameter.defaut != null);
  const free = own.filter((q) => q.parameter.defaut == null && q.parameter.facultatif);
  const said = free.filter((q) => q.state === "repondu").length;
  return [
    asked.map((q) => questionView(view, q)),
    usual.map((q) => usualView(view, q)),
    free.length > 0 &&
      h(
        "details",
        { key: "facultatif", open: free.some((q) => view.under(q.path).length > 0) },
        h("summary", null, `${free.length} ${free.length > 1 ? "questions facultatives" : "question facultative"}`, said > 0 && h("span", { class: "discret" }, `, ${said} ${said > 1 ? "répondues" : "répondue"}`)),
        free.map((q) => questionView(view, q)),
      ),
  ];
}

/** A question that has a usage: one line, its field behind it. @param {View} view @param {Question} question */
function usualView(view, question) {
  const { parameter, path, state } = question;
  const value = state === "repondu" ? view.get(path) : parameter.defaut;
  const text = choicesOf(parameter).find(([word]) => word === value)?.[1] ?? plain(value);
  return h(
    "div",
    { class: "ligne", key: path },
    h(
      "details",
      { key: "champ", open: view.under(path).length > 0 },
      h("summary", null, `${parameter.question} `, state === "defaut" ? [h("mark", null, `[${text}]`), h("span", { class: "discret" }, " à confirmer")] : h("strong", null, text)),
      questionView(view, question),
    ),
    state === "defaut" &&
      h("button", { type: "button", class: "petit", onclick: () => edit(confirming(view, path, parameter.defaut)) }, "Confirmer", h("span", { class: "hors-vue" }, ` : ${parameter.question} ${text}`)),
  );
}

/** So many things, as a sentence says it. @param {number} n @param {string} one @param {string} many @param {string} none */
export function sentence(n, one, many, none) {
  return n === 0 ? none : `${n} ${n > 1 ? many : one}`;
}

/** @param {any} parameter @returns {string[][]} */
export function choicesOf(parameter) {
  return (parameter.choix ?? []).map((/** @type {any} */ c) => [c.valeur, c.texte]);
}

/** @param {View} view @param {Question} question */
export function questionView(view, { applied, parameter, path, state }) {
  const value = view.get(path);
  const perLot = value !== null && typeof value === "object" && !Array.isArray(value);
  const who = parameter.qui ? `Répond : ${LABELS.qui[parameter.qui] ?? parameter.qui}. ` : "";
  const range = parameter.fourchette ? `Usage : ${parameter.fourchette}. ` : parameter.bornes ? `Entre ${parameter.bornes[0]} et ${parameter.bornes[1]}. ` : "";
  const source = parameter.source ? `Source : ${parameter.source} (${LABELS.certitude[parameter.certitude] ?? parameter.certitude}).` : "";
  const base = {
    type: parameter.type,
    unit: parameter.unite ?? UNITS[parameter.type],
    optional: parameter.facultatif,
    choices: choicesOf(parameter),
    shown: parameter.defaut,
    help: `${who}${range}${source}`.trim(),
  };
  const lots = applied.lots;
  if (perLot) {
    return h(
      "fieldset",
      { class: "par-lot", key: path },
      h("legend", null, parameter.question),
      h("p", { class: "aide" }, base.help),
      view.at(path).map((r) => remarkView(r)),
      lots.map((/** @type {number} */ n) => valueField(view, { ...base, help: "", path: `${path}.${n}`, label: `Lot ${n}` })),
    );
  }
  return valueField(view, {
    ...base,
    path,
    label: parameter.question,
    term: termsIn(parameter.question)[0],
    missing: state === "manque",
    extra: lots.length > 1 && value === undefined ? parameter.type === "quantite" && h("p", { class: "aide" }, `La même valeur pour chacun des ${lots.length} lots ; vous pourrez ensuite en donner une par lot.`) : lots.length > 1 && h("button", { type: "button", class: "petit", onclick: () => byLot(path, lots, value) }, "Une valeur par lot"),
  });
}
