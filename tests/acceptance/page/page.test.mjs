// The page as its readers use it, in a real browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { close, dossier, library, paste, ROOT, step, STEPS, story, visit } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const COMMAND = join(ROOT, "target/debug/clausier");
const STORIES = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

after(close);

/** Fails on any breach of the French accessibility rules. @param {import("playwright-core").Page} page @param {string} where */
async function accessible(page, where) {
  if (!(await page.evaluate(() => "axe" in window))) {
    // The page's policy refuses any script but its own: the rules come in by the driver, which stands above it.
    await page.evaluate(readFileSync(AXE, "utf8"));
  }
  const found = await page.evaluate(async () => {
    const result = await /** @type {any} */ (window).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"] });
    return result.violations.map((/** @type {any} */ v) => `${v.id} : ${v.nodes.map((/** @type {any} */ n) => n.target.join(" ")).slice(0, 4).join(" ; ")}`);
  });
  assert.deepEqual(found, [], where);
}

/** No line is longer than the screen. @param {import("playwright-core").Page} page @param {string} where */
async function withinWidth(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where} : ${over} px too wide`);
}

test("a first visit has three doors, and the school's story behind one of them", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Voir l’exemple de l’école" }).click();
    await page.getByRole("heading", { level: 1, name: "La consultation" }).waitFor();
    assert.equal(await page.getByLabel("Objet de la consultation").inputValue(), "Réhabilitation du groupe scolaire des Tilleuls");
    assert.equal(await dossier(page), story("ecole-rehabilitation"), "a dossier that was only looked at is given back as it was");
  }));

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1400, 768, 320]) {
    test(`every step is accessible and fits, ${colorScheme}, ${width} px`, () =>
      visit({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
        await accessible(page, "the doors");
        await withinWidth(page, "the doors");
        await page.locator("#commencer").click();
        for (const name of STEPS) {
          await step(page, name);
          await accessible(page, `${name}, empty`);
          await withinWidth(page, `${name}, empty`);
        }
        await page.getByRole("button", { name: "Ouvrir un autre dossier" }).click();
        await page.locator("#exemple-ecole").click();
        for (const name of STEPS) {
          await step(page, name);
          await accessible(page, name);
          await withinWidth(page, name);
        }
        await page.locator(".barre button").first().click();
        for (const name of STEPS) {
          await step(page, name);
          await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => d.setAttribute("open", "")));
          await accessible(page, `${name}, unfolded`);
          await withinWidth(page, `${name}, unfolded`);
        }
        if (width < 1000) {
          await step(page, "Les réglages");
          await page.getByRole("button", { name: "Voir la pièce" }).click();
          await accessible(page, "the piece in front");
          await withinWidth(page, "the piece in front");
        }
      }));
  }
}

test("every story gives the same bytes as the command, in Markdown and in Word", async () => {
  const folder = mkdtempSync(join(tmpdir(), "clausier-"));
  for (const name of STORIES) {
    const file = join(ROOT, "examples", name, "dossier.toml");
    for (const [format, button] of [["md", "texte Markdown"], ["docx", "Word (.docx)"]]) {
      const out = join(folder, name, format);
      execFileSync(COMMAND, ["rediger", file, "--piece", "toutes", "--format", format, "-o", out], { stdio: ["ignore", "ignore", "ignore"] });
      await visit({}, async (page) => {
        await paste(page, story(name));
        await step(page, "Emporter");
        await page.getByLabel("Laquelle").selectOption("toutes");
        const expected = readdirSync(out).sort();
        /** @type {import("playwright-core").Download[]} */
        const downloads = [];
        page.on("download", (download) => downloads.push(download));
        await page.getByRole("button", { name: button }).click();
        while (downloads.length < expected.length) await page.waitForEvent("download");
        assert.deepEqual(downloads.map((d) => d.suggestedFilename()).sort(), expected, name);
        for (const download of downloads) {
          const mine = readFileSync(await download.path());
          assert.ok(mine.equals(readFileSync(join(out, download.suggestedFilename()))), `${name} ${download.suggestedFilename()}`);
        }
      });
    }
  }
});

test("a file that cannot be read is shown with line and column, and can be mended there", () =>
  visit({}, async (page) => {
    await paste(page, 'format = 1\n[acheteur\nnom = "Ville d’Exemple"\n');
    await page.getByRole("heading", { name: "Ce dossier ne se lit pas encore" }).waitFor();
    assert.match(await page.getByRole("alert").innerText(), /Ligne 2, colonne \d+/);
    await accessible(page, "a broken file");
    await page.getByLabel("Corrigez ici, puis relisez").fill('format = 1\n[acheteur]\nnom = "Ville d’Exemple"\n');
    await page.getByRole("button", { name: "Relire" }).click();
    await page.getByRole("heading", { level: 1, name: "La consultation" }).waitFor();
    assert.equal(await page.getByLabel("Qui achète").inputValue(), "Ville d’Exemple");
  }));

test("a file is chosen, or dropped; one that is not UTF-8 is refused in words", () =>
  visit({}, async (page) => {
    const folder = mkdtempSync(join(tmpdir(), "clausier-"));
    const latin = join(folder, "latin.toml");
    writeFileSync(latin, Buffer.from([0x23, 0xe9, 0x0a]));
    await page.locator("#ouvrir").setInputFiles(latin);
    await page.getByRole("alert").filter({ hasText: "UTF-8" }).waitFor();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "dossier.toml"));
      document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    }, story("petit-marche"));
    await page.getByRole("heading", { level: 1, name: "La consultation" }).waitFor();
  }));

test("what is typed is kept through a reload, undone, and forgotten on request", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    const object = page.getByLabel("Objet de la consultation");
    await object.fill("Réhabilitation de l’école des Saules");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "La consultation" }).waitFor();
    assert.equal(await object.inputValue(), "Réhabilitation de l’école des Saules");
    await object.fill("Autre chose");
    await page.getByRole("button", { name: "Annuler" }).click();
    assert.equal(await object.inputValue(), "Réhabilitation de l’école des Saules");
    await page.getByRole("button", { name: "Rétablir" }).click();
    assert.equal(await object.inputValue(), "Autre chose");
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Vider" }).click();
    await page.locator("#commencer").waitFor();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("a change keeps the comments of a dossier and touches nothing else", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.getByLabel("Objet de la consultation").fill("Réhabilitation de l’école");
    const before = story("ecole-rehabilitation");
    assert.equal(await dossier(page), before.replace("Réhabilitation du groupe scolaire des Tilleuls", "Réhabilitation de l’école"));
  }));

const HOSTILE = [
  `<img src=x onerror="document.title='pris'">`,
  `<script>document.title='pris'</script>`,
  "{{ 7 * 7 }}{% for x in y %}",
  "](javascript:document.title='pris')",
  `"'><svg onload="document.title='pris'">`,
];

test("hostile values stay texts, in the page and in the piece", () =>
  visit({}, async (page) => {
    const title = await page.title();
    await page.locator("#exemple-ecole").click();
    for (const value of HOSTILE) {
      await page.getByLabel("Objet de la consultation").fill(value);
      await page.getByLabel("Intitulé du lot").first().fill(value);
      for (const name of STEPS) {
        await step(page, name);
        assert.equal(await page.evaluate(() => document.querySelectorAll("#page script, #page img, [onerror], [onload]").length), 0);
        assert.equal(await page.evaluate(() => [...document.links].filter((a) => !a.getAttribute("href")?.startsWith("#")).length), 0);
      }
      await step(page, "La consultation");
      assert.equal(await page.getByLabel("Objet de la consultation").inputValue(), value);
    }
    assert.equal(await page.title(), title);
  }));

test("a character that reverses the reading is refused in words and does not stop the page", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.getByLabel("Objet de la consultation").fill("École \u202egnp.exe");
    await page.getByText(/sens de (la )?lecture/).first().waitFor();
  }));

test("an ageing page says so", () =>
  visit({ before: (page) => page.clock.setFixedTime(new Date("2040-01-15T10:00:00")) }, async (page) => {
    await page.getByRole("alert").filter({ hasText: "prenez une version plus récente" }).waitFor();
    await accessible(page, "an ageing page");
  }));

test("where the browser keeps nothing, the page says so", () =>
  visit(
    {
      before: (page) =>
        page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException("refusé", "QuotaExceededError");
          };
        }),
    },
    async (page) => {
      await page.locator("#exemple-ecole").click();
      await page.getByText("Ce navigateur refuse de garder votre travail").waitFor();
    },
  ));

test("every word of the library has its words in the page, and nothing more", async () => {
  const catalogue = (await library())("catalogue", {}).resultat;
  const source = readFileSync(join(ROOT, "crates/clausier-page/web/words.js"), "utf8");
  const { LABELS, ESSENTIAL, FURTHER, FACILITATOR, LOT, LOT_FURTHER, OBJECT, VALUE, SET_ASIDE, GLOSSARY } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  for (const [list, words] of Object.entries(catalogue.mots)) {
    assert.deepEqual(Object.keys(LABELS[list] ?? {}).sort(), [...words].sort(), list);
  }
  for (const field of [OBJECT, VALUE, ...ESSENTIAL, ...FURTHER, ...FACILITATOR, ...LOT, ...LOT_FURTHER, ...SET_ASIDE]) {
    if (field.words) assert.ok(catalogue.mots[field.words], field.path);
    if (field.term) assert.ok(GLOSSARY[field.term], field.term);
  }
});

test("an empty page asks, and blames nobody", () =>
  visit({}, async (page) => {
    await page.locator("#commencer").click();
    assert.deepEqual(await page.locator("main .constat").allInnerTexts(), []);
    assert.ok((await page.locator("main .manque").count()) > 8);
    await page.getByRole("link", { name: /La consultation.*réponses manquent/ }).waitFor();
  }));

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

/**
 * The first step of a new consultation.
 * @param {import("playwright-core").Page} page
 * @param {{ object: string, value: string, duration: string, ccag: string, lots: string[][], contract?: string }} facts
 */
async function begin(page, { object, value, duration, ccag, lots, contract = "marche" }) {
  await page.locator("#commencer").click();
  await page.getByLabel("Objet de la consultation").fill(object);
  for (const [typed, amount] of lots) {
    await page.locator("#nouveau-lot").fill(typed);
    await page.keyboard.press("Enter");
    const field = page.getByLabel("Montant estimé, hors taxes").last();
    await field.fill(amount);
    await field.blur();
  }
  await page.getByLabel("Valeur estimée").fill(value);
  await page.getByLabel("Envoi de l’avis").fill("2026-12-07");
  await page.getByLabel("Qui achète").fill("Ville d’Exemple");
  await page.getByLabel("Catégorie d’acheteur").selectOption("collectivite");
  await page.getByLabel("Forme du contrat").selectOption(contract);
  await page.getByLabel("Durée ferme").fill(duration);
  await page.getByLabel("Procédure").selectOption("formalisee");
  await page.getByLabel("CCAG auquel").selectOption(ccag);
  await page.getByLabel("Variantes").selectOption("interdites");
}

/** Answers that must agree with another one, by the end of the name of their field. @type {[string, number][]} */
const FIGURES = [
  ["-quantite", 12],
  ["-gisement", 30],
  ["-plafond", 18],
  ["-cible", 5],
  ["-penalite_tonne", 1200],
];

/** Answers each question that still waits, with the unit that it asks for. @param {import("playwright-core").Page} page */
async function answer(page) {
  const waiting = page.locator("main .champ:has(.manque) :is(input[type=text], select, textarea)");
  for (let left = 60; left > 0 && (await waiting.count()) > 0; left--) {
    const id = await waiting.first().getAttribute("id");
    const field = page.locator(`#${id}`);
    const tag = await field.evaluate((element) => element.tagName);
    if (tag === "SELECT") await field.selectOption({ index: 1 });
    else await field.fill(tag === "TEXTAREA" ? "portes" : `${FIGURES.find(([name]) => id?.endsWith(name))?.[1] ?? 20} ${(await field.getAttribute("data-unite")) ?? ""}`.trim());
    await field.blur();
  }
}

test("the whole journey by the keyboard alone", () =>
  visit({}, async (page) => {
    const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim().slice(0, 40) || "");
    const until = async (/** @type {RegExp} */ wanted) => {
      for (let i = 0; i < 400; i++) {
        await page.keyboard.press("Tab");
        if (wanted.test(await at())) {
          const visible = await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.activeElement)).outlineStyle !== "none");
          assert.ok(visible, `the focus is seen on ${await at()}`);
          return;
        }
      }
      assert.fail(`never reached ${wanted}`);
    };
    await until(/^commencer$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "La consultation" }).waitFor();
    assert.equal(await at(), "La consultation", "the focus goes to the title of the step");
    await until(/^champ-consultation-objet$/);
    await page.keyboard.type("Entretien des locaux");
    await until(/^nouveau-lot$/);
    await page.keyboard.type("nettoyage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: /Lot 1/ }).waitFor();
    await until(/^champ-acheteur-categorie$/);
    await page.keyboard.press("ArrowDown");
    for (const name of STEPS.slice(1)) {
      await until(new RegExp(`^Continuer : ${name}`));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name }).waitFor();
      assert.equal(await at(), name);
    }
    await until(/^emporter-dossier$/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(readFileSync(await download.path(), "utf8"), /objet = "Entretien des locaux"/);
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
    await page.locator(".feuille button.lien", { hasText: "18" }).first().click();
    await page.waitForFunction(() => document.activeElement?.id.startsWith("champ-clause-"));
  }));

test("everything goes into one archive", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#emporter-tout").click()]);
    const listed = execFileSync("python3", ["-m", "zipfile", "-l", String(await download.path())], { encoding: "utf8" });
    for (const name of ["rc.docx", "rc.odt", "ccap.docx", "dossier.toml"]) assert.ok(listed.includes(name), name);
  }));

test("twice and four times as large, nothing is cut nor runs over", async () => {
  // A zoom of 200 % on 1280 px is a screen of 640; of 400 %, one of 320. Text alone can also be set twice as large.
  for (const width of [640, 320]) {
    await visit({ viewport: { width, height: 450 } }, async (page) => {
      await page.locator("#exemple-ecole").click();
      for (const name of STEPS) {
        await step(page, name);
        await withinWidth(page, `${name}, ${width} px`);
        const hidden = await page.evaluate(() => {
          const bar = /** @type {HTMLElement} */ (document.querySelector(".barre")).offsetHeight;
          return bar > innerHeight / 2 ? bar : 0;
        });
        assert.equal(hidden, 0, `${name}: the bar leaves room for the step`);
      }
    });
  }
  await visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    for (const name of STEPS) {
      await step(page, name);
      await withinWidth(page, `${name}, text at 200 %`);
      const cut = await page.evaluate(() => [...document.querySelectorAll("main button, main label, nav a")].filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline").map((e) => e.textContent));
      assert.deepEqual(cut, [], name);
    }
  });
});

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

test("the page shows exactly what the command finds", async () => {
  const ask = await library();
  for (const name of STORIES) {
    const file = join(ROOT, "examples", name, "dossier.toml");
    let said = "";
    try {
      said = execFileSync(COMMAND, ["verifier", file, "--format", "json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    } catch (error) {
      said = /** @type {any} */ (error).stdout;
    }
    const found = JSON.parse(said).constats;
    assert.deepEqual(ask("lire", { texte: story(name), partiel: true }).resultat.constats, found, name);
    await visit({}, async (page) => {
      await paste(page, story(name));
      await page.locator(".barre button").first().click();
      assert.equal(await page.locator("#liste-constats :is(.constat, .manque)").count(), found.length, name);
    });
  }
});

test("no finding speaks of keys, tables or commands", async () => {
  const spoken = /\bclausier [a-z]|\[[a-z_]+[\].]|\b[a-z]+_[a-z_]+\b|[a-z] = |« [a-z0-9]+(-[a-z0-9]+)+ »/;
  const ask = await library();
  const web = join(ROOT, "crates/clausier-page/web");
  const bare = (/** @type {string} */ name) => readFileSync(join(web, name), "utf8").replace(/^import .*$/gm, "").replace(/^export /gm, "");
  const source = ["words.js", "engine.js", "view.js", "said.js"].map(bare).join("\n");
  const { inWords, HELPS, know } = new Function(`${source}\nreturn { inWords, HELPS, know: (c) => (catalogue = typographic(c)) };`)();
  const under = (/** @type {string} */ folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".toml"));
  const own = join(ROOT, "tests/bibliotheque");
  const bibliotheque = under(own).map((chemin) => ({ chemin, texte: readFileSync(join(own, chemin), "utf8") }));
  know(ask("catalogue", { bibliotheque }).resultat);
  const folder = join(ROOT, "tests/dossiers");
  let seen = 0;
  for (const name of under(folder)) {
    const answer = ask("lire", { texte: readFileSync(join(folder, name), "utf8"), partiel: true, bibliotheque });
    for (const finding of answer.resultat?.constats ?? []) {
      // What names a word of the file that the library does not have says it as it is written; what is missing is shown at its field.
      if (/inconnu|^dossier-incomplet$|^valeur-manquante$|^constat-accepte|^parametre-remplace$/.test(finding.code)) continue;
      if (/« essai-(brouillon|retire|critere)/.test(finding.message)) continue;
      seen += 1;
      for (const text of [inWords(finding.message), HELPS[finding.code] ?? inWords(finding.aide)]) assert.doesNotMatch(text, spoken, `${name} ${finding.code}: ${text}`);
    }
  }
  assert.ok(seen > 100, `${seen} findings`);
});

test("the bare block goes to the clipboard with its formatting, without title nor identity", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    await page.getByRole("button", { name: "Copier le bloc" }).click();
    await page.getByText("Le bloc est dans le presse-papiers").waitFor();
    const [html, plain] = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
    });
    for (const tag of ["<h3", "<table", "<li", "<strong"]) assert.ok(html.includes(tag), tag);
    assert.doesNotMatch(html, /<button|<script|onclick|titre-piece|Ville|<h1/);
    assert.match(plain, /heures/);
  }));

test("what the browser downloads passes the validators of documents", async () => {
  const folder = mkdtempSync(join(tmpdir(), "clausier-"));
  await visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    for (const piece of ["rc", "ccap"]) {
      await page.getByLabel("Laquelle").selectOption(piece);
      for (const format of ["docx", "odt", "html"]) {
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`#emporter-${format}`).click()]);
        await download.saveAs(join(folder, download.suggestedFilename()));
      }
      const text = execFileSync(COMMAND, ["rediger", join(ROOT, "examples/ecole-rehabilitation/dossier.toml"), "--piece", piece, "--format", "txt"], { stdio: ["ignore", "pipe", "ignore"] });
      writeFileSync(join(folder, `${piece}.txt`), text);
    }
  });
  const reference = process.env.CLAUSIER_REFERENCE ? ["--reference", process.env.CLAUSIER_REFERENCE] : [];
  execFileSync("python3", [join(ROOT, "tests/acceptance/documents.py"), folder, ...reference], { stdio: "inherit" });
});

test("what the weights do to offers stands under them, and moves with them", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Les critères");
    const lot = page.locator("section[aria-labelledby=titre-simulation] .carte").first();
    await lot.getByText(/Un point vaut/).waitFor();
    const worth = await lot.getByText(/Un point vaut/).innerText();
    assert.equal(await lot.getByRole("table", { name: /Six offres inventées/ }).locator("tbody tr").count(), 6);
    await page.locator("#champ-critere-prix").fill("40");
    assert.notEqual(await lot.getByText(/Un point vaut/).innerText(), worth);
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
