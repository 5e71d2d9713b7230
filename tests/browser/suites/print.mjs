//! Pages printed to A4: the sheets are A4, every text of the page stands in the text layer of its
//! sheets (so nothing is cut off or hidden), and each sheet carries the day it holds for.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'print on A4';

/** Fewer sheets than this would be a page cut off; more, a style for screens. */
const MOST_SHEETS = 60;
/** Menus of a page, pagers and hints at keys stay off paper; more than that would be facts. */
const LEAST_SHARE = 0.9;

export async function run({ site, browser, server, report, pages = chosen(site) }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clausebook-print-'));
  const day = rocDay(site.asOf);
  await inLanes(pages, () => newPage(browser, site), async (tab, page) => {
    await tab.goto(server.address + page);
    const onScreen = await tab.evaluate(shownTexts);
    await tab.emulateMedia({ media: 'print' });
    const texts = await tab.evaluate(shownTexts);
    const share = folded(texts.join('')).length / folded(onScreen.join('')).length;
    report.expect(share >= LEAST_SHARE, `${page}: print leaves out controls, no facts`, `${Math.round(share * 100)} % of the text is printed`);
    const file = path.join(folder, `${page.replaceAll('/', '+')}.pdf`);
    await tab.pdf({ path: file, preferCSSPageSize: true });
    await tab.emulateMedia({ media: null });

    const sizes = [...tool('pdfinfo', ['-l', '-1', file]).matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)].map(([, w, h]) => `${Math.round(w)}x${Math.round(h)}`);
    const a4 = sizes.every((size) => ['595x842', '596x842', '595x841', '842x595', '842x596', '841x595'].includes(size));
    report.expect(sizes.length > 0 && sizes.length <= MOST_SHEETS && a4, `${page}: sheets of A4`, `${sizes.length}: ${[...new Set(sizes)]}`);

    const sheets = tool('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-']).split('\f').slice(0, -1).map(folded);
    const whole = sheets.join('');
    const lost = texts.map(folded).filter((text) => !whole.includes(text) && !inPieces(whole, text));
    report.expect(lost.length === 0, `${page}: ${texts.length} texts are all on paper`, `${lost.length} are not: ${lost.slice(0, 5).join(' | ')}`);

    const undated = sheets.flatMap((sheet, at) => (day.test(sheet) ? [] : [at + 1]));
    report.expect(undated.length === 0, `${page}: each of ${sheets.length} sheets says its day`, `not on ${undated.slice(0, 10)}`);
  });
  fs.rmSync(folder, { recursive: true });
}

/** The kinds of page that are printed: one of every list, sheet and text. */
function chosen(site) {
  const wanted = [
    'index.html',
    'method.html',
    'due/index.html',
    'findings/index.html',
    'accounts/index.html',
    'evidence/index.html',
    'regulations/taipei-cadastral.html',
    'obligations/taipei-cadastral/unit-audit.html',
    'obligations/taipei-cadastral/unit-audit/land-registration/2025-Q1.html',
    'obligations/taipei-seal/internal-audit/land-rights/2026-09.html',
    'findings/finding-case-mismatch.html',
    'agencies/taipei-market.html',
  ];
  const added = site.types.filter((page) => /^(calendar|plan|plans|compare|roles|search|trend|changes)\//.test(page));
  return [...wanted.filter((page) => site.pages.includes(page)), ...added];
}

/** Runs in the page: the texts of its main part that are shown in the medium it is in. */
function shownTexts() {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && shown(parent) && !parent.closest('details:not([open]) > :not(summary), svg, select, option')) {
      found.push(walker.currentNode.data);
    }
  }
  return found;
}

/** Without spaces and in compatibility form: fonts share one glyph for 日 and the radical ⽇. */
function folded(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

/** A text that goes over from one line or sheet to the next, with a heading row between. */
function inPieces(whole, text) {
  for (let cut = text.length - 1; cut > 0; cut -= 1) {
    const at = whole.indexOf(text.slice(0, cut));
    if (at >= 0 && cut >= Math.min(4, text.length / 2)) return whole.includes(text.slice(cut), at);
  }
  return false;
}

/** How the margin of a folded sheet says its day; head and foot of the page say it without a colon. */
function rocDay(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return new RegExp(`資料基準日:民國${year - 1911}年${month}月${day}日`);
}

function tool(name, said) {
  const { status, stdout, error, stderr } = spawnSync(name, said, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${name} ${said.join(' ')}: ${error ?? stderr}`);
  return stdout;
}
