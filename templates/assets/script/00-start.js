/* What a page gains where scripts run. Every fact, link and table stands on the page without them.
   The parts are joined into one file; each wraps itself and takes its words from the page. */
document.documentElement.classList.add("scripted");
