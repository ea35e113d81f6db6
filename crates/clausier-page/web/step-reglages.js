// Step 3: only what cannot be known otherwise. Each question has its range, its source, and who should answer.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { byLot, fieldId, plain, remarksAt, remarkView, valueField } from "./field.js";
import { clauseOf, familyOf } from "./view.js";
import { notYet } from "./step-clauses.js";
import { lotNumbers } from "./step-consultation.js";
import { LABELS, UNITS } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** Whose questions are shown: everyone's, or one person's. */
let only = "";

/**
 * Every question of the clauses that apply, with what the dossier answers.
 * @param {View} view
 * @returns {{ clause: any, applied: any, parameter: any, path: string, state: "repondu" | "defaut" | "facultatif" | "manque" }[]}
 */
export function questions(view) {
  const out = [];
  for (const applied of view.values.clauses ?? []) {
    const clause = clauseOf(applied.id);
    if (!clause || applied.nature === "critere") continue;
    for (const parameter of clause.parametres ?? []) {
      const path = `clause.${applied.id}.${parameter.nom}`;
      const given = view.get(path) !== undefined;
      const state = given ? "repondu" : parameter.defaut != null ? "defaut" : parameter.facultatif ? "facultatif" : "manque";
      out.push({ clause, applied, parameter, path, state: /** @type {any} */ (state) });
    }
  }
  return out;
}

/** @param {View} view @param {{ refresh: () => void, print: () => void, go: (path: string) => void }} page */
export function settingsStep(view, page) {
  const all = questions(view);
  if (all.length === 0) {
    if (Object.keys(view.get("clause") ?? {}).length > 0) return [notYet(view, page)];
    return [h("p", { class: "vide" }, "Aucune question encore : choisissez des clauses à l’étape précédente. Celles qui ont besoin d’un chiffre le demanderont ici.")];
  }
  const people = [...new Set(all.map((q) => q.parameter.qui).filter(Boolean))];
  const list = only ? all.filter((q) => q.parameter.qui === only) : all;
  const missing = all.filter((q) => q.state === "manque").length;
  const known = usages(view);
  const defaults = all.filter((q) => q.state === "defaut");
  const ids = [...new Set(list.map((q) => q.clause.id))];
  return [
    h("p", { role: "status" }, sentence(missing, "réponse manque", "réponses manquent", "Aucune réponse ne manque"), " ; ", sentence(defaults.length, "valeur d’usage à confirmer", "valeurs d’usage à confirmer", "aucune valeur d’usage à confirmer"), "."),
    h(
      "p",
      { class: "actions" },
      known.length > 0 &&
        h("button", { type: "button", class: "fort", id: "completer", onclick: () => edit(known) }, `Compléter avec les usages (${known.length} ${known.length > 1 ? "valeurs" : "valeur"})`),
      defaults.length > 0 &&
        h("button", { type: "button", onclick: () => edit(defaults.map((q) => ({ operation: "poser", chemin: q.path, valeur: q.parameter.defaut }))) }, "Confirmer toutes les valeurs d’usage"),
      h("button", { type: "button", onclick: page.print }, "Imprimer la feuille de séance"),
    ),
    people.length > 0 &&
      h(
        "div",
        { class: "champ" },
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
    ids.map((id) => {
      const own = list.filter((q) => q.clause.id === id);
      return h(
        "fieldset",
        { class: "carte", key: id },
        h("legend", null, own[0].clause.titre),
        remarksAt(view, `clause.${id}`),
        own.map((q) => questionView(view, q)),
      );
    }),
  ];
}

/**
 * What the usages of each lot's family answer in place of the buyer: factors of the hours, insertion rate.
 * @param {View} view @returns {import("./store.js").Edit[]}
 */
export function usages(view) {
  /** @type {import("./store.js").Edit[]} */
  const edits = [];
  const put = (/** @type {string} */ path, /** @type {any} */ value) => {
    if (value && view.get(path) === undefined) edits.push({ operation: "poser", chemin: path, valeur: value });
  };
  for (const n of lotNumbers(view)) {
    const family = familyOf(String(view.get(`lot.${n}.famille`)));
    if (!family || view.get(`lot.${n}.calcul.cout_salarial`) !== undefined) continue;
    put(`lot.${n}.calcul.main_oeuvre`, family.main_oeuvre.defaut);
    put(`lot.${n}.calcul.prix_horaire`, family.prix_horaire.defaut);
  }
  for (const applied of view.values.clauses) {
    const clause = clauseOf(applied.id);
    const path = `clause.${applied.id}.${clause?.taux}`;
    if (!clause?.taux || view.get(path) !== undefined) continue;
    for (const n of applied.lots) put(`${path}.${n}`, familyOf(String(view.get(`lot.${n}.famille`)))?.taux_usuel?.defaut);
  }
  return edits;
}

/** So many things, as a sentence says it. @param {number} n @param {string} one @param {string} many @param {string} none */
export function sentence(n, one, many, none) {
  return n === 0 ? none : `${n} ${n > 1 ? many : one}`;
}

/** @param {any} parameter @returns {string[][]} */
export function choicesOf(parameter) {
  return (parameter.choix ?? []).map((/** @type {any} */ c) => [c.valeur, c.texte]);
}

/** @param {View} view @param {ReturnType<typeof questions>[number]} question */
function questionView(view, { applied, parameter, path, state }) {
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
    missing: state === "manque",
    extra: [
      state === "defaut" &&
        h(
          "p",
          { class: "a-confirmer" },
          h("mark", null, `[${plain(parameter.defaut)}]`),
          " en attendant : valeur d’usage, à confirmer. ",
          h("button", { type: "button", class: "petit", "aria-describedby": fieldId(path), onclick: () => edit([{ operation: "poser", chemin: path, valeur: parameter.defaut }]) }, "Confirmer"),
        ),
      lots.length > 1 && value !== undefined && h("button", { type: "button", class: "petit", onclick: () => byLot(path, lots, value) }, "Une valeur par lot"),
    ],
  });
}

/** What each must say, on one page to print. @param {View} view */
export function sessionSheet(view) {
  const all = questions(view).filter((q) => q.state === "manque" || q.state === "defaut");
  const people = [...new Set(all.map((q) => q.parameter.qui ?? ""))].sort();
  return [
    h("h1", null, "Feuille de séance"),
    h("p", null, plain(view.get("consultation.objet"))),
    all.length === 0 && h("p", null, "Tout est dit : aucune question ne reste."),
    people.map((who) => [
      h("h2", null, who ? `Doit dire : ${LABELS.qui[who] ?? who}` : "Questions à répartir"),
      h(
        "table",
        null,
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Question"), h("th", { scope: "col" }, "Clause"), h("th", { scope: "col" }, "Usage"), h("th", { scope: "col" }, "Réponse"))),
        h(
          "tbody",
          null,
          all
            .filter((q) => (q.parameter.qui ?? "") === who)
            .map((q) =>
              h("tr", null, h("td", null, q.parameter.question), h("td", null, q.clause.titre), h("td", null, q.parameter.defaut != null ? `${plain(q.parameter.defaut)} (à confirmer)` : (q.parameter.fourchette ?? "")), h("td", { class: "reponse" }, "")),
            ),
        ),
      ),
    ]),
  ];
}
