//! Every kind of page looked at, in light and dark, at 360 and 1280 pixels: nothing grossly broken.
//! Two ways, both deaf to the fonts of a machine: the boxes of a page lie as they must, and its
//! first screen, brought down to a coarse grid of brightness, is like the one in `screens.json`.
//! `UPDATE_EXPECTED=1` writes that file anew; with `--screens DIR` the pictures are kept.

import fs from 'node:fs';
import path from 'node:path';

import { inLanes, newPage } from '../lib/browser.mjs';
import { grid } from '../lib/picture.mjs';
import { byShape } from '../lib/site.mjs';

export const title = 'nothing grossly broken to look at';

const EXPECTED = new URL('../screens.json', import.meta.url);
const [COLUMNS, ROWS] = [12, 16];
/** A cell is another one when its brightness differs by more than this, of 15. */
const CELL_OFF = 2;
/** A page is another one when more than this share of its cells is. */
const PAGE_OFF = 0.12;

export async function run({ site, browser, server, report, screens, expected = read(), update = process.env.UPDATE_EXPECTED }) {
  if (screens) fs.mkdirSync(screens, { recursive: true });
  const found = {};
  const compared = new Set([...byShape(site.types).values()].map(([first]) => first));
  const open = async () => {
    const [tab, canvas] = [await newPage(browser, site), await newPage(browser, site)];
    return { tab, canvas, context: () => ({ close: () => Promise.all([tab, canvas].map((one) => one.context().close())) }) };
  };
  await inLanes(site.types, open, async ({ tab, canvas }, page) => {
    await tab.goto(server.address + page);
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme });
      for (const width of [360, 1280]) {
        const name = `${page} ${colorScheme} ${width}`;
        await tab.setViewportSize({ width, height: 1000 });
        const faults = page === '404.html' ? [] : await tab.evaluate(misplaced);
        report.expect(faults.length === 0, `${name}: boxes lie as they must`, faults.join('\n'));
        const png = await tab.screenshot();
        if (screens) fs.writeFileSync(path.join(screens, `${name.replaceAll('/', '+').replaceAll(' ', '-')}.png`), png);
        const cells = (await grid(canvas, png, COLUMNS, ROWS)).map((brightness) => brightness >> 4);
        const range = Math.max(...cells) - Math.min(...cells);
        report.expect(range > 0, `${name}: not blank`, `brightness ${cells[0]} all over`);
        if (!compared.has(page)) continue;
        found[name] = cells.map((cell) => cell.toString(16)).join('');
        if (expected[name] && !update) compare(report, name, expected[name], found[name]);
      }
    }
  });
  if (update) write(found);
  return found;
}

function compare(report, name, before, now) {
  const differ = [...now].filter((cell, at) => Math.abs(parseInt(cell, 16) - parseInt(before[at], 16)) > CELL_OFF);
  const off = differ.length / now.length;
  report.expect(off <= PAGE_OFF, `${name}: looks as before`, `${Math.round(off * 100)} % of the picture differs; if that is meant, UPDATE_EXPECTED=1`);
}

function read() {
  return fs.existsSync(EXPECTED) ? JSON.parse(fs.readFileSync(EXPECTED, 'utf8')) : {};
}

function write(found) {
  const lines = Object.keys(found).sort().map((name) => `${JSON.stringify(name)}: ${JSON.stringify(found[name])}`);
  fs.writeFileSync(EXPECTED, `{\n${lines.join(',\n')}\n}\n`);
}

/** Runs in the page: what does not lie where every page has it. */
function misplaced() {
  const faults = [];
  const box = (e) => e.getBoundingClientRect();
  const [header, main, footer] = ['body > header', 'body > main', 'body > footer'].map((name) => document.querySelector(name));
  if (!header || !main || !footer) return ['header, main or footer is missing'];
  const [top, middle, bottom] = [header, main, footer].map(box);
  const room = document.documentElement.clientWidth;
  if (top.top + scrollY > 2 || top.height < 40 || top.height > innerHeight * 0.62) faults.push(`the header is ${Math.round(top.height)} high`);
  if (middle.top < top.bottom - 1) faults.push('the main part begins under the header');
  if (bottom.top < middle.bottom - 1) faults.push('the main part runs into the footer');
  if (middle.width < room * 0.6 && middle.width < 700) faults.push(`the main part is ${Math.round(middle.width)} wide of ${room}`);
  if (middle.height < 60) faults.push('the main part is empty');
  const h1 = main.querySelector('h1');
  if (!h1 || box(h1).height < 20 || box(h1).width < 30) faults.push('there is no heading to see');
  if (parseFloat(getComputedStyle(h1).fontSize) <= parseFloat(getComputedStyle(document.body).fontSize)) faults.push('the heading is not larger than the text');

  // Boxes in the normal flow do not lie over each other.
  const blocks = [...main.querySelectorAll('h1, h2, h3, p, li, dt, dd, table, figure, nav, td, th')].slice(0, 600).filter((e) => e.checkVisibility() && box(e).width > 1 && box(e).height > 1);
  const flows = (e) => {
    for (let at = e; at && at !== main; at = at.parentElement) if (!['static', 'relative'].includes(getComputedStyle(at).position)) return false;
    return true;
  };
  const flowing = blocks.filter(flows);
  for (const [at, one] of flowing.entries()) {
    for (const other of flowing.slice(at + 1, at + 12)) {
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [box(one), box(other)];
      const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (across > 4 && down > 4 && !one.closest('svg')) faults.push(`${one.localName} “${one.textContent.trim().slice(0, 20)}” lies over ${other.localName} “${other.textContent.trim().slice(0, 20)}”`);
    }
  }
  // Text stays inside its column.
  for (const e of flowing) {
    if (e.closest('.scroll, svg') || !e.firstChild || e.localName === 'table') continue;
    const range = document.createRange();
    range.selectNodeContents(e);
    if (range.getBoundingClientRect().right > room + 2 && !e.closest('[role="region"]')) faults.push(`${e.localName} “${e.textContent.trim().slice(0, 20)}” runs out of the window`);
  }
  return faults.slice(0, 5);
}
