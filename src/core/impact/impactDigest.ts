import { figureText } from '../metrics/metricText';
import { reasonText } from '../outcomes/reasons';
import { saidText } from '../record/saidText';
import { severityText } from '../record/severity';
import { counted } from '../text/counted';
import { markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { isChange, verdictWords } from '../verdict/judge';
import { type Answer, answerText } from './answer';
import { groupRanked, type RankedFinding } from './fixFirst';
import { evidenceMeanings, type evidenceWord } from './grades';
import type { ImpactLink } from './impactCatalogue';
import type { ImpactData, RunValue } from './impactData';
import type { ImpactFilter } from './impactFilter';
import { citeText, detailText, estimateCite, estimateText, gradeText, valueText } from './impactText';
import type { ImpactView, WhatIfAnswer } from './impactView';
import { inOwnNumbers, ownNumbersText } from './ownMoney';
import type { Tile } from './tiles';
import { askedText, touchpointsOf } from './touchpoints';

/** The content of a digest. */
export interface ImpactDigest {
  data: ImpactData;
  filter?: ImpactFilter;
  view: ImpactView;
  /** The studies of the view's paths. */
  cited: readonly ImpactLink[];
  answers: readonly WhatIfAnswer[];
  ranked: readonly RankedFinding[];
  answer: Answer;
}

/** The most problems that Markdown lists. */
const LISTED = 10;

/** @param inert escapes text from the record for the output */
function linesOf({ data, view, cited, answers, ranked }: ImpactDigest, inert: (text: string) => string) {
  const known = new Map(view.metrics.map((metric) => [metric.id, metric]));
  const links = new Map(cited.map((link) => [link.id, link]));
  const nameOf = (id: string) => known.get(id)?.name ?? id;
  const placeOf = (target: string | undefined) => (target === undefined ? 'whole product' : inert(target));
  return {
    values: view.values.map((value) => ({
      where: placeOf(value.target),
      metric: inert(nameOf(value.metric)),
      text: `${inert(valueText(value))}${value.verdict ? ` ${value.verdict}` : ''}`,
      detail: inert(detailText(value)),
      verdict: value.verdict,
    })),
    missing: view.missing.map(nameOf),
    baseline: data.baseline.flatMap(({ key, before, now, reason, verdicts }) => {
      if (!now) return [{ what: inert(key), says: 'not measured here since', isChange: false }];
      if (reason !== undefined) return [{ what: inert(key), says: `not compared, ${inert(reason)}`, isChange: false }];
      return Object.entries(now.values).flatMap(([id, value]) => {
        const old = before.values[id];
        if (!old) return [];
        const text = (one: number) => figureText(one, known.get(id)?.scale.unit ?? '');
        const spread = ([median, low, high, n]: RunValue) =>
          n === 1 ? `${text(median)} (one run)` : `${text(median)} (${text(low)} to ${text(high)}, ${n} runs)`;
        const change = verdictWords[verdicts[id] ?? 'unknown'];
        const says = `${spread(value)}, baseline ${spread(old)}: ${change}`;
        return [{ what: `${inert(key)}: ${nameOf(id)}`, says, isChange: isChange(verdicts[id] ?? 'unknown') }];
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
    ranked: groupRanked(ranked).map(({ head, findings }) => {
      const where = findings.length === 1 ? inert(head.target) : `${findings.length} targets`;
      return { what: `${inert(head.title)} (${where})`, says: inert(placeText(head, nameOf)) };
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
  return `${severityText(finding.severity)}; ${furtherText(finding, nameOf)}`;
}

/** The reasons for a finding's rank besides its severity. */
export function furtherText(finding: RankedFinding, nameOf: (metric: string) => string): string {
  const { stage, reach, of, evidence } = finding;
  const said = saidText(finding);
  return [
    evidence
      ? `studies join ${nameOf(evidence.ux)} with ${nameOf(evidence.cx)}: ${gradeText(evidence.grade)}`
      : 'no published evidence joins it with an outcome',
    `on ${reach} of ${of} ${of === 1 ? 'target' : 'targets'}`,
    stage ?? 'no stage',
    ...(said === undefined ? [] : [said]),
    ...(finding.named ?? []).map(reasonText),
  ].join('; ');
}

const block = (head: string, lines: readonly string[]) =>
  lines.length > 0 ? [head, ...lines.map((line) => `  ${line}`), ''] : [];
/** What the words for evidence mean that some lines use; empty where they use none. */
function meaningsOf(lines: readonly string[]): string[] {
  const words = Object.keys(evidenceMeanings) as ReturnType<typeof evidenceWord>[];
  const used = words.filter((word) => lines.some((line) => line.includes(`${word} (`)));
  return used.length === 0 ? [] : [`${used.map((word) => `${word}: ${evidenceMeanings[word]}`).join('. ')}.`];
}

const joined = ({ what, says }: { what: string; says: string }) => `${what}: ${says}`;

/** The first of some lines, and how many are left. */
function cut(lines: readonly string[], most: number): string[] {
  const rest = lines.length - most;
  return rest <= 0 ? [...lines] : [...lines.slice(0, most - 1), `and ${rest + 1} more (--all)`];
}

const fixFirstHead = ({ ranked }: ImpactDigest) =>
  `Fix first${ranked.some(({ named }) => named) ? ' (among equals, what more customers left for)' : ''}`;

/** The answer for a terminal, at most 30 lines: what the first page says, and what was asked for. */
export function impactText(digest: ImpactDigest): string {
  const { baseline, ranked, answers } = linesOf(digest, inertLine);
  const { data, answer } = digest;
  const asked = answers.flatMap(({ head, lines }) => [`What if  ${head}`, ...lines.map((line) => `  ${line}`)]);
  const faults = data.faults.map((error) => `Could not be read: ${inertLine(error)}`);
  const first = cut(ranked.map(joined), asked.length > 0 ? 3 : 5);
  return [
    ...cut(faults, 2),
    inertLine(answerText(answer)),
    ...[answer.unknown, ...answer.notices].filter(Boolean).map(inertLine),
    '',
    ...answer.tiles.map((tile) => `${tile.title.padEnd(11)}${inertLine(tileText(tile))}`),
    '',
    ...(answer.hurts === '' ? [] : [`Hurts most, as far as known: ${inertLine(answer.hurts)}`, '']),
    ...block(fixFirstHead(digest), [...first, ...meaningsOf(first)]),
    ...cut(asked, 10),
    ...(asked.length > 0
      ? ['']
      : [
          ...block('Against the baseline', cut(baseline.filter((one) => one.isChange).map(joined), 2)),
          ...block(
            'To learn next',
            answer.questions.map(({ question, how }) => `${question} ${how}`),
          ),
        ]),
    ...(digest.view.values.length > 0
      ? ['All values and the published evidence: ux-audit impact --all']
      : ['Begin with: ux-audit audit <URL>']),
    '',
  ].join('\n');
}

/** `poor: 2 of 9 pages load slowly (main content after 1.4 s to 5.3 s, lab); worse by 0.5 s (home)` */
function tileText({ rating, standing, known, learn }: Tile): string {
  if (!known) return `not measured. ${learn?.text ?? ''}`;
  const { figure, label, detail, trend } = known;
  const about = trend.about === '' ? '' : ` (${trend.about})`;
  const rated = rating ?? standing;
  return `${rated ? `${rated}: ` : ''}${figure} ${label} (${detail}); ${trend.says}${about}`;
}

/** `retention: hotline (phone), owner ana; NPS +12 (…); 2 open findings; missing: a submitted evaluation` */
function touchpointLines(digest: ImpactDigest): string[] {
  const { metrics } = digest.view;
  const shortOf = (id: string) => metrics.find((one) => one.id === id)?.short ?? id;
  return touchpointsOf(digest).flatMap(({ stage, touchpoints }) =>
    touchpoints.map(({ title, what, owner, values, findings, asked, missing }) =>
      inertLine(
        [
          `${stage ?? 'no stage'}: ${title} (${what})${owner === undefined ? '' : `, owner ${owner}`}`,
          ...values.map((value) => `${shortOf(value.metric)} ${valueText(value)} (${detailText(value)})`),
          ...asked.map(askedText),
          counted(findings.length, 'open finding'),
          ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
        ].join('; '),
      ),
    ),
  );
}

/** Everything for a terminal: all values, all findings, and what evidence says. */
export function wholeImpactText(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, inertLine);
  return [
    ...digest.data.faults.map((error) => `Could not be read: ${inertLine(error)}`),
    ...(values.length > 0
      ? block(
          'How are we doing',
          values.map(({ where, metric, text, detail }) => `${where}: ${metric} ${text} (${detail})`),
        )
      : ['Nothing was measured yet. Begin with: ux-audit audit <URL>', '']),
    ...block(
      'Not measured, though evidence leads there (ux-audit outcomes import, or outcomes add)',
      [missing.join(', ')].filter(Boolean),
    ),
    ...block('Against the baseline', baseline.map(joined)),
    ...block(fixFirstHead(digest), ranked.map(joined)),
    ...block('Journeys and touchpoints', touchpointLines(digest)),
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

/** How many rows each question has in the table, so that all above what is folded is at most 30 lines. */
const ROWS = { 'What if': 3, 'Getting better': 4, 'Fix first': 6, 'How are we doing': 5 };
/** Numbers to look at first come first; what has no rating comes last. */
const order = ['poor', 'needs improvement', 'good'];

/**
 * The digest for a pull request: totals and a table, what to look at first first. The rest and the evidence are folded.
 */
export function impactMarkdown(digest: ImpactDigest): string {
  const { values, missing, baseline, paths, ranked, answers } = linesOf(digest, markdownLine);
  const rank = ({ verdict }: { verdict: string | null }) => (verdict ? order.indexOf(verdict) : order.length);
  const rows: Record<keyof typeof ROWS, { what: string; says: string }[]> = {
    'What if': answers.map(({ head, lines }) => ({ what: head, says: lines.join('<br>') })),
    'Getting better': baseline,
    'Fix first': ranked.slice(0, LISTED),
    'How are we doing': values
      .toSorted((a, b) => rank(a) - rank(b))
      .map(({ where, metric, text, detail }) => ({ what: `${where}: ${metric}`, says: `${text} (${detail})` })),
  };
  const table = (part: (question: keyof typeof ROWS) => { what: string; says: string }[]) =>
    (Object.keys(ROWS) as (keyof typeof ROWS)[]).flatMap((question) =>
      part(question).map(({ what, says }, index) => `| ${index === 0 ? `**${question}**` : ''} | ${what} | ${says} |`),
    );
  const head = ['| | What | Says |', '| :-- | :-- | :-- |'];
  const shown = table((question) => rows[question].slice(0, ROWS[question]));
  const rest = table((question) => rows[question].slice(ROWS[question]));
  const folded = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>', ''] : [];
  const faults = digest.data.faults.map((error) => markdownLine(error)).join(' ');
  const unmeasured = missing.length > 0 ? ` Not measured, though evidence leads there: ${missing.join(', ')}.` : '';
  const said = [answerText(digest.answer), ...digest.answer.notices].map(markdownLine).join(' ');
  return [
    '### UX impact',
    '',
    said,
    '',
    `${totalsText(digest)}${unmeasured}`,
    '',
    ...(faults === '' ? [] : [`> Could not be read: ${faults}`, '']),
    ...(shown.length > 0 ? [...head, ...shown, ''] : []),
    ...meaningsOf([...shown, ...rest, ...paths.map(({ head: relation }) => relation)]).flatMap((line) => [line, '']),
    ...(rest.length > 0 ? folded(`${rest.length} more rows`, [...head, ...rest]) : []),
    ...folded(
      `Published evidence: ${paths.length} relations`,
      paths.flatMap(({ head: relation, studies }) => [
        `- ${relation}`,
        ...studies.map((link) => {
          const cite = `[${markdownLine(citeText(link))}](${link.study.url})`;
          return `  - ${link.id}, ${link.grade}: ${markdownLine(link.finding)} ${cite}`;
        }),
      ]),
    ),
  ].join('\n');
}

/** `12 values on 4 targets: 5 poor, 2 needs improvement. 6 problems to fix.` */
function totalsText({ view, ranked }: ImpactDigest): string {
  if (view.values.length === 0) return 'Nothing was measured yet.';
  const targets = new Set(view.values.flatMap(({ target }) => target ?? []));
  const counts = order.flatMap((word) => {
    const n = view.values.filter(({ verdict }) => verdict === word).length;
    return n > 0 ? [`${n} ${word}`] : [];
  });
  const on = targets.size > 0 ? ` on ${counted(targets.size, 'target')}` : '';
  const rated = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  const open = groupRanked(ranked).length;
  const problems = open > 0 ? ` ${counted(open, 'open problem')}.` : '';
  return `**${counted(view.values.length, 'value')}${on}${rated}.**${problems}`;
}
