import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import compression from 'compression';
import send from 'send';

/** The sites that audits are timed on, each with the page to load. */
export const sites = [
  { name: 'sample shop', folder: 'media/sample-shop/flawed', page: '/index.html' },
  { name: 'sb-admin-2', folder: 'node_modules/startbootstrap-sb-admin-2', page: '/index.html' },
  { name: 'admin-lte', folder: 'node_modules/admin-lte', page: '/index.html' },
];

/** Twenty pages of one site. The 10th and the 20th weigh the same, since their memory is compared. */
export const manyPages = {
  name: 'admin-lte',
  folder: 'node_modules/admin-lte',
  pages: [
    'starter.html',
    'index2.html',
    'index3.html',
    'pages/widgets.html',
    'pages/tables/simple.html',
    'pages/forms/general.html',
    'pages/UI/general.html',
    'pages/UI/buttons.html',
    'pages/mailbox/mailbox.html',
    'pages/layout/fixed-sidebar.html',
    'pages/UI/timeline.html',
    'pages/UI/modals.html',
    'pages/examples/profile.html',
    'pages/examples/invoice.html',
    'pages/examples/login.html',
    'pages/examples/projects.html',
    'pages/examples/contacts.html',
    'pages/examples/faq.html',
    'pages/examples/404.html',
    'pages/layout/fixed-topnav.html',
  ].map((page) => `/${page}`),
};

/** Style sheets, scripts and pictures of other hosts: fonts and avatars in these sites. */
const fromOtherHosts =
  /<link\b[^>]*href="https?:\/\/[^"]*"[^>]*>|<script\b[^>]*src="https?:\/\/[^"]*"[^>]*><\/script>|<img\b[^>]*src="https?:\/\/[^"]*"[^>]*>/g;

/**
 * Serves a folder on a free port, compressed. What pages would load from other hosts is left out of them, so that the
 * network has no part in what is measured.
 *
 * @param {string} folder
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>}
 */
export async function serve(folder) {
  const compress = compression();
  const page = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const text = await readFile(path.join(folder, decodeURI(pathname)), 'utf8').catch(() => undefined);
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html;charset=utf-8' }).end(text.replace(fromOtherHosts, ''));
  };
  const server = http.createServer((request, response) => {
    compress(request, response, () => {
      if (/\.html(\?|$)/.test(request.url)) return void page(request, response);
      const { pathname } = new URL(request.url, 'http://localhost');
      send(request, pathname, { root: folder, cacheControl: false }).pipe(response);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
