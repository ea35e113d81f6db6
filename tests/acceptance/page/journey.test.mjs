// A consultation made in the page: questions, usages, criteria, findings, sheets.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { answer, begin, close, dossier, paste, step, story, visit } from "./browser.mjs";

after(close);

test("from an empty page to the rules of a consultation with two lots and a liaison", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Réhabilitation de la maison des associations", value: "6 000 000 €", duration: "14 mois", ccag: "travaux", lots: [["déconstruction", "350 000"], ["peinture", "180 000"]] });
    assert.equal(await page.getByLabel("Montant estimé, hors taxes").last().inputValue(), "180 000 €", "a bare number takes its unit");
    assert.equal(await page.getByLabel("Nature de l’achat").inputValue(), "travaux", "the family says the nature");
    await page.getByText("Condition d’exécution sociale ou d’emploi : dû").first().waitFor();
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Dépose soignée et réemploi/ }).first().click();
    await page.getByRole("button", { name: /^Choisir .*peu émissifs, lot 2$/ }).first().click();
    await step(page, "Les réglages");
    await page.locator("#completer").click();
    await answer(page);
    await step(page, "Les critères");
    await page.locator("#grille").click();
    await answer(page);
    // What a criterion promises is owed by a clause, which asks its own questions.
    await step(page, "Les réglages");
    if ((await page.locator("#completer").count()) > 0) await page.locator("#completer").click();
    await answer(page);
    await step(page, "Les pièces");
    const blocking = await page.locator("main .constat.bloquant").allInnerTexts();
    assert.deepEqual(blocking, [], "nothing blocks any more");
    await page.locator(".feuille").getByText(/Dépose|liaison/i).first().waitFor();
    const text = await dossier(page);
    assert.match(text, /\[clause\.decons-depose-reemploi\]/);
    assert.match(text, /a_confirmer = \[/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#emporter-docx").click()]);
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
  }));

test("what comes from a usage says so until it is confirmed: in the field, in the piece, in the count", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Nettoyage des écoles", value: "840 000 €", duration: "3 ans", ccag: "fcs", lots: [["nettoyage", "840 000"]] });
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Heures d’insertion, lot 1/ }).click();
    await step(page, "Les réglages");
    const count = async () => Number(/(\d+) à confirmer/.exec(await page.locator(".barre button").first().innerText())?.[1]);
    const before = await count();
    await page.locator("#completer").click();
    assert.ok((await count()) > before, "what is completed is to be confirmed");
    const rate = page.locator(".champ", { has: page.locator("#champ-clause-heures-insertion-taux") });
    await rate.getByText("valeur d’usage, à confirmer").waitFor();
    await page.locator("aside .feuille mark", { hasText: "heures" }).first().waitFor();
    const completed = await count();
    await rate.getByRole("button", { name: "Confirmer" }).click();
    assert.equal(await count(), completed - 1);
    await page.locator("#champ-clause-heures-insertion-penalite_heure").fill("45 €");
    assert.equal(await count(), completed - 2, "what is typed is confirmed");
    await page.locator("#tout-confirmer").click();
    assert.equal(await count(), 0);
    assert.doesNotMatch(await dossier(page), /a_confirmer/);
  }));

test("the values that a criterion asks for have their fields, and are written in its table", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Fourniture de mobilier", value: "480 000 €", duration: "2 ans", ccag: "fcs", lots: [["mobilier", "480 000"]] });
    await step(page, "Les critères");
    await page.getByLabel("Ajouter un critère").selectOption("duree-de-vie-mobilier");
    await page.locator("#champ-critere-duree-de-vie-mobilier-garantie_minimale").fill("2 ans");
    assert.match(await dossier(page), /\[critere\.duree-de-vie-mobilier\]\npoids = \d+\ngarantie_minimale = "2 ans"/);
    // A dossier from elsewhere may hold a bare weight: it becomes a table with the first value.
    await page.getByRole("button", { name: "Ouvrir un autre dossier" }).click();
    await paste(page, bareWeight());
    await step(page, "Les critères");
    await page.locator("#champ-critere-duree-de-vie-mobilier-garantie_minimale").fill("3 ans");
    assert.match(await dossier(page), /poids = 20\n\s*garantie_minimale = "3 ans"/);
  }));

/** A dossier whose criterion is a weight alone. */
function bareWeight() {
  return story("mobilier-reemploi").replace(/\n\[critere[\s\S]*?(?=\n\[(?!critere)|$)/g, "") + "\n[critere]\nduree-de-vie-mobilier = 20\n";
}

test("what the weights do to offers stands under them, and moves with them", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Les critères");
    const lot = page.locator("section[aria-labelledby=titre-simulation] .carte").first();
    await lot.getByText(/Un point vaut/).waitFor();
    const worth = await lot.getByText(/Un point vaut/).innerText();
    assert.equal(await lot.getByRole("table", { name: /Six offres inventées/ }).locator("tbody tr").count(), 6);
    await page.locator("#champ-critere-prix").fill("40");
    await lot.getByText(/Un point vaut/).filter({ hasNotText: worth }).waitFor();
  }));

test("the social clause is set aside with its reason, and taken back", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Fourniture de mobilier", value: "480 000 €", duration: "2 ans", ccag: "fcs", lots: [["mobilier", "480 000"]] });
    await step(page, "Les clauses");
    await page.getByText("Écarter la clause sociale", { exact: true }).click();
    await page.getByLabel("Motif de la loi").selectOption("solution-immediatement-disponible");
    await page.getByLabel("Vos raisons").fill("Mobilier de catalogue, livré sous huit jours.");
    assert.match(await dossier(page), /\[clause_sociale_ecartee\]\nmotif = "solution-immediatement-disponible"/);
    await step(page, "Les clauses");
    await page.getByRole("button", { name: "Ne plus l’écarter" }).click();
    assert.doesNotMatch(await dossier(page), /clause_sociale_ecartee/);
  }));

test("a remedy is applied on a click, and undone", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.getByLabel("Variantes").selectOption("");
    const before = await page.locator(".barre button").first().innerText();
    await page.getByRole("button", { name: "Corriger ainsi" }).first().click();
    assert.notEqual(await page.locator(".barre button").first().innerText(), before);
    await page.getByRole("button", { name: "Annuler" }).click();
    assert.equal(await page.locator(".barre button").first().innerText(), before);
  }));

test("a value of the piece leads to its field", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.getByLabel("Pièce", { exact: true }).selectOption("ccap");
    await page.locator(".feuille a.valeur", { hasText: "18" }).first().click();
    await page.waitForFunction(() => document.activeElement?.id.startsWith("champ-clause-"));
  }));

test("each finding stands in the margin of the article that it concerns, one click from its field", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Les réglages");
    await page.locator("#champ-clause-bat-reemploi-taux-quantite").fill("");
    await step(page, "Les pièces");
    await page.getByLabel("Pièce", { exact: true }).selectOption("ccap");
    const note = page.locator(".marge", { hasText: "Quelle masse" });
    await note.waitFor();
    assert.ok((await page.locator("section:has(> .marge)", { has: note }).count()) > 0, "beside an article");
    await note.getByRole("button").first().click();
    await page.waitForFunction(() => document.activeElement?.id === "champ-clause-bat-reemploi-taux-quantite");
  }));

/** How many pages a sheet takes on paper. @param {import("playwright-core").Page} page @param {string} button */
async function pagesOf(page, button) {
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: button }).click();
  await page.evaluate(() => document.body.classList.add("feuille-seule"));
  const pdf = await page.pdf({ format: "A4" });
  await page.evaluate(() => document.body.classList.remove("feuille-seule"));
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
}

test("the sheet of a meeting and the summary hold on one page, and say what they must", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    assert.equal(await pagesOf(page, "Imprimer le résumé"), 1, "the summary of the school");
    const summary = await page.locator("#impression").textContent();
    for (const said of ["Réhabilitation du groupe scolaire des Tilleuls", "heures", "Ce qui reste", "Critères"]) assert.ok(summary?.includes(said), said);
    assert.equal(await pagesOf(page, "Imprimer la feuille de séance"), 1, "the sheet of the school");
    await page.getByRole("button", { name: "Ouvrir un autre dossier" }).click();
    await begin(page, { object: "Nettoyage des écoles", value: "840 000 €", duration: "3 ans", ccag: "fcs", lots: [["nettoyage", "600 000"], ["nettoyage", "240 000"]] });
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Nettoyer sans chimie.* pour les 2 lots/ }).click();
    await step(page, "Les réglages");
    assert.equal(await pagesOf(page, "Imprimer la feuille de séance"), 1, "the sheet of a new consultation");
    const sheet = await page.locator("#impression").textContent();
    for (const said of ["le facilitateur", "le juriste", "le service technique", "Quelle est la surface totale entretenue", "À confirmer"]) assert.ok(sheet?.includes(said), said);
  }));

test("a buyer finds the family by the words of the trade", () =>
  visit({}, async (page) => {
    await page.locator("#commencer").click();
    for (const [typed, family] of [["repas", "Restauration collective"], ["ménage", "Nettoyage de locaux"], ["chaises", "Fourniture de mobilier"], ["route", "Voirie, aménagement"], ["55524000", "Restauration collective"]]) {
      await page.locator("#nouveau-lot").fill(typed);
      await page.getByRole("option", { name: family }).first().waitFor();
    }
    await page.locator("#nouveau-lot").fill("xylophone");
    await page.getByText("Aucune famille ne porte ces mots").waitFor();
  }));

test("a value between brackets is confirmed in the piece itself, and undone", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Nettoyage des écoles", value: "840 000 €", duration: "36", ccag: "fcs", lots: [["nettoyage", "840 000"]] });
    await page.getByLabel("Durée ferme").blur();
    assert.equal(await page.getByLabel("Durée ferme").inputValue(), "36 mois", "a bare duration takes its unit");
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Heures d’insertion, lot 1/ }).click();
    await step(page, "Les réglages");
    await page.locator("#completer").click();
    await step(page, "Les pièces");
    await page.getByLabel("Pièce", { exact: true }).selectOption("ccap");
    const count = async () => Number(/(\d+) à confirmer/.exec(await page.locator(".barre button").first().innerText())?.[1]);
    const before = await count();
    // One that comes from a usage, written in the dossier; one that is a default of the clause.
    for (const value of [/^Confirmer \[30\s€\]/, /^Confirmer \[15\sjours\]/]) {
      const button = page.locator(".feuille").getByRole("button", { name: value }).first();
      const left = await count();
      await button.click();
      assert.equal(await count(), left - 1, String(value));
    }
    await page.getByRole("button", { name: "Annuler" }).click();
    await page.getByRole("button", { name: "Annuler" }).click();
    assert.equal(await count(), before);
  }));

test("a liaison says what its hours would do before it is chosen", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Repas des écoles", value: "1 200 000 €", duration: "2 ans", ccag: "fcs", lots: [["cantine", "1 200 000"]] });
    await step(page, "Les clauses");
    const card = page.locator(".cartes > li", { has: page.getByText("Pesée, service ajusté et insertion", { exact: true }) });
    await card.getByText(/Ordre de grandeur\s: \d+ des \d+\sheures d’insertion feraient de \d+ à \d+\sservices/).waitFor();
  }));

test("what is withdrawn takes its values to confirm away; one that stays in a file from elsewhere is told, and forgotten on a click", () =>
  visit({}, async (page) => {
    await begin(page, { object: "Nettoyage des écoles", value: "840 000 €", duration: "3 ans", ccag: "fcs", lots: [["nettoyage", "840 000"]] });
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Heures d’insertion, lot 1/ }).click();
    await step(page, "Les réglages");
    await page.locator("#completer").click();
    await step(page, "Les clauses");
    await page.getByRole("button", { name: "Retirer Heures d’insertion", exact: true }).click();
    const text = await dossier(page);
    assert.doesNotMatch(text, /heures-insertion/);
    await page.getByRole("button", { name: "Ouvrir un autre dossier" }).click();
    await paste(page, text.replace(/^format = 1/m, 'format = 1\na_confirmer = ["clause.partie.taux"]').replace(/(a_confirmer = \["clause.partie.taux"\])([\s\S]*)\na_confirmer = \[[\s\S]*?\]/, "$1$2"));
    await page.locator(".barre button").first().click();
    const told = page.locator("#liste-constats .constat", { hasText: "une valeur d’usage à confirmer n’est pas dans le dossier" });
    await told.getByRole("button", { name: "Corriger ainsi" }).click();
    await page.locator(".barre button").first().click();
    assert.doesNotMatch(await dossier(page), /clause.partie/);
  }));

test("an overseas territory is chosen in the page, and its own parts follow", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.getByLabel("Exécuté outre-mer").selectOption("oui");
    for (const word of ["mayotte", "saint-barthelemy", "nouvelle-caledonie"]) {
      await page.getByLabel("Territoire d’outre-mer").selectOption(word);
      assert.match(await dossier(page), new RegExp(`territoire = "${word}"`));
      await step(page, "La consultation");
    }
    await page.locator(".barre button").first().click();
    await page.locator("#liste-constats").getByText(/outre-mer|Nouvelle-Calédonie/).first().waitFor();
  }));
