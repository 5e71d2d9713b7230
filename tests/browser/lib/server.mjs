//! A static web server on the loopback address, with the site under a path of its own, as an
//! agency would put it beside other sites.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const UNDER = '/compliance/site/';
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.ics': 'text/calendar; charset=utf-8',
};

/** Serves `root`; gives its `address`, the addresses asked for in vain, and `close`. */
export async function serve(root) {
  const missed = [];
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = path.join(root, asked.slice(UNDER.length));
    const inside = asked.startsWith(UNDER) && file.startsWith(root + path.sep);
    if (!inside || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      if (asked !== '/favicon.ico') missed.push(asked); // asked for by the browser, not by a page
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
      return;
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' });
    // A broken copy of the site may be gone before the last of its files was asked for.
    fs.createReadStream(file).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}${UNDER}`,
    missed,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
}
