// Buttons that copy a text, or the address of a place on the page, and say what was done; and those
// that print the page.
{
  const said = document.createElement("p");
  said.className = "copied";
  said.setAttribute("role", "status");
  if (document.querySelector("[data-copy], [data-copy-link]")) document.body.append(said);

  // Where the clipboard is closed to pages, as on an intranet without TLS.
  const select = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  // What was said of the copy before goes at once: it must not be taken for word of this one.
  let timers = [];
  const say = (text) => {
    timers.forEach(clearTimeout);
    said.textContent = "";
    timers = text ? [setTimeout(() => (said.textContent = text), 50), setTimeout(say, 4000)] : [];
  };
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) print();
    const from = event.target.closest("[data-copy], [data-copy-link]");
    if (!from) return;
    say();
    const { copy, copyLink, done } = from.dataset;
    const text = copyLink === undefined ? copy : new URL(copyLink, location.href).href;
    let copied = false;
    try {
      await navigator.clipboard.writeText(text);
      copied = true;
    } catch {
      copied = select(text);
      from.focus();
    }
    if (copied) say(done);
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.("details.cite[open]");
    if (!open) return;
    open.open = false;
    open.firstElementChild.focus();
  });
}
