/* Sorts tables by buttons in their headers: up, down, as it was. A cell's `data-key` or `<time>`
   goes before its text. */
{
const { pattern: NUMBER, value } = globalThis.clausebookNumeral;
const LEVEL = `(${NUMBER})([章節條點項款目]?[之-](${NUMBER}))*`;
const all = (text, what) => text.match(new RegExp(what, "g")) || [];

const padded = (text) => `${value(text)}`.padStart(6, "0");
/* 「第十二條之一第二項」 is "000012-000001 000002". */
const clause = (text) =>
  all(text, LEVEL).map((level) => all(level, NUMBER).map(padded).join("-")).join(" ");
const keys = {
  clause,
  numeral: clause,
  text: (text) => text,
  number: (text) => all(text.replace(/,/g, ""), "-?\\d+(\\.\\d+)?").map(Number)[0] ?? "",
  date: (text) => all(text, "^\\d{4}.*").join(),
};
const collator = new Intl.Collator("zh-Hant-TW", { numeric: true });
const compare = (a, b) => (a < b ? -1 : +(a > b));

/* The places of texts in their new order: equal ones as they were, those without a key last. */
const order = (kind, texts, down) => {
  const made = texts.map((text) => text && keys[kind](text.normalize("NFKC")));
  const by = kind === "text" ? collator.compare : compare;
  return [...texts.keys()].sort((a, b) =>
    (made[a] === "") - (made[b] === "") || by(made[a], made[b]) * (down ? -1 : 1) || a - b);
};

const textOf = (cell) => {
  const [time, link] = ["time", "a"].map((name) => cell.querySelector(name));
  return cell.dataset.key ?? time?.dateTime ?? (link || cell).textContent.trim();
};
const arm = (table, words) => {
  const heads = [...table.querySelectorAll("[data-sort]")];
  const rows = [...table.tBodies[0].rows];
  if (!heads.length || rows.length < 2) return;
  const said = document.createElement("output");
  (table.closest(".scroll") || table).after(said);
  for (const head of heads) {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const now = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now) head.setAttribute("aria-sort", now);
      const texts = rows.map((row) => textOf(row.cells[head.cellIndex]));
      const places = now ? order(head.dataset.sort, texts, now[0] === "d") : rows.keys();
      table.tBodies[0].append(...Array.from(places, (at) => rows[at]));
      said.textContent = words[now || "unsorted"].replace("{column}", button.textContent);
    };
  }
};
if (typeof document === "undefined") globalThis.sortOrder = order;
else for (const table of document.querySelectorAll("main table")) arm(table, document.getElementById("main").dataset);
}
