export const title = 'theme';
export async function run({ report }) { report.absent('theme'); }
