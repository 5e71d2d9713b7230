/* The search page, and the search box of every other page. */
{
  const box = document.querySelector(".search-box"), page = document.querySelector(".search");
  const input = (page ?? box)?.querySelector("input");
  const composing = event => event.isComposing || event.keyCode === 229;

  addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  if (box) {
    const go = () => location.assign(`${box.dataset.search}?q=${encodeURIComponent(input.value.trim())}`);
    box.querySelector("button").onclick = go;
    input.onkeydown = event => {
      if (event.key === "Enter" && !composing(event)) go();
      if (event.key === "Escape") input.value = "";
    };
  }

  if (page) {
    const { find, show, mark } = clausebookSearch, STEP = 50, words = page.dataset;
    const list = page.querySelector("ol"), count = page.querySelector(".search-count");
    const when = name => page.querySelector(`[data-when="${name}"]`);
    const load = file => new Promise((done, failed) => {
      const script = document.createElement("script");
      // The one file of a fixed name is asked for anew: a kept copy may be of another build.
      script.src = file + (file.endsWith("/index.js") ? "?" + Date.now() : "");
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    const element = (tag, name, pieces) => {
      const made = document.createElement(tag);
      made.className = name;
      for (const [text, matches] of pieces) {
        const part = matches ? document.createElement("mark") : document.createTextNode("");
        part.textContent = text;
        made.append(part);
      }
      return made;
    };
    const row = (result, words) => {
      const item = document.createElement("li"), link = element("a", "", mark(result.title, words));
      link.href = result.path;
      item.append(element("span", "tag", [[result.name]]), " ", link);
      if (result.told) item.append(element("span", "sub", mark(result.told, words)));
      if (result.text) item.append(element("p", "", mark(result.text, words, 90)));
      item.append(element("span", "sub path", [[result.path]]));
      return item;
    };

    let turn = 0, rest = [], found;
    const more = async () => {
      const part = rest.splice(0, STEP), mine = turn;
      await show(part, load);
      if (mine !== turn) return;
      list.append(...part.map(result => row(result, found.words)));
      when("more").hidden = !rest.length;
    };
    const search = async () => {
      const query = input.value.trim(), mine = ++turn;
      try {
        history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
      } catch { /* Some browsers keep the address of a file as it is. */ }
      when("none").hidden = when("failed").hidden = when("more").hidden = true;
      if (query) count.textContent ||= words.loading;
      try {
        const answer = await find(query, load);
        if (mine !== turn) return;
        found = answer;
        rest = found.results;
        const text = found.more ? words.more : rest.length ? words.count : words.none;
        const apart = found.apart ? words.apart.replace("{words}", found.words.join(words.between)) : "";
        count.textContent = query && apart + text.replace("{n}", rest.length.toLocaleString());
        when("none").hidden = !query || rest.length;
        list.hidden = !rest.length;
        list.replaceChildren();
        await more();
      } catch {
        if (mine !== turn) return;
        count.textContent = "";
        when("failed").hidden = false;
      }
    };
    let timer;
    const soon = event => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(search, 150);
    };
    input.oninput = input.oncompositionend = soon;
    when("more").onclick = async () => {
      const next = list.children.length;
      await more();
      list.children[next]?.querySelector("a").focus();
    };
    page.onkeydown = event => {
      if (composing(event)) return;
      const links = [input, ...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1, Enter: at ? 0 : 1 }[event.key];
      if (event.key === "Escape") {
        if (!at) input.value = "", search();
        input.focus();
      } else if (at < 0 || !step || !links[at + step]) return;
      else links[at + step].focus();
      event.preventDefault();
    };
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    if (input.value) input.focus(), search();
    else find("", load).catch(() => {}); // so that the first answer waits for less
  }
}
