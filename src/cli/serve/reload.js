// Waits for news of the site: a new build reloads the page (browsers keep the place), an error
// stands over it. When the server is gone, it asks again until it is back.
(() => {
  const script = document.currentScript;
  let version = script ? script.dataset.version : "0";
  let shown = null;
  const show = (error) => {
    if (shown) {
      shown.remove();
      shown = null;
    }
    if (!error) {
      return;
    }
    shown = document.createElement("pre");
    shown.setAttribute("role", "alert");
    shown.textContent = error;
    Object.assign(shown.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: "9999", margin: "0", padding: "1rem",
      maxHeight: "60vh", overflow: "auto", background: "#3b0d0d", color: "#fff",
      font: "14px/1.5 monospace", whiteSpace: "pre-wrap",
    });
    document.body.append(shown);
  };
  const rest = (time) => new Promise((done) => setTimeout(done, time));
  const ask = async () => {
    for (;;) {
      try {
        const answer = await fetch(`/_clausebook/news?${version}`, { cache: "no-store" });
        const news = await answer.json();
        const isNew = String(news.version) !== String(version);
        if (news.error) {
          version = String(news.version);
          show(news.error);
        } else if (isNew) {
          location.reload();
          return;
        }
      } catch {
        await rest(1000);
      }
    }
  };
  // What the page was served with may be an error already.
  fetch("/_clausebook/news?0", { cache: "no-store" })
    .then((answer) => answer.json())
    .then((news) => show(news.error))
    .catch(() => {})
    .finally(ask);
})();
