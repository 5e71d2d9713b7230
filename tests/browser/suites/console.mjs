//! Every kind of page from a disk and from a web server under a path: nothing on the console, no
//! request that fails, none to anywhere else.

import { pathToFileURL } from 'node:url';

import { inLanes, newPage } from '../lib/browser.mjs';

export const title = 'console and requests, from a disk and from a server';

/** Pages that refer to nothing, since they may be shown at any address. */
const BARE = ['404.html'];

export async function run({ site, browser, server, report }) {
  const places = [`${pathToFileURL(site.root)}/`, server.address];
  const open = () => newPage(browser, site);
  server.missed.length = 0;
  // New tabs for each place: a browser asks late for the icon of the page before.
  for (const base of places) await inLanes(site.types, open, async (tab, page) => {
    const seen = [];
    const listeners = {
      console: (message) => ['error', 'warning'].includes(message.type()) && !ofIcon(message) && seen.push(`console: ${message.text()}`),
      pageerror: (error) => seen.push(`script: ${error.message}`),
      request: (request) => !request.url().startsWith(base) && seen.push(`elsewhere: ${request.url()}`),
      requestfailed: (request) => !leftBehind(request) && seen.push(`failed: ${request.url()} ${request.failure()?.errorText}`),
      response: (response) => response.status() >= 400 && seen.push(`${response.status()}: ${response.url()}`),
    };
    for (const [event, listener] of Object.entries(listeners)) tab.on(event, listener);
    await tab.goto(base + page, { waitUntil: 'load' });
    if (!BARE.includes(page)) seen.push(...(await tab.evaluate(missing)));
    for (const [event, listener] of Object.entries(listeners)) tab.off(event, listener);
    report.expect(seen.length === 0, `${page} is quiet from ${base.split(':')[0]}`, seen.join('\n'));
  });
  report.expect(server.missed.length === 0, 'the server was asked for nothing it does not have', server.missed.join('\n'));
}

/** A browser asks a server for an icon where a page names none; that is not the page's doing. */
function ofIcon(message) {
  return message.location().url.endsWith('/favicon.ico');
}

/** The icon is asked for late, and given up when the next page is visited. */
function leftBehind(request) {
  return request.failure()?.errorText === 'net::ERR_ABORTED';
}

/** Runs in the page: what it names and did not get. */
function missing() {
  return [
    getComputedStyle(document.body).marginTop !== '0px' && 'the style sheet was not applied',
    !document.documentElement.classList.contains('scripted') && 'the script did not run',
    [...document.images].some((image) => !image.naturalWidth) && 'a picture is missing',
  ].filter(Boolean);
}
