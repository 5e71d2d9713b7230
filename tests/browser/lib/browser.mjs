//! Headless Chromium: launched once, with nothing of its own to say to the network.

import fs from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  const executablePath = PLACES.find((place) => place && fs.existsSync(place));
  if (!executablePath) throw new Error('Chromium is not here; install it or say where in CHROMIUM');
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
    ],
  });
}

/** A page in a context of its own. The clock stands on the site's day, so that no page is stale. */
export async function newPage(browser, site, { scripts = true, width = 1280, height = 1000, at = site.asOf, ...rest } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width, height },
    locale: 'zh-TW',
    timezoneId: 'Asia/Taipei',
    reducedMotion: 'reduce',
    ...rest,
  });
  if (scripts && at) await context.clock.setFixedTime(new Date(`${at}T12:00:00+08:00`));
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** Does `work` for each of `items`, `lanes` at a time, each lane with what `open` gives it. */
export async function inLanes(items, open, work, lanes = 2) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(lanes, queue.length) }, async () => {
      const tool = await open();
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(tool, item);
      await tool.context?.().close();
    }),
  );
}
