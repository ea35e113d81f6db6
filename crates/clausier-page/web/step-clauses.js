// Step 2: which clauses, for which lots, with the reason of each.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { ask } from "./engine.js";
import { remarksAt, termView } from "./field.js";
import { clauseOf, places } from "./view.js";
import { lotNumbers, lotTitle } from "./step-consultation.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** What stands in each group of proposals, in the order in which they are read. */
const GROUPS = [
  { title: "Condition d’insertion : la loi en demande une, et le lot n’en a pas", of: (/** @type {any} */ s) => s.du && s.nature === "social" },
  { title: "Condition environnementale : la loi en demande une, et le lot n’en a pas", of: (/** @type {any} */ s) => s.du && s.nature === "environnement" },
  { title: "Liaisons : les heures d’insertion exécutent l’engagement environnemental", of: (/** @type {any} */ s) => !s.du && s.nature === "liaison", term: "liaison" },
  { title: "Environnement", of: (/** @type {any} */ s) => !s.du && s.nature === "environnement" },
  { title: "Insertion et emploi", of: (/** @type {any} */ s) => !s.du && s.nature === "social" },
];
/** Proposals shown at once in a group. */
const FIRST = 4;

/** What a step waits for, while the library cannot read enough of the dossier. @param {View} view @param {{ go: (path: string) => void }} page */
export function notYet(view, page) {
  const missing = view.remarks.filter((r) => r.gravite === "bloquant");
  return h(
    "div",
    { class: "vide", key: "pas-encore" },
    h("p", null, "La consultation n’en dit pas encore assez. Il manque :"),
    h("ul", null, missing.map((r) => h("li", null, h("button", { type: "button", class: "lien", onclick: () => page.go(places(r)[0] ?? "consultation") }, r.message)))),
  );
}

/** @param {View} view @param {{ text: string, go: (path: string) => void }} page */
export function clausesStep(view, page) {
  const lots = lotNumbers(view);
  if (lots.length === 0) {
    return [h("p", { class: "vide" }, "Aucun lot encore : dites d’abord ce que vous achetez, à l’étape « La consultation ». Les clauses qui conviennent s’afficheront ici, lot par lot.")];
  }
  const answer = ask("proposer", { texte: page.text, partiel: true });
  if (!answer.resultat?.propositions) return [notYet(view, page), chosenView(view)];
  const suggestions = answer.resultat.propositions;
  const ways = answer.resultat?.voies ?? [];
  return [
    chosenView(view),
    lots.map((n) => {
      // The nearest to the trade first: those made for the fewest families.
      const width = (/** @type {any} */ s) => clauseOf(s.id)?.familles.length || Infinity;
      const own = suggestions.filter((/** @type {any} */ s) => s.lots.includes(n)).sort((/** @type {any} */ a, /** @type {any} */ b) => width(a) - width(b));
      const ownWays = ways.filter((/** @type {any} */ w) => w.lot === n);
      return h(
        "section",
        { class: "carte", key: `lot-${n}`, "aria-labelledby": `clauses-lot-${n}` },
        h("h2", { id: `clauses-lot-${n}` }, lotTitle(view, n)),
        ownWays.length > 0 && waysView(ownWays, n),
        own.length === 0 && h("p", null, "Rien d’autre à proposer pour ce lot."),
        GROUPS.map((group) => {
          const list = own.filter(group.of);
          if (list.length === 0) return null;
          return h(
            "div",
            { key: group.title },
            h("h3", null, group.title),
            group.term && termView(group.term, `lot-${n}`),
            h("ul", { class: "cartes" }, list.slice(0, FIRST).map((/** @type {any} */ s) => suggestionView(s, n))),
            list.length > FIRST &&
              h(
                "details",
                { key: "suite" },
                h("summary", null, `Voir les ${list.length - FIRST} autres`),
                h("ul", { class: "cartes" }, list.slice(FIRST).map((/** @type {any} */ s) => suggestionView(s, n))),
              ),
          );
        }),
      );
    }),
  ];
}

/** @param {any[]} ways @param {number} n */
function waysView(ways, n) {
  return h(
    "details",
    { key: "voies" },
    h("summary", null, "Quelle voie pour l’insertion ?"),
    termView("condition d’exécution", `voie-${n}`),
    h("ol", null, ways.map((w) => h("li", null, h("strong", null, w.voie), ` : ${w.raison}`))),
  );
}

/** @param {any} suggestion @param {number} n */
function suggestionView(suggestion, n) {
  const clause = clauseOf(suggestion.id);
  const hours = suggestion.heures ? `${suggestion.heures} heures environ.` : null;
  return h(
    "li",
    { key: suggestion.id },
    h("p", { class: "nom" }, suggestion.titre),
    h("p", null, suggestion.raisons.join(" ; "), ". ", hours),
    clause?.niveau && h("p", { class: "aide" }, `Effort demandé au titulaire : ${LABELS.niveau[clause.niveau] ?? clause.niveau}.`),
    clause?.pourquoi && h("details", { key: "pourquoi" }, h("summary", null, "Pourquoi, et points de vigilance"), h("p", null, clause.pourquoi), h("ul", null, (clause.vigilance ?? []).map((/** @type {string} */ v) => h("li", null, v)))),
    suggestion.avec.length > 0 && h("p", { class: "aide" }, `Choisit aussi : ${suggestion.avec.map(titleOf).join(" ; ")}.`),
    h(
      "button",
      { type: "button", onclick: () => choose(suggestion, n) },
      "Choisir",
      h("span", { class: "hors-vue" }, ` ${suggestion.titre}, lot ${n}`),
    ),
  );
}

/** @param {string} id */
function titleOf(id) {
  return clauseOf(id)?.titre ?? id;
}

/** Chooses a clause on a lot, with those it needs. @param {any} suggestion @param {number} n */
function choose(suggestion, n) {
  if (suggestion.correction?.length > 0) return edit(suggestion.correction);
  edit([...suggestion.avec, suggestion.id].map((id) => ({ operation: "ajouter", chemin: `clause.${id}.lots`, valeur: n })));
}

/** @param {View} view */
function chosenView(view) {
  const clauses = (view.values.clauses ?? []).filter((/** @type {any} */ c) => c.nature !== "critere");
  const named = Object.keys(view.get("clause") ?? {});
  const unknown = named.filter((id) => !clauses.some((/** @type {any} */ c) => c.id === id));
  return h(
    "section",
    { key: "choisies", "aria-labelledby": "titre-choisies" },
    h("h2", { id: "titre-choisies" }, "Clauses choisies"),
    clauses.length + unknown.length === 0 && h("p", { class: "vide" }, "Aucune encore. Choisissez d’abord une liaison : elle amène les deux clauses qu’elle relie."),
    h(
      "ul",
      { class: "cartes" },
      clauses.map((/** @type {any} */ c) =>
        h(
          "li",
          { key: c.id },
          h("p", { class: "nom" }, titleOf(c.id)),
          h("p", { class: "aide" }, `${NATURES[c.nature] ?? c.nature} ; ${c.lots.length > 1 ? "lots" : "lot"} ${c.lots.join(", ")}.`, c.ajoutee_par && ` Ajoutée par « ${titleOf(c.ajoutee_par)} ».`),
          remarksAt(view, `clause.${c.id}`),
          !c.ajoutee_par && removeButton(c.id),
        ),
      ),
      unknown.map((id) => h("li", { key: id }, h("p", { class: "nom" }, titleOf(id)), remarksAt(view, `clause.${id}`), removeButton(id))),
    ),
  );
}

/** @type {Record<string, string>} */
const NATURES = { social: "Insertion et emploi", environnement: "Environnement", liaison: "Liaison", critere: "Critère" };

/** @param {string} id */
function removeButton(id) {
  return h("button", { type: "button", class: "petit", onclick: () => edit([{ operation: "retirer", chemin: `clause.${id}` }]) }, "Retirer", h("span", { class: "hors-vue" }, ` ${titleOf(id)}`));
}
