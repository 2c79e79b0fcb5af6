import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/record/record';
import { recordHtml } from '../../../../src/core/report/htmlReport';
import { active, finding, hostile, hostileFinding, recordOf } from './hostile';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const options = { title: 'Findings of the shop', madeOn: '2026-11-22', attachments: {} };

function htmlOf(findings: Finding[], fields: Partial<Parameters<typeof recordHtml>[1]> = {}, target = {}) {
  return recordHtml(
    recordOf(findings, {
      kind: 'page',
      path: '/checkout',
      origins: { deployed: 'https://shop.example' },
      ...target,
    }),
    { ...options, ...fields },
  );
}

/** Start tags of a document whose attribute values are all quoted. */
function tagsOf(html: string): string[] {
  return [
    ...html.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<([a-z][a-z0-9]*)((?:\s[a-z-]+(?:="[^"]*")?)*)>/g),
  ].map(([, name, attributes]) => `${name}${attributes}`);
}

describe('the HTML report', () => {
  it('is one file that runs and loads nothing', () => {
    const html = htmlOf([finding()]);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(html).not.toMatch(/<script|<link|<iframe|<form|\sstyle=|@import|url\(/i);
    expect(style).toContain('prefers-color-scheme: dark');
    expect(style).toContain('@media print');
  });

  it('begins with what is open, by severity, by page, and problem by problem, the worst first', () => {
    const of = (name: string, state: Finding['state'], target = 'checkout') =>
      finding({ id: `${target}/a/${name}`, rule: `a/${name}`, title: `Problem ${name}`, target, state });
    const html = htmlOf([
      of('1', { status: 'open', severity: 4 }),
      of('2', { status: 'reopened', severity: 2 }),
      of('2', { status: 'open', severity: 2 }, 'home'),
      of('3', { status: 'open' }),
      of('4', { status: 'fixed', severity: 3, fixedOn: '2026-11-20' }),
    ]);
    expect(html).toContain('3 problems are open; 1 of them is major or worse.');
    expect(html).toMatch(/<caption>Open problems by severity<\/caption>/);
    expect(html).toMatch(/Catastrophe <span class="quiet">[^<]*<\/span><\/th><td class="number">1</);
    expect(html).toMatch(/Major <span class="quiet">[^<]*<\/span><\/th><td class="number">0</);
    expect(html).toMatch(/Not rated yet<\/th><td class="number">1</);
    expect(html).toMatch(/<a href="#page-1">checkout<\/a><\/th><td class="number">3<.*>Catastrophe<.*>1</);
    expect(html).toMatch(/<a href="#problem-2" dir="auto">Problem 2<\/a><\/th><td>Minor<\/td><td>checkout, home</);
    expect([...html.matchAll(/<article [^>]*>\n<h3[^>]*>([^<]*)/g)].map(([, title]) => title)).toEqual([
      'Problem 1',
      'Problem 2',
      'Problem 3',
      'Problem 4',
    ]);
    expect(html.indexOf('Open again')).toBeLessThan(html.indexOf('Fixed on 2026-11-20'));
  });

  it('says why a problem matters and what to do, once for all its pages', () => {
    const html = htmlOf([finding(), finding({ target: 'home', id: 'home/lighthouse/image-alt' })]);
    expect(html.match(/<h4>Why it matters<\/h4>/g)).toHaveLength(1);
    expect(html).toContain('<li>Say in <code>alt</code> what the image tells a reader here');
    expect(html).toMatch(/<h4 dir="auto">checkout<\/h4>[\s\S]*<h4 dir="auto">home<\/h4>/);
    expect(htmlOf([finding({ state: { status: 'fixed' } })])).not.toContain('Why it matters');
  });

  it('gives decisions about places, and about a rule on every page', () => {
    const decision = { status: 'accepted', by: 'cleo', on: '2026-11-20', reason: 'a <b>logo</b>' };
    const parsed = recordOf([finding({ occurrences: { a: { selector: 'img', decided: decision } } })]);
    parsed.record.settings = { decisions: { 'lighthouse/image-alt': { ...decision, reason: 'later' } } };
    const html = recordHtml(parsed, options);
    expect(html).toContain('<span class="quiet">accepted by cleo on 2026-11-20: a &lt;b&gt;logo&lt;/b&gt;</span>');
    expect(html).toContain('On every page, also later ones: accepted by cleo on 2026-11-20: later');
  });

  it('calls a finding by our short title, with that of the tool below', () => {
    const html = htmlOf([
      finding(),
      finding({ id: 'checkout/nielsen-10/H01/1', rule: 'nielsen-10/H01', title: 'Slow' }),
    ]);
    expect(html).toContain(
      '<h3 dir="auto">Image without alt text</h3><p class="quiet">Image elements do not have [alt] attributes</p>',
    );
    expect(html).toMatch(/<h3 dir="auto">Slow<\/h3>\n<ul/);
    expect(htmlOf([finding({ title: '<img src=x>' })])).toContain('<p class="quiet">&lt;img src=x&gt;</p>');
  });

  it('tells the status of a finding in words', () => {
    const decision = { by: 'cleo', on: '2026-11-20', reason: 'a rewrite is on its way' };
    const html = htmlOf([
      finding({
        id: 'checkout/a/1',
        rule: 'a/1',
        state: { status: 'accepted', until: '2027-01-15', upTo: 1, ...decision },
      }),
      finding({ id: 'checkout/a/2', rule: 'a/2', state: { status: 'false-positive', ...decision } }),
      finding({ id: 'checkout/a/3', rule: 'a/3', state: { status: 'someday', severity: 1, seenIn: ['local/mobile'] } }),
    ]);
    expect(html).toContain('Accepted for now by cleo on 2026-11-20 until 2027-01-15 for up to 1 place');
    expect(html).toContain('Looked at: not a problem by cleo');
    expect(html).toContain('Status unknown to this report: someday');
    expect(html).toContain('<h4>Reason</h4><p dir="auto">a rewrite is on its way</p>');
    expect(html).toContain('Seen in: local on a phone');
    expect(html).toContain('Cosmetic (1 of 4)');
  });

  it('shows images, and says which are missing', () => {
    const evidence = ['evidence/a.png', 'evidence/b.png', 'evidence/c.png'];
    const html = htmlOf([finding({ evidence })], {
      attachments: { 'evidence/a.png': PNG, 'evidence/c.png': 'data:text/html;base64,AAAA' },
    });
    expect(html).toContain(`<img src="${PNG}" alt="Image 1 of 3 of: Image without alt text"`);
    expect(html.match(/<img /g)).toHaveLength(1);
    expect(html).toContain('The image evidence/b.png is not part of this report.');
    expect(html).toContain('The image evidence/c.png is not part of this report.');
  });

  it('has landmarks, one first heading and no level left out', () => {
    const html = htmlOf([finding({ note: 'one\ntwo', recommendation: 'Say what it shows.' })]);
    for (const landmark of ['<header>', '<main>', '<footer>', '<html lang="en">']) expect(html).toContain(landmark);
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<caption>/g)?.length);
    expect(html).toContain('<p dir="auto">one</p><p dir="auto">two</p>');
  });

  it('says so when there is nothing, or nothing open', () => {
    expect(htmlOf([])).toContain('Nothing is recorded yet.');
    expect(htmlOf([finding({ state: { status: 'fixed' } })])).toContain(
      'No problem is open. 1 problem is solved or decided.',
    );
  });

  it('keeps hostile text inert', () => {
    const html = htmlOf(
      [hostileFinding],
      { title: hostile, attachments: { [hostile]: PNG, [`evidence/${hostile}.png`]: `${PNG}" onerror="alert(1)` } },
      { path: `/${hostile}`, steps: [hostile] },
    );
    expect(html).not.toMatch(active);
    expect(html).not.toMatch(/<script|<img/i);
    const names = new Set(tagsOf(html).flatMap((tag) => tag.match(/\s[a-z-]+(?==)/g) ?? []));
    expect([...names].filter((name) => /^\son|style|src$/.test(name))).toEqual([]);
    expect(html.match(/</g)).toHaveLength((html.match(/<\/?[a-z][^<>]*>|<!doctype html>/g) ?? []).length);
    for (const [, address] of html.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^(#|https:\/\/shop\.example\/)/);
  });
});
