//! axe on every kind of page at 320, 768 and 1280 pixels, with and without scripts, in the light by all
//! rules and in the dark by those about colours; and once on a sample of the rest. No violations; what
//! axe could not decide has been reviewed.

import fs from 'node:fs';

import { decided, openTab, visit } from '../lib/axe.mjs';
import { inLanes } from '../lib/browser.mjs';

export const title = 'accessibility rules, every kind of page and a sample of the rest';

/** What axe leaves to people, and what people said: rule, part of the page, reason. */
const REVIEWED = JSON.parse(fs.readFileSync(new URL('../axe-reviewed.json', import.meta.url), 'utf8'));

/** Of the pages that no kind stands for, one in so many: all of them would take half an hour. */
const EVERY = 16;

export async function run({ site, browser, server, report, every = true }) {
  const found = { report, violated: new Map(), undecided: new Map() };
  const rounds = [true, false].flatMap((scripts) => site.types.map((page) => ({ page, scripts })));
  await inLanes(rounds, () => openTab(browser, site), async (tab, { page, scripts }) => {
    await visit(tab, server.address + page, scripts);
    const light = new Map();
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme });
      for (const width of [320, 768, 1280]) {
        await tab.setViewportSize({ width, height: 1000 });
        // The dark scheme changes colours alone, which is held here: the rest was decided in the light.
        const coloursOnly = colorScheme === 'dark';
        const boxes = await tab.evaluate(boxesOf);
        if (coloursOnly) report.expect(boxes === light.get(width), `${page} ${width}: all lies in the dark where it lies in the light`);
        else light.set(width, boxes);
        judge(found, await decided(tab, { coloursOnly }), `${page} ${colorScheme} ${width}${scripts ? '' : ' without scripts'}`);
      }
    }
  });
  if (every) {
    const rest = site.pages.filter((page) => !site.types.includes(page)).filter((_, at) => at % EVERY === 0);
    await inLanes(rest, () => openTab(browser, site), async (tab, page) => {
      await visit(tab, server.address + page, true);
      judge(found, await decided(tab), page);
    });
  }
  for (const [what, { where, told }] of found.violated) {
    report.expect(false, `${what} (${where.length} times)`, `${where.slice(0, 4).join('\n')}\n${told}`);
  }
  for (const [what, { count, where, html, why }] of found.undecided) {
    if (why) report.say(`  reviewed: ${what}, ${count} times: ${why}`);
    else report.expect(false, `undecided and not reviewed: ${what} (${count} times)`, `${where}\n${html}`);
  }
}

/** Runs in the page: where every part lies, and whether it is seen; the switch says which scheme it leads to. */
function boxesOf() {
  const parts = document.querySelectorAll('body *:not(button.theme, button.theme *)');
  return [...parts].map((part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).concat(getComputedStyle(part).visibility).join(' ');
  }).join('\n');
}

/** Notes what axe says of a page; a fault that many pages share is told once, with their number. */
function judge({ report, violated, undecided }, { violations, incomplete }, where) {
  if (violations.length === 0) report.expect(true, where);
  for (const { id, nodes } of violations) {
    const { target, html, why } = nodes[0];
    const key = `${id} ${target.replace(/\d+/g, 'N').replace(/"[^"]*"/g, '"…"')}`;
    const seen = violated.get(key) ?? { where: [], told: `${html}\n${why}` };
    seen.where.push(where);
    violated.set(key, seen);
  }
  for (const { id, nodes } of incomplete) {
    for (const { target, html, why } of nodes) {
      const known = REVIEWED.find(({ rule, part }) => rule === id && new RegExp(part).test(`${target} ${html}`));
      const key = known ? `${id} of ${known.part}` : `${id} ${target.replace(/\d+/g, 'N')}`;
      const seen = undecided.get(key) ?? { count: 0, where: `${where}: ${why}`, html, why: known?.why };
      seen.count += 1;
      undecided.set(key, seen);
    }
  }
}
