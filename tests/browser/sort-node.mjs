// The order of the sort buttons, by the script of the pages itself: `node tests/browser/sort-node.mjs`.
import { readFileSync } from "node:fs";

for (const name of ["15-numeral.js", "20-sort.js"]) {
  const script = new URL(`../../templates/assets/script/${name}`, import.meta.url);
  new Function("document", readFileSync(script, "utf8"))(undefined);
}

/* Each list is in its right order. */
const fixtures = [
  ["numeral", ["九", "十"]],
  ["numeral", ["二", "九", "十", "十一", "十九", "二十", "二十一", "廿三", "一百", "一百零二", "一〇五", "一百十一", "一千"]],
  ["numeral", ["（一）", "（二）", "（十）", "（十一）"]],
  ["clause", ["第八點", "第九點", "第十點", "第十一點"]],
  ["clause", ["第2條", "第12條", "第12-1條", "第12-2條", "第13條", "第100條"]],
  ["clause", ["七", "七之一", "七之二", "八"]],
  ["clause", ["5.1", "5.2", "5.9", "5.10", "6.1"]],
  ["clause", ["第七點", "第七點第一款", "第七點第一款第二目", "第七點第十款", "第七點之一", "第八點"]],
  ["clause", ["第十二條", "第十二條第一項", "第十二條之一", "第十二條之一第二項", "第十三條"]],
  ["clause", ["第９條", "第１０條"]],
  ["clause", ["第一章", "第四章", "第四章之一", "第五章"]],
  ["date", ["0099-12-31", "2011-01-01", "2024-02-28", "2024-02-29", "2024-12-31"]],
  ["date", ["2026-01", "2026-09", "2026-10"]],
  ["date", ["2025-01-01", "2026-01-01", "未登載"]],
  ["number", ["-3", "0", "9", "10", "9999", "10,000", "123,456"]],
  ["number", ["1.5", "12 KB", "100 KB", "－"]],
  ["text", ["account-2", "account-9", "account-10"]],
  ["text", ["一科", "二科", "三科", ""]],
];

let faults = 0;
const expect = (what, made, right) => {
  if (JSON.stringify(made) === JSON.stringify(right)) return;
  faults += 1;
  console.error(`${what}\n  made  ${made.join("　")}\n  right ${right.join("　")}`);
};
const empty = (kind, text) => text === "" || text === "－" || text === "未登載";
for (const [kind, right] of fixtures) {
  const sorted = (list, down) => globalThis.sortOrder(kind, list, down).map((at) => list[at]);
  // From every rotation and from the end, up and down; what has no key stays last.
  for (let turn = 0; turn < right.length; turn++) {
    const list = [...right.slice(turn), ...right.slice(0, turn)];
    expect(`${kind} up`, sorted(list, false), right);
    expect(`${kind} up, from the end`, sorted(list.reverse(), false), right);
    const [full, none] = [true, false].map((is) => right.filter((text) => empty(kind, text) !== is));
    expect(`${kind} down`, sorted(list, true), [...full.reverse(), ...none]);
  }
}
// Equal rows stay as they were, whichever way.
for (const down of [false, true]) {
  expect("stable", globalThis.sortOrder("number", ["1", "2", "1", "2", "－", "－"], down), down ? [1, 3, 0, 2, 4, 5] : [0, 2, 1, 3, 4, 5]);
}
console.log(`${fixtures.length} lists, ${faults} faults`);
process.exit(faults ? 1 : 0);
