import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importEvaluationFile } from '../../../src/workflow/exchangeEvaluations';
import { Workspace } from '../../../src/workflow/workspace';

let folder: string;
let workspace: Workspace;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'exchange-test-'));
  workspace = new Workspace(folder);
  const page = (at: string) => ({ kind: 'page' as const, path: at, origins: { deployed: 'https://shop.example' } });
  await workspace.record.update((before) => ({ ...before, targets: { home: page('/'), cart: page('/cart') } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const importing = (content: unknown, targets = ['home'], encode = (text: string): Uint8Array => Buffer.from(text)) =>
  importEvaluationFile(workspace, encode(typeof content === 'string' ? content : JSON.stringify(content)), 'file', {
    targets,
    checklist: 'wcag22-aa',
    evaluator: 'ana',
    on: '2026-11-20',
    suffixOf: () => 'aaaaaa',
  });
const assertion = (test: string, outcome: string, subject: string) => ({
  type: 'Assertion',
  subject,
  test,
  result: { outcome, description: null },
});
const home = 'https://shop.example/';
const report = (...auditSample: unknown[]) => ({
  '@context': {},
  selectSample: {
    structuredSample: [
      { id: home, title: 'Start' },
      { id: `${home}cart`, title: 'Cart' },
    ],
    randomSample: null,
  },
  auditSample,
});
const messages = ({ faults }: { faults: { message: string }[] }) => faults.map(({ message }) => message);

describe('importing a WCAG-EM report', () => {
  it('takes the answers of the pages that were named, and says which others there are', async () => {
    const value = report(
      assertion('WCAG20:text-equiv-all', 'earl:failed', home),
      assertion('WCAG22:reflow', 'earl:passed', `${home}cart`),
      assertion('WCAG22:reflow', 'earl:passed', '_:elsewhere'),
    );
    const done = await importing(value);
    expect(done).toMatchObject({ answers: 1, problems: 0 });
    expect(messages(done)).toEqual([
      expect.stringMatching(/^1 result about something .*: 1\.4\.10 pass$/),
      'Cart (https://shop.example/cart) is another page; name its --target too',
    ]);
    const both = await importing(value, ['home', 'cart']);
    expect([both.answers, messages(both).length]).toEqual([2, 1]);
    const { evaluations } = (await workspace.record.read()).record;
    expect(evaluations['home/wcag22-aa/ana']?.answers).toEqual({ '1.1.1': { verdict: 'fail' } });
  });

  it('says why a report gave no answer, and begins no draft', async () => {
    const untested = await importing(report(assertion('WCAG22:reflow', 'earl:untested', home)));
    expect([untested.answers, messages(untested)]).toEqual([0, [expect.stringContaining('1 untested')]]);
    expect((await workspace.record.read()).record.evaluations).toEqual({});
  });

  it('reads UTF-16', async () => {
    const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
    const value = report(assertion('WCAG22:reflow', 'earl:passed', home));
    expect(await importing(value, ['home'], utf16)).toMatchObject({ answers: 1 });
  });

  it.each([
    ['OpenACR', 'title: Shop\nproduct:\n  name: Shop\ncatalog: 2.4\nchapters:\n  a:\n', /OpenACR.*whole product/],
    ['RDF/XML', '<?xml version="1.0"?><rdf:RDF xmlns:earl="http://www.w3.org/ns/earl#"/>', /RDF\/XML.*JSON-LD/],
    ['Turtle', '@prefix earl: <http://www.w3.org/ns/earl#> .\n', /Turtle.*JSON-LD/],
    ['HTML', '<!doctype html><html><p>a, b</p></html>', /HTML page.*table \(CSV\)/],
    ['a Lighthouse report', { lighthouseVersion: '12.6.0', audits: {} }, /Lighthouse report.*ux-audit import/],
    ['an axe-core result', { testEngine: { name: 'axe-core' }, violations: [] }, /axe-core.*ux-audit import/],
    ['an evaluation without results', { '@context': {}, auditSample: [] }, /WCAG-EM.*no result/],
    ['other JSON', { a: 1 }, /other JSON, with a.*table \(CSV\)/],
    ['damaged JSON', '{"auditSample": [', /damaged or cut off/],
    ['5,000 levels', '['.repeat(5_000) + ']'.repeat(5_000), /1000 levels/],
  ])('names what is no evaluation: %s', async (_, content, text) => {
    const error = await importing(content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'usage' });
    const { message, next } = error as { message: string; next: string };
    expect(`${message} ${next}`).toMatch(text);
  });

  it('says that a table holds no answer about the target', async () => {
    const done = await importing('target,item,verdict\ncart,1.1.1,pass\nhome,1.1.1,\n');
    expect([done.answers, messages(done)]).toEqual([0, ['it holds no answer about home']]);
  });

  it('still reads a table whose cells look like other formats', async () => {
    const table = 'item,verdict,answer note\n1.1.1,fail,"catalog: a\nchapters: b\n<html> note: c"\n';
    expect(await importing(table)).toMatchObject({ answers: 1, faults: [] });
  });
});
