import { figureText } from '../metrics/metricText';
import { markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { groupRanked, type RankedFinding } from './fixFirst';
import type { ImpactLink } from './impactCatalogue';
import type { ImpactData } from './impactData';
import { citeText, detailText, estimateCite, estimateText, gradeText, valueText } from './impactText';
import type { ImpactView, WhatIfAnswer } from './impactView';
import { inOwnNumbers, ownNumbersText } from './ownMoney';

/** What a digest tells. */
export interface ImpactDigest {
  data: ImpactData;
  view: ImpactView;
  /** The studies of the view's paths. */
  cited: readonly ImpactLink[];
  answers: readonly WhatIfAnswer[];
  ranked: readonly RankedFinding[];
}

/** Findings a digest lists. */
const LISTED = 10;

interface Lines {
  values: string[];
  missing: string[];
  baseline: string[];
  paths: { head: string; studies: { link: ImpactLink; cite: string }[] }[];
  ranked: string[];
  answers: { head: string; lines: string[] }[];
}

/** @param inert makes text from the record harmless where it is going to stand */
function linesOf({ data, view, cited, answers, ranked }: ImpactDigest, inert: (text: string) => string): Lines {
  const metric = (id: string) => view.metrics.find((one) => one.id === id);
  const nameOf = (id: string) => metric(id)?.name ?? id;
  const links = new Map(cited.map((link) => [link.id, link]));
  return {
    values: view.values.map(
      (value) =>
        `${value.target === undefined ? 'whole product' : inert(value.target)}: ${inert(nameOf(value.metric))} ${inert(valueText(value))}${value.verdict ? ` ${value.verdict}` : ''} (${inert(detailText(value))})`,
    ),
    missing: view.missing.map(nameOf),
    baseline: data.baseline.flatMap(({ key, before, now, reason, withinNoise }) => {
      if (!now) return [`${inert(key)}: not measured here since`];
      if (reason !== undefined) return [`${inert(key)}: not compared, ${inert(reason)}`];
      return Object.entries(now.values).flatMap(([id, [value, low, high, n]]) => {
        const old = before.values[id];
        if (!old) return [];
        const unit = metric(id)?.scale.unit ?? '';
        const text = (one: number) => figureText(one, unit);
        const verdict = withinNoise.includes(id) ? 'no change beyond noise' : 'changed';
        return [
          `${inert(key)}: ${nameOf(id)} ${text(value)} (${text(low)} to ${text(high)}, n ${n}), baseline ${text(old[0])} (${text(old[1])} to ${text(old[2])}, n ${old[3]}): ${verdict}`,
        ];
      });
    }),
    paths: view.paths.map((path) => ({
      head: `${nameOf(path.ux)} and ${nameOf(path.cx)}: ${path.links.length > 0 ? gradeText(path.grade) : 'no relation found'}${path.links.length > 0 && path.counterEvidence.length > 0 ? ', with counter-evidence' : ''}`,
      studies: [...path.links, ...path.counterEvidence].flatMap((id) => {
        const link = links.get(id);
        return link ? [{ link, cite: citeText(link) }] : [];
      }),
    })),
    ranked: groupRanked(ranked)
      .slice(0, LISTED)
      .map(({ head, findings }) => {
        const where = findings.length === 1 ? inert(head.target) : `${findings.length} targets`;
        return `${inert(head.title)} (${where}): ${inert(placeText(head, nameOf))}`;
      }),
    answers: answers.map((answer) => {
      const text = (value: number) => figureText(value, answer.unit);
      return {
        head: `${answer.target === undefined ? 'whole product' : inert(answer.target)} (${answer.basis}, ${inert(answer.about)}): ${nameOf(answer.metric)} from ${text(answer.from)} to ${text(answer.to)}`,
        lines: [
          ...(answer.estimates.length > 0 ? [] : ['No study of this metric may be computed; read what they found.']),
          ...answer.estimates.flatMap((estimate) => {
            const link = links.get(estimate.link);
            const numbers = inOwnNumbers(estimate, data, answer.target);
            return [
              `${link ? `${nameOf(link.cx)}: ` : ''}${estimateText(estimate, text)} [${estimate.link}${link ? `: ${inert(estimateCite(link))}` : ''}]`,
              ...(numbers ? [`${ownNumbersText(numbers, estimate)}. ${numbers.formula}`] : []),
            ];
          }),
          ...answer.assumptions.map((line) => `Assumed: ${inert(line)}`),
        ],
      };
    }),
  };
}

/** Why a finding stands where it does. */
export function placeText(finding: RankedFinding, nameOf: (metric: string) => string): string {
  const { severity, stage, reach, of, evidence } = finding;
  return [
    severity === undefined ? 'not rated' : `severity ${Number(severity.toFixed(1))}`,
    evidence
      ? `${nameOf(evidence.ux)} is joined with ${nameOf(evidence.cx)} by ${gradeText(evidence.grade)}`
      : 'no published evidence joins it with an outcome',
    `on ${reach} of ${of} ${of === 1 ? 'target' : 'targets'}`,
    stage ?? 'no stage',
  ].join('; ');
}

/** For a terminal. */
export function impactText(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, inertLine);
  const block = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? [head, ...lines.map((line) => `  ${line}`), ''] : [];
  return [
    ...digest.data.faults.map((fault) => `Could not be read: ${inertLine(fault)}`),
    ...(values.length > 0
      ? block('How are we doing', values)
      : ['Nothing was measured yet. Begin with: ux-audit audit <URL>', '']),
    ...block(
      'Not measured, though evidence leads there (ux-audit outcomes import, or outcomes add)',
      [missing.join(', ')].filter(Boolean),
    ),
    ...block('Against the baseline', baseline),
    ...block('Fix first', ranked),
    ...answers.flatMap(({ head, lines }) => block(`What if  ${head}`, lines)),
    ...block(
      'What evidence says',
      paths.flatMap(({ head, studies }) => [
        head,
        ...studies.map(
          ({ link, cite }) =>
            `  ${link.id} ${link.grade}${link.apply === 'never' ? ' counter' : ''}: ${link.finding} ${cite}`,
        ),
      ]),
    ),
  ].join('\n');
}

/** For a pull request: what matters open, the evidence folded. */
export function impactMarkdown(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, markdownLine);
  const list = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? [`**${head}**`, '', ...lines.map((line) => `- ${line}`), ''] : [];
  const folded = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? ['<details>', `<summary>${head}</summary>`, '', ...lines, '', '</details>', ''] : [];
  return [
    '### UX impact',
    '',
    ...digest.data.faults.map((fault) => `> Could not be read: ${markdownLine(fault)}\n`),
    ...(values.length === 0 ? ['Nothing was measured yet.', ''] : []),
    ...list('Against the baseline', baseline),
    ...answers.flatMap(({ head, lines }) => list(`What if: ${head}`, lines)),
    ...list('Fix first', ranked),
    ...folded(
      `How are we doing: ${values.length} values`,
      values.map((line) => `- ${line}`),
    ),
    ...(missing.length > 0 ? [`Not measured, though evidence leads there: ${missing.join(', ')}.`, ''] : []),
    ...folded(
      `Published evidence: ${paths.length} relations`,
      paths.flatMap(({ head, studies }) => [
        `- ${head}`,
        ...studies.map(
          ({ link, cite }) =>
            `  - ${link.id}, ${link.grade}: ${markdownLine(link.finding)} [${markdownLine(cite)}](${link.study.url})`,
        ),
      ]),
    ),
  ].join('\n');
}
