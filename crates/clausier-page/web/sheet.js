// Two sheets to print, one page each: what each person must say in a meeting, and what the consultation holds.

import { h } from "./dom.js";
import { isMissing, nameOf, plain, sentenceCase, toConfirm } from "./field.js";
import { inWords } from "./said.js";
import { catalogue, clauseOf, places } from "./view.js";
import { lotNumbers, lotTitle } from "./step-consultation.js";
import { choicesOf, criterionLots, questions, unconfirmed } from "./step-reglages.js";
import { figure } from "./step-equilibre.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** What each must say, the usages taken in the meantime, what they make. @param {View} view */
export function sessionSheet(view) {
  const all = questions(view);
  const missing = all.filter((q) => q.state === "manque");
  const taken = all.filter((q) => q.state === "defaut" || toConfirm(view, q.path));
  const factors = (view.get("a_confirmer") ?? []).filter((/** @type {string} */ path) => path.startsWith("lot."));
  const people = [...new Set([...missing, ...taken].map((q) => q.parameter.qui))].sort();
  const valueOf = (/** @type {any} */ q) => {
    const value = q.state === "defaut" ? q.parameter.defaut : view.get(q.path);
    return choicesOf(q.parameter).find(([word]) => word === value)?.[1] ?? plain(value);
  };
  return [
    h("h1", null, "Feuille de séance"),
    h("p", null, identity(view)),
    missing.length + taken.length + factors.length === 0 && h("p", null, "Tout est dit : aucune question ne reste."),
    people.map((who) => {
      const asked = missing.filter((q) => q.parameter.qui === who);
      const usual = taken.filter((q) => q.parameter.qui === who);
      return h(
        "section",
        { key: who },
        h("h2", null, `Doit dire : ${LABELS.qui[who] ?? who}`),
        asked.length > 0 &&
          h(
            "table",
            null,
            h("thead", null, h("tr", null, h("th", { scope: "col" }, "Question"), h("th", { scope: "col" }, "Usage"), h("th", { scope: "col" }, "Réponse"))),
            h("tbody", null, asked.map((q) => h("tr", null, h("td", null, q.parameter.question), h("td", null, q.parameter.fourchette ?? ""), h("td", { class: "reponse" }, "")))),
          ),
        usual.length > 0 && h("p", { class: "prises" }, h("strong", null, "À confirmer : "), usual.map((q, i) => [i > 0 && " ; ", `${q.parameter.question} `, h("strong", null, `[${valueOf(q)}]`)]), "."),
      );
    }),
    factors.length > 0 && h("p", { class: "prises" }, h("strong", null, "Facteurs des heures, d’après les usages : "), factors.map((/** @type {string} */ path) => `${nameOf(path)} [${plain(view.get(path))}]`).join(" ; "), "."),
    resultView(view),
  ];
}

/** What the answers make: hours of each lot, work of each liaison. @param {View} view */
function resultView(view) {
  const hours = (view.values.heures ?? []).filter((/** @type {any} */ v) => v.retenues);
  const liaisons = view.values.liaisons ?? [];
  return (
    hours.length + liaisons.length > 0 &&
    h(
      "section",
      null,
      h("h2", null, "Ce que cela donne"),
      h(
        "ul",
        null,
        hours.map((/** @type {any} */ v) => h("li", null, `${lotTitle(view, v.lot)} : ${figure(v.retenues)} heures d’insertion${v.estime ? ", selon ce qui est commandé" : ""}.`)),
        liaisons.map((/** @type {any} */ l) => h("li", null, `${clauseOf(l.id)?.titre ?? l.id}, lot ${l.lot} : ${figure(l.heures_liees)} heures liées pour ${figure(l.quantite)} ${l.unite}. ${sentenceCase(l.verdict)}.`)),
      ),
    )
  );
}

/** What the consultation holds. @param {View} view */
export function summarySheet(view) {
  const lots = lotNumbers(view);
  const clauses = (view.values.clauses ?? []).filter((/** @type {any} */ c) => c.nature !== "critere");
  const words = (/** @type {string} */ key) => LABELS[key][view.get(`consultation.${key}`)];
  const known = [words("nature"), words("contrat"), words("procedure"), words("ccag"), plain(view.get("consultation.duree"))].filter(Boolean);
  const blocking = view.remarks.filter((r) => r.gravite === "bloquant");
  const others = view.remarks.length - blocking.length;
  return [
    h("h1", null, "Résumé de la consultation"),
    h("p", null, identity(view)),
    h("p", null, `${known.join(" ; ")}${known.length > 0 ? "." : ""}`),
    h("h2", null, "Ce que la loi impose"),
    h("ul", null, [...new Set(view.duties.map((d) => `${sentenceCase(d.intitule)} : ${LABELS.etat[d.etat]}.`))].map((text) => h("li", null, text))),
    h("h2", null, "Les lots"),
    h(
      "table",
      null,
      h("thead", null, h("tr", null, ["Lot", "Montant", "Heures d’insertion", "Clauses", "Critères"].map((title) => h("th", { scope: "col" }, title)))),
      h(
        "tbody",
        null,
        lots.map((n) => {
          const volume = (view.values.heures ?? []).find((/** @type {any} */ v) => v.lot === n && v.retenues);
          const criteria = Object.entries(view.get("critere") ?? {}).filter(([id]) => criterionLots(view, id).includes(n));
          const points = (/** @type {any} */ weight) => (typeof weight === "object" ? (weight.poids ?? weight[n]) : weight);
          return h(
            "tr",
            null,
            h("th", { scope: "row" }, lotTitle(view, n)),
            h("td", null, plain(view.get(`lot.${n}.montant`))),
            h("td", null, volume ? figure(volume.retenues) : "–"),
            h("td", null, clauses.filter((/** @type {any} */ c) => c.lots.includes(n) && !c.ajoutee_par).map((/** @type {any} */ c) => clauseOf(c.id)?.titre ?? c.id).join(" ; ")),
            h("td", null, criteria.map(([id, weight]) => `${clauseOf(id)?.titre ?? id} ${points(weight)}`).join(" ; ")),
          );
        }),
      ),
    ),
    resultView(view),
    h("h2", null, "Ce qui reste"),
    h("p", null, `${blocking.length} ${blocking.length > 1 ? "points bloquent" : "point bloque"}, ${others} à voir, ${unconfirmed(view)} valeurs d’usage à confirmer.`),
    h("ul", null, blocking.slice(0, 8).map((r) => h("li", null, isMissing(view, r) ? nameOf(places(r)[0]) : inWords(r.message)))),
    h("p", { class: "discret" }, `Droit connu jusqu’au ${catalogue?.droit?.jusqu_a ?? "?"}. Un juriste relit avant publication.`),
  ];
}

/** @param {View} view */
function identity(view) {
  return [plain(view.get("consultation.objet")), plain(view.get("acheteur.nom")), view.get("lancement") && `envoi de l’avis le ${new Date(`${view.get("lancement")}T12:00:00`).toLocaleDateString("fr-FR")}`].filter(Boolean).join(" – ");
}
