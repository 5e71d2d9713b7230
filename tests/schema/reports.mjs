// Reports of problems are valid by the schemas of their formats: SARIF by that of OASIS, which is kept
// beside this script, GitLab's by what its documentation asks for.
//
//   node reports.mjs PROGRAM
import Ajv from "ajv";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const program = resolve(process.argv[2]);
const place = mkdtempSync(join(tmpdir(), "clausebook-reports-"));
const write = (path, text) => {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), text);
};
write("clausebook.yaml", "name: 站\nagency: 局\nwrong: 1\n");
write("content/posts.yaml", "- {id: a, agency: nobody, title: '<b>\\u202e'}\n- {id: a, agency: x, title: 甲}\n");
write("content/pages/how 一.md", "---\ntitle: 法\n---\n[x](javascript:y) <b>\n");
write("content/notes.txt", "x");
write("regulations/law/regulation.yaml", "title: 法\n");

const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
const sarif = ajv.compile(JSON.parse(readFileSync(new URL("sarif-2.1.0.json", import.meta.url))));
const gitlab = ajv.compile({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", pattern: "^[a-z-]+$" },
      fingerprint: { type: "string", pattern: "^[0-9a-f]{32}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { type: "string", pattern: "^(?!\\./).+" },
          lines: {
            type: "object",
            required: ["begin"],
            properties: { begin: { type: "integer", minimum: 1 }, end: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

const faults = [];
let checked = 0;
for (const [format, valid] of [["sarif", sarif], ["gitlab", gitlab]]) {
  const run = spawnSync(program, ["-C", place, "check", "--format", format], { encoding: "utf8" });
  const report = JSON.parse(run.stdout);
  const found = format === "sarif" ? report.runs[0].results : report;
  if (run.status !== 1 || found.length < 4) {
    faults.push(`${format}: ${found.length} problems, exit code ${run.status}`);
  }
  checked += found.length;
  if (!valid(report)) {
    faults.push(...valid.errors.map((error) => `${format}: ${error.instancePath} ${error.message}`));
  }
}
rmSync(place, { recursive: true, force: true });
console.log(`${checked} problems in reports, ${faults.length} faults`);
faults.slice(0, 20).forEach((fault) => console.log(fault));
process.exit(faults.length === 0 ? 0 : 1);
