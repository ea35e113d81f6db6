// A browser on the page, and what must hold of every visit: nothing asked outside, no error, no breach of the page's policy.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import { chromium } from "playwright-core";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
export const PAGE = pathToFileURL(process.env.CLAUSIER_PAGE ?? join(ROOT, "target/page/clausier.html")).href;

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** @type {import("playwright-core").Browser | undefined} */
let browser;

export async function close() {
  await browser?.close();
}

/**
 * Opens the page as a first visit and runs a scene on it.
 * @param {import("playwright-core").BrowserContextOptions & { before?: (page: import("playwright-core").Page) => Promise<unknown> }} options
 * @param {(page: import("playwright-core").Page, context: import("playwright-core").BrowserContext) => Promise<void>} scene
 */
export async function visit({ before, ...options }, scene) {
  browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, acceptDownloads: true, locale: "fr-FR", ...options });
  const outside = [];
  const errors = [];
  context.on("request", (request) => {
    const url = request.url();
    if (url !== PAGE && !url.startsWith(`${PAGE}#`) && !url.startsWith("data:") && !url.startsWith("blob:")) outside.push(url);
  });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  if (before) await before(page);
  await page.goto(PAGE);
  await page.getByRole("heading", { level: 1, name: /Clauses d’achat durable|La consultation/ }).waitFor();
  try {
    await scene(page, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(outside, [], "the page asked for something outside");
  assert.deepEqual(errors, [], "the page reported errors");
}

/** Goes to a step by its name. @param {import("playwright-core").Page} page @param {string} name */
export async function step(page, name) {
  await page.getByRole("navigation", { name: "Étapes" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export const STEPS = ["La consultation", "Les clauses", "Les réglages", "L’équilibre", "Les critères", "Les pièces", "Emporter"];

/** Opens a dossier by pasting its text. @param {import("playwright-core").Page} page @param {string} text */
export async function paste(page, text) {
  await page.getByText("Coller le texte d’un dossier").click();
  await page.getByLabel("Texte du dossier", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Ouvrir ce texte" }).click();
}

/** The dossier as the page holds it. @param {import("playwright-core").Page} page */
export async function dossier(page) {
  await step(page, "Emporter");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#emporter-dossier").click()]);
  return readFileSync(await download.path(), "utf8");
}

/** The library of the page, asked directly. @returns {Promise<(request: string, fields: object) => any>} */
export async function library() {
  const html = readFileSync(fileURLToPath(PAGE), "utf8");
  const packed = /<script type="text\/plain" id="module">([^<]*)</.exec(html)?.[1] ?? "";
  const { instance } = await WebAssembly.instantiate(inflateSync(Buffer.from(packed, "base64")), {});
  const { memory, clausier_room, clausier_call, clausier_answer } = /** @type {any} */ (instance.exports);
  return (request, fields) => {
    const text = Buffer.from(JSON.stringify({ protocole: 2, demande: request, ...fields }));
    const room = clausier_room(text.length);
    new Uint8Array(memory.buffer, room, text.length).set(text);
    const length = clausier_call();
    return JSON.parse(Buffer.from(memory.buffer, clausier_answer(), length).toString("utf8"));
  };
}

/** @param {string} name */
export function story(name) {
  return readFileSync(join(ROOT, "examples", name, "dossier.toml"), "utf8");
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Fails on any breach of the French accessibility rules. @param {import("playwright-core").Page} page @param {string} where */
export async function accessible(page, where) {
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
export async function withinWidth(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where} : ${over} px too wide`);
}

/**
 * The first step of a new consultation.
 * @param {import("playwright-core").Page} page
 * @param {{ object: string, value: string, duration: string, ccag: string, lots: string[][], contract?: string }} facts
 */
export async function begin(page, { object, value, duration, ccag, lots, contract = "marche" }) {
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
export async function answer(page) {
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
