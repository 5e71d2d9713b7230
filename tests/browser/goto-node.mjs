// Where the go-to box goes, by the script of the pages itself: `node tests/browser/goto-node.mjs`.
import { readFileSync } from "node:fs";

for (const name of ["15-numeral.js", "41-goto.js"]) {
  const script = new URL(`../../templates/assets/script/${name}`, import.meta.url);
  new Function("document", readFileSync(script, "utf8"))(undefined);
}

/* What is written, and the ids looked for, the likelier first. */
const fixtures = [
  ["5", ["p5", "p5"]],
  ["第五點", ["p5", "p5"]],
  ["５－２－１", ["p5-2-1", "p5_2-1"]],
  ["五（二）1", ["p5-2-1", "p5_2-1"]],
  ["第五點第（二）款第1目", ["p5-2-1", "p5_2-1"]],
  ["第廿三點", ["p23", "p23"]],
  ["第卅一條", ["p31", "p31"]],
  ["第一百零五條", ["p105", "p105"]],
  ["一〇五", ["p105", "p105"]],
  ["12-1", ["p12-1", "p12_1"]],
  ["第十二點之一", ["p12_1", "p12-1"]],
  ["12之1", ["p12_1", "p12-1"]],
  ["第十二條之一第二項", ["p12_1-2", "p12-1-2"]],
];
let faults = 0;
for (const [written, right] of fixtures) {
  const made = globalThis.idsOfClause(written);
  if (JSON.stringify(made) === JSON.stringify(right)) continue;
  faults += 1;
  console.error(`${written}: ${made.join(" ")}, not ${right.join(" ")}`);
}
console.log(`${fixtures.length} ways to write a clause, ${faults} faults`);
process.exit(faults ? 1 : 0);
