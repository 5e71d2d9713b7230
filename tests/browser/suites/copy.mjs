export const title = 'copy';
export async function run({ report }) { report.absent('copy'); }
