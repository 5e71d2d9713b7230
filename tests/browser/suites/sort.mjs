export const title = 'sort';
export async function run({ report }) { report.absent('sort'); }
