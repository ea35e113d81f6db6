// A piece as it forms: nodes made from the document that the library gives, texts only.

import { h } from "./dom.js";

/** @typedef {import("./dom.js").VNode} VNode */

/** Goes to the field of a value; null where the text stands alone. @typedef {((path: string) => void) | null} Go */

/** @param {any} piece the document @param {Go} go @returns {VNode[]} */
export function documentView(piece, go) {
  return [h("h2", { class: "titre-piece" }, piece.titre), ...bareView(piece, go)];
}

/** The articles alone, as another document receives them. @param {any} piece @param {Go} go @returns {VNode[]} */
export function bareView(piece, go) {
  return piece.articles.map((/** @type {any} */ article) => articleView(article, go));
}

/** @param {any} article @param {Go} go @returns {VNode} */
export function articleView(article, go) {
  const level = Math.min(article.niveau + 2, 6);
  return h(
    "section",
    { key: article.ancre, id: go && `piece-${article.ancre}` },
    h(`h${level}`, null, article.etiquette, article.etiquette && " ", run(article.titre, go)),
    article.blocs.map((/** @type {any} */ block) => blockView(block, go)),
    article.articles.map((/** @type {any} */ inner) => articleView(inner, go)),
  );
}

/** @param {any} block @param {Go} go @returns {VNode} */
function blockView(block, go) {
  if (block.type === "liste") {
    return h(block.ordonnee ? "ol" : "ul", null, block.elements.map((/** @type {any} */ item) => h("li", null, run(item, go))));
  }
  if (block.type === "tableau") {
    const numeric = (/** @type {number} */ i) => (block.colonnes[i]?.numerique ? "n" : null);
    return h(
      "div",
      { class: "tableau", role: "region", tabindex: "0", "aria-label": block.legende || "Tableau" },
      h(
        "table",
        null,
        block.legende && h("caption", null, block.legende),
        h("thead", null, h("tr", null, block.colonnes.map((/** @type {any} */ c, /** @type {number} */ i) => h("th", { scope: "col", class: numeric(i) }, c.titre)))),
        h(
          "tbody",
          null,
          block.lignes.map((/** @type {any[]} */ row) =>
            h("tr", null, row.map((cell, i) => h("td", { class: numeric(i) }, run(cell, go)))),
          ),
        ),
      ),
    );
  }
  return h("p", null, run(block.texte, go));
}

/** @param {any[]} inlines @param {Go} go @returns {any[]} */
function run(inlines, go) {
  return inlines.map((inline) => {
    switch (inline.type) {
      case "gras":
        return h("strong", null, run(inline.contenu, go));
      case "italique":
        return h("em", null, run(inline.contenu, go));
      case "renvoi":
        if (!go) return inline.texte;
        return h("a", { href: `#piece-${inline.ancre}`, onclick: jump }, inline.texte);
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
  const path = inline.clause ? `clause.${inline.clause}.${inline.nom}` : null;
  const mark = text === null ? h("span", { class: "valeur" }, content) : h("mark", { title: inline.question }, content);
  if (!path || !go) return mark;
  return h("button", { type: "button", class: "lien", onclick: () => go(path) }, mark);
}

/** @param {Event} event */
function jump(event) {
  event.preventDefault();
  const target = /** @type {HTMLAnchorElement} */ (event.currentTarget).getAttribute("href")?.slice(1) ?? "";
  document.getElementById(target)?.scrollIntoView({ block: "start" });
}
