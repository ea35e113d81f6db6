// Step 1: what is bought, by whom, when, for how much; and what the law imposes that day.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { dossierField, fieldId, plain, remarkView, termView } from "./field.js";
import { familyField } from "./family.js";
import { catalogue, familyOf } from "./view.js";
import { ESSENTIAL, FACILITATOR, FURTHER, LABELS, LOT } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** @param {View} view @param {{ refresh: () => void }} page */
export function consultationStep(view, page) {
  const lots = lotNumbers(view);
  return [
    h("fieldset", null, h("legend", null, "L’essentiel"), ESSENTIAL.map((field) => dossierField(view, field))),
    dutiesView(view),
    h(
      "section",
      { "aria-labelledby": "titre-lots" },
      h("h2", { id: "titre-lots" }, lots.length > 1 ? `Les ${lots.length} lots` : "Les lots"),
      h("p", null, "Un marché sans lots n’en a qu’un ici."),
      view.at("lot").map((r) => remarkView(r)),
      lots.map((n) => lotView(view, page, n)),
      familyField({
        id: "nouveau-lot",
        label: lots.length === 0 ? "Qu’achetez-vous ?" : "Ajouter un lot : qu’achetez-vous ?",
        value: "",
        choose: (id) => addLot(lots, id),
        refresh: page.refresh,
      }),
    ),
    h(
      "fieldset",
      null,
      h("legend", null, "Le facilitateur des clauses sociales, s’il y en a un"),
      termView("facilitateur", "facilitateur"),
      view.at("facilitateur").map((r) => remarkView(r)),
      FACILITATOR.map((field) => dossierField(view, field)),
    ),
    h("fieldset", null, h("legend", null, "Autres précisions"), FURTHER.map((field) => dossierField(view, field))),
  ];
}

/** @param {View} view @returns {number[]} */
export function lotNumbers(view) {
  const lots = view.get("lot");
  if (lots === null || typeof lots !== "object") return [];
  return Object.keys(lots).map(Number).filter(Number.isInteger).sort((a, b) => a - b);
}

/** @param {View} view @param {number} n */
export function lotTitle(view, n) {
  const title = view.get(`lot.${n}.intitule`);
  return title ? `Lot ${n} – ${title}` : `Lot ${n}`;
}

/** @param {number[]} lots @param {string} family */
function addLot(lots, family) {
  const n = Math.max(0, ...lots) + 1;
  const known = familyOf(family);
  edit([
    { operation: "poser", chemin: `lot.${n}.intitule`, valeur: known?.titre ?? family },
    { operation: "poser", chemin: `lot.${n}.famille`, valeur: family },
  ]);
}

/** @param {View} view @param {{ refresh: () => void }} page @param {number} n */
function lotView(view, page, n) {
  const path = `lot.${n}`;
  const family = familyOf(String(view.get(`${path}.famille`) ?? ""));
  return h(
    "fieldset",
    { class: "carte", key: path },
    h("legend", null, lotTitle(view, n)),
    view.at(path).map((r) => remarkView(r)),
    familyField({
      id: fieldId(`${path}.famille`),
      label: "Famille d’achat",
      value: family?.titre ?? plain(view.get(`${path}.famille`)),
      choose: (id) => edit([{ operation: "poser", chemin: `${path}.famille`, valeur: id }]),
      refresh: page.refresh,
      extra: [family?.note && h("p", { class: "aide" }, family.note), view.at(`${path}.famille`).map((r) => remarkView(r))],
    }),
    LOT.map((field) => {
      const usual = family ? usage(family, field.path) : null;
      const shown = dossierField(view, usual ? { ...field, help: `${field.help ?? ""} Usage : ${usual.range}.` } : field, `${path}.`);
      const missing = usual && view.get(`${path}.${field.path}`) === undefined;
      return [
        shown,
        missing &&
          h(
            "button",
            { type: "button", class: "petit", key: `usage-${field.path}`, onclick: () => edit([{ operation: "poser", chemin: `${path}.${field.path}`, valeur: usual.value }]) },
            `Prendre l’usage : ${usual.value} (à confirmer)`,
          ),
      ];
    }),
    reservedField(view, path),
    h(
      "button",
      { type: "button", class: "petit", onclick: () => edit([{ operation: "retirer", chemin: path }]) },
      `Retirer ${n > 0 ? `le lot ${n}` : "ce lot"}`,
    ),
  );
}

/** What the family knows of a factor of the hours. @param {any} family @param {string} path */
function usage(family, path) {
  const known = path === "calcul.main_oeuvre" ? family.main_oeuvre : path === "calcul.prix_horaire" ? family.prix_horaire : null;
  return known ? { range: `de ${known.bas} à ${known.haut}`, value: known.defaut } : null;
}

/** @param {View} view @param {string} lot */
function reservedField(view, lot) {
  const path = `${lot}.reserve`;
  const value = view.get(path);
  const chosen = Array.isArray(value) ? value : [];
  const words = catalogue?.mots?.reserve ?? [];
  return h(
    "details",
    { key: "reserve", open: chosen.length > 0 },
    h("summary", null, "Réserver ce lot à des structures d’insertion ou de handicap"),
    termView("lot réservé", lot),
    words.map((/** @type {string} */ word) => {
      const id = `${fieldId(path)}-${word}`;
      return h(
        "p",
        { class: "coche" },
        h("input", {
          id,
          type: "checkbox",
          checked: chosen.includes(word),
          onchange: (/** @type {any} */ e) => {
            const next = e.target.checked ? [...chosen, word] : chosen.filter((w) => w !== word);
            edit([next.length > 0 ? { operation: "poser", chemin: path, valeur: next } : { operation: "retirer", chemin: path }]);
          },
        }),
        h("label", { for: id }, LABELS.reserve[word] ?? word),
      );
    }),
    view.at(path).map((r) => remarkView(r)),
  );
}

/** @param {string} text */
function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The keys that a reason names, as the page names them. @param {string} text */
function inWords(text) {
  let out = text;
  for (const field of [...ESSENTIAL, ...FURTHER]) {
    if (field.path.includes(".") || field.path === "lancement") out = out.replace(new RegExp(`(^|[ «])${field.path.replace(".", "\\.")}(?=[,. »]|$)`), `$1« ${field.label} »`);
  }
  return out;
}

/** The same duty of several lots is told once. @param {any[]} duties @returns {{ duty: any, lots: number[], all: boolean }[]} */
function grouped(duties) {
  /** @type {Map<string, { duty: any, lots: number[], all: boolean }>} */
  const groups = new Map();
  for (const duty of duties) {
    const key = [duty.objet, duty.etat, duty.raison, duty.texte].join("|");
    const group = groups.get(key) ?? { duty, lots: [], all: false };
    group.lots.push(duty.lot);
    groups.set(key, group);
  }
  const count = new Set(duties.map((d) => d.lot)).size;
  return [...groups.values()].map((group) => ({ ...group, all: group.lots.length === count }));
}

/** @param {View} view */
function dutiesView(view) {
  return h(
    "section",
    { class: "devoirs", "aria-labelledby": "titre-devoirs" },
    h("h2", { id: "titre-devoirs" }, "Ce que la loi impose ce jour-là"),
    view.duties.length === 0 && h("p", null, "Donnez la date d’envoi de l’avis, la valeur estimée et la catégorie d’acheteur : ce qui est dû s’affichera ici, avec son article."),
    h(
      "ul",
      { class: "etats" },
      grouped(view.duties).map(({ duty, lots, all }) =>
        h(
          "li",
          { class: duty.etat },
          h("strong", null, `${sentenceCase(duty.intitule)} : ${LABELS.etat[duty.etat] ?? duty.etat}`),
          !all && ` (${lots.length > 1 ? "lots" : "lot"} ${lots.join(", ")})`,
          ` : ${inWords(duty.raison)}.`,
          duty.texte && h("span", { class: "discret" }, ` ${sentenceCase(duty.texte)}.`),
        ),
      ),
    ),
  );
}

