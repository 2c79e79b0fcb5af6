import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { workbenchUrl } from '../hosts/server.mjs';
import { test as base } from './fixtures.mjs';

/** VS Code's number for what an entry is. */
const typeOf = (entry) => (entry.isDirectory() ? 2 : 1);

const answers = {
  'GET stat': async (file) => {
    const entry = await stat(file);
    return JSON.stringify({ type: typeOf(entry), ctime: 0, mtime: Math.round(entry.mtimeMs), size: entry.size });
  },
  'GET list': async (file) => {
    const entries = await readdir(file, { withFileTypes: true });
    return JSON.stringify(entries.map((entry) => [entry.name, typeOf(entry)]));
  },
  'GET bytes': (file) => readFile(file),
  'PUT bytes': async (file, request) => writeFile(file, Buffer.concat(await request.toArray())),
  'POST folder': (file) => mkdir(file, { recursive: true }),
  'DELETE all': (file) => rm(file, { recursive: true }),
};

/** Serves a folder to the file system of test/e2e/virtualFolder, with all that may be done to it. */
async function serveFiles(folder) {
  const server = http.createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-methods', '*');
    const { pathname, search } = new URL(request.url, 'http://localhost');
    const answer = answers[`${request.method} ${search.slice(1)}`];
    try {
      response.end(await answer?.(path.join(folder, decodeURIComponent(pathname)), request));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { authority: `127.0.0.1:${server.address().port}`, close };
}

/** Settings with which the extension runs in the browser's worker, as where there is no server. */
const inWorker = { 'remote.extensionKind': { 'ux-audit.ux-audit': ['web'] } };

/** As the tests of fixtures.mjs, with a folder that VS Code reaches and that is on no disk of the extension's. */
export const test = base.extend({
  /** `open(handle)` opens the folder for a person; in a browser alone unless `isAlone` is false. */
  open: async ({ page, host, folder }, use) => {
    const files = await serveFiles(path.dirname(folder));
    await use(async (handle, isAlone = true) => {
      host.configure(isAlone ? inWorker : {});
      const machine = path.join(host.folder, 'user-data/Machine');
      mkdirSync(machine, { recursive: true });
      writeFileSync(path.join(machine, 'settings.json'), JSON.stringify({ 'uxAudit.handle': handle }));
      await page.goto(workbenchUrl(host, { folder: `virtual://${files.authority}/workspace` }));
      await page.locator('.monaco-workbench .part.activitybar').waitFor();
      await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    });
    await page.goto('about:blank');
    files.close();
  },
});
