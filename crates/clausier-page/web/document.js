// A piece as it forms: nodes made from the document that the library gives, texts only.

import { verbatim } from "./dom.js";
import { clauseOf } from "./view.js";

/** @typedef {import("./dom.js").VNode} VNode */
/** What stands in the margin of an article, by its anchor. @typedef {(anchor: string) => any} Margin */

/** What a value of the piece leads to; null where the text stands alone.
 * @typedef {{ go: (path: string) => void, confirm: (path: string) => (() => void) | null } | null} Go */

/** @param {any} piece the document @param {Go} go @param {Margin} [margin] @returns {VNode[]} */
export function documentView(piece, go, margin) {
  return [verbatim("h2", { class: "titre-piece" }, piece.titre), ...bareView(piece, go, margin)];
}

/** The articles alone, as another document receives them. @param {any} piece @param {Go} go @param {Margin} [margin] @returns {VNode[]} */
export function bareView(piece, go, margin) {
  return piece.articles.map((/** @type {any} */ article) => articleView(article, go, margin));
}

/** @param {any} article @param {Go} go @param {Margin} [margin] @returns {VNode} */
export function articleView(article, go, margin) {
  const level = Math.min(article.niveau + 2, 6);
  return verbatim(
    "section",
    { key: article.ancre, id: go && `piece-${article.ancre}` },
    verbatim(`h${level}`, null, article.etiquette, article.etiquette && " ", run(article.titre, go)),
    margin?.(article.ancre),
    article.blocs.map((/** @type {any} */ block) => blockView(block, go)),
    article.articles.map((/** @type {any} */ inner) => articleView(inner, go, margin)),
  );
}

/** @param {any} block @param {Go} go @returns {VNode} */
function blockView(block, go) {
  if (block.type === "liste") {
    return verbatim(block.ordonnee ? "ol" : "ul", null, block.elements.map((/** @type {any} */ item) => verbatim("li", null, run(item, go))));
  }
  if (block.type === "tableau") {
    const numeric = (/** @type {number} */ i) => (block.colonnes[i]?.numerique ? "n" : null);
    return verbatim(
      "div",
      { class: "tableau", role: "region", tabindex: "0", "aria-label": block.legende || "Tableau" },
      verbatim(
        "table",
        null,
        block.legende && verbatim("caption", null, block.legende),
        verbatim("thead", null, verbatim("tr", null, block.colonnes.map((/** @type {any} */ c, /** @type {number} */ i) => verbatim("th", { scope: "col", class: numeric(i) }, c.titre)))),
        verbatim(
          "tbody",
          null,
          block.lignes.map((/** @type {any[]} */ row) =>
            verbatim("tr", null, row.map((cell, i) => verbatim("td", { class: numeric(i) }, run(cell, go)))),
          ),
        ),
      ),
    );
  }
  return verbatim("p", null, run(block.texte, go));
}

/** @param {any[]} inlines @param {Go} go @returns {any[]} */
function run(inlines, go) {
  return inlines.map((inline) => {
    switch (inline.type) {
      case "gras":
        return verbatim("strong", null, run(inline.contenu, go));
      case "italique":
        return verbatim("em", null, run(inline.contenu, go));
      case "renvoi":
        if (!go) return inline.texte;
        return verbatim("a", { href: `#piece-${inline.ancre}`, onclick: jump }, inline.texte);
      case "a-confirmer":
        return value(`[${inline.valeur}]`, inline, go);
      case "a-completer":
        return value(`[à compléter : ${inline.question}]`, inline, go);
      case "valeur":
        return value(null, inline, go);
      default:
        return inline.texte ?? "";
    }
  });
}

/** A value, which leads to its field where it is known. @param {string | null} text @param {any} inline @param {Go} go */
function value(text, inline, go) {
  const content = text ?? (inline.contenu ? run(inline.contenu, go) : inline.texte);
  const known = inline.clause ? clauseOf(inline.clause) : null;
  const path = known && `${known.nature === "critere" ? "critere" : "clause"}.${inline.clause}.${inline.nom}`;
  const mark = text === null ? content : verbatim("mark", { title: inline.question }, content);
  if (!path || !go) return mark;
  // A link, not a button: a long value runs on over the lines of its sentence.
  const link = verbatim("a", { class: "valeur", href: "#reglages", onclick: (/** @type {Event} */ e) => (e.preventDefault(), go.go(path)) }, mark);
  const waiting = inline.contenu?.find((/** @type {any} */ held) => held.type === "a-confirmer");
  const confirm = waiting ? go.confirm(path) : null;
  if (!confirm) return link;
  return [link, verbatim("button", { type: "button", class: "confirmer", title: "Confirmer cette valeur", "aria-label": `Confirmer [${waiting.valeur}] : ${waiting.question}`, onclick: confirm }, "✓")];
}

/** @param {Event} event */
function jump(event) {
  event.preventDefault();
  const target = /** @type {HTMLAnchorElement} */ (event.currentTarget).getAttribute("href")?.slice(1) ?? "";
  document.getElementById(target)?.scrollIntoView({ block: "start" });
}

/**
 * Where each remark stands in a piece: beside the article that prints its value, or else one of its clause; the rest has no
 * article there.
 * @param {any} piece @param {any[]} remarks @param {(remark: any) => string[]} places the key paths of a remark
 * @returns {{ beside: Map<string, any[]>, rest: any[] }}
 */
export function besideArticles(piece, remarks, places) {
  /** The first article of each value, and of each clause. @type {Map<string, string>} */
  const first = new Map();
  const note = (/** @type {string} */ key, /** @type {string} */ anchor) => first.has(key) || first.set(key, anchor);
  const walk = (/** @type {any} */ held, /** @type {string} */ anchor) => {
    if (Array.isArray(held)) return held.forEach((item) => walk(item, anchor));
    if (held === null || typeof held !== "object") return;
    if (held.clause) {
      note(`${held.clause}.${held.nom}`, anchor);
      note(held.clause, anchor);
    }
    if (held.ancre && held.blocs) {
      walk(held.blocs, held.ancre);
      walk(held.articles, held.ancre);
    } else Object.values(held).forEach((item) => walk(item, anchor));
  };
  walk(piece.articles, "");
  /** @type {Map<string, any[]>} */
  const beside = new Map();
  const rest = remarks.filter((remark) => {
    const keys = places(remark).map((path) => path.split(".")).filter(([table]) => table === "clause" || table === "critere");
    const anchor = keys.map(([, id, name]) => first.get(`${id}.${name}`)).find(Boolean) ?? keys.map(([, id]) => first.get(id)).find(Boolean);
    if (!anchor) return true;
    beside.set(anchor, [...(beside.get(anchor) ?? []), remark]);
    return false;
  });
  return { beside, rest };
}
