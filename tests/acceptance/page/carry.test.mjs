// What leaves the page, and what it says, beside what the command writes and finds.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { close, library, paste, ROOT, step, story, visit } from "./browser.mjs";

after(close);

const COMMAND = join(ROOT, "target/debug/clausier");

const STORIES = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

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
  const { inWords, know } = new Function(`${source}\nreturn { inWords, know: (c) => (catalogue = typographic(c)) };`)();
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
      if (/inconnu|^dossier-incomplet$|^valeur-manquante$|^constat-accepte|^parametre-remplace$|^mecanisme-retire$/.test(finding.code)) continue;
      if (/« essai-(brouillon|retire|critere)/.test(finding.message)) continue;
      seen += 1;
      for (const text of [inWords(finding.message), inWords(finding.aide)]) assert.doesNotMatch(text, spoken, `${name} ${finding.code}: ${text}`);
    }
  }
  assert.ok(seen > 100, `${seen} findings`);
});

test("everything goes into one archive", () =>
  visit({}, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#emporter-tout").click()]);
    const listed = execFileSync("python3", ["-m", "zipfile", "-l", String(await download.path())], { encoding: "utf8" });
    for (const name of ["rc.docx", "rc.odt", "ccap.docx", "dossier.toml"]) assert.ok(listed.includes(name), name);
  }));

test("the bare block goes to the clipboard with its formatting, without title nor identity", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.locator("#exemple-ecole").click();
    await step(page, "Emporter");
    await page.getByLabel("Laquelle").selectOption("ccap");
    await page.getByRole("button", { name: "Copier le bloc" }).click();
    await page.getByText("Le bloc est dans le presse-papiers").waitFor();
    const [html, plain] = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
    });
    for (const tag of ["<h3", "<table", "<th", "<li"]) assert.ok(html.includes(tag), tag);
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
