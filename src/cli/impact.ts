import { Command } from 'commander';
import { newestMeasurements } from '../core/audit/measurement';
import { HumanError } from '../core/errors';
import type { ImpactLink, ImpactMetric } from '../core/impact/impactCatalogue';
import { type ImpactView, impactView, type WhatIf, type WhatIfAnswer, whatIf } from '../core/impact/impactView';
import { stages } from '../core/record/record';
import { markdownLine } from '../core/report/escape';
import { inertLine } from '../core/report/inertText';
import { print, printJson } from './output';
import { type WorkspaceFlags, withWorkspace, workspaceOf } from './workspaceOptions';

interface ImpactFlags extends WorkspaceFlags {
  target?: string;
  stage?: string;
  whatIf?: string[];
  json?: boolean;
  md?: boolean;
}

const help = `
Shows the newest measurements on this machine and the published evidence that joins each metric with what customers do and
say: causal experiments (A), correlations (B), surveys (C), opinion (D). Only a few links may be computed, and only
inside the range of their study; everything else is quoted as published.

Examples:
  $ ux-audit impact
  $ ux-audit impact --target checkout --what-if checkout:lcp=2500
  $ ux-audit impact --stage purchase --md`;

export function impactCommand(): Command {
  return withWorkspace(new Command('impact'))
    .description('what was measured, and what published evidence says it bears on')
    .option('--target <slug>', 'one target only')
    .option('--stage <stage>', `one stage only: ${stages.join(', ')}`)
    .option('--what-if <question...>', 'TARGET:METRIC=VALUE, such as checkout:lcp=2500 (milliseconds)')
    .option('--md', 'print Markdown')
    .option('--json', 'print JSON: { measured, paths, outcomes, links, whatIf }; every link by its catalogue id')
    .addHelpText('after', help)
    .action(async (flags: ImpactFlags) => {
      if (flags.stage !== undefined && !(stages as readonly string[]).includes(flags.stage)) {
        throw new HumanError('usage', 'stage-invalid', {
          what: `"${flags.stage}" is not a stage.`,
          next: `One of ${stages.join(', ')}.`,
        });
      }
      const workspace = workspaceOf(flags);
      const { links, metrics } = await import('../core/impact/impactCatalogue');
      const view = impactView(newestMeasurements(await workspace.runs.measurements()), { links, metrics }, flags);
      const answers = (flags.whatIf ?? []).map((text) => answer(view, text));
      const used = new Set(view.paths.flatMap((path) => [...path.links, ...path.counterEvidence]));
      const cited = links.filter(({ id }) => used.has(id));
      if (flags.json) printJson({ ...view, links: cited, whatIf: answers });
      else if (flags.md) process.stdout.write(markdown(view, cited, metrics, answers));
      else text(view, cited, metrics, answers);
    });
}

function answer(view: ImpactView, question: string): WhatIfAnswer {
  const [, target, metric, value] = /^([^:]+):([a-z0-9_]+)=(-?\d+(?:\.\d+)?)$/.exec(question) ?? [];
  const asked: WhatIf | undefined =
    target === undefined || metric === undefined ? undefined : { target, metric, to: Number(value) };
  const found = asked && whatIf(view, asked);
  if (found) return found;
  const known = view.measured.map((one) => `${one.target}:${one.metric}`);
  throw new HumanError('usage', 'what-if-unknown', {
    what: asked ? `${target} has no measured ${metric}.` : `"${question}" is not TARGET:METRIC=VALUE.`,
    next: known.length > 0 ? `For example: --what-if ${known[0]}=2500` : 'Audit a page first.',
  });
}

function valueText(value: number, unit: string): string {
  return unit === 'ms' ? `${Math.round(value)} ms` : String(Number(value.toFixed(3)));
}

/** Lines that text and Markdown share; `name` makes a name inert. */
function lines(
  view: ImpactView,
  cited: readonly ImpactLink[],
  metrics: readonly ImpactMetric[],
  answers: readonly WhatIfAnswer[],
  name: (text: string) => string,
) {
  const metric = (id: string) => metrics.find((one) => one.id === id);
  const label = (id: string) => metric(id)?.name ?? id;
  return {
    measured: view.measured.map(({ metric: id, target, environment, formFactor, median, min, max, n, at, noisy }) => {
      const unit = metric(id)?.unit ?? '';
      const range = n > 1 ? `${valueText(min, unit)} to ${valueText(max, unit)}, n ${n}` : 'n 1';
      return `${name(target)} (${name(environment)}, ${formFactor}): ${label(id)} ${valueText(median, unit)} (lab, ${range}, ${at.slice(0, 10)}${noisy ? ', disturbed' : ''})`;
    }),
    paths: view.paths.map((path) => ({
      head: `${label(path.ux)} and ${label(path.cx)}: best evidence ${path.grade}${path.counterEvidence.length > 0 ? ', with counter-evidence' : ''}`,
      studies: [...path.links, ...path.counterEvidence].flatMap((id) => {
        const link = cited.find((one) => one.id === id);
        if (!link) return [];
        const { title, year, url } = link.study;
        return [{ link, cite: `${title}${year ? ` (${year})` : ''}`, url }];
      }),
    })),
    answers: answers.map(({ target, metric: id, from, to, estimates, assumptions }) => {
      const unit = metric(id)?.unit ?? '';
      return {
        head: `${name(target)}: ${label(id)} from ${valueText(from, unit)} to ${valueText(to, unit)}`,
        estimates: estimates.map((one) =>
          'outside' in one
            ? `${one.link}: no number, ${one.outside}`
            : `${one.link}: ${signed(one.low)}${one.high === one.low ? ' (no interval published)' : ` to ${signed(one.high)}`} ${one.unit}${one.basis === 'interpolated' ? ', between published points' : ''}`,
        ),
        assumptions,
      };
    }),
  };
}

function signed(value: number): string {
  const rounded = Number(value.toFixed(2));
  return rounded > 0 ? `+${rounded}` : String(rounded);
}

function text(...given: [ImpactView, readonly ImpactLink[], readonly ImpactMetric[], readonly WhatIfAnswer[]]): void {
  const { measured, paths, answers } = lines(...given, inertLine);
  if (measured.length === 0) {
    print('Nothing was measured on this machine yet. Begin with: ux-audit audit <URL>');
    return;
  }
  print('Measured');
  for (const line of measured) print(`  ${line}`);
  print();
  print('What evidence joins it with (not measured here: import or type your own)');
  for (const { head, studies } of paths) {
    print(`  ${head}`);
    for (const { link, cite } of studies)
      print(`    ${link.id} ${link.grade}${link.apply === 'never' ? ' counter' : ''}: ${link.finding} ${cite}`);
  }
  for (const { head, estimates, assumptions } of answers) {
    print();
    print(`What if  ${head}`);
    for (const line of estimates) print(`  ${line}`);
    if (estimates.length === 0) print('  No study of this metric may be computed; read what they found above.');
    for (const line of assumptions) print(`  Assumed: ${line}`);
  }
}

function markdown(
  ...given: [ImpactView, readonly ImpactLink[], readonly ImpactMetric[], readonly WhatIfAnswer[]]
): string {
  const { measured, paths, answers } = lines(...given, markdownLine);
  return [
    '### UX impact',
    '',
    ...(measured.length === 0 ? ['Nothing was measured yet.'] : measured.map((line) => `- ${line}`)),
    ...answers.flatMap(({ head, estimates, assumptions }) => [
      '',
      `**What if** ${head}`,
      '',
      ...(estimates.length > 0 ? estimates : ['No study of this metric may be computed.']).map((line) => `- ${line}`),
      ...assumptions.map((line) => `- Assumed: ${line}`),
    ]),
    ...(paths.length > 0
      ? ['', '<details>', `<summary>Published evidence: ${paths.length} relations</summary>`, '']
      : []),
    ...paths.flatMap(({ head, studies }) => [
      `- ${head}`,
      ...studies.map(
        ({ link, cite, url }) =>
          `  - ${link.id}, ${link.grade}: ${markdownLine(link.finding)} [${markdownLine(cite)}](${url})`,
      ),
    ]),
    ...(paths.length > 0 ? ['', '</details>'] : []),
    '',
  ].join('\n');
}
