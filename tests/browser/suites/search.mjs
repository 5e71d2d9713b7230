export const title = 'search';
export async function run({ report }) { report.absent('search'); }
