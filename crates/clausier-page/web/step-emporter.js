// Step 7: files for Word and LibreOffice, the dossier, the bare block.

import { h, verbatim } from "./dom.js";
import { archived, carry, copy, download, written } from "./carry.js";
import { store } from "./store.js";
import { catalogue } from "./view.js";
import { sentence, unconfirmed } from "./step-reglages.js";
import { LABELS } from "./words.js";

/** @typedef {import("./view.js").View} View */

let piece = "rc";
let draft = false;
/** What was last done, or why it was not. */
let said = "";

/** @param {View} view @param {{ text: string, refresh: () => void, print: () => void, summary: () => void }} page */
export function carryStep(view, page) {
  const blocking = view.remarks.filter((r) => r.gravite === "bloquant").length;
  const defaults = unconfirmed(view);
  const say = (/** @type {string} */ words) => {
    said = words;
    page.refresh();
  };
  const hand = (/** @type {{ files: any[], errors: string[] }} */ { files, errors }) => {
    if (errors.length > 0) return say(`Rien n’a été écrit : ${errors.join(" ; ")}`);
    carry(files);
    say(files.length > 1 ? `${files.length} fichiers remis au navigateur.` : `${files[0].nom} remis au navigateur.`);
  };
  return [
    h(
      "p",
      { class: blocking > 0 ? "verdict bloquant" : "verdict bon" },
      blocking > 0
        ? `${blocking > 1 ? `${blocking} constats bloquent` : "Un constat bloque"} : les pièces ne s’écrivent qu’en projet, sous un bandeau qui le dit.`
        : "Rien ne bloque : les pièces peuvent s’écrire.",
      ` ${sentence(defaults, "valeur d’usage reste à confirmer, entre crochets dans les pièces", "valeurs d’usage restent à confirmer, entre crochets dans les pièces", "Aucune valeur d’usage ne reste à confirmer")}.`,
    ),
    h("p", { role: "status", class: "dit" }, said),
    h(
      "fieldset",
      null,
      h("legend", null, "Une pièce"),
      h(
        "div",
        { class: "champ" },
        h("label", { for: "piece-emporter" }, "Laquelle"),
        h(
          "select",
          {
            id: "piece-emporter",
            value: piece,
            onchange: (/** @type {any} */ e) => {
              piece = e.target.value;
              page.refresh();
            },
          },
          h("option", { value: "toutes" }, "Toutes les pièces"),
          (catalogue?.mots?.piece ?? []).map((/** @type {string} */ word) => h("option", { value: word }, LABELS.piece[word] ?? word)),
        ),
      ),
      h(
        "p",
        { class: "coche" },
        h("input", {
          id: "projet",
          type: "checkbox",
          checked: draft,
          onchange: (/** @type {any} */ e) => {
            draft = e.target.checked;
            page.refresh();
          },
        }),
        h("label", { for: "projet" }, "En projet : ce qui manque et ce qui bloque y est écrit"),
      ),
      h("p", { class: "actions" }, Object.entries(LABELS.format).map(([format, label]) => h("button", { type: "button", id: `emporter-${format}`, onclick: () => hand(written(page.text, piece, format, { draft })) }, label))),
    ),
    h(
      "fieldset",
      null,
      h("legend", null, "Tout, dans une archive"),
      h("p", null, "Chaque pièce pour Word et pour LibreOffice, et le dossier."),
      h("button", { type: "button", class: "fort", id: "emporter-tout", onclick: () => hand(archived(page.text, draft)) }, "Tout emporter (.zip)"),
    ),
    h(
      "fieldset",
      null,
      h("legend", null, "Le bloc seul, à coller dans votre document"),
      h(
        "button",
        {
          type: "button",
          onclick: async () => {
            const which = piece === "toutes" ? "rc" : piece;
            const { files, errors } = written(page.text, which, "md", { draft });
            if (errors.length > 0) return say(`Rien n’a été copié : ${errors.join(" ; ")}`);
            try {
              await copy(files[0]);
              say("Le bloc est dans le presse-papiers, avec sa mise en forme.");
            } catch {
              say("Le navigateur refuse l’accès au presse-papiers : emportez la pièce en Word.");
            }
          },
        },
        "Copier le bloc",
      ),
    ),
    h(
      "fieldset",
      null,
      h("legend", null, "Le dossier"),
      h("p", null, "Un fichier que cette page relira. Gardez-le : c’est votre travail."),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "button",
            id: "emporter-dossier",
            onclick: () => {
              download("dossier.toml", "application/toml", page.text);
              store.changed = false;
              say("dossier.toml remis au navigateur.");
            },
          },
          "Enregistrer le dossier (dossier.toml)",
        ),
        h("button", { type: "button", onclick: page.print }, "Imprimer la feuille de séance"),
        h("button", { type: "button", onclick: page.summary }, "Imprimer le résumé"),
      ),
      h("details", { key: "texte" }, h("summary", null, "Voir le texte du dossier"), verbatim("pre", { tabindex: "0" }, page.text)),
    ),
  ];
}
