//! Every page through the HTML validator: no errors, and no warnings but the reviewed ones.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

export const title = 'valid HTML, every page';

/** Warnings looked at and kept, each with its reason. */
const REVIEWED = [
  // The validator does not know what 'self' is for a file; the browser suites hold the policy.
  /^Resource violates Content Security Policy .*(?:stylesheet|script|image).*(?:style|script|img)-src/,
  // Safari takes lists without bullets for no lists; the role says that they are.
  /^The “list” role is unnecessary for element “[uo]l”/,
  // Articles of law are named by `aria-labelledby`; a heading inside would be added to the text.
  /^Article lacks heading/,
];

export async function run({ site, report }) {
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const { messages } = JSON.parse(await validate(jar, site.root));
  const told = new Map();
  for (const { type, subType, message, url, lastLine, extract } of messages) {
    if (type === 'info' && REVIEWED.some((known) => known.test(message))) continue;
    const key = `${subType ?? type}: ${message.replace(/“[^”]*”/g, '“…”')}`;
    if (!told.has(key)) told.set(key, []);
    told.get(key).push(`${url.split(`${path.basename(site.root)}/`).at(-1)}:${lastLine} ${message}\n${extract ?? ''}`);
  }
  for (const [what, places] of told) report.expect(false, `${what} (${places.length} times)`, places[0]);
  report.expect(told.size === 0, `${site.pages.length} pages are valid`);
}

function validate(jar, root) {
  return new Promise((done, fail) => {
    const java = spawn('java', ['-Xss4m', '-jar', jar, '--skip-non-html', '--format', 'json', '--exit-zero-always', root]);
    let said = '';
    java.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    java.on('error', fail);
    java.on('close', () => done(said));
  });
}
