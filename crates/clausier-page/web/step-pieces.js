// Step 6: each piece as it forms, with what is remarked about it.

import { h } from "./dom.js";
import { ask } from "./engine.js";
import { documentView } from "./document.js";
import { remarkView } from "./field.js";
import { catalogue, places } from "./view.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** The piece that is shown. */
let chosenPiece = "rc";

/**
 * The choice of a piece and the piece itself.
 * @param {string} id distinguishes the two places where it stands @param {{ text: string, refresh: () => void, go: (path: string) => void }} page
 */
export function pieceView(id, page) {
  const answer = ask("rediger", { texte: page.text, partiel: true, options: { piece: chosenPiece, brouillon: true } });
  const piece = answer.resultat?.documents?.[0]?.document;
  const errors = (answer.erreurs ?? []).map((/** @type {any} */ e) => e.message);
  return [
    h(
      "div",
      { class: "champ" },
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
    piece
      ? h("article", { class: "feuille", key: `feuille-${chosenPiece}` }, documentView(piece, page.go))
      : h("div", { class: "vide", key: "sans" }, h("p", null, errors.length > 0 ? "Cette pièce ne peut pas encore s’écrire." : "La pièce se formera ici à mesure que vous répondrez."), errors.length > 0 && h("ul", null, errors.map((/** @type {string} */ e) => h("li", null, e)))),
  ];
}

/** @param {View} view @param {{ text: string, refresh: () => void, go: (path: string) => void }} page */
export function piecesStep(view, page) {
  return [
    h(
      "section",
      { "aria-labelledby": "titre-constats" },
      h("h2", { id: "titre-constats" }, view.remarks.length === 0 ? "Aucun constat" : "Constats"),
      view.remarks.length === 0 && h("p", null, "Rien ne bloque et rien n’est à revoir. Un juriste relit avant publication."),
      view.remarks.map((r) => remarkWithPlace(r, page.go)),
    ),
    h("section", { "aria-label": "La pièce" }, pieceView("etape", page)),
  ];
}

/** A remark, and the way to its field. @param {any} remark @param {(path: string) => void} go */
export function remarkWithPlace(remark, go) {
  const path = places(remark)[0];
  return h("div", { key: `${remark.code} ${remark.message}` }, remarkView(remark), path && h("button", { type: "button", class: "lien", onclick: () => go(path) }, "Aller au champ", h("span", { class: "hors-vue" }, ` : ${remark.message}`)));
}
