//! Runs the suites on a built site: `node run.mjs SITE [--only axe,print] [--but stale] [--screens DIR] [--quick] [--required]`.
//! Exit code 0 when everything holds, 1 when not. `--quick`: axe on the kinds of page only, not on
//! a sample of the rest. `--required`: a missing feature is a failure.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { launch } from './lib/browser.mjs';
import { Report } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { readSite } from './lib/site.mjs';

const HERE = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const SUITES = ['html', 'console', 'layout', 'nojs', 'keyboard', 'search', 'sort', 'copy', 'verify', 'theme', 'stale', 'print', 'screens', 'axe'];

const { values: said, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    but: { type: 'string' },
    screens: { type: 'string' },
    quick: { type: 'boolean', default: false },
    required: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1) {
  console.error('usage: node run.mjs SITE [--only SUITE,SUITE] [--but SUITE,SUITE] [--screens DIR] [--quick] [--required]');
  process.exit(2);
}

const site = readSite(positionals[0]);
const left = said.but?.split(',') ?? [];
const wanted = (said.only?.split(',') ?? [...SUITES, 'node']).filter((name) => !left.includes(name));
const report = new Report({ required: said.required });
const browser = await launch();
const server = await serve(site.root);
console.log(`${site.pages.length} pages, ${site.types.length} of them for their kinds, as of ${site.asOf}`);

for (const name of SUITES.filter((name) => wanted.includes(name))) {
  const { title, run } = await import(`./suites/${name}.mjs`);
  await timed(`${name}: ${title}`, () => run({ site, browser, server, report, screens: said.screens, every: !said.quick }));
}
if (wanted.includes('node')) {
  for (const script of fs.readdirSync(HERE).filter((file) => file.endsWith('-node.mjs')).sort()) {
    await timed(`${script}: without a browser`, () => {
      const { status } = spawnSync(process.execPath, [path.join(HERE, script), site.root], { stdio: 'inherit' });
      report.expect(status === 0, `${script} ends with 0`, `it ended with ${status}`);
    });
  }
}

await browser.close();
await server.close();
console.log(`\n${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
process.exit(report.failed > 0 ? 1 : 0);

async function timed(name, work) {
  const [from, passed, failed] = [Date.now(), report.passed, report.failed];
  console.log(`\n-- ${name}`);
  try {
    await work();
  } catch (error) {
    report.expect(false, `${name} runs to its end`, error.stack);
  }
  const seconds = ((Date.now() - from) / 1000).toFixed(1);
  console.log(`   ${report.passed - passed} hold, ${report.failed - failed} do not; ${seconds} s`);
}
