// The search of a built site, asked by the script the pages use, without a browser:
//   node tests/browser/search-node.mjs public [--strings 300] [--seed 1]
// Every string taken from a page is found on that page, the first answer to each query of
// tests/fixtures/search-queries.tsv is right (for the demo), the script folds as the program does,
// and the index is no larger than twice the text it holds. Ends with 1 if anything fails.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { createContext, runInContext } from "node:vm";

const [site, ...options] = process.argv.slice(2);
const option = (name, value) =>
  Number(options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : value);
const here = new URL("..", import.meta.url);
const fixture = name =>
  readFileSync(new URL(`fixtures/${name}`, here), "utf8").split("\n")
    .filter(line => line && !line.startsWith("#")).map(line => line.split("\t"));

const context = createContext({});
const script = new URL("../templates/assets/script/50-search.js", here);
runInContext(readFileSync(script, "utf8"), context);
const { fold, find, show, mark } = context.clausebookSearch;
let files = 0;
const load = async file => {
  files++;
  runInContext(readFileSync(join(site, file), "utf8"), context);
};

const faults = [];
const check = (holds, fault) => holds || faults.push(fault);

for (const [text, folded] of fixture("search-fold.tsv")) {
  check(fold(text) === folded, `folds ${text} to ${fold(text)}, not ${folded}`);
}

// The first query, with all it loads.
const begun = performance.now();
const first = await find("稽核", load);
await show(first.results.slice(0, 50), load);
console.log(`first query: ${(performance.now() - begun).toFixed(0)} ms, ${files} files`);

// Strings as they stand in the texts of the pages.
const pages = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith(".html"))
  .map(entry => relative(site, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
  .sort();
const REFERENCES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const resolve = text => text.replace(/&(#x?)?(\w+);/g, (whole, number, name) =>
  number ? String.fromCodePoint(parseInt(name, number === "#x" ? 16 : 10)) : REFERENCES[name] ?? whole);
const textsOf = page => {
  const html = readFileSync(join(site, page), "utf8");
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const texts = main.split(/<[^>]*>/).map(text => resolve(text).replace(/\s+/g, " ").trim());
  // The hashes of the records of an occurrence are not looked for.
  return texts.filter(text => text && !/^[0-9a-f]{64}$/.test(text));
};
let state = BigInt(option("seed", 1));
const below = limit => {
  state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
  return Number((state >> 33n) % BigInt(limit));
};
const strings = option("strings", 300);
const lengths = {};
let slowest = 0;
for (let asked = 0; asked < strings; ) {
  const page = pages[below(pages.length)], texts = textsOf(page);
  const chars = [...texts[below(texts.length)]], length = 1 + below(8);
  if (chars.length < length) continue;
  const from = below(chars.length - length + 1), text = chars.slice(from, from + length).join("").trim();
  if (!text) continue;
  asked++;
  lengths[length] = (lengths[length] ?? 0) + 1;
  const begun = performance.now();
  const { results, more, words } = await find(text, load);
  slowest = Math.max(slowest, performance.now() - begun);
  await show(results, load);
  const paths = results.map(result => result.path.split("#")[0]);
  check(more || paths.includes(page), `${JSON.stringify(text)} stands on ${page}, not found there`);
  for (const result of results.slice(0, 3)) {
    const shown = [result.title, result.told, result.text ?? ""].map(fold).join("\n");
    const marked = result.text && mark(result.text, words, 90).some(([, is]) => is);
    check(words.some(word => shown.includes(word)), `${text}: ${result.path} does not show why`);
    check(!result.text || marked, `${text}: nothing marked in ${result.text}`);
  }
}
console.log(`${strings} strings (by length ${JSON.stringify(lengths)}), slowest ${slowest.toFixed(0)} ms`);

// What people ask.
const fits = (path, wanted) => {
  const parts = wanted.split("*");
  const pattern = parts.map(part => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`).test(path);
};
const queries = fixture("search-queries.tsv");
let right = 0;
for (const [query, wanted] of queries) {
  const { results } = await find(query, load);
  const [best] = await show(results.slice(0, 1), load);
  const fine = best && wanted.split(" ").some(one => fits(best.path, one));
  right += Boolean(fine);
  check(fine, `${query}: first comes ${best?.path} (${best?.title}), wanted ${wanted}`);
}
console.log(`${right} of ${queries.length} queries have a right first answer`);

// How large it is.
const size = folder => readdirSync(join(site, folder), { withFileTypes: true }).reduce(
  (sum, entry) => sum + (entry.isDirectory() ? size(join(folder, entry.name)) : statSync(join(site, folder, entry.name)).size), 0);
let text = 0, blocks = 0;
runInContext("globalThis.kept = []; const put = clausebookSearch; clausebookSearch = (name, data) => kept.push([name, data]);", context);
const index = size("search");
const folder = readdirSync(join(site, "search"), { withFileTypes: true }).find(entry => entry.isDirectory()).name;
for (const file of readdirSync(join(site, "search", folder))) await load(`search/${folder}/${file}`);
for (const [name, data] of context.kept) {
  if (!name.startsWith("t")) continue;
  blocks++;
  text += Buffer.byteLength(data.lines.join("\n"));
}
console.log(`index ${index} bytes, the ${blocks} blocks of text in it ${text} bytes: ${(index / text).toFixed(2)} times`);
check(index <= 2 * text, "the index is larger than twice its text");

faults.forEach(fault => console.log(`FAULT ${fault}`));
process.exit(faults.length ? 1 : 0);
