// Every case of the kit is as its schema says, and a case that is not is refused.
//
//   node cases.mjs DIR [DIR ...]
import Ajv from "ajv";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const schema = JSON.parse(readFileSync(join(here, "../kit/case.schema.json"), "utf8"));
delete schema.version;
const check = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);
const problems = [];
let cases = 0;
for (const top of process.argv.slice(2)) {
  const names = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("case.json"));
  for (const name of names) {
    cases += 1;
    if (!check(JSON.parse(readFileSync(join(top, name), "utf8")))) {
      problems.push(`${name}: ${JSON.stringify(check.errors.slice(0, 2))}`);
    }
  }
}
const sound = { title: "t", group: "g", kind: "rule", clause: "1", expect: [{ id: "a/b/*", status: "done" }] };
const broken = [
  { ...sound, expect: [] },
  { ...sound, expect: [{ status: "done" }] },
  { ...sound, expect: [{ id: "a", stauts: "done" }] },
  { ...sound, expect: [{ id: "a", due_max: "115.1.1" }] },
  { ...sound, kind: "other" },
];
if (!check(sound)) {
  problems.push("a sound case is refused");
}
problems.push(...broken.filter((one) => check(one)).map((one) => `taken as sound: ${JSON.stringify(one.expect)}`));
console.log(`${cases} cases, ${problems.length} problems`);
problems.forEach((problem) => console.log(problem));
process.exit(problems.length === 0 && cases > 0 ? 0 : 1);
