//! The suites themselves held to account: each is shown a page that is broken on purpose, and must
//! say so. `node selftest.mjs SITE`.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { launch } from './lib/browser.mjs';
import { Report } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { readSite } from './lib/site.mjs';

const PAGE = 'obligations/taipei-cadastral/unit-audit/land-registration/2025-Q1.html';
const css = (rules) => ({ '.css': (text) => `${text}\n${rules}` });
const js = (code) => ({ '.js': (text) => `${text}\n${code}` });
const html = (from, to) => ({ '.html': (text) => text.replace(from, to) });

/** What is broken, by which suite it must be found, and how the site's files are changed. */
const BREAKS = [
  ['no style sheet', 'screens', { '.css': () => '' }],
  ['no style sheet', 'console', { '.css': () => '' }],
  ['columns over each other', 'screens', css('main table, main dl { margin-block-start: -6rem !important }')],
  ['the main part under the header', 'screens', css('body > main { position: absolute; inset-block-start: 0 }')],
  ['a blank page', 'screens', css('body > * { opacity: 0 }')],
  ['other colours', 'screens', css('body, header, main { background: #777 !important }')],
  ['a table wider than the window', 'layout', css('.scroll { overflow: visible !important } table { min-width: 90rem !important }')],
  ['text cut off when spaced', 'layout', css('main h1 { block-size: 1.45em; line-height: 1.45 !important; overflow: hidden; white-space: normal; inline-size: 17em }')],
  ['statuses lost in forced colours', 'layout', css('.status { forced-color-adjust: none; color: Canvas !important }')],
  ['focus not shown', 'keyboard', css(':focus-visible { outline: none !important }')],
  ['focus out of sight', 'keyboard', css('.menu a { position: fixed; inset-inline-start: -99rem }')],
  ['no skip link', 'keyboard', html(/<a class="skip".*?<\/a>/, '')],
  ['a keyboard trap', 'keyboard', js("document.addEventListener('keydown', (e) => { if (e.key === 'Tab' && document.activeElement.matches('.menu a')) e.preventDefault(); });")],
  ['a fact from a script', 'nojs', js("document.querySelector('main').append('逾期 12 件');")],
  ['a fact shown by a script', 'nojs', html(/<main [^>]*>/, '$&<p hidden>逾期 12 件</p>')],
  ['an error in a script', 'console', js('missing();')],
  ['a request elsewhere', 'console', html('</main>', '<img alt="" src="http://127.0.0.1:9/x.png"></main>')],
  ['a missing file', 'console', html('</main>', '<img alt="" src="no-such.png"></main>')],
  ['an inline style', 'console', html('</main>', '<p style="color:red">x</p></main>')],
  ['cells cut off on paper', 'print', css('@media print { td, th { white-space: nowrap !important; min-width: 40em } body { inline-size: 10cm; overflow: hidden } }')],
  ['a part left out on paper', 'print', css('@media print { main table { block-size: 1cm; overflow: hidden; display: block } main td { position: relative; inset-inline-start: 99rem } }')],
  ['sheets without their day', 'print', { '.css': (text) => text.replaceAll('@bottom-', '@nowhere-') }],
  ['sheets of another size', 'print', css('@page { size: A5 !important }')],
  ['faint text', 'axe', css('main p, main dd { color: #bbb !important; background: #fff !important }')],
  ['a picture without a name', 'axe', html('</main>', '<img src="../../../../assets/none.png"></main>')],
  ['an element not closed', 'html', html('</main>', '<div></main>')],
];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node selftest.mjs SITE');
  process.exit(2);
}
const whole = readSite(folder);
const browser = await launch();
let [right, wrong] = [0, 0];
let looks;
looks = await judged('screens', {});
for (const suite of new Set(BREAKS.map(([, suite]) => suite))) {
  const { report } = await judged(suite, {});
  tell(report.failed === 0, `${suite}: nothing is broken`, report);
}
for (const [what, suite, change] of BREAKS) {
  const { report } = await judged(suite, change);
  tell(report.failed > 0, `${suite}: ${what}`, report);
}
await browser.close();
console.log(`\n${right} passed, ${wrong} failed`);
process.exit(wrong > 0 ? 1 : 0);

/** What a suite says of the page with `change` made to it; `seen` is how the page looks. */
async function judged(suite, change) {
  const copy = broken(whole.root, change);
  const site = { ...readSite(copy), types: [PAGE] };
  const server = await serve(copy);
  const report = new Report({ quiet: true });
  const { run } = await import(`./suites/${suite}.mjs`);
  const expected = looks?.seen ?? {};
  const seen = await run({ site, browser, server, report, expected, pages: [PAGE], tasks: [], every: false, update: false });
  await server.close();
  fs.rmSync(copy, { recursive: true });
  return { report, seen };
}

function tell(holds, what, report) {
  if (holds) right += 1;
  else wrong += 1;
  console.log(`  ${holds ? 'ok   ' : 'WRONG'} ${what}${holds ? '' : `: ${report.failed} failures ${report.failures.slice(0, 3)}`}`);
}

/** A copy of the page, the home page and the assets, with `change` made to the files of its kinds. */
function broken(root, change) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'clausebook-broken-'));
  const assets = fs.readdirSync(path.join(root, 'assets')).map((name) => `assets/${name}`).filter((name) => /\.(css|js|svg)$/.test(name));
  for (const file of ['index.html', PAGE, ...assets]) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    const edit = file === 'index.html' ? undefined : change[path.extname(file)];
    const bytes = fs.readFileSync(path.join(root, file));
    fs.writeFileSync(path.join(copy, file), edit ? edit(bytes.toString('utf8')) : bytes);
  }
  return copy;
}
