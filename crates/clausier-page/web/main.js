// The frame: the doors, the seven steps, the piece beside them, the bar of findings.

import { h, render } from "./dom.js";
import { ask, start } from "./engine.js";
import { edit, forget, onChange, redo, restore, store, take, undo, version } from "./store.js";
import { catalogue, clauseOf, loadCatalogue, look, places } from "./view.js";
import { confirming, fieldId, isMissing, remarkView } from "./field.js";
import { consultationStep } from "./step-consultation.js";
import { clausesStep } from "./step-clauses.js";
import { questions, sentence, settingsStep, unconfirmed } from "./step-reglages.js";
import { sessionSheet, summarySheet } from "./sheet.js";
import { balanceStep, uncomputed } from "./step-equilibre.js";
import { criteriaStep } from "./step-criteres.js";
import { pieceView, piecesStep, remarkWithPlace } from "./step-pieces.js";
import { carryStep } from "./step-emporter.js";
import { GLOSSARY } from "./words.js";

/** @typedef {import("./view.js").View} View */

/** The steps, with the key paths whose remarks belong to each. @type {{ id: string, title: string, lead: string, owns: (path: string) => boolean }[]} */
const STEPS = [
  { id: "consultation", title: "La consultation", lead: "Ce que vous achetez, quand, pour combien : le reste en découle.", owns: (p) => /^(format|lancement|acheteur|consultation|facilitateur|lot|rendu)?(\.|$)/.test(p) },
  { id: "clauses", title: "Les clauses", lead: "Choisissez pour chaque lot : les liaisons d’abord, puis ce qu’elles relient.", owns: (p) => /^(clause(\.[^.]+)?|clause_sociale_ecartee.*)$/.test(p) },
  { id: "reglages", title: "Les réglages", lead: "Ce que vous seuls savez. Une valeur d’usage attend chaque fois que c’est possible.", owns: (p) => /^clause\.[^.]+\./.test(p) },
  { id: "equilibre", title: "L’équilibre", lead: "Les heures d’insertion et le travail que la mesure demande vont-ils ensemble ?", owns: () => false },
  { id: "criteres", title: "Les critères", lead: "Cent points par lot, sur l’objet même du lot.", owns: (p) => /^critere/.test(p) },
  { id: "pieces", title: "Les pièces", lead: "Ce que les candidats et le titulaire liront.", owns: () => false },
  { id: "emporter", title: "Emporter", lead: "Des fichiers pour Word et LibreOffice, et votre dossier.", owns: () => false },
];

/** The library's reading of the present text. @type {{ text: string | null, view: View | null }} */
const seen = { text: null, view: null };
/** A dossier brought from elsewhere that the library cannot read yet. @type {{ text: string, errors: any[] } | null} */
let broken = null;
/** Why what was brought could not be taken, in French. */
let notTaken = "";
/** On a narrow screen, the piece takes the place of the step. */
let pieceInFront = false;
let listOpen = false;

/** Where there is room for the step or for the piece, not for both. */
const NARROW = matchMedia("(max-width: 70rem)");

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const announcement = /** @type {HTMLElement} */ (document.getElementById("annonce"));
/** The sheet that is printed alone. */
const sheet = document.createElement("div");
sheet.id = "impression";

function current() {
  return STEPS.find((s) => s.id === location.hash.slice(1)) ?? STEPS[0];
}

/** @returns {View | null} */
function reading() {
  if (store.text === null) return null;
  if (seen.text !== store.text) {
    seen.view = look(store.text);
    seen.text = store.text;
  }
  return seen.view;
}

function refresh() {
  try {
    render(root, store.text === null ? homeView() : frameView(/** @type {View} */ (reading())));
  } catch (error) {
    render(root, faultView(error));
  }
}

/** @param {unknown} error */
function faultView(error) {
  return h(
    "main",
    { class: "attente", key: "faute" },
    h("h1", null, "La page s’est arrêtée"),
    h("p", null, "Votre dossier est intact. Annulez le dernier changement, ou rechargez la page."),
    h("p", { class: "aide" }, String(error)),
    h("p", { class: "actions" }, h("button", { type: "button", onclick: undo }, "Annuler le dernier changement"), h("button", { type: "button", onclick: () => location.reload() }, "Recharger")),
  );
}

// --- The doors

function homeView() {
  return h(
    "main",
    { class: "accueil", key: "accueil" },
    h("h1", { tabindex: "-1" }, "Clauses d’achat durable"),
    h("p", { class: "chapeau" }, "De rien à un bloc d’insertion, d’environnement et de liaison, en dix minutes : la page vérifie contre le droit du jour de votre avis, calcule, et rédige le règlement de la consultation et les autres pièces."),
    agedView(),
    notTaken && h("p", { class: "verdict bloquant", role: "alert" }, notTaken),
    broken && brokenView(broken),
    h(
      "ul",
      { class: "portes" },
      h("li", null, h("h2", null, "Commencer"), h("p", null, "Une page blanche, que la loi et les usages remplissent avec vous."), h("button", { type: "button", id: "commencer", class: "fort", onclick: begin }, "Commencer une consultation")),
      h(
        "li",
        null,
        h("h2", null, "Reprendre"),
        h("p", null, "Un fichier dossier.toml fait ici ou ailleurs : déposez-le sur la page, ou choisissez-le."),
        h("label", { class: "fichier", for: "ouvrir" }, "Ouvrir un dossier"),
        h("input", { id: "ouvrir", type: "file", accept: ".toml,text/plain", onchange: (/** @type {any} */ e) => openFile(e.target.files?.[0]) }),
        h(
          "details",
          { key: "coller" },
          h("summary", null, "Coller le texte d’un dossier"),
          h("label", { for: "texte-colle" }, "Texte du dossier"),
          h("textarea", { id: "texte-colle", rows: "6" }),
          h("button", { type: "button", onclick: () => open(/** @type {HTMLTextAreaElement} */ (document.getElementById("texte-colle")).value) }, "Ouvrir ce texte"),
        ),
      ),
      h("li", null, h("h2", null, "Regarder"), h("p", null, "La réhabilitation d’une école, quatre lots, où l’insertion sert à réemployer. Vous pourrez tout y changer, puis la vider."), h("button", { type: "button", id: "exemple-ecole", onclick: () => open(document.getElementById("exemple")?.textContent ?? "") }, "Voir l’exemple de l’école")),
    ),
    h("p", { class: "discret" }, "Rien ne quitte cette machine : la page ne parle à aucun serveur. Votre travail est gardé par ce navigateur, jusqu’à ce que vous le vidiez. ", `clausier ${version()} ; droit connu jusqu’au ${frenchDate(catalogue?.droit?.jusqu_a)}. `, "Ce n’est pas un conseil juridique : un juriste relit avant publication."),
  );
}

function begin() {
  broken = null;
  notTaken = "";
  location.hash = "consultation";
  take("# Dossier commencé dans la page de clausier.\nformat = 1\n\n[acheteur]\n\n[consultation]\n");
  focusTitle();
}

/** Opens a text, or shows what prevents it. @param {string} text */
function open(text) {
  notTaken = "";
  const answer = ask("lire", { texte: text, partiel: true });
  if (!answer.resultat?.dossier) {
    broken = { text, errors: answer.resultat?.constats ?? answer.erreurs ?? [] };
    store.text === null ? refresh() : take(null);
    return;
  }
  broken = null;
  store.changed = false;
  location.hash = "consultation";
  take(text);
  focusTitle();
}

/** @param {File | undefined} file */
async function openFile(file) {
  if (!file) return;
  if (store.text !== null && !leave()) return;
  // The library says itself when a dossier is too long: twice its measure is enough to tell.
  const content = await file.slice(0, 1 << 21).arrayBuffer();
  try {
    open(new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch {
    notTaken = `« ${file.name} » n’est pas un texte en UTF-8 : enregistrez-le de nouveau dans ce codage, ou vérifiez que c’est bien un dossier.`;
    refresh();
  }
}

/** Asks before what is not carried away is replaced. */
function leave() {
  return !store.changed || confirm("Le dossier ouvert a changé depuis que vous l’avez enregistré. Le remplacer ? Vous pourrez encore annuler.");
}

/** @param {{ text: string, errors: any[] }} what */
function brokenView({ text, errors }) {
  return h(
    "section",
    { class: "carte", key: "casse", "aria-labelledby": "titre-casse" },
    h("h2", { id: "titre-casse" }, "Ce dossier ne se lit pas encore"),
    h(
      "div",
      { role: "alert" },
      h(
        "ul",
        null,
        errors.map((e) => {
          const place = e.lieux?.[0] ?? e;
          return h("li", null, place.ligne && h("strong", null, `Ligne ${place.ligne}, colonne ${place.colonne} : `), e.message, ". ", e.aide);
        }),
      ),
    ),
    h("label", { for: "texte-casse" }, "Corrigez ici, puis relisez"),
    h("textarea", { id: "texte-casse", rows: "12", spellcheck: "false", value: text }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onclick: () => open(/** @type {HTMLTextAreaElement} */ (document.getElementById("texte-casse")).value) }, "Relire"),
      h("button", { type: "button", onclick: () => ((broken = null), refresh()) }, "Abandonner"),
    ),
  );
}

/** The register of law ages: the page, not the library, knows what day it is. */
function agedView() {
  const last = catalogue?.droit?.jusqu_a;
  if (!last || new Date().toISOString().slice(0, 10) <= last) return null;
  return h("p", { class: "verdict attention", role: "alert" }, `Cette page connaît les seuils jusqu’au ${frenchDate(last)}, et ce jour est passé : prenez une version plus récente avant de vous y fier.`);
}

/** @param {string} iso */
function frenchDate(iso) {
  return new Date(`${iso}T12:00:00`).toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
}

// --- The frame

/** @param {View} view */
function frameView(view) {
  const step = current();
  const text = store.text ?? "";
  const page = { text, refresh, go, confirm: (/** @type {string} */ path) => confirmer(view, path), print: () => printSheet(sessionSheet(view)), summary: () => printSheet(summarySheet(view)) };
  const missing = view.remarks.filter((r) => isMissing(view, r)).length;
  const blocking = view.remarks.filter((r) => r.gravite === "bloquant").length - missing;
  const others = view.remarks.length - blocking - missing;
  const defaults = unconfirmed(view);
  view.shown.clear();
  const body = bodyOf(step.id, view, page);
  // What no field of the step has shown is shown above them.
  const rest = ownRemarks(step, view).filter((r) => !places(r).some((p) => view.shown.has(p)));
  announce(`${missing > 0 ? `${missing} à remplir, ` : ""}${sentence(blocking, "constat bloque", "constats bloquent", "aucun constat ne bloque")}, ${others} à voir.`);
  return h(
    "div",
    { class: pieceInFront ? "cadre piece-devant" : "cadre", key: "cadre" },
    h("a", { class: "evitement", href: "#etape", onclick: (/** @type {Event} */ e) => (e.preventDefault(), focusTitle()) }, "Aller à l’étape"),
    headerView(view),
    h(
      "nav",
      { class: "etapes", "aria-label": "Étapes" },
      h(
        "ol",
        null,
        STEPS.map((s) => h("li", null, h("a", { href: `#${s.id}`, "aria-current": s === step ? "step" : null }, h("span", { class: "nom" }, s.title), h("span", { class: "etat" }, stateOf(s, view))))),
      ),
    ),
    h(
      "main",
      { class: "etape", id: "etape" },
      h("h1", { tabindex: "-1", key: "titre" }, step.title),
      h("p", { class: "chapeau", key: "chapeau" }, step.lead),
      store.refused && h("p", { class: "verdict bloquant", role: "alert", key: "refus" }, `Ce changement n’a pas été pris : ${store.refused}`),
      rest.length > 0 && h("div", { key: `reste-${step.id}` }, rest.map((r) => remarkView(r))),
      h("div", { key: step.id, class: `contenu ${step.id}` }, body),
      nextView(step),
      glossaryView(),
    ),
    step.id !== "pieces" && (pieceInFront || !NARROW.matches) && h("aside", { class: "piece", "aria-label": "La pièce qui se forme", key: "piece" }, pieceView("cote", page)),
    h(
      "footer",
      { class: "barre" },
      h(
        "button",
        { type: "button", "aria-expanded": String(listOpen), "aria-controls": "liste-constats", onclick: () => ((listOpen = !listOpen), refresh()) },
        missing > 0 && `${missing} à remplir · `,
        `${blocking} ${blocking > 1 ? "bloquants" : "bloquant"} · ${others} à voir · ${defaults} à confirmer`,
      ),
      step.id !== "pieces" && h("button", { type: "button", class: "onglet", "aria-pressed": String(pieceInFront), onclick: () => ((pieceInFront = !pieceInFront), refresh()) }, pieceInFront ? "Revenir à l’étape" : "Voir la pièce"),
      h("div", { id: "liste-constats", class: "liste", hidden: !listOpen }, listOpen && (view.remarks.length === 0 ? h("p", null, "Aucun constat.") : view.remarks.map((r) => remarkWithPlace(view, r, go)))),
    ),
  );
}

/** @param {View} view */
function headerView(view) {
  return h(
    "header",
    { class: "tete" },
    h("p", { class: "marque" }, h("strong", null, "clausier"), " ", h("span", { class: "objet" }, String(view.get("consultation.objet") ?? "Consultation sans objet encore"))),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", id: "annuler", disabled: store.past.length === 0, onclick: undo }, "Annuler"),
      h("button", { type: "button", id: "retablir", disabled: store.future.length === 0, onclick: redo }, "Rétablir"),
      h("button", { type: "button", id: "fermer", onclick: () => leave() && closeDossier() }, "Ouvrir un autre dossier"),
      h("button", { type: "button", id: "vider", onclick: () => confirm("Vider le dossier, ici et dans la mémoire de ce navigateur ? Cela ne s’annule pas.") && forget() }, "Vider"),
    ),
    h(
      "p",
      { class: "discret" },
      store.unkept ? h("strong", null, "Ce navigateur refuse de garder votre travail (fenêtre privée ?) : enregistrez le dossier avant de fermer.") : "Gardé sur cette machine seulement, par ce navigateur.",
      store.otherVersion && ` Ce dossier a été gardé par clausier ${store.otherVersion} ; cette page est la version ${version()} : relisez les constats.`,
    ),
    agedView(),
  );
}

function closeDossier() {
  take(null);
  focusTitle();
}

/** @param {string} id @param {View} view @param {any} page */
function bodyOf(id, view, page) {
  switch (id) {
    case "clauses":
      return clausesStep(view, page);
    case "reglages":
      return settingsStep(view, page);
    case "equilibre":
      return balanceStep(view, page);
    case "criteres":
      return criteriaStep(view, page);
    case "pieces":
      return piecesStep(view, page);
    case "emporter":
      return carryStep(view, page);
    default:
      return consultationStep(view, page);
  }
}

/** The remarks that belong to a step. @param {(typeof STEPS)[number]} step @param {View} view */
function ownRemarks(step, view) {
  return view.remarks.filter((r) => {
    const paths = places(r);
    return paths.length === 0 ? step.id === "consultation" : paths.some((p) => step.owns(p));
  });
}

/** The state of a step, in words. @param {(typeof STEPS)[number]} step @param {View} view */
function stateOf(step, view) {
  const own = ownRemarks(step, view);
  const missing = own.filter((r) => isMissing(view, r)).length;
  const blocking = own.filter((r) => r.gravite === "bloquant").length - missing;
  if (step.id === "reglages" && questions(view).length === 0) return "rien à régler encore";
  if (missing > 0) return `${missing} ${missing > 1 ? "réponses manquent" : "réponse manque"}`;
  if (blocking > 0) return `${blocking} ${blocking > 1 ? "constats bloquent" : "constat bloque"}`;
  if (own.length > 0) return `${own.length} à voir`;
  if (step.id === "equilibre") {
    const failing = (view.values.liaisons ?? []).filter((/** @type {any} */ l) => !l.coherente).length;
    return failing > 0 ? "déséquilibrée" : (view.values.liaisons ?? []).length > 0 ? "équilibrée" : uncomputed(view).length > 0 ? "rien à équilibrer encore" : "sans liaison";
  }
  if (step.id === "pieces" || step.id === "emporter") return view.remarks.some((r) => r.gravite === "bloquant") ? "en projet" : "prêt";
  if (step.id === "clauses" && (view.values.clauses ?? []).length === 0) return "rien de choisi";
  if (step.id === "criteres" && Object.keys(view.get("critere") ?? {}).length === 0) return "rien de choisi";
  return "complet";
}

/** @param {(typeof STEPS)[number]} step */
function nextView(step) {
  const next = STEPS[STEPS.indexOf(step) + 1];
  return next && h("p", { class: "suite", key: "suite" }, h("a", { class: "bouton", href: `#${next.id}` }, `Continuer : ${next.title}`));
}

/** The words of the trade, in every step. */
function glossaryView() {
  return h(
    "details",
    { class: "glossaire", key: "glossaire" },
    h("summary", null, "Les mots du métier"),
    h("dl", null, Object.entries(GLOSSARY).map(([term, meaning]) => [h("dt", null, term), h("dd", null, meaning)])),
  );
}

/** Goes to the field of a key path, or to the nearest one that the page shows. @param {string} path */
function go(path) {
  const step = STEPS.find((s) => s.owns(path)) ?? STEPS[0];
  pieceInFront = false;
  listOpen = false;
  if (current() === step) refresh();
  else {
    history.pushState(null, "", `#${step.id}`);
    refresh();
  }
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const field = document.getElementById(fieldId(at)) ?? document.querySelector(`[id^="${fieldId(at)}-"]:is(input, select, textarea)`);
    if (field instanceof HTMLElement) {
      for (let around = field.closest("details"); around; around = around.parentElement?.closest("details") ?? null) around.open = true;
      field.scrollIntoView({ block: "center" });
      field.focus();
      return;
    }
  }
  focusTitle();
}

/** What confirms a value of a piece; null where nothing waits there. @param {View} view @param {string} path */
function confirmer(view, path) {
  const [, id, name] = path.split(".");
  const edits = confirming(view, path, clauseOf(id)?.parametres.find((/** @type {any} */ p) => p.nom === name)?.defaut);
  return edits.length > 0 ? () => edit(edits) : null;
}

function focusTitle() {
  const title = root.querySelector("h1");
  if (title instanceof HTMLElement) title.focus();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let announcing;
/** Says a change aloud, once typing rests. @param {string} words */
function announce(words) {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    if (announcement.textContent !== words) announcement.textContent = words;
  }, 800);
}

/** @param {any[]} content */
function printSheet(content) {
  render(sheet, ...content);
  document.body.classList.add("feuille-seule");
  window.print();
  document.body.classList.remove("feuille-seule");
}

// --- Start

async function main() {
  try {
    await start();
    version(loadCatalogue());
    restore();
  } catch (error) {
    const status = document.getElementById("attente");
    if (status) status.textContent = `Ce navigateur ne peut pas faire tourner la page (${String(error)}). Prenez un navigateur à jour : Firefox, Edge ou Chrome.`;
    return;
  }
  document.body.append(sheet);
  render(root);
  onChange(refresh);
  refresh();
  performance.mark("prete");
  NARROW.addEventListener("change", refresh);
  window.addEventListener("hashchange", () => {
    pieceInFront = false;
    refresh();
    focusTitle();
    window.scrollTo(0, 0);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    openFile(event.dataTransfer?.files[0]);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  });
  window.addEventListener("beforeunload", (event) => {
    if (store.unkept && store.changed) event.preventDefault();
  });
}

main();
