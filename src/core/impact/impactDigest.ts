import { figureText } from '../metrics/metricText';
import { markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { verdictWords } from '../verdict/judge';
import { groupRanked, type RankedFinding } from './fixFirst';
import type { ImpactLink } from './impactCatalogue';
import type { ImpactData, RunValue } from './impactData';
import { citeText, detailText, estimateCite, estimateText, gradeText, valueText } from './impactText';
import type { ImpactView, WhatIfAnswer } from './impactView';
import { inOwnNumbers, ownNumbersText } from './ownMoney';

/** The content of a digest. */
export interface ImpactDigest {
  data: ImpactData;
  view: ImpactView;
  /** The studies of the view's paths. */
  cited: readonly ImpactLink[];
  answers: readonly WhatIfAnswer[];
  ranked: readonly RankedFinding[];
}

/** The most findings that a digest lists. */
const LISTED = 10;

/** @param inert escapes text from the record for the output */
function linesOf({ data, view, cited, answers, ranked }: ImpactDigest, inert: (text: string) => string) {
  const known = new Map(view.metrics.map((metric) => [metric.id, metric]));
  const links = new Map(cited.map((link) => [link.id, link]));
  const nameOf = (id: string) => known.get(id)?.name ?? id;
  const placeOf = (target: string | undefined) => (target === undefined ? 'whole product' : inert(target));
  return {
    values: view.values.map((value) => {
      const text = `${inert(valueText(value))}${value.verdict ? ` ${value.verdict}` : ''}`;
      return `${placeOf(value.target)}: ${inert(nameOf(value.metric))} ${text} (${inert(detailText(value))})`;
    }),
    missing: view.missing.map(nameOf),
    baseline: data.baseline.flatMap(({ key, before, now, reason, verdicts }) => {
      if (!now) return [`${inert(key)}: not measured here since`];
      if (reason !== undefined) return [`${inert(key)}: not compared, ${inert(reason)}`];
      return Object.entries(now.values).flatMap(([id, value]) => {
        const old = before.values[id];
        if (!old) return [];
        const text = (one: number) => figureText(one, known.get(id)?.scale.unit ?? '');
        const spread = ([median, low, high, n]: RunValue) => `${text(median)} (${text(low)} to ${text(high)}, n ${n})`;
        const change = verdictWords[verdicts[id] ?? 'unknown'];
        return [`${inert(key)}: ${nameOf(id)} ${spread(value)}, baseline ${spread(old)}: ${change}`];
      });
    }),
    paths: view.paths.map(({ ux, cx, grade, links: found, counterEvidence }) => {
      const relation = found.length > 0 ? gradeText(grade) : 'no relation found';
      const doubt = found.length > 0 && counterEvidence.length > 0 ? ', with counter-evidence' : '';
      return {
        head: `${nameOf(ux)} and ${nameOf(cx)}: ${relation}${doubt}`,
        studies: [...found, ...counterEvidence].flatMap((id) => links.get(id) ?? []),
      };
    }),
    ranked: groupRanked(ranked)
      .slice(0, LISTED)
      .map(({ head, findings }) => {
        const where = findings.length === 1 ? inert(head.target) : `${findings.length} targets`;
        return `${inert(head.title)} (${where}): ${inert(placeText(head, nameOf))}`;
      }),
    answers: answers.map((answer) => {
      const text = (value: number) => figureText(value, answer.unit);
      const change = `${nameOf(answer.metric)} from ${text(answer.from)} to ${text(answer.to)}`;
      const estimates = answer.estimates.flatMap((estimate) => {
        const link = links.get(estimate.link);
        const numbers = inOwnNumbers(estimate, data, answer.target);
        const cite = `[${estimate.link}${link ? `: ${inert(estimateCite(link))}` : ''}]`;
        return [
          `${link ? `${nameOf(link.cx)}: ` : ''}${estimateText(estimate)} ${cite}`,
          ...(numbers ? [`${ownNumbersText(numbers)}. ${numbers.formula}`] : []),
        ];
      });
      return {
        head: `${placeOf(answer.target)} (${answer.basis}, ${inert(answer.about)}): ${change}`,
        lines: [
          ...(estimates.length > 0 ? [] : ['No study of this metric allows an estimate; read what they found.']),
          ...estimates,
          ...answer.assumptions.map((line) => `Assumed: ${inert(line)}`),
        ],
      };
    }),
  };
}

/** The reasons for a finding's rank. */
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

/** The digest for a terminal. */
export function impactText(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, inertLine);
  const block = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? [head, ...lines.map((line) => `  ${line}`), ''] : [];
  return [
    ...digest.data.faults.map((error) => `Could not be read: ${inertLine(error)}`),
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
        ...studies.map((link) => {
          const grade = `${link.grade}${link.apply === 'never' ? ' counter' : ''}`;
          return `  ${link.id} ${grade}: ${link.finding} ${citeText(link)}`;
        }),
      ]),
    ),
  ].join('\n');
}

/** The digest for a pull request, with the evidence folded. */
export function impactMarkdown(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, markdownLine);
  const list = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? [`**${head}**`, '', ...lines.map((line) => `- ${line}`), ''] : [];
  const folded = (head: string, lines: readonly string[]) =>
    lines.length > 0 ? ['<details>', `<summary>${head}</summary>`, '', ...lines, '', '</details>', ''] : [];
  return [
    '### UX impact',
    '',
    ...digest.data.faults.map((error) => `> Could not be read: ${markdownLine(error)}\n`),
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
        ...studies.map((link) => {
          const cite = `[${markdownLine(citeText(link))}](${link.study.url})`;
          return `  - ${link.id}, ${link.grade}: ${markdownLine(link.finding)} ${cite}`;
        }),
      ]),
    ),
  ].join('\n');
}
