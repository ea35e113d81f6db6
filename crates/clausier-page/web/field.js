// A field of the dossier: its label, its value as the dossier holds it, what the library remarks about it and the remedy.

import { h } from "./dom.js";
import { edit } from "./store.js";
import { inWords } from "./said.js";
import { clauseOf, places } from "./view.js";
import { ESSENTIAL, FACILITATOR, FURTHER, GLOSSARY, LABELS, LOT, LOT_FURTHER, OBJECT, SET_ASIDE, VALUE } from "./words.js";

/** @typedef {import("./dom.js").VNode} VNode */
/** @typedef {import("./words.js").Field} Field */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./store.js").Edit} Edit */

/** An identifier of the page for a key path. @param {string} path */
export function fieldId(path) {
  return `champ-${path.replace(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** @param {View} view @param {Field} field @param {string} [prefix] */
export function dossierField(view, field, prefix = "") {
  if (field.when && !field.when(view.get)) return null;
  const words = field.words ? view.words(field.words) : [];
  return valueField(view, {
    path: prefix + field.path,
    label: field.label,
    type: field.type,
    help: field.help,
    optional: field.optional,
    term: field.term,
    unit: field.unit,
    choices: words.map((word) => [word, LABELS[field.words ?? ""]?.[word] ?? word]),
  });
}

/**
 * @typedef {{ path: string, label: string, type: string, help?: string, optional?: boolean, term?: string, unit?: string,
 *   choices?: string[][], missing?: boolean, extra?: any, shown?: any, quiet?: boolean }} ValueField
 * `shown`: what stands as long as nothing is given; `quiet`: its remarks are told elsewhere.
 */

/** @param {View} view @param {ValueField} field @returns {VNode} */
export function valueField(view, field) {
  const id = fieldId(field.path);
  const all = view.at(field.path);
  const missing = field.missing || all.some((r) => isMissing(view, r));
  const remarks = field.quiet ? [] : all.filter((r) => !isMissing(view, r));
  const described = [];
  if (field.help) described.push(`${id}-aide`);
  if (remarks.length > 0) described.push(`${id}-constats`);
  if (missing) described.push(`${id}-manque`);
  const props = {
    id,
    "aria-describedby": described.length > 0 ? described.join(" ") : null,
    "aria-invalid": remarks.some((r) => r.gravite === "bloquant") ? "true" : null,
    "data-unite": field.unit,
    autocomplete: "off",
  };
  return h(
    "div",
    { class: "champ", key: field.path },
    h("label", { for: id }, field.label, field.optional && h("span", { class: "discret" }, " (facultatif)")),
    control(view, field, props),
    missing && h("p", { class: "manque", id: `${id}-manque` }, "À remplir"),
    toConfirm(view, field.path) && confirmView(view, field.path),
    field.help && h("p", { class: "aide", id: `${id}-aide` }, field.help),
    field.term && termView(field.term, id),
    field.extra,
    remarks.length > 0 && h("div", { id: `${id}-constats` }, remarks.map((remark) => remarkView(remark))),
  );
}

/** @param {View} view @param {ValueField} field @param {import("./dom.js").Props} props @returns {VNode} */
function control(view, field, props) {
  const value = view.get(field.path) ?? field.shown;
  const put = (/** @type {any} */ next) => setValue(view, field.path, next);
  switch (field.type) {
    case "choix":
      return select(props, field.choices ?? [], value, put);
    case "oui-non": {
      const word = value === undefined ? undefined : value ? "oui" : "non";
      return select(props, [["oui", "Oui"], ["non", "Non"]], word, (next) => put(next === "" ? "" : next === "oui"));
    }
    case "date":
      return h("input", { ...props, type: "date", value: plain(value), onchange: (/** @type {any} */ e) => put(e.target.value) });
    case "liste": {
      const text = Array.isArray(value) ? value.join("\n") : (value ?? "");
      const lines = (/** @type {any} */ e) => e.target.value.split("\n").map((/** @type {string} */ l) => l.trim()).filter(Boolean);
      return h("textarea", { ...props, rows: "4", value: text, onchange: (/** @type {any} */ e) => put(lines(e).length > 0 ? lines(e) : "") });
    }
    case "lot":
    case "entier":
      return h("input", { ...props, type: "text", inputmode: "numeric", value: plain(value), oninput: (/** @type {any} */ e) => put(whole(e.target.value)) });
    default:
      return h("input", {
        ...props,
        type: "text",
        value: plain(value),
        oninput: (/** @type {any} */ e) => put(e.target.value),
        // A bare number takes the unit of its field, once it is whole.
        onchange: (/** @type {any} */ e) => {
          if (field.unit && /^[\d\s.,]+$/.test(e.target.value)) put(`${e.target.value.trim()} ${field.unit}`);
        },
      });
  }
}

/** @param {import("./dom.js").Props} props @param {string[][]} choices @param {any} value @param {(next: string) => void} put */
function select(props, choices, value, put) {
  const known = value === undefined || value === "" || choices.some(([word]) => word === value);
  return h(
    "select",
    { ...props, value: value ?? "", onchange: (/** @type {any} */ e) => put(e.target.value) },
    h("option", { value: "" }, "À choisir"),
    !known && h("option", { value: String(value) }, `« ${value} »`),
    choices.map(([word, label]) => h("option", { value: word }, label)),
  );
}

/** Gives a value to a key; an empty one takes the key away. What the buyer writes is no usage any more.
 * @param {View} view @param {string} path @param {any} value */
export function setValue(view, path, value) {
  const confirmed = confirmation(view, path);
  if (value !== "") edit([...place(view, path), { operation: "poser", chemin: path, valeur: value }, ...confirmed], true);
  else if (view.get(path) !== undefined) edit([{ operation: "retirer", chemin: emptied(view, path) }, ...confirmed]);
}

/** Whether a value comes from a usage and waits to be confirmed. @param {View} view @param {string} path */
export function toConfirm(view, path) {
  return (view.get("a_confirmer") ?? []).includes(path);
}

/** The edits that confirm what stands at a key: a usage that waits, on one lot or on all, or the default of a parameter.
 * @param {View} view @param {string} path @param {any} [defaut] @returns {Edit[]} */
export function confirming(view, path, defaut) {
  if (view.get(path) === undefined) return defaut == null ? [] : [...place(view, path), { operation: "poser", chemin: path, valeur: defaut }];
  return waitingLess(view, path);
}

/** The edits that take something away, with what waited to be confirmed under it. @param {View} view @param {string} path @returns {Edit[]} */
export function withdrawal(view, path) {
  return [{ operation: "retirer", chemin: path }, ...waitingLess(view, path)];
}

/** Nothing waits to be confirmed at a key any more, nor under it. @param {View} view @param {string} path @returns {Edit[]} */
function waitingLess(view, path) {
  const waiting = view.get("a_confirmer") ?? [];
  const left = waiting.filter((/** @type {string} */ p) => p !== path && !p.startsWith(`${path}.`));
  if (left.length === waiting.length) return [];
  return [left.length > 0 ? { operation: "poser", chemin: "a_confirmer", valeur: left } : { operation: "retirer", chemin: "a_confirmer" }];
}

/** The edits that confirm a value. @param {View} view @param {string} path @returns {Edit[]} */
export function confirmation(view, path) {
  return toConfirm(view, path) ? waitingLess(view, path) : [];
}

/** @param {View} view @param {string} path */
function confirmView(view, path) {
  return h(
    "p",
    { class: "a-confirmer" },
    h("mark", null, `[${plain(view.get(path))}]`),
    " valeur d’usage, à confirmer. ",
    h("button", { type: "button", class: "petit", "aria-describedby": fieldId(path), onclick: () => edit(confirmation(view, path)) }, "Confirmer"),
  );
}

/** What is written first, for a key to have its place: a criterion that was a bare weight becomes a table; a clause that another
 * one brought keeps its lots. @param {View} view @param {string} path @returns {Edit[]} */
export function place(view, path) {
  const [table, id, key] = path.split(".");
  const owner = `${table}.${id}`;
  const held = view.get(owner);
  if (table === "critere" && key && key !== "poids" && typeof held === "number") {
    return [
      { operation: "retirer", chemin: owner },
      { operation: "poser", chemin: `${owner}.poids`, valeur: held },
    ];
  }
  const applied = held === undefined && table === "clause" && (view.values.clauses ?? []).find((/** @type {any} */ c) => c.id === id && c.ajoutee_par);
  if (!applied || applied.lots.length === Object.keys(view.get("lot") ?? {}).length) return [];
  return applied.lots.map((/** @type {number} */ n) => ({ operation: "ajouter", chemin: `${owner}.lots`, valeur: n }));
}

/** What goes with a key that is taken away: the table that it would leave empty. @param {View} view @param {string} path @returns {string} */
function emptied(view, path) {
  const parent = path.slice(0, path.lastIndexOf("."));
  const chosen = /^clause\.[^.]+$/.test(parent);
  return parent && !chosen && Object.keys(view.get(parent) ?? {}).length === 1 ? emptied(view, parent) : path;
}

/** A value for each lot in place of one for all. @param {string} path @param {number[]} lots @param {any} value */
export function byLot(path, lots, value) {
  edit([
    ...(value === undefined ? [] : [{ operation: /** @type {const} */ ("retirer"), chemin: path }]),
    ...lots.map((n) => ({ operation: /** @type {const} */ ("poser"), chemin: `${path}.${n}`, valeur: value ?? "" })),
  ]);
}

/** @param {string} text */
function whole(text) {
  const bare = text.trim();
  return /^\d{1,15}$/.test(bare) ? Number(bare) : bare;
}

/** @param {any} value @returns {string} */
export function plain(value) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object") return Object.entries(value).map(([key, v]) => `${key} : ${plain(v)}`).join(" ; ");
  return String(value);
}

/** How the page names a key path: the label of its field, the question of its parameter. @param {string} path */
export function nameOf(path) {
  const field = [OBJECT, VALUE, ...ESSENTIAL, ...FURTHER, ...FACILITATOR, ...SET_ASIDE].find((f) => f.path === path);
  if (field) return field.label;
  const [table, id, ...rest] = path.split(".");
  const key = rest.join(".");
  if (table === "lot" && !id) return "Ce que vous achetez";
  if (table === "lot") return `Lot ${id} : ${[...LOT, ...LOT_FURTHER].find((f) => f.path === key)?.label ?? "une réponse"}`;
  if (table === "clause" || table === "critere") return clauseOf(id)?.parametres.find((/** @type {any} */ p) => p.nom === rest[0])?.question ?? clauseOf(id)?.titre ?? id;
  return "une réponse";
}

/** What is remarked at a key, what only waits for an answer left aside. @param {View} view @param {string} path */
export function remarksAt(view, path) {
  return view.at(path).filter((r) => !isMissing(view, r)).map((r) => remarkView(r));
}

/** Whether a remark only says that a value is still to be given. @param {View} view @param {any} remark */
export function isMissing(view, remark) {
  const path = places(remark)[0];
  return ["dossier-incomplet", "valeur-manquante"].includes(remark.code) && path && view.get(path) === undefined;
}

/** A remark of the library, with its remedy. @param {any} remark @returns {VNode} */
export function remarkView(remark) {
  const help = sentenceCase(inWords(remark.aide ?? ""));
  return h(
    "div",
    { class: `constat ${remark.gravite}`, key: `${remark.code} ${remark.message}` },
    h("p", null, h("strong", null, `${LABELS.gravite[remark.gravite] ?? remark.gravite} : `), inWords(remark.message)),
    help && h("p", { class: "aide" }, help),
    (remark.textes ?? []).length > 0 && h("p", { class: "aide" }, remark.textes.join(" ; ")),
    (remark.correction ?? []).length > 0 &&
      h("button", { type: "button", class: "petit", onclick: () => edit(remark.correction) }, "Corriger ainsi", h("span", { class: "effet" }, ` : ${remark.correction.map(effect).join(" ; ")}`)),
  );
}

/** What an edit does, in words. @param {Edit} change */
function effect(change) {
  const name = nameOf(change.chemin);
  if (change.operation === "retirer") return `retirer « ${name} »`;
  const value = Object.values(LABELS).find((words) => words[change.valeur])?.[change.valeur] ?? plain(change.valeur);
  return change.operation === "ajouter" ? `ajouter ${value} à « ${name} »` : `« ${name} » : ${value}`;
}

/** @param {string} text */
export function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The terms of art that a text uses. @param {string} text @returns {string[]} */
export function termsIn(text) {
  return Object.keys(GLOSSARY).filter((term) => new RegExp(`(^|[^\\p{L}])${term}s?($|[^\\p{L}])`, "u").test(text));
}

/** A term of art with its explanation one key away. @param {string} term @param {string} near */
export function termView(term, near) {
  return h(
    "details",
    { class: "terme", key: `${near} ${term}` },
    h("summary", null, `Que veut dire « ${term} » ?`),
    h("p", null, GLOSSARY[term] ?? ""),
  );
}
