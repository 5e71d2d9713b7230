//! A built site as the suites see it: its pages, one page or more of every kind, its day.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LISTED = fileURLToPath(new URL('../../golden/pages.txt', import.meta.url));

/** Reads the site in `folder`. `pages` are all its pages, `types` those that stand for their kind. */
export function readSite(folder) {
  const root = path.resolve(folder);
  const pages = fs
    .readdirSync(root, { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.html'))
    .sort();
  if (!pages.includes('index.html')) throw new Error(`${root} is not a built site: it has no index.html`);
  const home = fs.readFileSync(path.join(root, 'index.html'), 'utf8');
  const asOf = home.match(/<time datetime="(\d{4}-\d\d-\d\d)"/)?.[1];
  if (!asOf) throw new Error('the home page does not say its day');
  return {
    root,
    pages,
    types: types(root, pages),
    asOf,
    text: (page) => fs.readFileSync(path.join(root, page), 'utf8'),
  };
}

/**
 * The pages the golden test keeps whole, which are one of each kind and status; and of every shape
 * of address the largest page, since it is the one that breaks a layout.
 */
function types(root, pages) {
  const listed = fs
    .readFileSync(LISTED, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const chosen = new Set(pages.filter((page) => listed.includes(page)));
  for (const group of byShape(pages).values()) {
    const size = (page) => fs.statSync(path.join(root, page)).size;
    chosen.add(group.reduce((a, b) => (size(b) > size(a) ? b : a)));
  }
  return [...chosen].sort();
}

/** Pages grouped by the shape of their address: its first folder and its depth. */
export function byShape(pages) {
  const groups = new Map();
  for (const page of pages) {
    const shape = shapeOf(page);
    if (!groups.has(shape)) groups.set(shape, []);
    groups.get(shape).push(page);
  }
  return groups;
}

/** `due/index.html` and `404.html` are of their own shape; `units/a.html` is of the shape `units/1`. */
export function shapeOf(page) {
  const parts = page.split('/');
  if (parts.length === 1 || parts.at(-1) === 'index.html') return page;
  return `${parts[0]}/${parts.length - 1}`;
}
