// Step 6: each piece as it forms, with what is remarked about it.

import { h } from "./dom.js";
import { ask } from "./engine.js";
import { besideArticles, documentView } from "./document.js";
import { isMissing, nameOf, remarkView } from "./field.js";
import { inWords } from "./said.js";
import { catalogue, places } from "./view.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {{ text: string, refresh: () => void, go: (path: string) => void, confirm: (path: string) => (() => void) | null }} Page */

/** The piece that is shown. */
let chosenPiece = "rc";

/** The piece as the library writes it, or why it does not. @param {{ text: string }} page @returns {{ piece: any, errors: any[] }} */
function rendered(page) {
  const answer = ask("rediger", { texte: page.text, partiel: true, options: { piece: chosenPiece, brouillon: true } });
  return { piece: answer.resultat?.documents?.[0]?.document, errors: answer.erreurs ?? [] };
}

/**
 * The choice of a piece and the piece itself.
 * @param {string} id distinguishes the two places where it stands @param {Page} page
 * @param {{ piece: any, errors: any[] }} [read] @param {import("./document.js").Margin} [margin]
 */
export function pieceView(id, page, read = rendered(page), margin) {
  return [
    h(
      "div",
      { class: "champ", key: "choix" },
      h("label", { for: `piece-${id}` }, "Pièce"),
      h(
        "select",
        {
          id: `piece-${id}`,
          value: chosenPiece,
          onchange: (/** @type {any} */ e) => {
            chosenPiece = e.target.value;
            page.refresh();
          },
        },
        (catalogue?.mots?.piece ?? []).map((/** @type {string} */ word) => h("option", { value: word }, LABELS.piece[word] ?? word)),
      ),
    ),
    read.piece
      ? h("article", { class: margin ? "feuille annotee" : "feuille", key: `feuille-${chosenPiece}` }, documentView(read.piece, page, margin))
      : h("div", { class: "vide", key: "sans" }, h("p", null, "Cette pièce se formera ici dès qu’une clause ou un critère y aura son texte."), read.errors.filter((e) => e.code !== "piece-vide").map((e) => h("p", null, inWords(e.message)))),
  ];
}

/** @param {View} view @param {Page} page */
export function piecesStep(view, page) {
  const read = rendered(page);
  const { beside, rest } = read.piece ? besideArticles(read.piece, view.remarks, places) : { beside: new Map(), rest: view.remarks };
  const margin = (/** @type {string} */ anchor) => beside.has(anchor) && h("aside", { class: "marge", "aria-label": "Constats sur cet article" }, beside.get(anchor).map((/** @type {any} */ r) => remarkWithPlace(view, r, page.go)));
  return [
    h(
      "section",
      { "aria-labelledby": "titre-constats" },
      h("h2", { id: "titre-constats" }, view.remarks.length === 0 ? "Aucun constat" : rest.length === 0 ? "Les constats sont en marge de leur article" : "Constats"),
      view.remarks.length === 0 && h("p", null, "Rien ne bloque et rien n’est à revoir. Un juriste relit avant publication."),
      beside.size > 0 && rest.length > 0 && h("p", { class: "aide" }, "Les autres sont en marge de l’article qu’ils concernent."),
      rest.map((r) => remarkWithPlace(view, r, page.go)),
    ),
    h("section", { "aria-label": "La pièce" }, pieceView("etape", page, read, margin)),
  ];
}

/** A remark, and the way to its field. @param {View} view @param {any} remark @param {(path: string) => void} go */
export function remarkWithPlace(view, remark, go) {
  const path = places(remark)[0];
  if (isMissing(view, remark)) return h("p", { class: "manque", key: remark.message }, "À remplir : ", h("button", { type: "button", class: "lien", onclick: () => go(path) }, nameOf(path)));
  return h("div", { key: `${remark.code} ${remark.message}` }, remarkView(remark), path && h("button", { type: "button", class: "lien", onclick: () => go(path) }, "Aller au champ", h("span", { class: "hors-vue" }, ` : ${inWords(remark.message)}`)));
}
