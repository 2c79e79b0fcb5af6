import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HumanError } from '../../../src/core/errors';
import type { AuditRecord, Target } from '../../../src/core/record/record';
import { emptyRecord } from '../../../src/core/record/record';
import { localDate } from '../../../src/workflow/localDate';
import { pagesIn, parseUrl, planFound, planServed, planTarget, planUrl } from '../../../src/workflow/planPages';

const targets: AuditRecord['targets'] = {
  checkout: {
    kind: 'page',
    path: '/checkout',
    origins: { deployed: 'https://shop.example', local: 'http://localhost:3000', staging: 'https://stage.example' },
  },
  live: { kind: 'page', path: '/live', origins: { deployed: 'https://shop.example' } },
  served: { kind: 'page', path: '/list.html', serve: { folder: 'dist' } },
  claim: { kind: 'journey', steps: ['find', 'file'] },
  nowhere: { kind: 'page', path: '/nowhere' },
};

function faultOf(work: () => unknown): HumanError {
  try {
    work();
  } catch (error) {
    if (error instanceof HumanError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('planning a known target', () => {
  it('takes the local address first, then the deployed one', () => {
    expect(planTarget(targets, 'checkout')).toEqual({
      target: 'checkout',
      environment: 'local',
      url: 'http://localhost:3000/checkout',
      isFromRecord: true,
    });
    expect(planTarget(targets, 'live')).toEqual({
      target: 'live',
      environment: 'deployed',
      url: 'https://shop.example/live',
      isFromRecord: true,
    });
  });

  it('takes the environment that was asked for', () => {
    expect(planTarget(targets, 'checkout', 'staging')).toEqual({
      target: 'checkout',
      environment: 'staging',
      url: 'https://stage.example/checkout',
      isFromRecord: true,
    });
  });

  it('serves its folder', () => {
    expect(planTarget(targets, 'served')).toEqual({
      target: 'served',
      environment: 'local',
      url: 'http://localhost/list.html',
      serve: { folder: 'dist' },
      isFromRecord: true,
    });
  });

  it.each([
    [{ serve: { folder: 5, command: 'true', url: 'http://localhost' } }],
    [{ serve: { folder: '', command: 'true', url: 'http://localhost' } }],
    [{ serve: { command: 'true', url: 'http://[' } }],
    [{ serve: { command: 'echo \0', url: 'http://localhost' } }],
    [{ origins: { local: 'http://[' } }],
    [{ origins: { local: 'http://a b' } }],
    [{ origins: { deployed: 'http://localhost:99999' } }],
  ])('opens no target that nobody can open: %j', (given) => {
    const home = { kind: 'page', path: '/', ...given } as Target;
    expect(faultOf(() => planTarget({ home }, 'home'))).toMatchObject({ kind: 'usage', code: 'target-invalid' });
  });

  it.each(['..', '../..', 'a/../../b', '/etc', 'C:\\Users', '..\\..'])('serves no folder outside: %s', (folder) => {
    const home = { kind: 'page', path: '/', serve: { folder } };
    expect(faultOf(() => planTarget({ home }, 'home'))).toMatchObject({ kind: 'usage', code: 'folder-outside' });
  });

  it('explains what is wrong with the name', () => {
    expect(faultOf(() => planTarget(targets, 'chekout'))).toMatchObject({
      kind: 'usage',
      code: 'target-unknown',
      next: expect.stringContaining('checkout, live'),
    });
    expect(faultOf(() => planTarget({}, 'checkout'))).toMatchObject({
      code: 'target-unknown',
      next: expect.stringContaining('URL'),
    });
    expect(faultOf(() => planTarget(targets, 'claim'))).toMatchObject({ code: 'target-not-a-page' });
    expect(faultOf(() => planTarget(targets, 'live', 'local'))).toMatchObject({
      code: 'environment-unknown',
      message: expect.stringContaining('known: deployed'),
    });
    expect(faultOf(() => planTarget(targets, 'nowhere'))).toMatchObject({ code: 'environment-unknown' });
  });

  it('does not know names that every object inherits', () => {
    expect(faultOf(() => planTarget(targets, 'constructor'))).toMatchObject({ code: 'target-unknown' });
  });
});

describe('planning a URL', () => {
  it('finds the target it is a page of, and keeps a secret for the audit only', () => {
    const { page, isNew } = planUrl(targets, 'http://localhost:5173/checkout?token=2');
    expect(isNew).toBe(false);
    expect(page).toMatchObject({
      target: 'checkout',
      environment: 'local',
      url: 'http://localhost:5173/checkout?token=2',
    });
  });

  it('takes another query for another page, unless the team says otherwise', () => {
    const url = 'http://localhost:5173/checkout?step=2';
    expect(planUrl(targets, url)).toMatchObject({
      isNew: true,
      page: { target: 'checkout-step-2', learn: { path: '/checkout', query: 'step=2' } },
    });
    expect(planUrl(targets, url, { ignored: ['step'] })).toMatchObject({
      isNew: false,
      page: { target: 'checkout', url },
    });
  });

  it('names the target of the path alone, and records there when a person says so', () => {
    const url = 'http://localhost:5173/checkout?step=2';
    expect(planUrl(targets, url)).toMatchObject({ isNew: true, pathOf: 'checkout' });
    const { page, isNew } = planUrl(targets, url, { target: 'checkout' });
    expect([page.target, isNew]).toEqual(['checkout', false]);
    expect(page.learn).not.toMatchObject({ query: 'step=2' });
  });

  it('suggests a name for a new page, and learns no secret of its address', () => {
    const { page, isNew } = planUrl(targets, 'https://shop.example/Basket/?token=secret#x');
    expect(isNew).toBe(true);
    expect(page).toEqual({
      target: 'basket',
      environment: 'deployed',
      url: 'https://shop.example/Basket/?token=secret#x',
      learn: { kind: 'page', path: '/Basket/', origins: { deployed: 'https://shop.example' } },
    });
  });

  it('takes the name and environment that were given', () => {
    expect(planUrl(targets, 'http://localhost:3000/checkout', { target: 'pay', environment: 'staging' })).toMatchObject(
      {
        isNew: true,
        page: { target: 'pay', environment: 'staging' },
      },
    );
  });

  it('takes a page whose name every object inherits for new', () => {
    expect(planUrl(targets, 'https://shop.example/constructor')).toMatchObject({
      isNew: true,
      page: { target: 'constructor' },
    });
  });

  it('completes addresses as people type them and drops passwords', () => {
    const cases: [typed: string, url: string][] = [
      ['localhost:3000/x', 'http://localhost:3000/x'],
      ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
      ['[::1]:3000', 'http://[::1]:3000/'],
      ['shop.example/x', 'https://shop.example/x'],
      ['  HTTP://Shop.Example ', 'http://shop.example/'],
      ['http://ana:secret@localhost:3000/', 'http://localhost:3000/'],
    ];
    for (const [typed, url] of cases) expect(parseUrl(typed).href).toBe(url);
  });

  it('refuses what is not a web address', () => {
    for (const typed of ['', 'http://', 'ftp://shop.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'a b']) {
      expect(faultOf(() => parseUrl(typed))).toMatchObject({
        kind: 'usage',
        code: 'url-invalid',
        next: expect.stringContaining('http://localhost:3000'),
      });
    }
  });
});

describe('planning pages that were found', () => {
  const known = {
    ...emptyRecord(),
    targets: { pricing: { kind: 'page', path: '/pricing', origins: { local: 'http://localhost:3000' } } },
  };

  it('names each, with who is signed in, and leaves out what the record has', () => {
    const urls = ['http://localhost:3000/pricing', 'http://localhost:3000/a/b', 'http://localhost:3000/a/b?page=2'];
    const planned = planFound(known, urls, { login: 'customer' });
    expect(planned.map(({ target, learn }) => [target, learn?.login])).toEqual([
      ['a-b', 'customer'],
      ['a-b-page-2', 'customer'],
    ]);
  });

  it('makes no double of a page in another environment', () => {
    const url = 'https://staging.example/pricing';
    expect(planFound(known, [url], { environment: 'staging' })).toEqual([]);
    expect(planFound(emptyRecord(), [url], { environment: 'staging' })[0]?.learn?.origins).toEqual({
      staging: 'https://staging.example',
    });
  });

  it('takes addresses that are not encoded rightly as they are', () => {
    const urls = ['http://localhost/sale-50%', 'http://localhost/a%23b.html', 'http://localhost/a%20b.html'];
    const planned = planFound(emptyRecord(), urls, { serve: { folder: 'dist' } });
    expect(planned.map(({ learn }) => learn?.path)).toEqual(['/sale-50%', '/a%23b.html', '/a b.html']);
    expect(new Set(planned.map(({ target }) => target)).size).toBe(3);
  });
});

describe('planning a served folder', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plan-test-'));
    for (const file of [
      'index.html',
      'shop/list.htm',
      'shop/a b.html',
      'app.js',
      '.hidden/x.html',
      'node_modules/y/z.html',
    ]) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), '');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds its pages in a fixed order, without hidden folders and dependencies', async () => {
    expect(await pagesIn(folder)).toEqual(['index.html', 'shop/a b.html', 'shop/list.htm']);
    expect(await pagesIn(path.join(folder, 'missing'))).toEqual([]);
  });

  it('makes each page a target that knows how it is served', () => {
    expect(planServed({}, 'dist', 'shop/a b.html')).toEqual({
      target: 'shop-a-b',
      environment: 'local',
      url: 'http://localhost/shop/a%20b.html',
      serve: { folder: 'dist' },
      learn: { kind: 'page', path: '/shop/a b.html', serve: { folder: 'dist' } },
    });
    expect(planServed({}, 'dist', 'index.html')).toMatchObject({ target: 'home', url: 'http://localhost/' });
  });

  it('finds the target again, and gives two pages two names', () => {
    expect(planServed({}, 'dist', 'list.html?page=2#/a')).toMatchObject({
      target: 'list-a-page-2',
      url: 'http://localhost/list.html?page=2#/a',
      learn: { path: '/list.html', query: 'page=2', hash: '/a' },
    });
    expect(planServed(targets, 'dist', 'list.html').target).toBe('served');
    expect(planServed(targets, 'other', 'list.html').target).toBe('list');
    expect(planServed({}, 'dist', 'list.html', { taken: ['list'] }).target).toBe('list-2');
  });

  it('plans the same address when its target is audited by name afterwards', () => {
    const page = planServed({}, 'dist', 'shop/a b.html');
    const known = { [page.target]: { kind: 'page', ...page.learn } };
    expect(planTarget(known, page.target)).toMatchObject({ environment: 'local', serve: page.serve });
    expect(new URL(planTarget(known, page.target).url).href).toBe(page.url);
    expect(planServed(known, 'dist', 'shop/a b.html').target).toBe(page.target);
  });
});

describe('the day of a run', () => {
  it('is the calendar day where it was made', () => {
    expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
    expect(localDate(new Date(2026, 10, 21, 0, 0))).toBe('2026-11-21');
  });
});
