/* Numbers as regulations write them, for sorting and for going to a clause: 十二, 廿三, 一百零五,
   一〇五, 12. */
globalThis.clausebookNumeral = {
  pattern: "\\d+|[〇零一二三四五六七八九十百千廿卅]+",
  value(text) {
    if (/\d/.test(text)) return +text;
    const units = { 十: 10, 百: 100, 千: 1000 }, tens = { 廿: 20, 卅: 30 };
    const said = [...text.replace(/零/g, "〇")].map((c) => [c, "〇一二三四五六七八九".indexOf(c)]);
    if (said.every(([, digit]) => digit >= 0)) return said.reduce((sum, [, digit]) => sum * 10 + digit, 0);
    let sum = 0, pending = 0;
    for (const [c, digit] of said) {
      if (units[c]) sum += (pending || 1) * units[c];
      else sum += tens[c] ?? 0;
      pending = Math.max(digit, 0);
    }
    return sum + pending;
  },
};
