import { readdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import { parseChecklist } from '../../../../src/core/checklist/checklist';

const root = path.resolve(import.meta.dirname, '../../../..');

/** Audit ids of the installed Lighthouse: their files' names. */
function lighthouseAudits(): Set<string> {
  const folder = path.join(root, 'node_modules/lighthouse/core/audits');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(files.filter((file) => file.endsWith('.js')).map((file) => path.basename(file, '.js')));
}

describe('the built-in checklists', () => {
  const counts = {
    'nielsen-10': 10,
    'iso-9241-110': 7,
    'cognitive-walkthrough': 4,
    'forms-checkout': 20,
    'journey-cx': 12,
    'deceptive-patterns': 16,
    'wcag22-aa': 55,
  };

  it('are seven with 124 items, the default first', () => {
    expect(Object.fromEntries(builtInChecklists.map(({ id, items }) => [id, items.length]))).toEqual(counts);
    expect(builtInChecklists[0]?.id).toBe('nielsen-10');
    expect(builtInChecklists.reduce((sum, { items }) => sum + items.length, 0)).toBe(124);
  });

  it.each(builtInChecklists.map((checklist) => [checklist.id, checklist] as const))(
    '%s is a valid checklist file',
    (id, checklist) => {
      expect(parseChecklist(JSON.stringify(checklist), id, id)).toEqual(checklist);
    },
  );

  it('explain every item to somebody who never did this', () => {
    for (const { id, items } of builtInChecklists) {
      for (const item of items) {
        const where = `${id} ${item.id}`;
        expect(item.question, where).toMatch(/\?$/);
        expect(item.howToCheck?.length, where).toBeGreaterThanOrEqual(2);
        expect(item.good && item.bad, where).toBeTruthy();
        expect(item.metrics, where).toBeDefined();
        expect(item.stages, where).toBeDefined();
      }
    }
  });

  it('repeat no question', () => {
    const questions = builtInChecklists.flatMap(({ items }) => items.map(({ question }) => question));
    expect(new Set(questions).size).toBe(questions.length);
  });

  it('name what must be at hand in the same few words, and say what to press where developer tools are needed', () => {
    const all = builtInChecklists.flatMap(({ items }) => items);
    const needs = new Set(all.flatMap((item) => item.needs ?? []));
    expect([...needs].sort()).toEqual([
      'developer tools',
      'emails and letters',
      'payment card',
      'phone',
      'screen reader',
      'second device',
      'second person',
      'someone from the team',
      'sound',
      'test account',
      'test system',
    ]);
    const pressed = /\bF12\b|right-click/i;
    for (const { id, howToCheck = [], needs: own = [] } of all) {
      const steps = howToCheck.join(' ');
      if (own.includes('developer tools')) expect(steps, id).toMatch(pressed);
      expect(steps.replaceAll(/right-click[^.:]*choose Inspect/gi, ''), id).not.toMatch(
        /\b[Ii]nspect\b|\binspector\b|developer tools/,
      );
      for (const [need, said] of [
        ['phone', /phone/i],
        ['screen reader', /screen reader/i],
        ['test system', /test (system|data|card)|whole process/i],
      ] as const)
        if (own.includes(need)) expect(steps, id).toMatch(said);
    }
  });

  it('name only machine checks that exist', () => {
    const audits = lighthouseAudits();
    const rules = new Set(axe.getRules().map(({ ruleId }) => ruleId));
    const wrong = builtInChecklists.flatMap(({ id, items }) =>
      items.flatMap(({ id: item, covers = [] }) =>
        covers
          .filter((rule) => !(rule.startsWith('axe/') ? rules : audits).has(rule.split('/')[1] as string))
          .map((rule) => `${id} ${item}: ${rule}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('carry the notice of the W3C with its success criteria, and link each', () => {
    const wcag = builtInChecklists.find(({ id }) => id === 'wcag22-aa');
    expect(wcag?.source?.licence).toContain('Copyright © 2023 W3C');
    for (const { id, url, level } of wcag?.items ?? []) {
      expect(url, id).toMatch(/^https:\/\/www\.w3\.org\/WAI\/WCAG22\/Understanding\/[a-z0-9-]+\.html$/);
      expect(['A', 'AA'], id).toContain(level);
    }
  });

  it('name every axe rule of a criterion beside it', () => {
    const wcag = builtInChecklists.find(({ id }) => id === 'wcag22-aa');
    const items = new Map(wcag?.items.map((item) => [item.id, item]));
    const missing = axe
      .getRules()
      .filter(
        ({ tags }) => !tags.some((tag) => ['best-practice', 'experimental', 'wcag2aaa', 'deprecated'].includes(tag)),
      )
      .flatMap(({ ruleId, tags }) =>
        tags.flatMap((tag) => {
          const digits = /^wcag(\d)(\d)(\d+)$/.exec(tag);
          const item = digits && items.get(digits.slice(1).join('.'));
          return item && !item.covers?.includes(`axe/${ruleId}`) ? [`${item.id}: ${ruleId}`] : [];
        }),
      );
    expect(missing).toEqual([]);
  });
});
