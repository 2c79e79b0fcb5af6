import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Advice, adviceFor, sameAs, shortTitle } from '../../../../src/core/advice/advice';
import { items as criteria } from '../../../../src/core/checklist/builtIn/wcag22-aa.json';

interface AxeRule {
  id: string;
  tags: string[];
  /** What axe itself says of it. */
  texts: string[];
}
interface LighthouseAudit {
  id: string;
  mode: string;
  texts: string[];
}

const modules = path.resolve(import.meta.dirname, '../../../../node_modules');

const axeRules: AxeRule[] = createRequire(import.meta.url)('axe-core')
  .getRules()
  .map(({ ruleId: id, tags, help, description }: Record<string, string>) => ({ id, tags, texts: [help, description] }));

/** The audits of Lighthouse's default config, with what Lighthouse says of them. */
const audits: LighthouseAudit[] = await (async () => {
  const core = path.join(modules, 'lighthouse/core');
  const { default: config } = await import(/* @vite-ignore */ pathToFileURL(`${core}/config/default-config.js`).href);
  const said = (text: unknown): string[] =>
    text === undefined
      ? []
      : [typeof text === 'string' ? text : (text as { formattedDefault: string }).formattedDefault];
  return Promise.all(
    (config.audits as string[]).map(async (name) => {
      const { default: audit } = await import(/* @vite-ignore */ pathToFileURL(`${core}/audits/${name}.js`).href);
      const { id, scoreDisplayMode = 'binary', title, failureTitle, description } = audit.meta;
      return { id, mode: scoreDisplayMode, texts: [title, failureTitle, description].flatMap(said) };
    }),
  );
})();

/** Audits without advice, and why they need none. */
const exceptions: Record<string, string> = Object.fromEntries(
  Object.entries({
    'a person has to look': audits.filter(({ mode }) => mode === 'manual').map(({ id }) => id),
    'gives facts and no verdict, so it is never a finding': [
      'baseline',
      'diagnostics',
      'final-screenshot',
      'js-libraries',
      'main-thread-tasks',
      'metrics',
      'network-requests',
      'network-rtt',
      'network-server-latency',
      'resource-summary',
      'screenshot-thumbnails',
      'script-treemap-data',
      'user-timings',
      'webmcp-form-coverage',
      'webmcp-registered-tools',
    ],
  }).flatMap(([reason, ids]) => ids.map((id) => [id, reason])),
);

/** Audits of Lighthouse 10 to 12 that reports may still bring. */
const former = [
  ...Object.keys(sameAs),
  'font-size',
  'no-document-write',
  'no-vulnerable-libraries',
  'offscreen-images',
  'plugins',
  'uses-passive-event-listeners',
  'uses-text-compression',
];

const rules = [
  ...axeRules.map(({ id }) => `axe/${id}`),
  ...audits.map(({ id }) => `lighthouse/${id}`),
  ...former.map((id) => `lighthouse/${id}`),
];
const known = new Map(
  rules.flatMap((rule): [string, Advice][] => {
    const advice = adviceFor(rule);
    return advice ? [[rule, advice]] : [];
  }),
);
const all = [...new Set(known.values())];

describe('advice', () => {
  it('is there for every rule of axe-core', () => {
    expect(axeRules.length).toBeGreaterThan(100);
    expect(axeRules.filter(({ id }) => !adviceFor(`axe/${id}`)).map(({ id }) => id)).toEqual([]);
  });

  it('is there for every Lighthouse audit that can become a finding', () => {
    expect(audits.length).toBeGreaterThan(150);
    const without = audits.filter(({ id }) => !adviceFor(`lighthouse/${id}`)).map(({ id }) => id);
    expect(without.sort()).toEqual(Object.keys(exceptions).sort());
    const decided = audits.filter(({ mode }) => mode !== 'manual' && mode !== 'informative');
    expect(decided.filter(({ id }) => id in exceptions)).toEqual([]);
  });

  it('is there for the former names of audits, and that of their successors', () => {
    expect(former.filter((id) => !adviceFor(`lighthouse/${id}`))).toEqual([]);
    expect(adviceFor('lighthouse/render-blocking-resources')).toBe(adviceFor('lighthouse/render-blocking-insight'));
    expect(adviceFor('lighthouse/modern-image-formats')?.title).toBe(
      adviceFor('lighthouse/uses-optimized-images')?.title,
    );
  });

  it('is the same for a rule of axe, whichever tool ran it', () => {
    expect(adviceFor('axe/image-alt')).toBe(adviceFor('lighthouse/image-alt'));
    const shared = axeRules.filter(({ id }) => audits.some((audit) => audit.id === id));
    for (const { id } of shared) expect(adviceFor(`axe/${id}`)).toBe(adviceFor(`lighthouse/${id}`));
  });

  it('is missing for rules that nobody wrote about', () => {
    for (const rule of ['axe/ours', 'lighthouse/new', 'nielsen-10/H01', 'wcag22-aa/1.1.1', 'axe/', 'image-alt', '']) {
      expect(adviceFor(rule)).toBeUndefined();
    }
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(adviceFor(`axe/${name}`)).toBeUndefined();
      expect(adviceFor(`lighthouse/${name}`)).toBeUndefined();
    }
    expect(adviceFor('axe/render-blocking-insight')).toBeUndefined();
  });

  it('gives lists a short title, and leaves titles of people and of unknown rules as they are', () => {
    expect(shortTitle({ rule: 'lighthouse/image-alt', title: 'Image elements do not have [alt] attributes' })).toBe(
      'Image without alt text',
    );
    expect(shortTitle({ rule: 'nielsen-10/H01', title: 'Nobody sees the total' })).toBe('Nobody sees the total');
  });
});

describe('each advice', () => {
  it('has a short title that no other has', () => {
    expect(all.filter(({ title }) => title.length > 26 || /[.!]$/.test(title)).map(({ title }) => title)).toEqual([]);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });

  it('says why in one or two sentences, and what to do in two to four steps', () => {
    for (const { title, why, steps } of all) {
      expect(why.match(/[.!?](?= |$)/g)?.length, title).toBeOneOf([1, 2]);
      expect(why.length, title).toBeLessThanOrEqual(130);
      expect(steps.length, title).toBeOneOf([2, 3, 4]);
      for (const step of steps) {
        expect(step, title).toMatch(/^[A-Z].*\.$/);
        expect(step.length, title).toBeLessThanOrEqual(110);
      }
      expect([why, ...steps].join(' ').replace(/`[^`]*`/g, ''), title).not.toMatch(/\busers?\b/i);
      expect([why, ...steps].join('').split('`').length % 2, title).toBe(1);
    }
  });

  it('is Markdown without HTML: tags stand in code', () => {
    for (const { title, why, steps } of all) {
      const outside = [title, why, ...steps].join('\n').replace(/`[^`\n]*`/g, '');
      expect(outside, title).not.toMatch(/[<>*_[\]#`\\]|^\d|\n[-+]/);
    }
  });

  it('shows code that changes, in few and short lines', () => {
    for (const { title, code } of all) {
      if (!code) continue;
      expect(code.before, title).not.toBe(code.after);
      for (const text of [code.before, code.after]) {
        expect(text.split('\n').length, title).toBeLessThanOrEqual(6);
        for (const line of text.split('\n')) expect(line.length, title).toBeLessThanOrEqual(112);
      }
    }
  });

  it('links to well-known places by https', () => {
    const hosts = ['web.dev', 'developer.mozilla.org', 'www.w3.org', 'developer.chrome.com'];
    for (const { title, standard, more } of all) {
      for (const { name, url } of [standard, more].flatMap((source) => source ?? [])) {
        expect(new URL(url).protocol, title).toBe('https:');
        expect(new URL(url).host, title).toBeOneOf(hosts);
        expect(url, title).not.toMatch(/[\s#?]/);
        expect(name, title).not.toBe('');
      }
      if (standard) expect(new URL(standard.url).host).toBe('www.w3.org');
    }
  });

  it('names the standard that axe tests, and none for best practices', () => {
    for (const { id, tags } of axeRules) {
      const tested = tags.flatMap((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)?.slice(1, 4).join('.') ?? []);
      const { standard } = adviceFor(`axe/${id}`) ?? {};
      const isObsolete = tags.some((tag) => tag.endsWith('-obsolete')); // 4.1.1, which WCAG 2.2 took out
      if (tested.length === 0 || isObsolete) expect(standard, id).toBeUndefined();
      else expect(standard?.name.split(' ')[2], id).toBeOneOf(tested);
    }
  });

  it('names success criteria as the checklist of WCAG does', () => {
    for (const { standard } of all) {
      const number = standard?.name.split(' ')[2];
      const criterion = criteria.find(({ id }) => id === number);
      if (!standard || !criterion) continue;
      expect(standard).toEqual({
        name: `WCAG 2.2 ${criterion.id} ${criterion.title}, ${criterion.level}`,
        url: criterion.url,
      });
    }
    const others = all.flatMap(({ standard }) => standard?.name ?? []).filter((name) => !/, AA?$/.test(name));
    expect(others.every((name) => name.endsWith(', AAA'))).toBe(true);
  });

  it('is in words of our own', () => {
    const plain = (text: string) => text.replace(/\[([^\]]*)\]\([^)]*\)|[`*]/g, '$1').toLowerCase();
    const sentences = (text: string) =>
      plain(text)
        .split(/(?<=[.!?])\s+/)
        .map((one) => one.replace(/[.!?\s]+$/, ''));
    const theirs = new Set([...axeRules, ...audits].flatMap(({ texts }) => texts.flatMap(sentences)));
    expect(theirs.size).toBeGreaterThan(300);
    const ours = all.flatMap(({ title, why, steps }) => [title, why, ...steps].flatMap(sentences));
    expect(ours.filter((sentence) => theirs.has(sentence))).toEqual([]);
  });

  it('gives ratios of contrast that its colours have', () => {
    const luminance = (hex: string) => {
      const long = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
      const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b; // WCAG 2.2, "relative luminance"
    };
    const lines = all
      .flatMap(({ code }) => (code ? [code.before, code.after] : []))
      .filter((text) => /:1 \*\//.test(text));
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      const [text = 0, ground = 0] = [...line.matchAll(/#[0-9a-f]{3,6}/g)].map(([hex]) => luminance(hex));
      const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      expect(line).toContain(`${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`);
    }
  });
});
