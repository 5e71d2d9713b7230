//! The law page's helpers: citations and links that are copied, and the box that goes to a clause.

import { clean } from '../lib/axe.mjs';
import { newPage } from '../lib/browser.mjs';
import { byShape } from '../lib/site.mjs';

export const title = 'copying and going to a clause';

/** Ways to write the clause 5-2-1, and its first part. */
const WRITTEN = [['5-2-1', 'p5-2-1'], ['第五點第二款第一目', 'p5-2-1'], ['五（二）1', 'p5-2-1'], ['五', 'p5'], ['第５點', 'p5'], ['5', 'p5']];

export async function run({ site, browser, server, report }) {
  const pages = site.types.filter((page) => /data-copy(-link)?=/.test(site.text(page)));
  if (pages.length === 0) report.absent('texts to copy');
  for (const [page] of byShape(pages).values()) {
    for (const clipboard of [true, false]) await copies(site, browser, server, report, page, clipboard, page === pages[0]);
  }
  const law = site.types.find((page) => site.text(page).includes('data-goto=') && site.text(page).includes('id="p5-2-1"'));
  if (!law) return report.absent('a box that goes to a clause');
  const tab = await newPage(browser, site);
  await tab.goto(server.address + law);
  const field = tab.locator(`#${await tab.locator('[data-goto]').getAttribute('data-goto')}`);
  for (const [text, anchor] of WRITTEN) {
    await field.fill(text);
    await field.press('Enter');
    const at = await tab.evaluate(() => [location.hash.slice(1), document.activeElement.id, document.activeElement.getBoundingClientRect().top]);
    report.expect(at[0] === anchor && at[1] === anchor && at[2] >= -1 && at[2] < 1000, `${text} goes to ${anchor}`, at.join());
  }
  await field.fill('九十九');
  await field.press('Enter');
  const said = await tab.evaluate(() => [...document.querySelectorAll('[role="status"]')].map((e) => e.textContent).join(''));
  report.expect(said.trim().length > 3 && (await field.evaluate((e) => e === document.activeElement)), 'a clause that is not there is said not to be', said);
  await tab.context().close();
}

/** Presses some of a page's buttons; `clipboard`: whether pages may write it, as only with TLS;
 * `twice`: whether one is pressed again while the first is still told. */
async function copies(site, browser, server, report, page, clipboard, twice) {
  const tab = await newPage(browser, site, { permissions: ['clipboard-read', 'clipboard-write'] });
  if (!clipboard) await tab.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const reader = await tab.context().newPage();
  await reader.goto(`${server.address}404.html`);
  await tab.goto(server.address + page);
  const name = `${page}${clipboard ? '' : ', clipboard closed to pages'}`;
  await tab.evaluate(() => document.querySelectorAll('details').forEach((e) => (e.open = true)));
  for (const selector of ['[data-copy]', '[data-copy-link]']) {
    for (const at of [0, 1]) {
      const button = tab.locator(selector).nth(at);
      if ((await button.count()) === 0 || !(await button.isVisible())) continue;
      const expected = await button.evaluate((e) => e.dataset.copy ?? new URL(e.dataset.copyLink, location.href).href);
      const done = await button.getAttribute('data-done');
      await tab.bringToFront();
      await button.focus();
      await tab.keyboard.press('Enter');
      const said = tab.locator('[role="status"]', { hasText: done });
      const told = await said.first().waitFor({ state: 'attached', timeout: 5000 }).then(() => true, () => false);
      await reader.bringToFront();
      const copied = await reader.evaluate(() => navigator.clipboard.readText());
      report.expect(copied === expected && told, `${name}: ${selector} ${at + 1} is copied and told`, `“${copied}”, not “${expected}”; told: ${told}`);
    }
  }
  if (clipboard && twice) await saidOfEach(tab, report);
  if (clipboard) await clean(tab, report, `${page} with all its details open`);
  await tab.context().close();
}

/** Of two copies shortly after one another, the word on the first does not end that on the second. */
async function saidOfEach(tab, report) {
  await tab.bringToFront();
  await tab.locator('[data-copy], [data-copy-link]').locator('visible=true').first().focus();
  const told = () => tab.evaluate(() => [...document.querySelectorAll('.copied')].map((e) => e.textContent).join(''));
  await tab.keyboard.press('Enter');
  await tab.waitForTimeout(3000);
  await tab.keyboard.press('Enter');
  await tab.waitForTimeout(2000);
  const second = await told();
  await tab.waitForTimeout(2500);
  const end = await told();
  report.expect(second && !end, 'of two copies the second is told for its own time', `“${second}”, then “${end}”`);
}
