//! The warning of a page whose day is long past: on the clock of the reader, on every kind of page
//! that carries it, and not a day too early.

import { clean } from '../lib/axe.mjs';
import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'pages that have grown old say so';

export async function run({ site, browser, server, report }) {
  const pages = site.types.filter((page) => site.text(page).includes('data-stale-days='));
  if (pages.length === 0) return report.absent('a warning on old pages');
  report.expect(pages.length >= site.types.length - 1, 'every kind of page but 404 carries the warning', site.types.filter((page) => !pages.includes(page)).join('\n'));
  const days = Number(site.text(pages[0]).match(/data-stale-days="(\d+)"/)[1]);
  const later = (by) => new Date(Date.parse(site.asOf) + by * 864e5).toISOString().slice(0, 10);

  for (const [by, shown] of [[0, false], [days, false], [days + 1, true], [days + 400, true]]) {
    const tab = await newPage(browser, site, { at: later(by) });
    await tab.goto(`${server.address}index.html`);
    report.expect((await tab.locator('[data-stale-days] > *').first().isVisible()) === shown, `${by} days after its day a page ${shown ? 'warns' : 'does not warn'}`);
    const height = await tab.evaluate(() => document.querySelector('[data-stale-days]').getBoundingClientRect().height);
    report.expect(shown === height > 0, `${by} days after its day the warning takes ${shown ? 'room' : 'no room'}`, `${height} pixels`);
    if (by === days + 1) {
      for (const colorScheme of ['light', 'dark']) {
        await tab.emulateMedia({ colorScheme });
        await clean(tab, report, `home with the warning, ${colorScheme}`);
      }
    }
    await tab.context().close();
  }
  await inLanes(pages, () => newPage(browser, site, { at: later(days + 1), width: 320 }), async (tab, page) => {
    await tab.goto(server.address + page);
    const [seen, wide] = await tab.evaluate(() => [
      document.querySelector('[data-stale-days]').innerText.trim(),
      document.documentElement.scrollWidth > document.documentElement.clientWidth,
    ]);
    report.expect(seen.length > 8 && !wide, `${page} warns, at 320 pixels`, `“${seen}”${wide ? ', too wide' : ''}`);
  });
}
