// Step 2: which clauses, for which lots, with the reason of each.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { ask } from "./engine.js";
import { dossierField, isMissing, nameOf, remarksAt, sentenceCase, termView, withdrawal } from "./field.js";
import { inWords } from "./said.js";
import { clauseOf, places } from "./view.js";
import { lotNumbers, lotsTitle, lotTitle } from "./step-consultation.js";
import { LABELS, SET_ASIDE } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./store.js").Edit} Edit */

/** What stands in each group of proposals, in the order in which they are read. */
const GROUPS = [
  { title: "Liaisons : les heures d’insertion exécutent l’engagement environnemental", of: (/** @type {any} */ s) => s.nature === "liaison", term: "liaison" },
  { title: "Insertion et emploi", of: (/** @type {any} */ s) => s.nature === "social" },
  { title: "Environnement", of: (/** @type {any} */ s) => s.nature === "environnement" },
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
    h("ul", null, missing.map((r) => h("li", null, h("button", { type: "button", class: "lien", onclick: () => page.go(places(r)[0] ?? "consultation") }, isMissing(view, r) ? nameOf(places(r)[0]) : r.message)))),
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
  const { propositions, voies = [] } = answer.resultat;
  return [chosenView(view), alike(view, propositions, lots).map((group) => groupView(view, group, voies)), setAsideView(view)];
}

/** Lots to which the same is proposed are told once.
 * @param {View} view @param {any[]} suggestions @param {number[]} lots @returns {{ lots: number[], own: any[] }[]} */
function alike(view, suggestions, lots) {
  /** @type {Map<string, { lots: number[], own: any[] }>} */
  const groups = new Map();
  for (const n of lots) {
    const own = suggestions.filter((s) => s.nature !== "critere" && s.lots.includes(n));
    const key = [view.get(`lot.${n}.famille`), ...own.map((s) => s.id)].join(" ");
    const known = groups.get(key);
    if (known) known.lots.push(n);
    else groups.set(key, { lots: [n], own });
  }
  return [...groups.values()];
}

/** What is proposed to some lots: what the law still asks for, the ways, the clauses.
 * @param {View} view @param {{ lots: number[], own: any[] }} group @param {any[]} ways */
function groupView(view, { lots, own }, ways) {
  const id = `clauses-lot-${lots[0]}`;
  const lacks = (/** @type {string} */ nature) => own.some((s) => s.du && s.nature === nature);
  const both = lacks("social") && lacks("environnement") && own.some((s) => s.nature === "liaison");
  const ownWays = ways.filter((w) => w.lot === lots[0]);
  return h(
    "section",
    { class: "carte", key: id, "aria-labelledby": id },
    h("h2", { id }, lots.length > 1 ? lotsTitle(lots) : lotTitle(view, lots[0])),
    lots.length > 1 && h("p", { class: "aide" }, lots.map((n) => view.get(`lot.${n}.intitule`)).join(" ; ")),
    both && h("p", null, "Une liaison apporte la condition sociale et la condition environnementale qui manquent."),
    own.length === 0 && h("p", null, "Rien d’autre à proposer."),
    GROUPS.map((kind) => {
      const list = own.filter(kind.of);
      if (list.length === 0) return null;
      return h(
        "div",
        { key: kind.title },
        h("h3", null, kind.title),
        kind.term && termView(kind.term, id),
        kind.of({ nature: "social" }) && ownWays.length > 0 && waysView(ownWays, id),
        h("ul", { class: "cartes" }, list.slice(0, FIRST).map((s) => suggestionView(view, s, lots))),
        list.length > FIRST &&
          h("details", { key: "suite" }, h("summary", null, list.length - FIRST > 1 ? `Voir les ${list.length - FIRST} autres` : "Voir l’autre"), h("ul", { class: "cartes" }, list.slice(FIRST).map((s) => suggestionView(view, s, lots)))),
      );
    }),
  );
}

/** @param {any[]} ways @param {string} near */
function waysView(ways, near) {
  return h(
    "details",
    { key: "voies" },
    h("summary", null, "Quelle voie pour l’insertion ?"),
    termView("condition d’exécution", near),
    h("ol", null, ways.map((w) => h("li", null, h("strong", null, sentenceCase(w.voie)), ` : ${inWords(w.raison)}.`))),
  );
}

/** @param {View} view @param {any} suggestion @param {number[]} lots */
function suggestionView(view, suggestion, lots) {
  const clause = clauseOf(suggestion.id);
  const title = titleOf(suggestion.id);
  const hours = suggestion.heures && suggestion.lots.length === lots.length ? `${Number(suggestion.heures).toLocaleString("fr-FR")} heures environ${lots.length > 1 ? " en tout" : ""}. ` : "";
  const [first, ...rest] = lots;
  return h(
    "li",
    { key: suggestion.id },
    h("p", { class: "nom" }, title, suggestion.du && h("span", { class: "etiquette" }, "répond à ce qui est dû")),
    h("p", { class: "aide" }, hours, `Effort demandé au titulaire : ${LABELS.niveau[clause?.niveau] ?? clause?.niveau}.`),
    suggestion.nature === "liaison" && reachView(suggestion, clause, lots),
    suggestion.avec.length > 0 && h("p", { class: "aide" }, `Choisit aussi : ${suggestion.avec.map(titleOf).join(" ; ")}.`),
    h(
      "details",
      { key: "pourquoi" },
      h("summary", null, "Pourquoi, et points de vigilance"),
      clause?.pourquoi && h("p", null, clause.pourquoi),
      h("p", null, `Proposée car : ${suggestion.raisons.map(inWords).join(" ; ")}.`),
      h("ul", null, (clause?.vigilance ?? []).map((/** @type {string} */ v) => h("li", null, v))),
    ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onclick: () => choose(view, suggestion, lots) }, "Choisir", h("span", { class: "hors-vue" }, rest.length > 0 ? ` ${title}` : ` ${title}, lot ${first}`), rest.length > 0 && ` pour les ${lots.length} lots`),
      rest.length > 0 && lots.map((n) => h("button", { type: "button", class: "petit", key: `seul-${n}`, onclick: () => choose(view, suggestion, [n]) }, h("span", { class: "hors-vue" }, `Choisir ${title}, `), `lot ${n} seulement`)),
    ),
  );
}

/** What the hours of a liaison would do, before it is chosen. @param {any} suggestion @param {any} clause @param {number[]} lots */
function reachView(suggestion, clause, lots) {
  const own = suggestion.portee.filter((/** @type {any} */ r) => lots.includes(r.lot));
  if (!clause?.lie?.ratio) return h("p", { class: "aide" }, "Pas de quantité à annoncer : elle tient par la formation et par des paliers, que les pièces publient.");
  if (own.length === 0) return h("p", { class: "aide" }, "Ce qu’elle ferait ne se chiffre pas encore : les heures de ce lot ne se calculent pas, ou sont trop peu pour sa mesure.");
  return own.map((/** @type {any} */ r) => h("p", { key: `portee-${r.lot}` }, h("strong", null, lots.length > 1 ? `Ordre de grandeur, lot ${r.lot} : ` : "Ordre de grandeur : "), `${r.texte}${r.texte.endsWith("…") ? "" : "."}`));
}

/** @param {string} id */
function titleOf(id) {
  return clauseOf(id)?.titre ?? id;
}

/** Chooses a clause on some lots, with those it needs. @param {View} view @param {any} suggestion @param {number[]} lots */
function choose(view, suggestion, lots) {
  // Those that come with it follow, where the dossier already names their lots.
  const brought = [...suggestion.avec, suggestion.id].flatMap((id) => clauseOf(id)?.demande ?? []).filter((id) => view.get(`clause.${id}.lots`) !== undefined);
  edit([...suggestion.avec, suggestion.id, ...brought].flatMap((id) => lots.map((n) => ({ operation: /** @type {const} */ ("ajouter"), chemin: `clause.${id}.lots`, valeur: n }))));
}

/** The social clause set aside, for the reasons that the law admits. @param {View} view */
function setAsideView(view) {
  const aside = view.get("clause_sociale_ecartee") !== undefined;
  return h(
    "details",
    { class: "carte", key: "ecartee", open: aside },
    h("summary", null, "Écarter la clause sociale"),
    h("p", null, "La loi l’admet pour quelques motifs, dont vous gardez la preuve."),
    SET_ASIDE.map((field) => dossierField(view, field)),
    remarksAt(view, "clause_sociale_ecartee"),
    aside && h("button", { type: "button", class: "petit", onclick: () => edit(withdrawal(view, "clause_sociale_ecartee")) }, "Ne plus l’écarter"),
  );
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
    clauses.length + unknown.length === 0 && h("p", { class: "vide" }, view.duties.some((d) => d.objet === "condition-sociale" && d.etat === "du") ? "Aucune encore. Choisissez d’abord une liaison : elle amène les deux clauses qu’elle relie." : "Aucune encore. Une liaison amène les deux clauses qu’elle relie ; rien de social n’étant dû ici, une clause environnementale peut suffire."),
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
          !c.ajoutee_par && removeButton(view, c.id),
        ),
      ),
      unknown.map((id) => h("li", { key: id }, h("p", { class: "nom" }, titleOf(id)), remarksAt(view, `clause.${id}`), removeButton(view, id))),
    ),
  );
}

/** @type {Record<string, string>} */
const NATURES = { social: "Insertion et emploi", environnement: "Environnement", liaison: "Liaison", critere: "Critère" };

/** @param {View} view @param {string} id */
function removeButton(view, id) {
  return h("button", { type: "button", class: "petit", onclick: () => edit(withdrawal(view, `clause.${id}`)) }, "Retirer", h("span", { class: "hors-vue" }, ` ${titleOf(id)}`));
}
