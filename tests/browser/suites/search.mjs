//! Search in a browser, from a disk and from a server: what pages say is found, the count is told,
//! arrows and Esc move, `/` calls the box from any page, and an address with `?q=` can be passed on.
//! How complete and how right it is, `search-node.mjs` tries with hundreds of strings.

import { pathToFileURL } from 'node:url';

import { clean } from '../lib/axe.mjs';
import { newPage } from '../lib/browser.mjs';

export const title = 'search from a disk and from a server';

const PAGE = 'search.html';
const FOUND = '.results a';
/** How a clause is named. */
const CLAUSE = /^第.+點(第.+款(第.+目)?)?$/;

export async function run({ site, browser, server, report }) {
  if (!site.pages.includes(PAGE)) return report.absent('search');
  for (const base of [`${pathToFileURL(site.root)}/`, server.address]) {
    const place = base.split(':')[0];
    const tab = await newPage(browser, site);
    const seen = [];
    tab.on('console', (message) => message.type() === 'error' && !message.location().url.endsWith('/favicon.ico') && seen.push(message.text()));
    tab.on('pageerror', (error) => seen.push(error.message));
    tab.on('request', (request) => !request.url().startsWith(base) && seen.push(request.url()));
    await finds(site, tab, base, place, report);
    await keys(tab, base, place, report);
    report.expect(seen.length === 0, `${place}: searching is quiet and asks nobody else`, seen.join('\n'));
    await tab.context().close();
  }
  const plain = await newPage(browser, site, { scripts: false });
  await plain.goto(server.address + PAGE);
  report.expect((await plain.locator('main a:visible').count()) > 0, 'without scripts the search page leads to an index page');
  await plain.context().close();
}

/** Texts of some pages, of one to eight characters, are found; the first hit opens a page with it. */
async function finds(site, tab, base, place, report) {
  for (const query of queries(site)) {
    await tab.goto(`${base}${PAGE}?q=${encodeURIComponent(query)}`);
    const count = await settled(tab);
    const links = await tab.locator(FOUND).count();
    report.expect(links > 0 && /\d/.test(count), `${place}: “${query}” is found`, `${count}, ${links} links`);
    if (links === 0) continue;
    await tab.locator(FOUND).first().click();
    await tab.waitForLoadState('domcontentloaded');
    const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[臺ㄧ]/g, (c) => ({ 臺: '台', ㄧ: '一' })[c]).replace(/\s/g, '');
    const [text, there] = await tab.evaluate(() => [document.body.textContent + document.title, document.getElementById(location.hash.slice(1)) !== null]);
    // The name of a clause is no text of its page, but the place the link leads to.
    const named = (CLAUSE.test(query) && there) || query.split(' ').every((word) => fold(text).includes(fold(word)));
    report.expect(named, `${place}: the first hit of “${query}” has it`, tab.url());
  }
}

function queries(site) {
  const fixed = ['台北', '臺北', '第七點第一款第一目', '稽核', '印鑑', 'ｃｌｏｕｄ', '抽查 紀錄', '簽'];
  const taken = site.types
    .filter((page, at) => at % 6 === 0 && page !== '404.html')
    .map((page, at) => {
      const words = site.text(page).split('<main')[1].replace(/<[^>]*>/g, '\n').match(/\p{Script=Han}{8,}/gu) ?? ['稽核'];
      return words[at % words.length].slice(at % 3, (at % 3) + 1 + (at % 5));
    });
  return [...fixed, ...taken];
}

async function keys(tab, base, place, report) {
  await tab.goto(`${base}index.html`);
  await tab.keyboard.press('/');
  const inBox = () => tab.evaluate(() => document.activeElement.matches('input[type="search"]'));
  report.expect(await inBox(), `${place}: / calls the search box`);
  await tab.keyboard.type('印鑑比對');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/search\.html\?q=/);
  const count = await settled(tab);
  report.expect((await tab.locator('main input[type="search"]').inputValue()) === '印鑑比對' && /\d/.test(count), `${place}: Enter in the box of a page searches`, count);
  report.expect((await tab.locator('.search-count').getAttribute('role')) === 'status', `${place}: the count is told aloud`);
  report.expect((await tab.locator('mark').first().textContent())?.length > 0, `${place}: what was found is marked`);
  if (place === 'http') await clean(tab, report, 'the search page with results');

  await tab.locator('main input[type="search"]').focus();
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  const second = await tab.evaluate(() => [...document.querySelectorAll('.results a')].indexOf(document.activeElement));
  await tab.keyboard.press('ArrowUp');
  const first = await tab.evaluate(() => [...document.querySelectorAll('.results a')].indexOf(document.activeElement));
  report.expect(second === 1 && first === 0, `${place}: arrows go from hit to hit`, `${second}, ${first}`);
  await tab.keyboard.press('Escape');
  report.expect(await inBox(), `${place}: Esc goes back to the box`);
  await tab.keyboard.press('Escape');
  report.expect((await tab.locator('main input[type="search"]').inputValue()) === '', `${place}: Esc in the box clears it`);

  await tab.locator('main input[type="search"]').fill('㗊㗊㗊沒有這種字');
  const none = await settled(tab, count);
  report.expect((await tab.locator(FOUND).count()) === 0 && none.length > 3, `${place}: nothing found is said`, none);
  if (place === 'http') await clean(tab, report, 'the search page with nothing found');
}

/** Waits until the count stands, as another one than `before`. */
async function settled(tab, before = '') {
  let [last, same] = ['', 0];
  for (let turn = 0; turn < 200 && same < 3; turn += 1) {
    await tab.waitForTimeout(100);
    const now = (await tab.locator('.search-count').textContent()).trim();
    same = now && now !== before && now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}
