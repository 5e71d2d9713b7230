//! The keyboard alone: the skip link comes first and leads to the main part; every stop of a walk
//! by Tab is in order, visible and not covered; six tasks are done by Tab and Enter.

import fs from 'node:fs';

import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'skip link, walk by Tab, six tasks';

/** Stops walked on a page; lists of hundreds of links repeat themselves. */
const STOPS = 160;
const SKIP = '跳到主要內容';
const ANCHORS = ['上方功能區塊', '中央內容區塊', '下方功能區塊'];
const TASKS = JSON.parse(fs.readFileSync(new URL('../tasks.json', import.meta.url), 'utf8'));

export async function run({ site, browser, server, report, tasks = TASKS }) {
  const pages = site.types.filter((page) => page !== '404.html'); // it has nothing to focus
  await inLanes(pages, () => newPage(browser, site), async (tab, page) => {
    await tab.goto(server.address + page);
    await skips(tab, page, report);
    await tab.goto(server.address + page);
    await walk(tab, page, report);
    const anchors = await tab.evaluate(() => [...document.querySelectorAll('a.anchor')].filter((e) => e.tabIndex >= 0).map((e) => e.getAttribute('aria-label')));
    report.expect(ANCHORS.every((name) => anchors.includes(name)), `${page}: the ::: anchors of its three parts`, anchors.join());
  });
  for (const task of tasks) await doTask(browser, site, server, report, task);
}

async function skips(tab, page, report) {
  await tab.keyboard.press('Tab');
  const first = await tab.evaluate(() => document.activeElement.textContent.trim());
  if (!report.expect(first.startsWith(SKIP), `${page}: the first stop is the skip link`, first)) return;
  await tab.keyboard.press('Enter');
  const inMain = await tab.evaluate(() => document.activeElement?.matches('main') ?? false);
  report.expect(inMain, `${page}: the skip link moves the focus to the main part`);
}

async function walk(tab, page, report) {
  const planned = await tab.evaluate(watchFocus, STOPS);
  for (let stop = 0; stop < planned; stop += 1) await tab.keyboard.press('Tab');
  const faults = await tab.evaluate(() => window.walkFaults());
  report.expect(faults.length === 0, `${page}: ${planned} stops in order and visible`, faults.slice(0, 5).join('\n'));
}

/** Runs in the page: notes every stop; returns how many there should be, at most `most`. */
function watchFocus(most) {
  const able = 'a[href], button, input, select, textarea, summary, [tabindex], audio[controls], video[controls]';
  const order = [...document.querySelectorAll(able)].filter((e) => e.tabIndex >= 0 && !e.disabled && !(e.type === 'radio' && !e.checked) && e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'));
  const name = (e) => `${e.localName} “${(e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 40)}”`;
  const faults = [];
  let stop = 0;
  document.addEventListener('focusin', ({ target }) => {
    const expected = order[stop];
    stop += 1;
    if (target !== expected) faults.push(`stop ${stop} is ${name(target)}, not ${expected ? name(expected) : 'the end'}`);
    const style = getComputedStyle(target);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!outlined && style.boxShadow === 'none') faults.push(`${name(target)} does not show that it has the focus`);
    const seen = [...target.getClientRects()].some((box) => {
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (right - left < 1 || bottom - top < 1) return false;
      return [0.5, 0.1, 0.9].some((part) => {
        const at = document.elementFromPoint(left + (right - left) * part, (top + bottom) / 2);
        return at && (target.contains(at) || at.contains(target));
      });
    });
    if (!seen) faults.push(`${name(target)} has the focus out of sight`);
  });
  window.walkFaults = () => [...faults, ...(stop < Math.min(order.length, most) ? [`only ${stop} stops of ${order.length}`] : [])];
  return Math.min(order.length, most);
}

async function doTask(browser, site, server, report, { task, from, most, follow, arrive }) {
  if (!site.pages.includes(from)) return report.absent(`the page the task ${task} starts from, ${from}`);
  const tab = await newPage(browser, site);
  await tab.goto(server.address + from);
  for (const href of follow) {
    const found = await tabTo(tab, href);
    if (!report.expect(found, `${task}: a link ${href} is reached by Tab on ${tab.url().slice(server.address.length)}`)) break;
    const there = await tab.evaluate(() => document.activeElement.href);
    await tab.keyboard.press('Enter');
    await tab.waitForURL(there, { waitUntil: 'domcontentloaded' });
  }
  const text = await tab.evaluate(() => document.querySelector('main').innerText);
  report.expect(new RegExp(arrive).test(text), `${task}: the answer is on the page`, tab.url());
  report.expect(follow.length <= most, `${task}: ${follow.length} links followed, at most ${most}`);
  await tab.context().close();
}

/** Presses Tab until a link to `href` has the focus. */
async function tabTo(tab, href) {
  for (let stop = 0; stop < 1500; stop += 1) {
    await tab.keyboard.press('Tab');
    const at = await tab.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
    if (new RegExp(href).test(at)) return true;
  }
  return false;
}
