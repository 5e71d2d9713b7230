/* Search: looks a query up in the index the build made (src/output/search/files.rs), whose files
   call this function with their name and content. Knows nothing of the page it serves. */
globalThis.clausebookSearch = (() => {
  const given = {}, asked = {}, ENOUGH = 200, BATCH = 64;
  /* 臺 as 台, the bopomofo ㄧ as the numeral 一, ς as σ. */
  const SAME = { "\u81fa": "\u53f0", "\u3127": "\u4e00", "\u03c2": "\u03c3" };
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/[\u81fa\u3127\u03c2]/g, c => SAME[c]);

  // A file is asked for once; again only if it did not come.
  const get = (name, load) => asked[name] ??= (async () => {
    await load(`search/${name === "index" ? "" : given.index.folder + "/"}${name}.js`);
    return given[name];
  })().catch(error => {
    delete asked[name];
    throw error;
  });

  // The numbers in runs: how far each begins after the last number, and how many follow.
  const spread = (runs, last = 0) => {
    const all = [];
    for (let at = 0; at < runs.length; at += 2) {
      all.push(last += runs[at]);
      for (let more = runs[at + 1]; more--; ) all.push(++last);
    }
    return all;
  };

  // A file of texts, ready to be looked through.
  const block = async (number, load) => {
    const data = await get("t" + number, load);
    if (data.ends) return data;
    let last = 0, path = "";
    data.folded = fold(data.lines.join("\n")) + "\n";
    data.ends = [];
    for (let at = 0; (at = data.folded.indexOf("\n", at) + 1); ) data.ends.push(at);
    data.at &&= data.at.map(runs => {
      const all = spread(runs, last);
      last = all[0];
      return all;
    });
    data.paths &&= data.paths.map((rest, line) => path = path.slice(0, data.same[line]) + rest);
    return data;
  };

  // The numbers of the blocks that have every pair of neighbouring characters of a word.
  const blocksOf = async (word, { shards }, load) => {
    const chars = [...word];
    const pairs = chars.length > 1 ? chars.slice(1).map((char, at) => chars[at] + char) : chars;
    let found;
    for (const pair of pairs) {
      const shard = await get("g" + (pair.codePointAt() % shards), load);
      const here = spread(shard[pair] ?? []);
      found = found ? found.filter(number => here.includes(number)) : here;
    }
    return found;
  };

  // Notes how well things match a word: 0 the whole title, 1 a whole name, 2 within a title,
  // 3 within a name, 4 within a clause, 5 within the title of a record, 6 within another text.
  const look = (word, { lines, folded, ends, at: things, first }, part, records, hits) => {
    let line = 0;
    for (let at = 0; (at = folded.indexOf(word, at)) >= 0; at = ends[line]) {
      for (let high = ends.length; line < high; ) {
        const middle = (line + high) >> 1;
        if (ends[middle] > at) high = middle;
        else line = middle + 1;
      }
      const length = ends[line] - 1 - (ends[line - 1] ?? 0);
      const whole = part < 2 && length === word.length;
      for (const thing of part ? things[line] : [first + line]) {
        const score = whole ? part : part ? [3, 4, 6][part - 1] : thing < records ? 2 : 5;
        if (!hits.has(thing)) hits.set(thing, { score, length: part ? 0 : length });
        const hit = hits.get(thing);
        hit.score = Math.min(hit.score, score);
        if (part > 1 || part && !hit.length) hit.text ??= lines[line];
      }
    }
  };

  // What matches every word of a query, best first; `more`: there may be more.
  const find = async (query, load) => {
    const index = await get("index", load);
    const words = fold(query).split(/\s+/).filter(Boolean);
    const where = await Promise.all(words.map(word => blocksOf(word, index, load)));
    const all = [...new Set(where.flat())].sort((a, b) => a - b);
    const hits = words.map(() => new Map());
    let results = [], more = false;
    for (let from = 0; from < all.length && !more; from += BATCH) {
      const batch = all.slice(from, from + BATCH);
      const loaded = await Promise.all(batch.map(number => block(number, load)));
      loaded.forEach((data, n) => {
        data.first = index.starts[batch[n]];
        const part = index.ends.findIndex(end => batch[n] < end);
        words.forEach((word, w) => where[w].includes(batch[n]) && look(word, data, part, index.records, hits[w]));
      });
      results = [...hits[0].keys()].filter(thing => hits.every(hit => hit.has(thing)));
      more = results.length >= ENOUGH && from + BATCH < all.length;
    }
    results = results.map(thing => {
      const own = hits.map(hit => hit.get(thing));
      return {
        thing,
        // Better than all else is a title with every word in it.
        score: own.reduce((sum, hit) => sum + hit.score, words[1] && own.every(hit => hit.length) ? -99 : 0),
        kind: index.kinds.findIndex(([, end]) => thing < end),
        length: own[0].length,
        text: own.find(hit => hit.text)?.text,
      };
    });
    const by = ["score", "kind", "length", "thing"];
    results.sort((a, b) => by.reduce((order, key) => order || a[key] - b[key], 0));
    // A run of Han may be two words that stand apart.
    const run = results.length || words[1] ? null : /^\p{Script=Han}+$/u.exec(words[0]);
    const chars = [...(run?.[0] ?? "")];
    for (let cut = 2; cut <= chars.length - 2; cut++) {
      const apart = await find(chars.slice(0, cut).join("") + " " + chars.slice(cut).join(""), load);
      if (apart.results.length) return { ...apart, apart: true };
    }
    return { words, results, more };
  };

  // Adds to some results what is shown of them.
  const show = async (results, load) => {
    const { starts, kinds } = await get("index", load);
    for (const result of results) {
      const number = starts.findLastIndex(start => start <= result.thing);
      const data = await block(number, load), line = result.thing - starts[number];
      result.name = kinds[result.kind][0];
      result.title = data.lines[line];
      result.told = data.told[data.of[line]];
      result.path = data.paths[line];
    }
    return results;
  };

  // A text in pieces [text, whether it matches]: at most so many characters around the first match.
  const mark = (text, words, most = 999) => {
    const chars = [...text], from = [], on = new Set();
    let folded = "";
    chars.forEach((char, at) => {
      folded += fold(char);
      while (from.length < folded.length) from.push(at);
    });
    for (const word of words)
      for (let at = -1; (at = folded.indexOf(word, at + 1)) >= 0; )
        for (let n = 0; n < word.length; n++) on.add(from[at + n]);
    const first = Math.max(0, Math.min(...on, chars.length) - (most >> 2)), last = first + most;
    const pieces = [[first ? "…" : "", false]];
    chars.slice(first, last).forEach((char, at) => {
      const is = on.has(first + at);
      if (is !== pieces.at(-1)[1]) pieces.push(["", is]);
      pieces.at(-1)[0] += char;
    });
    return last < chars.length ? [...pieces, ["…", false]] : pieces;
  };

  return Object.assign((name, data) => given[name] = data, { fold, find, show, mark });
})();
