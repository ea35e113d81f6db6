// Step 4: for each liaison, whether the hours suffice for the work of the measure, in a picture and in words.

import { h } from "./dom.js";
import { articleView } from "./document.js";
import { askAtRest } from "./engine.js";
import { byLot, confirming, sentenceCase, setValue, valueField } from "./field.js";
import { edit } from "./store.js";
import { clauseOf } from "./view.js";
import { lotsTitle, lotTitle } from "./step-consultation.js";
import { UNITS } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./step-pieces.js").Page} Page */

/** A length for a drawing, from an exact number (« 485 », « 4375/9 »). @param {string | null | undefined} exact */
export function length(exact) {
  if (!exact) return 0;
  const [over, under] = exact.split("/");
  return Number(over) / Number(under ?? 1);
}

/** An exact number as it is read: whole when it can be, one decimal otherwise. @param {string | null | undefined} exact */
export function figure(exact) {
  return length(exact).toLocaleString("fr-FR", { maximumFractionDigits: 1 });
}

/** @param {View} view @param {Page} page */
export function balanceStep(view, page) {
  const liaisons = view.values.liaisons ?? [];
  const hours = view.values.heures ?? [];
  const waiting = uncomputed(view);
  return [
    liaisons.length + waiting.length === 0 &&
      h("p", { class: "vide" }, "Aucune liaison. Choisissez-en une à l’étape « Les clauses » : vous verrez ici si les heures et le travail demandé vont ensemble."),
    waiting.map(({ clause, lots }) =>
      h(
        "section",
        { class: "carte", key: `sans-${clause.id}` },
        h("h2", null, clause.titre),
        h("p", { class: "aide" }, lotsTitle(lots)),
        clause.lie?.ratio
          ? h("p", null, "Elle se calculera quand ses heures, sa quantité et son ratio seront donnés : ", h("button", { type: "button", class: "lien", onclick: () => page.go(`clause.${clause.id}.ratio`) }, "aller à ses réglages"), ".")
          : h("p", null, "Cette liaison n’a pas de ratio : elle tient par la formation et par des paliers, que les pièces publient. Il n’y a rien à équilibrer."),
      ),
    ),
    liaisons.map((/** @type {any} */ l) => liaisonView(view, l, liaisons.filter((/** @type {any} */ other) => other.id === l.id).map((/** @type {any} */ other) => other.lot))),
    liaisons.length > 0 && payView(page),
    hours.length > 0 && hoursView(view, hours),
  ];
}

/** The liaisons that are chosen and do not compute, with their lots. @param {View} view @returns {{ clause: any, lots: number[] }[]} */
export function uncomputed(view) {
  const computed = view.values.liaisons ?? [];
  const chosen = (view.values.clauses ?? []).filter((/** @type {any} */ c) => c.nature === "liaison");
  return chosen
    .map((/** @type {any} */ c) => ({ clause: clauseOf(c.id), lots: c.lots.filter((/** @type {number} */ n) => !computed.some((/** @type {any} */ l) => l.id === c.id && l.lot === n)) }))
    .filter((/** @type {any} */ one) => one.clause && one.lots.length > 0);
}

/** @param {View} view @param {any} l @param {number[]} lots the lots of this liaison */
function liaisonView(view, l, lots) {
  const clause = clauseOf(l.id);
  const measure = clauseOf(l.mesure);
  const id = `liaison-${l.lot}-${l.id}`;
  return h(
    "section",
    { class: "carte", key: id, "aria-labelledby": id },
    h("h2", { id }, clause?.titre ?? l.id),
    h("p", { class: "aide" }, lotTitle(view, l.lot)),
    h("p", { class: l.coherente ? ((l.remedes ?? []).length > 0 ? "verdict attention" : "verdict bon") : "verdict bloquant" }, `${sentenceCase(l.verdict)}.`),
    picture(l),
    ratioPicture(l, clause),
    (l.remedes ?? []).length > 0 && h("div", null, h("h3", null, "Ce qui rétablirait l’équilibre"), h("ul", null, l.remedes.map((/** @type {string} */ r) => h("li", null, r)))),
    h(
      "div",
      { class: "reglettes" },
      (clause?.parametres ?? []).filter((/** @type {any} */ p) => ["affectation", "ratio"].includes(p.nom)).map((/** @type {any} */ p) => slider(view, `clause.${l.id}.${p.nom}`, p, l.lot, lots)),
      (measure?.parametres ?? []).filter((/** @type {any} */ p) => p.nom === measure.mesure).map((/** @type {any} */ p) => slider(view, `clause.${l.mesure}.${p.nom}`, p, l.lot, lots)),
    ),
  );
}

/** A number field and its slider. A value for all lots stands on the first of them.
 * @param {View} view @param {string} whole @param {any} parameter @param {number} lot @param {number[]} lots */
function slider(view, whole, parameter, lot, lots) {
  const perLot = view.get(whole) !== null && typeof view.get(whole) === "object";
  if (!perLot && lot !== lots[0]) return h("p", { class: "aide", key: whole }, `${parameter.question} Une même réponse, au lot ${lots[0]}.`);
  const path = perLot ? `${whole}.${lot}` : whole;
  const raw = view.get(path) ?? parameter.defaut;
  const value = numberIn(raw);
  const unit = parameter.unite ?? String(raw ?? "").replace(/^[\d\s.,\u00a0\u202f]+/, "");
  const low = parameter.bornes ? numberIn(parameter.bornes[0]) : 0;
  // A bound far beyond the figure would leave it at one end of the slider.
  const bound = parameter.bornes ? numberIn(parameter.bornes[1]) : Infinity;
  const high = bound > value * 10 ? Math.max(10, value * 2) : bound;
  const span = high - low;
  const step = span > 20 ? 1 : span > 2 ? 0.1 : 0.01;
  const write = (/** @type {string} */ n) => setValue(view, path, unit ? `${n.replace(".", ",")} ${unit}` : n.replace(".", ","));
  return valueField(view, {
    path,
    label: parameter.question,
    type: parameter.type,
    unit: parameter.unite ?? UNITS[parameter.type],
    shown: parameter.defaut,
    extra: [
      h("input", { type: "range", "aria-label": `${parameter.question} (curseur)`, min: low, max: high, step, value: String(value), oninput: (/** @type {any} */ e) => write(e.target.value) }),
      view.get(path) === undefined &&
        parameter.defaut != null &&
        h("p", { class: "a-confirmer" }, "Valeur d’usage, à confirmer. ", h("button", { type: "button", class: "petit", onclick: () => edit(confirming(view, path, parameter.defaut)) }, "Confirmer", h("span", { class: "hors-vue" }, ` : ${parameter.question}`))),
      !perLot && lots.length > 1 && view.get(whole) !== undefined && h("button", { type: "button", class: "petit", onclick: () => byLot(whole, lots, view.get(whole)) }, "Une valeur par lot"),
    ],
  });
}

/** @param {any} raw */
function numberIn(raw) {
  const found = String(raw ?? "").replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").match(/\d+(\.\d+)?/);
  return found ? Number(found[0]) : 0;
}

const WIDTH = 600;

/** Linked hours, training set apart, and hours that the work takes, on one scale. @param {any} l */
function picture(l) {
  const linked = length(l.heures_liees);
  const work = length(l.travail);
  const most = Math.max(1, linked, work);
  const across = (/** @type {number} */ n) => (n / most) * WIDTH;
  const training = linked - length(l.disponibles);
  const first = `Heures liées : ${figure(l.heures_liees)} h, dont ${figure(String(training))} h de formation et ${figure(l.disponibles)} h pour la tâche`;
  const second = `Travail de la mesure entière : ${figure(l.travail)} h${l.part && length(l.part) <= 1 ? `, dont ${percent(l.part)} par des personnes en insertion` : ""}`;
  const bar = (/** @type {any[]} */ ...parts) => h("svg", { viewBox: `0 0 ${WIDTH} 16`, "aria-hidden": "true" }, h("rect", { x: 0, y: 0, width: WIDTH, height: 16, class: "fond" }), parts);
  return h(
    "div",
    { class: "image" },
    h("p", null, `${first}.`),
    bar(
      h("rect", { x: 0, y: 0, width: across(linked), height: 16, class: "formation" }),
      h("rect", { x: across(training), y: 0, width: across(length(l.disponibles)), height: 16, class: l.coherente ? "heures" : "manque" }),
    ),
    h("p", null, `${second}.`),
    bar(h("rect", { x: 0, y: 0, width: across(work), height: 16, class: "travail" })),
  );
}

/** A share as a percentage. @param {string} exact */
function percent(exact) {
  return length(exact).toLocaleString("fr-FR", { style: "percent", maximumFractionDigits: 0 });
}

/** The known range of the ratio, with what is retained and the two ends between which hours and work fit.
 * @param {any} l @param {any} clause */
function ratioPicture(l, clause) {
  const range = clause?.lie?.ratio;
  if (!range) return null;
  const [low, high, retained] = [length(range.bas), length(range.haut), length(l.ratio)];
  const ends = [l.ratio_plein, l.ratio_mince].filter(Boolean);
  const most = Math.max(high, retained, ...ends.map(length)) * 1.05;
  const x = (/** @type {number} */ n) => (n / most) * WIDTH;
  const words = [
    `Ratio connu : de ${figure(range.bas)} à ${figure(range.haut)} ${range.unite} (${range.source})`,
    `retenu : ${figure(l.ratio)}`,
    l.ratio_plein && `sous ${figure(l.ratio_plein)}, des heures liées n’auraient pas de tâche`,
    l.ratio_mince && `au-delà de ${figure(l.ratio_mince)}, les personnes en insertion feraient trop peu du travail`,
  ].filter(Boolean);
  return h(
    "figure",
    { class: "image" },
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} 40`, "aria-hidden": "true" },
      h("rect", { x: 0, y: 14, width: WIDTH, height: 12, class: "fond" }),
      h("rect", { x: x(low), y: 14, width: Math.max(2, x(high) - x(low)), height: 12, class: "connu" }),
      h("path", { class: "aiguille", d: `M ${x(retained)} 4 V 36` }),
      ends.map((end) => h("path", { class: "aiguille limite", d: `M ${x(length(end))} 4 V 36` })),
    ),
    h("figcaption", null, `${words.join(" ; ")}.`),
  );
}

/** What it costs to do, and not to do: the table of the calculation note. @param {Page} page */
function payView(page) {
  const answer = askAtRest("rediger", { texte: page.text, partiel: true, options: { piece: "note", brouillon: true } }, page.refresh);
  const articles = answer.resultat?.documents?.[0]?.document?.articles ?? [];
  const article = articles.find((/** @type {any} */ a) => a.ancre.includes("dissuasion"));
  return article && h("div", { class: "carte", key: "dissuasion" }, articleView({ ...article, etiquette: "", niveau: 0 }, page));
}

/** @param {View} view @param {any[]} hours */
function hoursView(view, hours) {
  return h(
    "section",
    { key: "heures", "aria-labelledby": "titre-heures" },
    h("h2", { id: "titre-heures" }, "Les heures d’insertion, lot par lot"),
    hours.map((v) =>
      h(
        "div",
        { class: "carte", key: v.lot },
        h("h3", null, lotTitle(view, v.lot)),
        v.erreur && h("p", null, v.erreur),
        v.retenues && h("p", null, h("strong", null, `${figure(v.retenues)} heures`), v.estime ? " environ, selon ce qui est commandé" : "", v.semaines ? `, soit ${figure(v.semaines)} semaines de travail` : "", "."),
        v.etapes.length > 0 && h("details", { key: "calcul" }, h("summary", null, "Voir le calcul"), h("dl", null, v.etapes.map((/** @type {any} */ s) => [h("dt", null, s.libelle), h("dd", null, s.valeur, s.source && h("span", { class: "discret" }, ` (${s.source})`))]))),
      ),
    ),
  );
}
