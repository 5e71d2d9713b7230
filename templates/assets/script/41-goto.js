// Goes to a clause by its number, however it is written: 5, 五, 第五點, 5-2-1, 第五點第（二）款; 第12-1條.
{
  /* The ids a clause may have: 12-1 may be the first part of 12, or the clause put in after it. */
  const idsOf = (written) => {
    const { pattern, value } = globalThis.clausebookNumeral;
    const text = written.normalize("NFKC").replaceAll("ㄧ", "一");
    const parts = (text.match(new RegExp(pattern, "g")) ?? []).map(value);
    const ids = [parts.join("-"), [parts.slice(0, 2).join("_"), ...parts.slice(2)].join("-")];
    if (/[^-]之|-[^-]*條/.test(text)) ids.reverse();
    return ids.map((id) => "p" + id);
  };
  if (typeof document === "undefined") globalThis.idsOfClause = idsOf;
  const button = globalThis.document?.querySelector("[data-goto]");
  if (button) {
    const field = document.getElementById(button.dataset.goto);
    const said = button.parentElement.querySelector("[role=status]");
    const go = () => {
      const found = idsOf(field.value).map((id) => document.getElementById(id)).find(Boolean);
      said.textContent = found ? "" : button.dataset.none;
      if (!found) return field.focus();
      location.hash = found.id;
      found.scrollIntoView(); // an address that stays the same does not scroll
      found.tabIndex = -1;
      found.focus({ preventScroll: true });
    };
    button.addEventListener("click", go);
    field.addEventListener("keydown", (event) => event.key === "Enter" && go());
  }
}
