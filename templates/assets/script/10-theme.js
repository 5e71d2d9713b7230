/* The switch between the light and the dark mode. It says what it leads to; the choice is kept. */
{
  const button = document.querySelector(".theme");
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const name = () => {
    const text = isDark() ? button.dataset.light : button.dataset.dark;
    button.setAttribute("aria-label", text);
    button.title = text;
  };
  if (button) {
    name();
    button.addEventListener("click", () => {
      const mode = isDark() ? "light" : "dark";
      root.dataset.theme = mode;
      try { localStorage.setItem("clausebook-theme", mode); } catch { /* Then for this page only. */ }
      name();
    });
    system.addEventListener("change", name);
  }
}
