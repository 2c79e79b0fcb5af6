import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../src/core/record/record';
import { WorkspaceFiles } from '../../../src/storage/workspaceFiles';
import { referencesOf } from '../../../src/workflow/references';

let root: string;
const target: Target = { kind: 'page', path: '/shop/index.html', serve: { folder: 'site' } };
const html = `<html><head>
<script src="../app.js?v=1"></script>
  <link rel="stylesheet" href="/a.css">
<script src="https://cdn.example/x.js"></script></head></html>
`;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'references-'));
  mkdirSync(path.join(root, 'site/shop'), { recursive: true });
  writeFileSync(path.join(root, 'site/shop/index.html'), html);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const find = (urls: string[], page: Target = target) =>
  referencesOf(new WorkspaceFiles(root), page, { rule: 'lighthouse/render-blocking-insight' }, urls);

describe('the tag that asks for a resource', () => {
  it('is found by the address, whatever port the page was served on', async () => {
    const urls = ['http://127.0.0.1:41873/app.js?v=1', 'http://127.0.0.1:41873/a.css', 'https://cdn.example/x.js'];
    const found = await find(urls);
    expect(urls.map((url) => found.get(url)?.position)).toEqual([
      { file: 'site/shop/index.html', line: 2, column: 1, by: 'exact' },
      { file: 'site/shop/index.html', line: 3, column: 3, by: 'exact' },
      { file: 'site/shop/index.html', line: 4, column: 1, by: 'exact' },
    ]);
    expect(urls.map((url) => found.get(url)?.fix?.title)).toEqual(['Add defer', undefined, 'Add defer']);
  });

  it('is unknown for another address, and of a page that no folder serves', async () => {
    expect([...(await find(['http://127.0.0.1:1/app.js?v=2', 'no address']))]).toEqual([]);
    const { serve: _, ...elsewhere } = target;
    expect([...(await find(['http://127.0.0.1:1/a.css'], elsewhere))]).toEqual([]);
  });

  it('is never read from a file that a link leads out to', async () => {
    const outside = mkdtempSync(path.join(os.tmpdir(), 'outside-'));
    writeFileSync(path.join(outside, 'index.html'), html);
    rmSync(path.join(root, 'site/shop/index.html'));
    symlinkSync(path.join(outside, 'index.html'), path.join(root, 'site/shop/index.html'));
    expect([...(await find(['http://127.0.0.1:1/a.css']))]).toEqual([]);
    rmSync(outside, { recursive: true });
  });
});
