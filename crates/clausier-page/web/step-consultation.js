// Step 1: what is bought, by whom, when, for how much; and what the law imposes that day.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { dossierField, fieldId, plain, remarksAt, remarkView, sentenceCase, termView, toConfirm, withdrawal } from "./field.js";
import { familyField } from "./family.js";
import { catalogue, familyOf } from "./view.js";
import { inWords } from "./said.js";
import { ESSENTIAL, FACILITATOR, FURTHER, LABELS, LOT, LOT_FURTHER, OBJECT, VALUE } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** @param {View} view @param {{ refresh: () => void }} page */
export function consultationStep(view, page) {
  const lots = lotNumbers(view);
  const known = (/** @type {import("./words.js").Field[]} */ list) => list.some((field) => view.get(field.path) !== undefined || view.at(field.path).length > 0);
  return [
    h(
      "section",
      { key: "achat", "aria-labelledby": "titre-lots" },
      h("h2", { id: "titre-lots" }, "Ce que vous achetez"),
      dossierField(view, OBJECT),
      remarksAt(view, "lot"),
      lots.map((n) => lotView(view, page, n)),
      familyField({
        id: "nouveau-lot",
        label: lots.length === 0 ? "Qu’achetez-vous ? Un lot, ou le marché entier s’il n’en a pas" : "Ajouter un lot : qu’achetez-vous ?",
        value: "",
        choose: (id) => addLot(view, lots, id),
        refresh: page.refresh,
        extra: lots.length === 0 && h("p", { class: "manque" }, "À remplir"),
      }),
      dossierField(view, VALUE),
    ),
    h("fieldset", { key: "cadre" }, h("legend", null, "Qui, quand, comment"), ESSENTIAL.map((field) => dossierField(view, field))),
    dutiesView(view),
    h(
      "details",
      { class: "carte", key: "facilitateur", open: known(FACILITATOR) },
      h("summary", null, "Le facilitateur des clauses sociales, s’il y en a un"),
      termView("facilitateur", "facilitateur"),
      view.at("facilitateur").map((r) => remarkView(r)),
      FACILITATOR.map((field) => dossierField(view, field)),
    ),
    h("details", { class: "carte", key: "precisions", open: known(FURTHER) }, h("summary", null, "Autres précisions : référence, reconductions, CPV, régime…"), FURTHER.map((field) => dossierField(view, field))),
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

/** Several lots, as a title names them. @param {number[]} lots */
export function lotsTitle(lots) {
  return lots.length > 1 ? `Lots ${lots.slice(0, -1).join(", ")} et ${lots.at(-1)}` : `Lot ${lots[0]}`;
}

/** A lot of a family, which says the nature of what is bought as long as nothing else does.
 * @param {View} view @param {number[]} lots @param {string} family */
function addLot(view, lots, family) {
  const n = Math.max(0, ...lots) + 1;
  const known = familyOf(family);
  edit([
    { operation: "poser", chemin: `lot.${n}.intitule`, valeur: known?.titre ?? family },
    { operation: "poser", chemin: `lot.${n}.famille`, valeur: family },
    ...(known?.nature && view.get("consultation.nature") === undefined ? [{ operation: /** @type {const} */ ("poser"), chemin: "consultation.nature", valeur: known.nature }] : []),
  ]);
}

/** @param {View} view @param {{ refresh: () => void }} page @param {number} n */
function lotView(view, page, n) {
  const path = `lot.${n}`;
  const family = familyOf(String(view.get(`${path}.famille`) ?? ""));
  const further = LOT_FURTHER.map((field) => lotField(view, path, field, family));
  const said = LOT_FURTHER.filter((field) => view.get(`${path}.${field.path}`) !== undefined);
  const remarked = [...LOT_FURTHER.map((field) => field.path), "reserve"].some((key) => view.at(`${path}.${key}`).length > 0);
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
    LOT.map((field) => dossierField(view, field, `${path}.`)),
    h(
      "details",
      { key: "precisions", open: remarked },
      h("summary", null, "Heures, durée, réservation", said.length > 0 && h("span", { class: "discret" }, ` : ${said.map((field) => asShown(view, `${path}.${field.path}`)).join(" ; ")}`)),
      further,
      reservedField(view, path),
    ),
    h(
      "button",
      { type: "button", class: "petit", onclick: () => edit(withdrawal(view, path)) },
      `Retirer le lot ${n}`,
    ),
  );
}

/** A value, between brackets while it waits to be confirmed. @param {View} view @param {string} path */
function asShown(view, path) {
  const value = plain(view.get(path));
  return toConfirm(view, path) ? `[${value}]` : value;
}

/** @param {View} view @param {string} path @param {import("./words.js").Field} field @param {any} family */
function lotField(view, path, field, family) {
  const usual = family ? usage(family, field.path) : null;
  return dossierField(view, usual ? { ...field, help: `${field.help ?? ""} Usage : ${usual}.` } : field, `${path}.`);
}

/** What the family knows of a factor of the hours. @param {any} family @param {string} path */
function usage(family, path) {
  const known = path === "calcul.main_oeuvre" ? family.main_oeuvre : path === "calcul.prix_horaire" ? family.prix_horaire : null;
  return known ? `de ${known.bas} à ${known.haut}` : null;
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
  const groups = grouped(view.duties);
  const open = groups.filter(({ duty }) => duty.etat === "inconnu");
  const list = (/** @type {ReturnType<typeof grouped>} */ some) =>
    some.map(({ duty, lots, all }) =>
      h(
        "li",
        { class: duty.etat },
        h("strong", null, `${sentenceCase(duty.intitule)} : ${LABELS.etat[duty.etat] ?? duty.etat}`),
        !all && ` (${lots.length > 1 ? "lots" : "lot"} ${lots.join(", ")})`,
        `. ${sentenceCase(inWords(duty.raison))}.`,
        duty.texte && h("span", { class: "discret" }, ` ${sentenceCase(duty.texte)}.`),
      ),
    );
  return h(
    "section",
    { class: "devoirs", "aria-labelledby": "titre-devoirs", key: "devoirs" },
    h("h2", { id: "titre-devoirs" }, "Ce que la loi impose ce jour-là"),
    groups.length === 0 || open.length === groups.length
      ? h("p", { class: "vide" }, "Donnez la date d’envoi de l’avis, ce que vous achetez, sa valeur et qui vous êtes : ce qui est dû s’affichera ici, avec son article.", groups.length > 0 && ` Il s’agit de : ${groups.map(({ duty }) => duty.intitule).join(" ; ")}.`)
      : h("ul", { class: "etats" }, list(groups)),
  );
}
