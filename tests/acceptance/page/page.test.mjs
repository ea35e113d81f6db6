// The page as its readers open it: its states, its access, what it keeps and what it refuses.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accessible, close, dossier, library, paste, ROOT, step, STEPS, story, visit, withinWidth } from "./browser.mjs";

after(close);

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

test("every key of a dossier has its field in the page", async () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "examples/dossier.schema.json"), "utf8"));
  const source = readFileSync(join(ROOT, "crates/clausier-page/web/words.js"), "utf8");
  const { ESSENTIAL, FURTHER, FACILITATOR, LOT, LOT_FURTHER, OBJECT, VALUE, SET_ASIDE } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const fields = new Set([OBJECT, VALUE, ...ESSENTIAL, ...FURTHER, ...FACILITATOR, ...SET_ASIDE].map((field) => field.path));
  for (const field of [...LOT, ...LOT_FURTHER]) fields.add(`lot.${field.path}`);
  // Fields that are more than an input, then what the page keeps as it is and does not ask.
  for (const path of ["lot.famille", "lot.reserve"]) fields.add(path);
  const kept = ["lot.tranches", "lot.calcul.cout_salarial", "clause_sociale_ecartee.lots"];
  const of = (/** @type {any} */ node) => (node?.$ref ? schema.$defs[node.$ref.split("/").at(-1)] : node);
  const walk = (/** @type {any} */ node, /** @type {string} */ path) => {
    for (const [key, held] of Object.entries(of(node)?.properties ?? {})) {
      const at = `${path}.${key}`;
      if (of(held)?.properties) walk(held, at);
      else if (!kept.includes(at)) assert.ok(fields.has(at), `${at} has no field`);
    }
  };
  for (const table of ["acheteur", "consultation", "facilitateur", "clause_sociale_ecartee"]) walk(schema.properties[table], table);
  walk(Object.values(of(schema.properties.lot).patternProperties ?? {})[0] ?? of(schema.properties.lot).additionalProperties, "lot");
  assert.ok(fields.size > 30);
});

test("an empty page asks, and blames nobody", () =>
  visit({}, async (page) => {
    await page.locator("#commencer").click();
    assert.deepEqual(await page.locator("main .constat").allInnerTexts(), []);
    assert.ok((await page.locator("main .manque").count()) > 8);
    await page.getByRole("link", { name: /La consultation.*réponses manquent/ }).waitFor();
  }));

test("the whole journey by the keyboard alone", () =>
  visit({}, async (page) => {
    const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim().replace(/\s+/g, " ").slice(0, 40) || "");
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
