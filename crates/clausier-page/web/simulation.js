// What the weights do to offers: six invented ones, or those that are typed, noted by the published method.

import { h } from "./dom.js";
import { askAtRest } from "./engine.js";
import { isMissing } from "./field.js";
import { clauseOf } from "./view.js";
import { lotTitle } from "./step-consultation.js";

/** @typedef {import("./view.js").View} View */

/** An exact figure of the library, as it is read. @param {string | null} exact @param {number} [decimals] */
function read(exact, decimals = 2) {
  return exact === null ? "–" : Number(exact).toLocaleString("fr-FR", { maximumFractionDigits: decimals });
}

/** @param {string | null} exact */
function euros(exact) {
  return exact === null ? "–" : `${read(exact, 0)}\u00a0€`;
}

/** What was made of an answer: it is long, and stands while the next one waits. @type {WeakMap<any, import("./dom.js").VNode>} */
const made = new WeakMap();

/** What the grid of each lot does, lot by lot; nothing while the library cannot tell. @param {View} view @param {{ text: string, refresh: () => void }} page */
export function simulationView(view, page) {
  const answer = askAtRest("simuler", { texte: page.text, partiel: true }, page.refresh);
  const lots = answer.resultat?.simulations ?? [];
  if (lots.length === 0) return false;
  const known = made.get(answer);
  if (known) return known;
  const node = h("section", { key: "simulation", "aria-labelledby": "titre-simulation" }, h("h2", { id: "titre-simulation" }, "Ce que ces poids font aux offres"), lots.map((/** @type {any} */ lot) => marksView(view, lot)));
  made.set(answer, node);
  return node;
}

/** @param {View} view @param {any} lot */
function marksView(view, lot) {
  return h(
    "div",
    { class: "carte", key: lot.lot },
    h("h3", null, lotTitle(view, lot.lot)),
    lot.point !== null && h("p", null, "Un point vaut ", h("strong", null, euros(lot.point)), " : c’est ce qu’une offre peut coûter de plus sans perdre son rang, pour un point gagné ailleurs."),
    lot.criteres.filter((/** @type {any} */ c) => c.neutralise).map((/** @type {any} */ c) =>
      waits(view, c.id)
        ? h("p", { class: "aide", key: c.id }, `« ${c.titre} » attend ses réponses : il ne note encore rien.`)
        : h("p", { class: "verdict attention", key: c.id }, h("strong", null, `${c.titre} : `), `${c.neutralise}.`),
    ),
    table(
      lot.lot,
      "Ce que pèse chaque critère, sur six offres inventées",
      ["Critère", "Points", "Note la plus basse", "Note la plus haute", "Tous ses points valent"],
      lot.criteres.map((/** @type {any} */ c) => [c.titre, read(c.points), read(c.plus_bas), read(c.plus_haut), c.vaut === null ? "–" : `${euros(c.vaut)}${c.ecart_de_prix === null ? "" : `, ${read(c.ecart_de_prix, 1)} % d’écart de prix`}`]),
    ),
    lot.promesses.length > 0 &&
      table(
        lot.lot,
        "Promettre, et ne pas tenir",
        ["Promesse", "Points gagnés", "Valent", "Pénalité si elle est rompue", "La rompre coûte ce qu’elle gagne à"],
        lot.promesses.map((/** @type {any} */ p) => [`${p.titre} : ${p.promesse}`, read(p.points), euros(p.vaut), euros(p.rompue), p.points_equilibres === null ? "–" : `${read(p.points_equilibres, 1)} points`]),
      ),
    table(lot.lot, "Six offres inventées, par la méthode publiée", ["Offre", "Rang", "Points"], lot.offres.map((/** @type {any} */ o) => [o.candidat, o.rang === null ? "écartée" : String(o.rang), read(o.total)])),
    h(
      "details",
      { key: "offres" },
      h("summary", null, "Voir le calcul de chaque note"),
      lot.offres.map((/** @type {any} */ o) =>
        h(
          "div",
          { key: o.candidat },
          h("h4", null, o.candidat),
          o.ecartee && h("p", null, `${o.ecartee}.`),
          h("ul", null, o.notes.map((/** @type {any} */ n) => h("li", null, `${criterionTitle(lot, n.critere)} : ${read(n.points)}`, n.calcul && h("span", { class: "discret" }, ` (${n.calcul})`)))),
        ),
      ),
    ),
  );
}

/** Whether a value that a criterion notes is still to be given, by it or by a clause that it raises.
 * @param {View} view @param {string} id */
function waits(view, id) {
  const owners = [`critere.${id}`, ...(clauseOf(id)?.demande ?? []).map((/** @type {string} */ other) => `clause.${other}`)];
  return owners.some((owner) => view.under(owner).some((r) => isMissing(view, r)));
}

/** @param {any} lot @param {string} id */
function criterionTitle(lot, id) {
  return lot.criteres.find((/** @type {any} */ c) => c.id === id)?.titre ?? id;
}

/** @param {number} lot @param {string} caption @param {string[]} titles @param {string[][]} rows the first cell of each is its title */
function table(lot, caption, titles, rows) {
  return h(
    "div",
    { class: "tableau", role: "region", tabindex: "0", "aria-label": `${caption}, lot ${lot}` },
    h(
      "table",
      null,
      h("caption", null, caption),
      h("thead", null, h("tr", null, titles.map((title, i) => h("th", { scope: "col", class: i > 0 ? "n" : null }, title)))),
      h("tbody", null, rows.map(([first, ...rest]) => h("tr", null, h("th", { scope: "row" }, first), rest.map((cell) => h("td", { class: "n" }, cell))))),
    ),
  );
}
