//! Every kind of page at 320, 640 and 1280 pixels: the page never scrolls sideways, wider text
//! spacing (WCAG 1.4.12) clips nothing, forced colours keep the words of every status.

import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'reflow, text spacing, forced colours';

/** 640 pixels are a window of 1280 at 200 %. */
const WIDTHS = [320, 640, 1280];

export async function run({ site, browser, server, report }) {
  await inLanes(site.types, () => newPage(browser, site), async (tab, page) => {
    await tab.emulateMedia({ forcedColors: 'none' });
    await tab.setViewportSize({ width: 1280, height: 1000 });
    await tab.goto(server.address + page);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 1000 });
      const wide = await tab.evaluate(tooWide);
      report.expect(wide.length === 0, `${page} at ${width}: no sideways scrolling`, wide.join('\n'));
    }
    await tab.evaluate(spaceText);
    for (const width of [320, 1280]) {
      await tab.setViewportSize({ width, height: 1000 });
      const lost = [...(await tab.evaluate(tooWide)), ...(await tab.evaluate(clipped))];
      report.expect(lost.length === 0, `${page} at ${width}: wider text spacing loses nothing`, lost.join('\n'));
    }
    await tab.emulateMedia({ forcedColors: 'active' });
    const unread = await tab.evaluate(unreadableStatuses);
    report.expect(unread.length === 0, `${page}: forced colours keep statuses readable`, unread.join('\n'));
  });
}

/** Runs in the page: what makes it wider than its window; empty when it is not. */
function tooWide() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (e) => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX);
  const inside = (e) => {
    for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true;
    return false;
  };
  const found = [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right + scrollX > root.clientWidth + 0.5 && !inside(e))
    .map((e) => `${e.localName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}: ${e.textContent.trim().slice(0, 40)}`);
  return [`the page is ${root.scrollWidth} wide`, ...found.slice(0, 5)];
}

/** Runs in the page: the reader's own spacing, in a sheet the page's policy has no say in. */
function spaceText() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Runs in the page: elements whose own box hides part of their text. */
function clipped() {
  const found = [];
  for (const e of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(e);
    const hides = (axis) => ['hidden', 'clip'].includes(style[`overflow${axis}`]);
    if (!e.innerText?.trim() || e.clientWidth <= 1 || e.clientHeight <= 1 || style.visibility === 'hidden') continue;
    if ((hides('X') && e.scrollWidth > e.clientWidth + 1) || (hides('Y') && e.scrollHeight > e.clientHeight + 1)) {
      found.push(`${e.localName}.${e.className} hides part of “${e.innerText.trim().slice(0, 40)}”`);
    }
  }
  return found.slice(0, 5);
}

/** Runs in the page: statuses without a word, without room, or in the colour of their ground. */
function unreadableStatuses() {
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('main .status')]
    .filter((e) => e.checkVisibility())
    .filter((e) => !e.textContent.trim() || e.getBoundingClientRect().width < 8 || getComputedStyle(e).color === ground(e))
    .map((e) => `${e.className} “${e.textContent}” ${getComputedStyle(e).color} on ${ground(e)}`)
    .slice(0, 5);
}
