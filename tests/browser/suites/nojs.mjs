//! Every kind of page read without scripts: no text is missing that a page with scripts shows,
//! apart from controls, which scripts bring along, and what these announce.

import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'no fact comes from a script';

export async function run({ site, browser, server, report }) {
  const open = async () => {
    const [without, withScripts] = [await newPage(browser, site, { scripts: false }), await newPage(browser, site)];
    return { without, withScripts, context: () => ({ close: () => Promise.all([without, withScripts].map((tab) => tab.context().close())) }) };
  };
  await inLanes(site.types, open, async ({ without, withScripts }, page) => {
    await Promise.all([without, withScripts].map((tab) => tab.goto(server.address + page, { waitUntil: 'load' })));
    const plain = count(await without.evaluate(texts));
    const added = [];
    for (const [text, times] of count(await withScripts.evaluate(texts))) {
      const there = plain.get(text) ?? 0;
      if (times > there) added.push(`“${text.slice(0, 80)}” ${times} times with scripts, ${there} without`);
    }
    report.expect(added.length === 0, `${page} says all it has to say without scripts`, added.slice(0, 5).join('\n'));
    for (const tab of [without, withScripts]) {
      const seen = await tab.evaluate(() => [...document.querySelectorAll('[hidden]')].filter((e) => e.checkVisibility()).map((e) => `${e.localName}#${e.id}.${e.className}`));
      report.expect(seen.length === 0, `${page} shows nothing that is marked as hidden`, seen.join('\n'));
    }
    const hidden = await without.evaluate(unseen);
    report.expect(hidden.length === 0, `${page} hides nothing that only a script would show`, hidden.join('\n'));
    if (page === 'search.html' || page === '404.html') return; // a box of its own, and no head at all
    const [box, link] = await Promise.all([withScripts, without].map((tab) => tab.evaluate(ways)));
    report.expect(box.join() === 'box' && link.join() === 'link', `${page}: the search box with scripts, the index in its place without`, `${box.join()} with, ${link.join()} without`);
  });
}

/** Runs in the page: what its head offers to look things up by, as far as it is shown. */
function ways() {
  const shown = (name) => document.querySelector(`header ${name}`)?.checkVisibility() ?? false;
  return [shown('[role="search"]') ? 'box' : '', shown('.unscripted a') ? 'link' : ''].filter(Boolean);
}

function count(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Runs in the page: its texts, without the ones of controls. */
function texts() {
  const controls = 'button, script, noscript, output, dialog, form, [aria-live], [role="status"], [role="search"], [data-by-script]';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\s+/g, ' ').trim();
    if (text && !walker.currentNode.parentElement.closest(controls)) found.push(text);
  }
  return found;
}

/** Runs in the page: text of the main part that is there but not shown, and no control's. */
function unseen() {
  return [...document.querySelectorAll('main [hidden]')]
    .filter((e) => e.textContent.trim() && !e.closest('button, form, [aria-live], [role="status"], [role="search"], [data-by-script]'))
    .filter((e) => !e.querySelector('button, input'))
    .map((e) => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`)
    .slice(0, 5);
}
