// The page that holds the site against its manifest: each file is fetched again and hashed here;
// nothing is sent. Files a reader chooses are looked up by their hash.
{
  const box = document.getElementById("verify");
  if (box) {
    const words = box.dataset;
    const [start, choose, said, own, list] =
      ["start", "files", "said", "own", "list"].map((name) => document.getElementById(`verify-${name}`));
    const say = (text) => (said.textContent = text);
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    const add = (text) => {
      const item = document.createElement("li");
      item.textContent = text;
      list.append(item);
      list.hidden = false;
    };
    const hash = async (bytes) => {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    const address = (path) => words.root + path.split("/").map(encodeURIComponent).join("/");
    const fetched = async (path) => {
      const answer = await fetch(path, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.arrayBuffer();
    };
    const show = async (bytes) => {
      const sum = await hash(bytes);
      own.hidden = false;
      own.lastElementChild.textContent = sum;
      return sum;
    };
    // Without a secure context browsers hash nothing, and from the disk they read no other file.
    const hinder = () => {
      if (!window.crypto?.subtle) return words.insecure;
      return "";
    };
    // A manifest of another form, or of nothing, would be found the same.
    const read = (bytes) => {
      const manifest = JSON.parse(new TextDecoder().decode(bytes));
      const files = Object.entries(manifest.files);
      const isEntry = ([, entry]) => typeof entry.sha256 === "string" && Number.isInteger(entry.size);
      if (manifest.schema !== 1 || !files.length || !files.every(isEntry)) throw new Error("manifest");
      return files;
    };
    let chosen = null;
    const begin = () => {
      list.replaceChildren();
      list.hidden = true;
      const why = hinder();
      say(why);
      return !why;
    };

    start.addEventListener("click", async () => {
      if (!begin()) return;
      if (location.protocol === "file:") return say(words.disk);
      start.disabled = true;
      let files;
      let faults = 0;
      const fault = (text) => {
        faults += 1;
        add(text);
      };
      try {
        const bytes = await fetched(words.manifest);
        const sum = await show(bytes);
        files = read(bytes);
        const noted = new TextDecoder().decode(await fetched(words.hash));
        if (noted !== `${sum}  manifest.json\n`) fault(words.own);
      } catch {
        start.disabled = false;
        return say(words.none);
      }
      let at = 0;
      let done = 0;
      const work = async () => {
        while (at < files.length) {
          const [path, entry] = files[at];
          at += 1;
          try {
            const bytes = await fetched(address(path));
            const same = bytes.byteLength === entry.size && (await hash(bytes)) === entry.sha256;
            if (!same) fault(fill(words.changed, { file: path }));
          } catch {
            fault(fill(words.missing, { file: path }));
          }
          done += 1;
          if (done % 100 === 0) say(fill(words.progress, { done, all: files.length }));
        }
      };
      await Promise.all([work(), work(), work(), work()]);
      say(fill(faults ? words.different : words.same, { faults, all: files.length }));
      start.disabled = false;
      start.focus();
    });

    choose.addEventListener("change", async () => {
      if (!begin()) return;
      const files = Array.from(choose.files);
      const manifest = files.find((file) => file.name === "manifest.json");
      try {
        if (manifest || !chosen) {
          const bytes = manifest ? await manifest.arrayBuffer() : await fetched(words.manifest);
          await show(bytes);
          chosen = read(bytes);
        }
      } catch {
        return say(location.protocol === "file:" ? words.disk : words.none);
      }
      const paths = new Map();
      for (const [path, entry] of chosen) {
        paths.set(entry.sha256, [...(paths.get(entry.sha256) ?? []), path]);
      }
      for (const file of files.filter((one) => one !== manifest)) {
        let found;
        try {
          found = paths.get(await hash(await file.arrayBuffer()));
        } catch {
          // A folder, or a file that went away: nothing in the manifest is like it.
        }
        const files = found?.join("、");
        add(fill(found ? words.known : words.unknown, { file: file.name, files }));
      }
      say(fill(words.chosen, { all: files.length }));
    });
  }
}
