// Step 5: the award criteria, a hundred points a lot.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { byLot, fieldId, remarkView, termView, valueField } from "./field.js";
import { catalogue, clauseOf } from "./view.js";
import { lotNumbers, lotTitle } from "./step-consultation.js";

/** @typedef {import("./view.js").View} View */

/** @param {View} view @param {{ refresh: () => void }} page */
export function criteriaStep(view, page) {
  const lots = lotNumbers(view);
  const chosen = Object.entries(view.get("critere") ?? {});
  const families = lots.map((n) => view.get(`lot.${n}.famille`));
  const fitting = (catalogue?.clauses ?? []).filter(
    (/** @type {any} */ c) => c.nature === "critere" && !chosen.some(([id]) => id === c.id) && (c.familles.length === 0 || c.familles.some((/** @type {string} */ f) => families.includes(f))),
  );
  return [
    termView("critère d’attribution", "criteres"),
    view.at("critere").map((r) => remarkView(r)),
    chosen.length === 0 && h("p", { class: "vide" }, "Aucun critère encore. Ajoutez le prix, la valeur technique, et un critère environnemental qui porte sur l’objet du lot."),
    chosen.map(([id, weight]) => criterionView(view, id, weight, lots)),
    lots.length > 0 && chosen.length > 0 && sumsView(view, chosen, lots),
    h(
      "div",
      { class: "champ" },
      h("label", { for: "nouveau-critere" }, "Ajouter un critère"),
      h(
        "select",
        {
          id: "nouveau-critere",
          value: "",
          onchange: (/** @type {any} */ e) => {
            const clause = clauseOf(e.target.value);
            e.target.value = "";
            if (clause) edit([{ operation: "poser", chemin: `critere.${clause.id}`, valeur: clause.poids?.[0] ?? 10 }]);
            page.refresh();
          },
        },
        h("option", { value: "" }, "— à choisir —"),
        fitting.map((/** @type {any} */ c) => h("option", { value: c.id }, c.titre)),
      ),
    ),
  ];
}

/** @param {View} view @param {string} id @param {any} weight @param {number[]} lots */
function criterionView(view, id, weight, lots) {
  const clause = clauseOf(id);
  const path = `critere.${id}`;
  const perLot = weight !== null && typeof weight === "object" && !("poids" in weight);
  const range = clause?.poids;
  const help = range ? `Poids conseillé : de ${range[0]} à ${range[1]} points.` : "";
  return h(
    "fieldset",
    { class: "carte", key: id },
    h("legend", null, clause?.titre ?? id),
    clause?.pourquoi && h("p", { class: "aide" }, clause.pourquoi),
    perLot
      ? h("div", { class: "points" }, help && h("p", { class: "aide" }, help), view.at(path).map((r) => remarkView(r)), lots.map((n) => valueField(view, { path: `${path}.${n}`, label: `Points, lot ${n}`, type: "entier" })))
      : valueField(view, { path, label: "Points", type: "entier", help }),
    h(
      "p",
      { class: "actions" },
      !perLot &&
        lots.length > 1 &&
        h("button", { type: "button", class: "petit", "aria-describedby": fieldId(path), onclick: () => byLot(path, lots, weight) }, "Un poids par lot"),
      h("button", { type: "button", class: "petit", onclick: () => edit([{ operation: "retirer", chemin: path }]) }, "Retirer", h("span", { class: "hors-vue" }, ` ${clause?.titre ?? id}`)),
    ),
  );
}

/** What each lot's weights make, beside what they must. @param {View} view @param {[string, any][]} chosen @param {number[]} lots */
function sumsView(view, chosen, lots) {
  const points = (/** @type {any} */ weight, /** @type {number} */ n) => Number(typeof weight === "object" ? ("poids" in weight ? weight.poids : (weight[n] ?? 0)) : weight) || 0;
  return h(
    "div",
    { class: "tableau", role: "region", tabindex: "0", "aria-label": "Points par lot" },
    h(
      "table",
      null,
      h("caption", null, "Points par lot"),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Lot"), chosen.map(([id]) => h("th", { scope: "col", class: "n" }, clauseOf(id)?.titre ?? id)), h("th", { scope: "col", class: "n" }, "Total"))),
      h("tbody", null, lots.map((n) => h("tr", null, h("th", { scope: "row" }, lotTitle(view, n)), chosen.map(([, w]) => h("td", { class: "n" }, points(w, n))), h("td", { class: "n" }, h("strong", null, chosen.reduce((sum, [, w]) => sum + points(w, n), 0)))))),
    ),
  );
}
