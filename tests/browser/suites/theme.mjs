//! The switch between light and dark: it says where it leads, turns the colours of every kind of
//! page into those of the other mode, is remembered, and is there before anything is drawn.

import { clean } from '../lib/axe.mjs';
import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'the light and dark switch';

export async function run({ site, browser, server, report }) {
  const pages = site.types.filter((page) => site.text(page).includes('class="theme'));
  if (pages.length === 0) return report.absent('a light and dark switch');
  await followed(site, browser, server, report);
  await kept(site, browser, server, report);

  const open = async () => {
    const tabs = [await newPage(browser, site, { colorScheme: 'dark' }), await newPage(browser, site, { colorScheme: 'light' })];
    await tabs[1].addInitScript(() => localStorage.setItem('clausebook-theme', 'dark'));
    return { tabs, context: () => ({ close: () => Promise.all(tabs.map((tab) => tab.context().close())) }) };
  };
  await inLanes(pages, open, async ({ tabs }, page) => {
    await Promise.all(tabs.map((tab) => tab.goto(server.address + page)));
    const [bySystem, bySwitch] = await Promise.all(tabs.map((tab) => tab.evaluate(colours)));
    report.expect(bySystem === bySwitch, `${page}: dark by the switch is dark by the system`, `${bySwitch}\n${bySystem}`);
  });
}

/** What the button says and does, from either mode of the system. */
async function followed(site, browser, server, report) {
  for (const [system, other, there, back] of [['light', 'dark', /深色/, /淺色/], ['dark', 'light', /淺色/, /深色/]]) {
    const tab = await newPage(browser, site, { colorScheme: system });
    await tab.goto(`${server.address}index.html`);
    const before = await tab.evaluate(colours);
    const button = tab.locator('button.theme');
    report.expect(there.test(await button.getAttribute('aria-label')), `in ${system} mode the switch says it leads to ${other}`);
    await button.focus();
    await tab.keyboard.press('Enter');
    const after = await tab.evaluate(colours);
    report.expect(before !== after && back.test(await button.getAttribute('aria-label')), `from ${system} to ${other} by the keyboard`, after);
    await clean(tab, report, `home, ${other} by the switch on a ${system} system`);
    await button.click();
    report.expect((await tab.evaluate(colours)) === before, `from ${other} back to ${system}`);
    await tab.context().close();
  }
  const plain = await newPage(browser, site, { scripts: false });
  await plain.goto(`${server.address}index.html`);
  report.expect(!(await plain.locator('button.theme').isVisible()), 'without scripts there is no switch');
  await plain.context().close();
}

/** The choice holds on the next page from its first drawing, and on a page from a disk. */
async function kept(site, browser, server, report) {
  const tab = await newPage(browser, site, { colorScheme: 'light' });
  await tab.goto(`${server.address}index.html`);
  await tab.locator('button.theme').click();
  const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await tab.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.body) return;
      window.themeAtBody = document.documentElement.dataset.theme;
      watch.disconnect();
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await tab.goto(server.address + site.types.find((page) => page.startsWith('obligations/')));
  report.expect((await ground()) === dark, 'the choice is kept on the next page');
  report.expect((await tab.evaluate(() => window.themeAtBody)) === 'dark', 'it holds before there is a body to draw');
  await tab.emulateMedia({ media: 'print' });
  const paper = await ground();
  report.expect(['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(paper), 'paper stays white', paper);
  await tab.context().close();
}

/** Runs in the page: its colours, where they are seen. */
function colours() {
  const of = (name) => {
    const e = document.querySelector(name);
    return e ? [getComputedStyle(e).color, getComputedStyle(e).backgroundColor].join(' on ') : '';
  };
  return ['body', 'header', 'main', 'h1', 'main a', 'main th', '.status', '.note', 'footer'].map((name) => `${name}: ${of(name)}`).join('; ');
}
