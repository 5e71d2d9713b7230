//! Tables sorted by the buttons in their headers: the order by an account of its own, one column
//! marked, told aloud, and back to the order of the page at the third press.

import { clean } from '../lib/axe.mjs';
import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'tables that sort';

/** Tables tried on a page, and columns of a table. */
const [TABLES, COLUMNS] = [2, 8];

export async function run({ site, browser, server, report }) {
  const pages = site.types.filter((page) => site.text(page).includes('data-sort='));
  if (pages.length === 0) return report.absent('tables that sort');
  await inLanes(pages, () => newPage(browser, site), async (tab, page) => {
    await tab.goto(server.address + page);
    const faults = await tab.evaluate(press, { most: [TABLES, COLUMNS] });
    report.expect(faults.length === 0, `${page}: tables sort`, faults.slice(0, 5).join('\n'));
  });

  const tab = await newPage(browser, site);
  const page = pages.find((name) => name === 'accounts/index.html') ?? pages[0];
  await tab.goto(server.address + page);
  const button = tab.locator('main th button').first();
  await button.focus();
  await tab.keyboard.press('Enter');
  report.expect((await tab.locator('main [aria-sort="ascending"]').count()) === 1, 'sorted by the keyboard');
  report.expect(await button.evaluate((e) => e === document.activeElement), 'the focus stays on the button');
  const said = await tab.evaluate(() => [...document.querySelectorAll('main output, main [role="status"]')].map((e) => e.textContent).join(''));
  report.expect(said.includes((await button.textContent()).trim()), 'what was sorted is told aloud', said);
  for (const colorScheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme });
    await clean(tab, report, `a sorted table, ${colorScheme}`);
  }
  await tab.context().close();
  const plain = await newPage(browser, site, { scripts: false });
  await plain.goto(server.address + page);
  report.expect((await plain.locator('main th button').count()) === 0, 'without scripts there are no buttons that do nothing');
  await plain.context().close();
}

/** Runs in the page: presses the buttons; what is out of order comes back. */
function press({ most: [tables, columns] }) {
  const faults = [];
  const shown = [...document.querySelectorAll('main table')].filter((table) => table.querySelector('[data-sort] button'));
  const digits = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
  const han = (text) => {
    const [, hundreds, tens, ones] = text.match(/^(?:(.?)百)?零?(?:(.?)十)?(.?)$/) ?? [];
    const part = (said, unit, present) => (present ? (said ? digits[said] : 1) * unit : 0);
    return part(hundreds, 100, text.includes('百')) + part(tens, 10, text.includes('十')) + (digits[ones] ?? 0);
  };
  /* The value of a cell, apart from what the page's own script makes of it. */
  const value = (kind, cell) => {
    const text = cell.dataset.key ?? cell.querySelector('time')?.getAttribute('datetime') ?? (cell.querySelector('a') ?? cell).textContent.trim();
    if (kind === 'date') return /^\d{4}/.test(text) ? text : null;
    if (kind === 'number') return /\d/.test(text) ? parseFloat(text.replace(/,/g, '').match(/-?\d+(\.\d+)?/)[0]) : null;
    if (kind === 'clause' || kind === 'numeral') {
      const parts = text.normalize('NFKC').match(/\d+|[〇零一二三四五六七八九十百]+/g);
      return parts && !/[之-]/.test(text) ? parts.map((part) => String(/\d/.test(part) ? +part : han(part)).padStart(6, '0')).join(' ') : undefined;
    }
    return undefined; // texts have the order of the reader's language: not judged here
  };
  for (const table of shown.slice(0, tables)) {
    const body = table.tBodies[0];
    const first = [...body.rows];
    const order = () => [...body.rows].map((row) => first.indexOf(row)).join();
    const before = order();
    for (const head of [...table.querySelectorAll('[data-sort]')].slice(0, columns)) {
      const button = head.querySelector('button');
      const name = `“${button.textContent.trim()}”`;
      for (const way of ['ascending', 'descending']) {
        button.click();
        const marked = [...table.querySelectorAll('[aria-sort]')];
        if (marked.length !== 1 || marked[0] !== head || head.getAttribute('aria-sort') !== way) faults.push(`${name} is not marked ${way}`);
        if (body.rows.length !== first.length) faults.push(`${name} loses rows`);
        const values = [...body.rows].map((row) => value(head.dataset.sort, row.cells[head.cellIndex]));
        if (values.includes(undefined)) continue;
        const known = values.filter((one) => one !== null);
        if (values.slice(0, known.length).includes(null)) faults.push(`${name} ${way}: what is not known is not last`);
        const wrong = known.findIndex((one, at) => at > 0 && (way === 'ascending' ? known[at - 1] > one : known[at - 1] < one));
        if (wrong > 0) faults.push(`${name} ${way}: ${known[wrong - 1]} before ${known[wrong]}`);
      }
      button.click();
      if (order() !== before || table.querySelector('[aria-sort]')) faults.push(`${name} does not go back to the order of the page`);
    }
  }
  return faults;
}
