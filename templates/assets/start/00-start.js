/* Runs before the page is drawn: the rest of the script only adds to pages that are whole without
   it, and the mode the reader chose must not flash up in the other one first. */
{
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const mode = localStorage.getItem("clausebook-theme");
    if (mode === "light" || mode === "dark") root.dataset.theme = mode;
    if (localStorage.getItem("clausebook-keeper") === "shown") root.dataset.keeper = "shown";
  } catch { /* Where nothing may be kept, the system's mode serves. */ }
}
