//! The page that holds the site against its manifest: by keyboard, with a file that was changed on its
//! way, with files that a reader chooses, and what it says where it cannot.

import fs from 'node:fs';
import path from 'node:path';

import { newPage } from '../lib/browser.mjs';

export const title = 'the site against its manifest, in the browser';

export async function run({ site, browser, server, report }) {
  if (!fs.existsSync(path.join(site.root, 'verify.html'))) return report.absent('a page that checks the site');
  const files = Object.keys(JSON.parse(fs.readFileSync(path.join(site.root, 'manifest.json'), 'utf8')).files).length;
  const own = fs.readFileSync(path.join(site.root, 'manifest.sha256'), 'utf8').slice(0, 64);

  const tab = await newPage(browser, site);
  await tab.goto(`${server.address}verify.html`);
  const said = tab.locator('#verify-said');
  const ends = (text) => tab.waitForFunction((t) => document.querySelector('#verify-said').textContent.includes(t), text, { timeout: 120000 });
  await tab.locator('#verify-start').focus();
  await tab.keyboard.press('Enter');
  await ends(`${files} 個檔案均與清單相符`);
  report.expect((await tab.locator('#verify-own dd').textContent()) === own, 'it shows the hash of the manifest', own);

  await tab.route('**/data/history.json', async (route) => route.fulfill({ body: '{}' }));
  await tab.route('**/manifest.sha256', async (route) => route.fulfill({ body: `${'0'.repeat(64)}  manifest.json\n` }));
  await tab.keyboard.press('Enter');
  await ends('2 項不符');
  const list = await tab.locator('#verify-list').textContent();
  report.expect(list.includes('data/history.json') && list.includes('manifest.sha256'), 'it names the file that differs', list);
  await tab.unroute('**/data/history.json');

  await tab.locator('#verify-files').setInputFiles([
    { name: 'history.json', mimeType: 'application/json', buffer: fs.readFileSync(path.join(site.root, 'data/history.json')) },
    { name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('other') },
  ]);
  await ends('已核對 2 個檔案');
  const chosen = await tab.locator('#verify-list li').allTextContents();
  report.expect(chosen[0].includes('與清單所列 data/history.json 相符'), 'a chosen file is found by its hash', chosen[0]);
  report.expect(chosen[1] === 'other.txt：清單無此內容', 'another one is not', chosen[1]);
  // A manifest of nothing, or of another form, is none: neither hangs, neither is "unchanged".
  const noManifest = await tab.locator('#verify').getAttribute('data-none');
  for (const body of ['{}', '', '{"schema": 1, "files": {}}', '{"schema": 1, "files": {"a": null}}']) {
    await tab.route('**/manifest.json', async (route) => route.fulfill({ body }));
    await tab.locator('#verify-start').press('Enter');
    await ends(noManifest);
    report.expect(await tab.locator('#verify-start').isEnabled(), `a manifest that is ${body || 'empty'} is refused`);
    await tab.unroute('**/manifest.json');
  }
  await tab.context().close();

  const insecure = await newPage(browser, site);
  await insecure.addInitScript(() => Object.defineProperty(window.crypto, 'subtle', { value: undefined }));
  await insecure.goto(`${server.address}verify.html`);
  await insecure.locator('#verify-start').press('Enter');
  report.expect((await insecure.locator('#verify-said').textContent()).includes('https'), 'it says that browsers hash over https only');
  await insecure.context().close();

  const disk = await newPage(browser, site);
  await disk.goto(`file://${path.join(site.root, 'verify.html')}`);
  await disk.locator('#verify-start').press('Enter');
  report.expect((await disk.locator('#verify-said').textContent()).includes('file://'), 'opened from a disk it says what it cannot do');
  await disk.context().close();
}
