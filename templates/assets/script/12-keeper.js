/* The switch for what only who keeps the records needs: files, lines, conditions. The choice is
   kept; without scripts all of it is shown. */
{
  const button = document.querySelector(".keeper-switch");
  const root = document.documentElement;
  const say = () => button.setAttribute("aria-pressed", String(root.dataset.keeper === "shown"));
  if (button) {
    say();
    button.addEventListener("click", () => {
      const choice = root.dataset.keeper === "shown" ? "hidden" : "shown";
      root.dataset.keeper = choice;
      try { localStorage.setItem("clausebook-keeper", choice); } catch { /* Then for this page only. */ }
      say();
    });
  }
}
