// node test/bench/series/record.mjs [rounds]: records runs of three unchanged pages, and of one of them with a change
// injected, in order, into runs.jsonl beside this file. `npm run bench -- --only verdict` does the arithmetic on them.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import compression from 'compression';
import send from 'send';
import { prepare } from '../bundles.mjs';
import { newEngine } from '../speedRuns.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const file = path.join(import.meta.dirname, 'runs.jsonl');

/** The pages that never change; admin-lte is the heavy one. */
const pages = [
  { name: 'sb-admin-2', folder: 'node_modules/startbootstrap-sb-admin-2', page: '/index.html' },
  // without its plugins, so that most of its scripts and styles are not found
  { name: 'admin-lte', folder: 'node_modules/admin-lte', page: '/index.html', change: { without: '/plugins/' } },
  { name: 'agency', folder: 'node_modules/startbootstrap-agency/dist', page: '/index.html' },
];

const busy = (milliseconds) =>
  `<script>{const end=performance.now()+${milliseconds};while(performance.now()<end);}</script>`;

/** What is injected into agency. A run of a phone takes four times as long as on this machine, so work-38 is 150 ms there. */
const changes = {
  'work-150': { html: (text) => text.replace('</body>', `${busy(150)}</body>`) },
  'work-38': { html: (text) => text.replace('</body>', `${busy(37.5)}</body>`) },
  'image-400k': { file: ['/assets/img/header-bg.jpg', 400_000] },
  'shift-0.1': {
    html: (text) =>
      text.replace(
        '</body>',
        '<script>addEventListener("load",()=>setTimeout(()=>{const box=document.createElement("div");' +
          'box.style.height="calc(10vh + 4px)";document.body.prepend(box);' +
          '},100))</script></body>',
      ),
  },
  'blocking-file': {
    html: (text) => text.replace('</head>', '<link rel="stylesheet" href="/blocking.css"></head>'),
    added: ['/blocking.css', `.never-used{color:red}`.repeat(1000)],
  },
};

const fromOtherHosts =
  /<link\b[^>]*href="https?:\/\/[^"]*"[^>]*>|<script\b[^>]*src="https?:\/\/[^"]*"[^>]*><\/script>|<img\b[^>]*src="https?:\/\/[^"]*"[^>]*>/g;

/** Serves a folder, compressed, without what it would load from other hosts, with a change. */
async function serve(folder, { html = (text) => text, file: padded, added, without } = {}) {
  const compress = compression();
  const server = http.createServer((request, response) => {
    compress(request, response, () => {
      const { pathname } = new URL(request.url, 'http://localhost');
      const local = path.join(folder, decodeURI(pathname));
      if (without !== undefined && pathname.startsWith(without))
        return void send(request, '/no-such-file', { root: folder, cacheControl: false }).pipe(response);
      if (pathname === added?.[0]) return void response.writeHead(200, { 'content-type': 'text/css' }).end(added[1]);
      if (pathname === padded?.[0]) {
        const bytes = Buffer.concat([readFileSync(local), Buffer.alloc(padded[1])]);
        return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
      }
      if (!pathname.endsWith('.html'))
        return void send(request, pathname, { root: folder, cacheControl: false }).pipe(response);
      const text = html(readFileSync(local, 'utf8').replace(fromOtherHosts, ''));
      response.writeHead(200, { 'content-type': 'text/html;charset=utf-8' }).end(text);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

function numbersOf(report) {
  const { audits } = report;
  const value = (id) => audits[id]?.numericValue;
  const requests = audits['network-requests']?.details?.items ?? [];
  const sum = (items, of) => items.reduce((total, item) => total + (of(item) ?? 0), 0);
  return {
    fcp: Math.round(value('first-contentful-paint')),
    lcp: Math.round(value('largest-contentful-paint')),
    tbt: Math.round(value('total-blocking-time') * 10) / 10,
    si: Math.round(value('speed-index')),
    cls: Math.round(value('cumulative-layout-shift') * 1e4) / 1e4,
    tti: Math.round(value('interactive')),
    bytes: sum(requests, (one) => one.transferSize),
    requests: requests.filter((one) => one.statusCode > 0).length,
    dom: audits['dom-size-insight']?.details?.debugData?.totalElements ?? value('dom-size-insight'),
    unusedCss: sum(audits['unused-css-rules']?.details?.items ?? [], (one) => one.wastedBytes),
    unusedJs: sum(audits['unused-javascript']?.details?.items ?? [], (one) => one.wastedBytes),
    failing: Object.values(audits).flatMap(({ id, score, scoreDisplayMode }) =>
      score !== null && score < 0.9 && scoreDisplayMode !== 'informative' ? [id] : [],
    ),
  };
}

/** Programs that keep the machine's processors busy by bursts, as a build beside the audit does, while this one lives. */
function disturb() {
  const program =
    'process.stdin.on("end", () => process.exit()).resume();' +
    'setInterval(() => { const end = Date.now() + 700; while (Date.now() < end); }, 1000)';
  const children = [0, 1].map(() => spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'ignore', 'ignore'] }));
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}

const rounds = Number(process.argv[2] ?? 240);
/** A stretch of one eighth of all rounds, while other programs keep the processors busy. */
const isLoaded = (round) => round >= 39 && round < 69;
process.chdir(root);
const { product } = await prepare(root);
const engine = newEngine({ root, chrome: process.env.CHROME_PATH, product });
const served = {};
for (const { name, folder, change } of pages) served[name] = await serve(path.join(root, folder), change);
for (const [name, change] of Object.entries(changes))
  served[name] = await serve(path.join(root, pages[2].folder), change);
const audit = async (url) => {
  const { set, reports } = await engine.audit(
    { url, formFactor: 'mobile', runs: 1, categories: ['performance'] },
    { anotherFollows: true },
  );
  const numbers = numbersOf(JSON.parse(readFileSync(reports[0], 'utf8')));
  return { foreignLoad: set.foreignLoad[0], index: Math.round(set.benchmarkIndex.value), ...numbers };
};
const names = Object.keys(changes);
const first = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1)).round + 1 : 0;
await audit(`${served.agency.origin}/index.html`); // warms the worker
for (let round = first; round < rounds; round += 1) {
  const stop = isLoaded(round) ? disturb() : undefined;
  const change = names[round % names.length];
  // the changed page beside the unchanged one, in either order
  const pair = round % 2 === 0 ? ['agency', change] : [change, 'agency'];
  try {
    for (const name of ['sb-admin-2', 'admin-lte', ...pair]) {
      const run = await audit(`${served[name].origin}/index.html`);
      appendFileSync(file, `${JSON.stringify({ round, page: name, ...run })}\n`);
    }
  } finally {
    stop?.();
  }
}
await engine.dispose();
process.exit();
