//! axe in a page, brought in by the debugger so that the page's policy stays as it is; and the
//! contrasts it gives up on.

import fs from 'node:fs';
import { createRequire } from 'node:module';

import { newPage } from './browser.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A page ready for axe. */
export async function openTab(browser, site) {
  const tab = await newPage(browser, site);
  tab.devtools = await tab.context().newCDPSession(tab);
  return tab;
}

/**
 * Without scripts: they are off while the page is read, so that it is as a browser without them
 * makes it, and on again for axe, which waits on timers.
 */
export async function visit(tab, address, scripts) {
  await tab.devtools.send('Emulation.setScriptExecutionDisabled', { value: !scripts });
  await tab.goto(address, { waitUntil: 'load' });
  await tab.devtools.send('Emulation.setScriptExecutionDisabled', { value: false });
  await tab.evaluate(AXE);
}

/** The rules of [`TAGS`] that look at colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

function axe(tab, runOnly) {
  return tab.evaluate(
    (runOnly) =>
      window.axe.run({ runOnly, resultTypes: ['violations', 'incomplete'], preload: false }).then(({ violations, incomplete }) => {
        const short = (rules) => rules.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ target, html, any, all, none }) => ({
            target: target.join(' '),
            html: html.slice(0, 300),
            why: [...any, ...all, ...none].map(({ message }) => message).join('; '),
          })),
        }));
        return { violations: short(violations), incomplete: short(incomplete) };
      }),
    runOnly,
  );
}

/**
 * axe gives up on the contrast of text that is scrolled out of its region. Such text is on plain
 * grounds here, so its contrast is a calculation: at least 4.5, or a violation.
 */
export async function decided(tab, { coloursOnly = false } = {}) {
  const found = await axe(tab, coloursOnly ? { type: 'rule', values: COLOURS } : { type: 'tag', values: TAGS });
  for (const rule of found.incomplete.filter(({ id }) => id === 'color-contrast')) {
    const ratios = await tab.evaluate(contrasts, rule.nodes.map(({ target }) => target));
    const faint = rule.nodes.filter((node, at) => ratios[at] !== null && ratios[at] < 4.5);
    if (faint.length > 0) found.violations.push({ id: 'color-contrast, calculated', nodes: faint });
    rule.nodes = rule.nodes.filter((node, at) => ratios[at] === null);
  }
  return found;
}

/** Runs in the page: the contrast of each element's text; null where its ground is not plain. */
function contrasts(targets) {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Where nothing has a ground, the browser's own: dark in the dark mode.
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'Canvas';
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      if (backgroundImage !== 'none' || opacity !== '1' || !/^rgba?\(/.test(backgroundColor)) return null;
      const alpha = channels(backgroundColor)[3] ?? 1;
      if (alpha === 1) return backgroundColor;
      if (alpha > 0) return null;
    }
    return canvas;
  };
  return targets.map((target) => {
    const e = document.querySelector(target);
    const [text, under] = [e && getComputedStyle(e).color, e && ground(e)];
    if (!under || !/^rgb\(/.test(text)) return null;
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });
}

/** Holds the page as it stands now, after something was done on it, to having no violations. */
export async function clean(tab, report, state) {
  await tab.evaluate(AXE);
  const { violations } = await decided(tab);
  const told = violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html}\n${nodes[0].why}`);
  report.expect(violations.length === 0, `accessible: ${state}`, told.join('\n'));
}
