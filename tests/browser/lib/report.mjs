//! What the suites found: counted, failures told at once, the rest in one line a suite.

const TOLD = 60;

export class Report {
  passed = 0;
  failed = 0;
  skipped = 0;
  failures = [];
  lines = [];

  constructor({ quiet = false, required = false } = {}) {
    this.quiet = quiet;
    this.required = required;
  }

  /** One thing held the site to; `detail` says what was found instead. */
  expect(holds, what, detail = '') {
    if (holds) {
      this.passed += 1;
      return true;
    }
    this.failed += 1;
    this.failures.push(what);
    if (this.failed <= TOLD) this.say(`  FAILED ${what}${detail ? `\n         ${String(detail).replaceAll('\n', '\n         ')}` : ''}`);
    if (this.failed === TOLD + 1) this.say('  further failures are counted, not told');
    return false;
  }

  /** A feature the site does not have: said, and a failure where every feature is required. */
  absent(what) {
    if (this.required) return this.expect(false, `${what}: the site does not have it`);
    this.skipped += 1;
    this.say(`  skipped: the site does not have ${what}`);
  }

  say(line) {
    if (!this.quiet) console.log(line);
  }
}
