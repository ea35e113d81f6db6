// How fast the page is. The figures are reported; only a freeze fails, since a machine that tests is not a machine that works.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, paste, step, story, visit } from "./browser.mjs";

after(close);

/** Times of changes of a field, from the key to the page brought up to date and laid out, in milliseconds, sorted.
 * @param {import("playwright-core").Page} page @param {string} id @param {number} count */
async function keystrokes(page, id, count) {
  const times = await page.evaluate(
    ([id, count]) => {
      const input = /** @type {HTMLInputElement} */ (document.getElementById(String(id)));
      input.focus();
      const out = [];
      for (let i = 0; i < Number(count); i++) {
        input.value += String.fromCharCode(97 + (i % 26));
        const begun = performance.now();
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        void document.body.offsetHeight;
        out.push(performance.now() - begun);
      }
      return out;
    },
    [id, count],
  );
  return times.sort((a, b) => a - b);
}

/** The same in time of the processor, which the other programs of the machine do not lengthen: script, style and layout of each key.
 * @param {import("playwright-core").Page} page @param {string} id @param {number} count */
async function processor(page, id, count) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return 1000 * (of("ScriptDuration") + of("LayoutDuration") + of("RecalcStyleDuration"));
  };
  const times = [];
  for (let i = 0; i < count; i++) {
    const before = await spent();
    await keystrokes(page, id, 1);
    times.push((await spent()) - before);
  }
  return times.sort((a, b) => a - b);
}

/** @param {number[]} sorted */
function said(sorted) {
  return `least ${sorted[0].toFixed(1)} ms, median ${sorted[sorted.length >> 1].toFixed(1)} ms, worst ${sorted[sorted.length - 1].toFixed(1)} ms`;
}

test("the page is usable at once, and follows the keys", async (t) => {
  await visit({}, async (page) => {
    const ready = await page.evaluate(() => performance.getEntriesByName("prete")[0].startTime);
    t.diagnostic(`open to usable: ${ready.toFixed(0)} ms`);
    assert.ok(ready < 10_000);
    await page.locator("#exemple-ecole").click();
    const times = await keystrokes(page, "champ-consultation-objet", 60);
    t.diagnostic(`keystroke in the school, findings and piece: ${said(times)}`);
    assert.ok(times[times.length >> 1] < 500);
    t.diagnostic(`  of the processor: ${said(await processor(page, "champ-consultation-objet", 40))}`);
    for (const [name, id] of [["Les réglages", "champ-clause-bat-reemploi-taux-quantite"], ["Les critères", "champ-critere-prix"]]) {
      await step(page, name);
      t.diagnostic(`  at « ${name} »: ${said(await processor(page, id, 20))}`);
    }
  });
});

test("twenty lots do not freeze it", async (t) => {
  const lots = Array.from({ length: 16 }, (_, i) => `\n[lot.${i + 5}]\nintitule = "Lot d’essai ${i + 5}"\nfamille = "bat-peinture"\nmontant = "180 000 €"\ncalcul = { main_oeuvre = "70 %", prix_horaire = "38 €/h" }\n`);
  await visit({}, async (page) => {
    await paste(page, story("ecole-rehabilitation") + lots.join(""));
    const times = await keystrokes(page, "champ-consultation-objet", 30);
    t.diagnostic(`keystroke with twenty lots: ${said(times)}`);
    assert.ok(times[times.length >> 1] < 1_000);
    t.diagnostic(`  of the processor: ${said(await processor(page, "champ-consultation-objet", 20))}`);
    const begun = Date.now();
    await step(page, "Les clauses");
    t.diagnostic(`twenty lots of proposals: ${Date.now() - begun} ms`);
  });
});
