export const title = 'stale';
export async function run({ report }) { report.absent('stale'); }
