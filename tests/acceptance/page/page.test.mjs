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
        await step(page, "Les clauses");
        for (const summary of await page.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
        await page.locator(".barre button").first().click();
        await accessible(page, "everything unfolded");
        await withinWidth(page, "everything unfolded");
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
  const { LABELS, ESSENTIAL, FURTHER, LOT, GLOSSARY } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  for (const [list, words] of Object.entries(catalogue.mots)) {
    if (list === "motif") continue;
    assert.deepEqual(Object.keys(LABELS[list] ?? {}).sort(), [...words].sort(), list);
  }
  for (const field of [...ESSENTIAL, ...FURTHER, ...LOT]) {
    if (field.words) assert.ok(catalogue.mots[field.words], field.path);
    if (field.term) assert.ok(GLOSSARY[field.term], field.term);
  }
});

test("from an empty page to the rules of a consultation with two lots and a liaison", () =>
  visit({}, async (page) => {
    await page.locator("#commencer").click();
    await page.getByLabel("Objet de la consultation").fill("Réhabilitation de la maison des associations");
    await page.getByLabel("Envoi de l’avis").fill("2026-12-07");
    await page.getByLabel("Qui achète").fill("Ville d’Exemple");
    await page.getByLabel("Catégorie d’acheteur").selectOption("collectivite");
    await page.getByLabel("Nature de l’achat").selectOption("travaux");
    await page.getByLabel("Valeur estimée").fill("6 000 000 €");
    await page.getByLabel("Forme du contrat").selectOption("marche");
    await page.getByLabel("Durée ferme").fill("14 mois");
    await page.getByLabel("Procédure").selectOption("formalisee");
    await page.getByLabel("CCAG auquel").selectOption("travaux");
    for (const [typed, amount] of [["déconstruction", "350 000"], ["peinture", "180 000"]]) {
      await page.locator("#nouveau-lot").fill(typed);
      await page.keyboard.press("Enter");
      const field = page.getByLabel("Montant estimé, hors taxes").last();
      await field.fill(amount);
      await field.blur();
    }
    assert.equal(await page.getByLabel("Montant estimé, hors taxes").last().inputValue(), "180 000 €", "a bare number takes its unit");
    await page.getByText("Condition d’exécution sociale ou d’emploi : dû").first().waitFor();
    await step(page, "Les clauses");
    await page.getByRole("button", { name: /^Choisir Dépose soignée et réemploi/ }).first().click();
    await page.getByRole("button", { name: /^Choisir .*peu émissifs, lot 2$/ }).first().click();
    await step(page, "Les réglages");
    await page.locator("#completer").click();
    await answer(page);
    // What is owed for a tonne left aside is more than the work that it saves: the page says so until it is.
    await page.locator("#champ-clause-bat-reemploi-taux-penalite_tonne").fill("1 200 €");
    await step(page, "Les critères");
    for (const [title, points] of [["prix", "60"], ["valeur-technique", "25"], ["methode-environnement", "15"]]) {
      await page.getByLabel("Ajouter un critère").selectOption(title);
      await page.locator(`#champ-critere-${title}`).fill(points);
    }
    await step(page, "Les pièces");
    const blocking = await page.locator("main .constat.bloquant").allInnerTexts();
    assert.deepEqual(blocking, [], "nothing blocks any more");
    await page.locator(".feuille").getByText(/Dépose|liaison/i).first().waitFor();
    const text = await dossier(page);
    assert.match(text, /\[clause\.decons-depose-reemploi\]/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#emporter-docx").click()]);
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
  }));

/** Answers each question that still waits, with the unit that it asks for. @param {import("playwright-core").Page} page */
async function answer(page) {
  const waiting = page.locator("main .champ:has(.manque) :is(input[type=text], select, textarea)");
  for (let left = 60; left > 0 && (await waiting.count()) > 0; left--) {
    const id = await waiting.first().getAttribute("id");
    const field = page.locator(`#${id}`);
    const tag = await field.evaluate((element) => element.tagName);
    if (tag === "SELECT") await field.selectOption({ index: 1 });
    else await field.fill(tag === "TEXTAREA" ? "portes" : `20 ${(await field.getAttribute("data-unite")) ?? ""}`.trim());
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
    await until(/^champ-acheteur-categorie$/);
    await page.keyboard.press("ArrowDown");
    await until(/^nouveau-lot$/);
    await page.keyboard.type("nettoyage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: /Lot 1/ }).waitFor();
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
