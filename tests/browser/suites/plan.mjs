//! The plan of a year of each agency prints on one sheet of A4, lying.

import { newPage } from '../lib/browser.mjs';

export const title = 'year plans on one sheet';

export async function run({ site, browser, server, report }) {
  const plans = site.pages.filter((page) => /^agencies\/[^/]+\/plan-\d{4}\.html$/.test(page));
  report.expect(plans.length > 0, 'there are year plans');
  const tab = await newPage(browser, site);
  for (const page of plans) {
    await tab.goto(server.address + page);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map((box) => box[1].trim().split(/\s+/).map(Number));
    report.expect(sheets.length === 1, `${page} is one sheet`, `${sheets.length} sheets`);
    const [, , width, height] = sheets[0] ?? [];
    report.expect(Math.round(width) === 842 && Math.round(height) === 595, `${page} is A4, lying`, `${width} × ${height}`);
    await tab.emulateMedia({ media: 'print' });
    await tab.setViewportSize({ width: 1047, height: 718 }); // 277 mm × 190 mm
    const clipped = await tab.evaluate(() => {
      const cells = [...document.querySelectorAll('.year-plan th, .year-plan td')];
      return cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent);
    });
    report.expect(clipped.length === 0, `${page} has no clipped cell`, clipped.join('\n'));
    await tab.emulateMedia({ media: null });
  }
  await tab.close();
}
