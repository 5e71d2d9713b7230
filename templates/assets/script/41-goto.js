// Goes to a clause by its number, however it is written: 5, 五, 第五點, 5-2-1, 第五點第（二）款.
{
  const button = document.querySelector("[data-goto]");
  if (button) {
    const field = document.getElementById(button.dataset.goto);
    const said = button.parentElement.querySelector("[role=status]");
    const value = (text) => {
      if (/^\d+$/.test(text)) return +text;
      let sum = 0, digit = 0;
      for (const c of text) {
        const unit = { 十: 10, 百: 100, 廿: 20 }[c];
        if (!unit) digit = "〇一二三四五六七八九".indexOf(c);
        else (sum += c === "廿" ? unit : (digit || 1) * unit), (digit = 0);
      }
      return sum + digit;
    };
    const go = () => {
      const text = field.value.normalize("NFKC").replaceAll("ㄧ", "一");
      const parts = (text.match(/\d+|[〇一二三四五六七八九十百廿]+/g) ?? []).map(value);
      // 12-1 may be the first part of 12, or the clause put in after it.
      const names = [parts.join("-"), [parts.slice(0, 2).join("_"), ...parts.slice(2)].join("-")];
      if (/\d之|[十一二三四五六七八九]之/.test(text)) names.reverse();
      const found = names.map((name) => document.getElementById("p" + name)).find(Boolean);
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
