// When a page says that it is old: the script as it is published, on days around the limit and
// around midnight in Taipei. Needs nothing but node: `node tests/browser/stale-node.mjs`.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const script = readFileSync(new URL("../../templates/assets/script/30-stale.js", import.meta.url), "utf8");

/** Whether the warning of a page shows at a moment; `null` if the page has none. */
function shows(now, asOf, staleDays) {
  const text = { hidden: true };
  const banner = asOf === null ? null : { dataset: { asOf, staleDays }, firstElementChild: text };
  class Clock extends Date {
    static now() { return Date.parse(now); }
  }
  vm.runInNewContext(script, { document: { querySelector: () => banner }, Date: Clock, Math, Number });
  return banner && !text.hidden;
}

const cases = [
  ["the day itself", "2026-11-21T09:00:00+08:00", "2026-11-21", "7", false],
  ["the last day of seven", "2026-11-28T23:59:59+08:00", "2026-11-21", "7", false],
  ["midnight in Taipei", "2026-11-29T00:00:00+08:00", "2026-11-21", "7", true],
  ["the same moment written elsewhere", "2026-11-28T16:00:00Z", "2026-11-21", "7", true],
  ["a second before, elsewhere", "2026-11-28T15:59:59Z", "2026-11-21", "7", false],
  ["far to the west", "2026-11-28T06:00:00-10:00", "2026-11-21", "7", true],
  ["no patience", "2026-11-22T00:00:00+08:00", "2026-11-21", "0", true],
  ["no patience, same day", "2026-11-21T23:59:59+08:00", "2026-11-21", "0", false],
  ["over a leap day", "2028-03-07T00:00:00+08:00", "2028-02-28", "7", true],
  ["over a leap day, in time", "2028-03-06T23:59:59+08:00", "2028-02-28", "7", false],
  ["over the new year", "2027-01-05T12:00:00+08:00", "2026-12-28", "7", true],
  ["a clock that is behind", "2026-11-01T12:00:00+08:00", "2026-11-21", "7", false],
  ["a page without a warning", "2026-12-31T12:00:00+08:00", null, "7", null],
];

let faults = 0;
for (const [name, now, asOf, days, expected] of cases) {
  const shown = shows(now, asOf, days);
  if (shown !== expected) {
    console.error(`${name}: ${shown}, expected ${expected}`);
    faults += 1;
  }
}
if (faults) process.exit(1);
console.log(`stale: ${cases.length} cases`);
