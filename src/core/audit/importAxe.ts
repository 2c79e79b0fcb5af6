import * as z from 'zod/mini';
import { oneLine } from '../text/inertText';
import type { AuditResult } from './auditResults';
import type { AuditItem } from './lighthouseReport';
import { occurrencesOf } from './occurrences';

const nodeSchema = z.object({
  html: z.optional(z.string()),
  /** One selector for each frame down to the element; a list of selectors passes through shadow roots. */
  target: z.optional(z.union([z.array(z.unknown()), z.string()])),
});

const ruleSchema = z.object({
  id: z.string(),
  impact: z.optional(z.nullable(z.string())),
  help: z.optional(z.string()),
  description: z.optional(z.string()),
  nodes: z._default(z.array(nodeSchema), []),
});
type AxeRule = z.infer<typeof ruleSchema>;

const rules = z._default(z.array(ruleSchema), []);

/** The parts of an axe-core result that are read. A reporter may leave out `passes` and others. */
export const axeResultSchema = z.object({
  url: z.optional(z.string()),
  timestamp: z.optional(z.string()),
  violations: rules,
  passes: rules,
  incomplete: rules,
  inapplicable: rules,
});
export type AxeResult = z.infer<typeof axeResultSchema>;

/** Whether a value looks like an axe-core result; {@link axeResultSchema} checks it. */
export function looksLikeAxe(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const engine = 'testEngine' in value ? (value.testEngine as { name?: unknown } | null)?.name : undefined;
  return engine === 'axe-core' || ('violations' in value && engine === undefined);
}

/** Whether a value is a list of violations alone, as helpers of test frameworks save it. */
export function isViolationList(value: unknown): boolean {
  const isRule = (entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'nodes' in entry && ('help' in entry || 'impact' in entry);
  return Array.isArray(value) && value.length > 0 && value.every(isRule);
}

/** The last part of a finding's id. A team's own rules may have names that an id cannot hold. */
function nameOf(rule: AxeRule): string | undefined {
  return rule.id.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '') || undefined;
}

/** Severities that a machine may give: never 4, since "imperative before release" is a judgement. */
function severityByImpact(impact: string | null | undefined): AuditResult['severity'] {
  if (impact === 'critical' || impact === 'serious') return 3;
  return impact === 'moderate' ? 2 : 1;
}

function selectorOf(target: readonly unknown[] | string): string | undefined {
  const frames = [target]
    .flat()
    .map((part) => (Array.isArray(part) ? part.filter((inner) => typeof inner === 'string').join(' >>> ') : part));
  const known = frames.filter((part): part is string => typeof part === 'string' && part !== '');
  return known.length > 0 ? known.map(oneLine).join(' >> ') : undefined;
}

function itemsOf(rule: AxeRule): AuditItem[] {
  return rule.nodes.flatMap(({ target = [], html }) => {
    const selector = selectorOf(target);
    if (selector === undefined && html === undefined) return [];
    return [{ ...(selector !== undefined && { selector }), ...(html !== undefined && { snippet: oneLine(html) }) }];
  });
}

/**
 * Combines the axe-core results of one page, such as with a dialog shut and open. A rule that fails in any of them
 * fails, with the places of all. Leaves out rules that axe could not decide.
 */
export function axeAuditResults(pages: readonly AxeResult[]): AuditResult[] {
  const results = new Map<string, AuditResult>();
  for (const { rule, name } of named(pages, 'violations')) {
    const known = results.get(name);
    const severity = severityByImpact(rule.impact);
    results.set(name, {
      id: name,
      title: oneLine(rule.help ?? rule.description ?? rule.id),
      outcome: 'failing',
      severity: known && known.severity > severity ? known.severity : severity,
      replaces: [],
      items: combined(known?.items ?? [], itemsOf(rule)),
    });
  }
  const undecided = new Set(named(pages, 'incomplete').map(({ name }) => name));
  for (const outcome of ['passes', 'inapplicable'] as const) {
    for (const { rule, name } of named(pages, outcome)) {
      if (results.has(name) || undecided.has(name)) continue;
      results.set(name, {
        id: name,
        title: oneLine(rule.help ?? rule.description ?? rule.id),
        outcome: outcome === 'passes' ? 'passing' : 'not applicable',
        severity: 1,
        replaces: [],
        items: [],
      });
    }
  }
  return [...results.values()];
}

/** The rules that axe could not decide and that fail nowhere, so that it says nothing of their findings. */
export function undecidedRules(pages: readonly AxeResult[]): { id: string; title: string }[] {
  const failing = new Set(named(pages, 'violations').map(({ name }) => name));
  const undecided = new Map(named(pages, 'incomplete').map(({ rule, name }) => [name, rule.help ?? rule.id]));
  return [...undecided].flatMap(([id, title]) => (failing.has(id) ? [] : [{ id, title: oneLine(title) }]));
}

function named(results: readonly AxeResult[], list: 'violations' | 'passes' | 'incomplete' | 'inapplicable') {
  return results.flatMap((result) =>
    result[list].flatMap((rule) => {
      const name = nameOf(rule);
      return name === undefined ? [] : [{ rule, name }];
    }),
  );
}

/** The places of both. A place in both counts with the larger of its two numbers. */
function combined(one: readonly AuditItem[], other: readonly AuditItem[]): AuditItem[] {
  const places = occurrencesOf(one);
  for (const [key, place] of occurrencesOf(other)) {
    const known = places.get(key);
    if (!known || (place.n ?? 1) > (known.n ?? 1)) places.set(key, place);
  }
  return [...places.values()].flatMap(({ selector, snippet, n = 1 }) =>
    Array.from({ length: n }, () => ({
      ...(selector !== undefined && { selector }),
      ...(snippet !== undefined && { snippet }),
    })),
  );
}
