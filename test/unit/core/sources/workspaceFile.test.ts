import { describe, expect, it } from 'vitest';
import { isForeignFile, workspaceFile } from '../../../../src/core/sources/workspaceFile';

const files = [
  'index.html',
  'src/App.jsx',
  'src/parts/Card.vue',
  'src/ä b.svelte',
  'packages/shop/src/Cart.tsx',
  'packages/blog/src/Cart.tsx',
];

describe('the file of a workspace that a build names', () => {
  it.each([
    ['/home/anna/site/src/App.jsx', 'src/App.jsx'],
    ['C:\\Users\\anna\\site\\src\\parts\\Card.vue', 'src/parts/Card.vue'],
    ['/src/App.jsx?t=1720000000000', 'src/App.jsx'],
    ['http://localhost:5173/src/App.jsx', 'src/App.jsx'],
    ['http://localhost:5173/@fs/home/anna/site/src/App.jsx', 'src/App.jsx'],
    ['file:///home/anna/site/src/App.jsx', 'src/App.jsx'],
    ['webpack://site/./src/App.jsx', 'src/App.jsx'],
    ['webpack-internal:///(app-pages-browser)/./src/App.jsx', 'src/App.jsx'],
    ['turbopack:///[project]/src/App.jsx', 'src/App.jsx'],
    ['App.jsx', 'src/App.jsx'],
    ['/src/%C3%A4%20b.svelte', 'src/ä b.svelte'],
    ['/shop/src/Cart.tsx', 'packages/shop/src/Cart.tsx'],
  ])('%s is %s', (declared, file) => {
    expect(workspaceFile(declared, files)).toBe(file);
  });

  it.each([
    ['/src/Cart.tsx', 'two packages have it'],
    ['/home/anna/other/index.html', 'only the name is alike'],
    ['/home/anna/site/lib/App.jsx', 'it lies elsewhere'],
    ['/home/anna/site/node_modules/src/App.jsx', 'it is a dependency'],
    ['../../../../etc/passwd', 'it is outside'],
    ['', 'it is nothing'],
    ['/', 'it is nothing'],
    ['%', 'it is nothing'],
  ])('%s is none: %s', (declared) => {
    expect(workspaceFile(declared, files)).toBeUndefined();
  });

  it('never is a path that a page made up', () => {
    for (const declared of ['/../secret', 'src/../../secret', '\0src/App.jsx', 'file:///etc/passwd'])
      expect([undefined, ...files]).toContain(workspaceFile(declared, files));
    expect(isForeignFile('/a/node_modules/react/index.js')).toBe(true);
    expect(isForeignFile('/a/my_node_modules/x.js')).toBe(false);
  });
});
