// The page as its readers use it, in a real browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { close, dossier, paste, ROOT, step, STEPS, story, visit } from "./browser.mjs";

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
