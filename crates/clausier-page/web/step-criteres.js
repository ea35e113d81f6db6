// Step 5: the award criteria, a hundred points a lot.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { ask } from "./engine.js";
import { byLot, fieldId, remarksAt, termView, valueField, withdrawal } from "./field.js";
import { catalogue, clauseOf } from "./view.js";
import { lotNumbers, lotTitle } from "./step-consultation.js";
import { completeButton, criterionLots, questions, questionsView } from "./step-reglages.js";
import { simulationView } from "./simulation.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./store.js").Edit} Edit */

/** @param {View} view @param {{ text: string, refresh: () => void, go: (path: string) => void }} page */
export function criteriaStep(view, page) {
  const lots = lotNumbers(view);
  const chosen = Object.entries(view.get("critere") ?? {});
  const all = questions(view);
  const proposed = chosen.length === 0 && lots.length > 0 ? (ask("proposer", { texte: page.text, partiel: true }).resultat?.grille ?? []) : [];
  return [
    termView("critère d’attribution", "criteres"),
    remarksAt(view, "critere"),
    chosen.length === 0 && gridView(proposed, lots),
    all.some((q) => q.state === "manque" && chosen.some(([id]) => q.clause.id === id)) && h("p", { class: "actions", key: "completer" }, completeButton(page)),
    chosen.map(([id, weight]) => criterionView(view, page, id, weight, lots)),
    lots.length > 0 && chosen.length > 0 && sumsView(view, chosen, lots),
    addView(view, page, lots, chosen),
    chosen.length > 0 && simulationView(view, page),
  ];
}

/** No criterion yet: a grid to start from. @param {any[]} grid @param {number[]} lots */
function gridView(grid, lots) {
  if (grid.length === 0) return h("p", { class: "vide", key: "grille" }, "Aucun critère encore. Ajoutez le prix, la valeur technique, et un critère environnemental qui porte sur l’objet du lot.");
  return h(
    "div",
    { class: "vide", key: "grille" },
    h("p", null, "Aucun critère encore. Voici une grille de départ, cent points par lot :"),
    h("ul", null, grid.map((c) => h("li", null, `${clauseOf(c.id)?.titre ?? c.id} : ${c.poids} points`, c.lots.length < lots.length && ` (${c.lots.length > 1 ? "lots" : "lot"} ${c.lots.join(", ")})`, "."))),
    h("button", { type: "button", class: "fort", id: "grille", onclick: () => edit(grid.flatMap((c) => weigh(c.id, c.poids, c.lots.length < lots.length ? c.lots : []))) }, "Partir de cette grille"),
  );
}

/** The edits that give a criterion its weight, on some lots or on all of them. One that asks for values is a table.
 * @param {string} id @param {number} points @param {number[]} lots none for all of them @returns {Edit[]} */
function weigh(id, points, lots) {
  const path = `critere.${id}`;
  const set = (/** @type {string} */ chemin) => ({ operation: /** @type {const} */ ("poser"), chemin, valeur: points });
  if (lots.length > 0) return lots.map((n) => set(`${path}.${n}`));
  return [set((clauseOf(id)?.parametres ?? []).length > 0 ? `${path}.poids` : path)];
}

/** @param {View} view @param {{ refresh: () => void }} page @param {number[]} lots @param {[string, any][]} chosen */
function addView(view, page, lots, chosen) {
  const families = lots.map((n) => view.get(`lot.${n}.famille`));
  const fitting = (catalogue?.clauses ?? []).filter(
    (/** @type {any} */ c) => c.nature === "critere" && !chosen.some(([id]) => id === c.id) && (c.familles.length === 0 || c.familles.some((/** @type {string} */ f) => families.includes(f))),
  );
  const left = 100 - (lots.length > 0 ? Math.max(...lots.map((n) => chosen.reduce((sum, [, w]) => sum + points(w, n), 0))) : 0);
  return h(
    "div",
    { class: "champ", key: "ajouter" },
    h("label", { for: "nouveau-critere" }, "Ajouter un critère"),
    h(
      "select",
      {
        id: "nouveau-critere",
        value: "",
        onchange: (/** @type {any} */ e) => {
          const clause = clauseOf(e.target.value);
          e.target.value = "";
          const [low, high] = clause?.poids ?? [10, 100];
          if (clause) edit(weigh(clause.id, Math.max(low, Math.min(high, left)), []));
          page.refresh();
        },
      },
      h("option", { value: "" }, "À choisir"),
      Object.entries(LABELS.nature_critere).map(([nature, label]) => {
        const list = fitting.filter((/** @type {any} */ c) => c.nature_critere === nature);
        return list.length > 0 && h("optgroup", { label }, list.map((/** @type {any} */ c) => h("option", { value: c.id }, c.titre)));
      }),
    ),
  );
}

/** @param {View} view @param {{ go: (path: string) => void }} page @param {string} id @param {any} weight @param {number[]} lots */
function criterionView(view, page, id, weight, lots) {
  const clause = clauseOf(id);
  const owner = `critere.${id}`;
  const table = weight !== null && typeof weight === "object";
  const path = table && "poids" in weight ? `${owner}.poids` : owner;
  const perLot = table && !("poids" in weight);
  const range = clause?.poids;
  const help = range ? `Poids conseillé : de ${range[0]} à ${range[1]} points.` : "";
  const own = questions(view).filter((q) => q.applied.nature === "critere" && q.clause.id === id);
  const brought = (clause?.demande ?? []).filter((/** @type {string} */ other) => clauseOf(other));
  return h(
    "fieldset",
    { class: "carte", key: id },
    h("legend", null, clause?.titre ?? id),
    h("p", { class: "aide" }, clause?.nature_critere && h("span", { class: "etiquette" }, LABELS.nature_critere[clause.nature_critere]), " ", clause?.pourquoi),
    path !== owner && remarksAt(view, owner),
    perLot
      ? h("div", { class: "points" }, help && h("p", { class: "aide" }, help), lots.map((n) => valueField(view, { path: `${owner}.${n}`, label: `Points, lot ${n}`, type: "entier", optional: true })))
      : valueField(view, { path, label: "Points", type: "entier", help }),
    questionsView(view, own),
    brought.length > 0 && h("p", { class: "aide" }, "Rend dû ce qui est promis par : ", brought.map((/** @type {string} */ other, /** @type {number} */ i) => [i > 0 && " ; ", h("button", { type: "button", class: "lien", onclick: () => page.go(`clause.${other}.${clauseOf(other).parametres[0]?.nom ?? "lots"}`) }, clauseOf(other).titre)]), "."),
    h(
      "p",
      { class: "actions" },
      !perLot &&
        lots.length > 1 &&
        h("button", { type: "button", class: "petit", "aria-describedby": fieldId(path), onclick: () => split(path, owner, lots, points(weight, lots[0])) }, "Un poids par lot"),
      h("button", { type: "button", class: "petit", onclick: () => edit(withdrawal(view, owner)) }, "Retirer", h("span", { class: "hors-vue" }, ` ${clause?.titre ?? id}`)),
    ),
  );
}

/** A weight for each lot in place of one for all. @param {string} path @param {string} owner @param {number[]} lots @param {number} weight */
function split(path, owner, lots, weight) {
  if (path === owner) return byLot(path, lots, weight);
  edit([...lots.map((n) => ({ operation: /** @type {const} */ ("poser"), chemin: `${owner}.${n}`, valeur: weight })), { operation: "retirer", chemin: path }]);
}

/** The points of a criterion on a lot. @param {any} weight @param {number} n */
function points(weight, n) {
  return Number(weight !== null && typeof weight === "object" ? (weight.poids ?? weight[n] ?? 0) : weight) || 0;
}

/** What each lot's weights make, beside what they must. @param {View} view @param {[string, any][]} chosen @param {number[]} lots */
function sumsView(view, chosen, lots) {
  return h(
    "div",
    { class: "tableau", role: "region", tabindex: "0", "aria-label": "Points par lot", key: "sommes" },
    h(
      "table",
      null,
      h("caption", null, "Points par lot"),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Lot"), chosen.map(([id]) => h("th", { scope: "col", class: "n" }, clauseOf(id)?.titre ?? id)), h("th", { scope: "col", class: "n" }, "Total"))),
      h(
        "tbody",
        null,
        lots.map((n) => {
          const weighing = chosen.map(([id, w]) => (criterionLots(view, id).includes(n) ? points(w, n) : 0));
          const total = weighing.reduce((sum, p) => sum + p, 0);
          return h("tr", null, h("th", { scope: "row" }, lotTitle(view, n)), weighing.map((p) => h("td", { class: "n" }, p)), h("td", { class: "n" }, h("strong", null, total), total !== 100 && " (il en faut 100)"));
        }),
      ),
    ),
  );
}
