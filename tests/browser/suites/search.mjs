//! The search page and the search box: answers while typing, by keyboard alone, from an address,
//! from a disk and from a server, and what stands there without scripts.

import { pathToFileURL } from 'node:url';

import { clean } from '../lib/axe.mjs';
import { newPage } from '../lib/browser.mjs';

export const title = 'answers, keyboard, address, from a disk';

export async function run({ site, browser, server, report }) {
  if (!site.pages.includes('search.html')) return report.absent('search');
  await asks(browser, site, server.address, 'from a server', report);
  await asks(browser, site, `${pathToFileURL(site.root)}/`, 'from a disk', report);
  await withoutScripts(browser, site, server.address, report);
  await accessible(browser, site, server.address, report);
}

/** The page with answers, and with none, in both modes. */
async function accessible(browser, site, address, report) {
  const tab = await newPage(browser, site);
  for (const [query, state] of [['稽核', 'answers'], ['㗊㗊㗊', 'no answer']]) {
    await tab.goto(`${address}search.html?q=${encodeURIComponent(query)}`);
    await tab.waitForFunction(() => /\d|查無資料/.test(document.querySelector('.search-count').textContent));
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme });
      await clean(tab, report, `search with ${state}, ${colorScheme}`);
    }
  }
  await tab.context().close();
}

async function asks(browser, site, address, where, report) {
  const tab = await newPage(browser, site);
  const said = [];
  tab.on('console', (message) => {
    const asked = message.location().url.endsWith('/favicon.ico'); // by the browser, not by a page
    if (['error', 'warning'].includes(message.type()) && !asked) said.push(message.text());
  });
  tab.on('pageerror', (error) => said.push(error.message));
  const expect = (holds, what, detail) => report.expect(holds, `${where}: ${what}`, detail);
  const input = tab.locator('#search');
  const links = tab.locator('.results a');
  const count = () => tab.locator('.search-count').textContent();
  const answered = () => tab.waitForFunction(() => /\d|查無資料/.test(document.querySelector('.search-count').textContent));
  const focused = () => tab.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.id);

  // From the box of another page.
  await tab.goto(`${address}regulations/index.html`);
  await tab.keyboard.press('/');
  expect(await tab.locator('.search-box input').evaluate((box) => box === document.activeElement), '/ leads to the search box');
  expect((await tab.locator('.search-box input').inputValue()) === '', '/ itself is not typed');
  await tab.keyboard.type('1/2');
  expect((await tab.locator('.search-box input').inputValue()) === '1/2', '/ can be typed in the box');
  await tab.locator('.search-box input').fill('第七點第二款');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/search\.html\?q=/);
  await answered();
  expect(/^共 \d/.test(await count()), 'the number of results is said', await count());
  expect((await links.first().textContent()) === '第七點第二款', 'the clause comes first', await links.first().textContent());
  expect((await tab.locator('.results mark').count()) > 0, 'what matches is marked');

  // While typing; the address follows.
  await tab.goto(`${address}search.html`);
  await tab.evaluate(() => {
    const shown = new MutationObserver(() => (window.shownAfter ??= performance.now() - window.typedAt));
    shown.observe(document.querySelector('.results'), { childList: true });
    document.querySelector('#search').addEventListener('input', () => (window.typedAt = performance.now()));
  });
  await input.fill('每季單位稽核');
  await answered();
  const spent = (await tab.waitForFunction(() => window.shownAfter)).jsonValue();
  report.say(`  ${where}: ${Math.round(await spent)} ms from typing to the first answer, the index loaded in it`);
  expect((await links.first().getAttribute('href')).endsWith('/unit-audit.html'), 'the duty comes first');
  expect(new URL(tab.url()).searchParams.get('q') === '每季單位稽核', 'the address can be passed on', tab.url());
  const first = await links.count();
  await tab.locator('[data-when="more"]').click();
  await tab.waitForFunction((many) => document.querySelectorAll('.results a').length > many, first);
  expect(await tab.evaluate((at) => document.querySelectorAll('.results a')[at] === document.activeElement, first), 'the rest is shown, with the focus on it');

  // By keyboard.
  await input.focus();
  await tab.keyboard.press('ArrowDown');
  expect((await focused()) === (await links.nth(0).getAttribute('href')), 'an arrow leads to the first result');
  await tab.keyboard.press('ArrowDown');
  expect((await focused()) === (await links.nth(1).getAttribute('href')), 'and to the second');
  await tab.keyboard.press('ArrowUp');
  await tab.keyboard.press('ArrowUp');
  expect((await focused()) === 'search', 'and back to the box');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Escape');
  expect((await focused()) === 'search', 'Escape leads back to the box');
  await tab.keyboard.press('Escape');
  expect((await input.inputValue()) === '' && !(await tab.locator('.results').isVisible()), 'and once more clears it');
  await input.fill('5.2.1');
  await answered();
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/#p5-2-1$/);
  expect(await tab.evaluate(() => document.querySelector(':target')?.classList.contains('clause')), 'Enter opens the clause');

  // Nothing found; width and variants.
  await tab.goto(`${address}search.html?q=${encodeURIComponent('無此字詞xyz')}`);
  await answered();
  expect((await count()) === '查無資料', 'nothing found is said', await count());
  expect(await tab.locator('[data-when="none"]').isVisible(), 'with what else to try');
  await tab.goto(`${address}search.html?q=${encodeURIComponent('台北市政府　ＡＣＣ')}`);
  await answered();
  const [wide] = [await count()];
  await tab.goto(`${address}search.html?q=${encodeURIComponent('臺北市政府 acc')}`);
  await answered();
  expect(wide === (await count()) && /\d/.test(wide), 'variants and widths are the same', wide);
  expect(said.length === 0, 'the console is quiet', said.join('\n'));
  await tab.context().close();
}

async function withoutScripts(browser, site, address, report) {
  const tab = await newPage(browser, site, { scripts: false });
  await tab.goto(`${address}search.html`);
  report.expect(!(await tab.locator('#search').isVisible()), 'without scripts there is no box that does nothing');
  await tab.locator('main .unscripted a').click();
  report.expect(tab.url().endsWith('search-index.html'), 'without scripts the search page leads to the index');
  for (const name of ['條文索引', '義務索引', '文號索引']) {
    await tab.goto(`${address}search-index.html`);
    await tab.getByRole('link', { name }).first().click();
    report.expect((await tab.locator('.index-rows a').count()) > 0, `the index lists ${name}`);
  }
  await tab.context().close();
}
