// Every YAML file of a site gets the same verdict from ajv (strict) and from the program: what the
// program says of a file's shape, the schema says too. Files are broken on purpose in many ways.
//
// So does every file of the cases beside: sites made for judgements, some of them faulty.
//
//   node run.mjs PROGRAM SITE CASES
import Ajv from "ajv";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const [program, site, cases] = process.argv.slice(2).map((path) => resolve(path));
// What the program says of shapes; everything else is about meaning, which no schema knows.
const SHAPE = new Set([
  "wrong-type", "unknown-key", "missing-key", "invalid-id", "invalid-date", "invalid-period",
  "invalid-number", "invalid-duration", "invalid-hash", "invalid-colour", "unknown-word",
  "unsafe-link", "unsafe-path", "unknown-clause",
]);
// Words and months that are wrong only beside the rest of the site.
const MEANING = /does not name the party|no rule is about an event|the month .* does not lie in/;
const ajv = new Ajv({ strict: true, allErrors: true });
const subjects = execFileSync(program, ["schema"], { encoding: "utf8" })
  .trim().split("\n").map((line) => line.trim().split(/\s+/));
const validators = subjects
  .filter(([name]) => name !== "status" && name !== "page")
  .map(([name, ...globs]) => {
    const schema = JSON.parse(execFileSync(program, ["schema", name], { encoding: "utf8" }));
    const pattern = globs.map((glob) => glob
      .replace(/[.]/g, "\\.").replace("**/*", ".+").replace(/(?<![.])\*/g, "[^/]+"));
    return { name, files: new RegExp(`^(${pattern.join("|")})$`), check: ajv.compile(schema) };
  });

const place = mkdtempSync(join(tmpdir(), "clausebook-schema-"));
for (const part of ["clausebook.yaml", "content", "regulations", "templates"]) {
  cpSync(join(site, part), join(place, part), { recursive: true });
}
const yaml_of = (folder) => readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".yaml") && !path.startsWith("content/evidence/files/")
    && !path.startsWith("templates/"));
const files = yaml_of(place);

// What the program says of a site, of shapes only.
const shapes_of = (folder) => {
  const run = spawnSync(program, ["-C", folder, "check", "--format", "json"],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  const found = JSON.parse(run.stdout);
  const list = Array.isArray(found) ? found : found.diagnostics;
  return list.filter((one) => SHAPE.has(one.code) && !MEANING.test(one.message) && (one.severity ?? "error") === "error");
};
// What it says of the file at `path`.
const program_says = (path) => shapes_of(place).filter((one) => (one.file ?? one.path) === path);
const schema_says = (path, text) => {
  const validator = validators.find((one) => one.files.test(path));
  if (!validator) {
    return null;
  }
  const value = parse(text, { version: "1.2", schema: "core", uniqueKeys: false });
  return validator.check(value) ? [] : validator.check.errors;
};

let compared = 0;
const different = [];
const compare = (path, text) => {
  const schema = schema_says(path, text);
  if (schema === null) {
    return;
  }
  const said = program_says(path);
  compared += 1;
  if ((schema.length === 0) !== (said.length === 0)) {
    different.push({ path, schema: schema.slice(0, 2), program: said.slice(0, 2) });
  }
};

// As they are: one run says it for all.
for (const path of files) {
  const text = readFileSync(join(place, path), "utf8");
  const schema = schema_says(path, text);
  if (schema !== null) {
    compared += 1;
    if (schema.length > 0) {
      different.push({ path, schema: schema.slice(0, 2), program: "sound" });
    }
  }
}
// Broken on purpose, one value at a time.
const breaks = [
  (line) => line.replace(/^(\s*-?\s*)([a-z_]+):/, "$1$2x:"),
  (line) => line.replace(/:\s+\d{4}-\d{2}-\d{2}$/, ": 13/05/22"),
  (line) => line.replace(/:\s+\d{4}-\d{2}-\d{2}$/, ": [a]"),
  (line) => line.replace(/:\s+[a-z][a-z-]*$/, ": A_b"),
  (line) => line.replace(/:\s+\d+$/, ": -1"),
  (line) => line.replace(/:\s+\d+$/, ": '5'"),
  (line) => line.replace(/:\s+(true|false)$/, ": yes"),
];
const broken = files.filter((path) => !path.startsWith("content/calendar")).slice(0, 60);
for (const [number, path] of broken.entries()) {
  const text = readFileSync(join(place, path), "utf8");
  const change = breaks[number % breaks.length];
  const lines = text.split("\n");
  const at = lines.findIndex((line) => !line.trim().startsWith("#") && change(line) !== line);
  if (at < 0) {
    continue;
  }
  lines[at] = change(lines[at]);
  const changed = lines.join("\n");
  writeFileSync(join(place, path), changed);
  compare(path, changed);
  writeFileSync(join(place, path), text);
}
rmSync(place, { recursive: true, force: true });
// The cases: what one leaves out is the site's.
for (const name of readdirSync(cases).filter((one) => existsSync(join(cases, one, "case.json")))) {
  const folder = mkdtempSync(join(tmpdir(), "clausebook-case-"));
  cpSync(join(cases, name), folder, { recursive: true });
  const own = yaml_of(folder);
  const told = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8"));
  mkdirSync(join(folder, "content"), { recursive: true });
  for (const shared of ["calendar", "roles", "topics"].filter((one) => !told.omit?.includes(one))) {
    const file = join("content", `${shared}.yaml`);
    cpSync(join(site, file), join(folder, file), { force: false });
  }
  const has_own = existsSync(join(folder, "regulations"));
  for (const id of told.regulations ?? (has_own ? [] : readdirSync(join(site, "regulations")))) {
    cpSync(join(site, "regulations", id), join(folder, "regulations", id), { recursive: true, force: false });
  }
  const said = shapes_of(folder);
  for (const path of own) {
    const schema = schema_says(path, readFileSync(join(folder, path), "utf8"));
    if (schema === null) {
      continue;
    }
    compared += 1;
    const here = said.filter((one) => (one.file ?? one.path) === path);
    if ((schema.length === 0) !== (here.length === 0)) {
      different.push({ path: `${name}/${path}`, schema: schema.slice(0, 2), program: here.slice(0, 2) });
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${compared} verdicts compared, ${different.length} different`);
for (const one of different) {
  console.log(JSON.stringify(one));
}
process.exit(different.length === 0 && compared > 0 ? 0 : 1);
