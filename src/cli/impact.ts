import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { answerOf, answerText } from '../core/impact/answer';
import { fixFirst } from '../core/impact/fixFirst';
import type { ImpactData } from '../core/impact/impactData';
import { type ImpactDigest, impactMarkdown, impactText, wholeImpactText } from '../core/impact/impactDigest';
import { type ImpactFilter, isAmong, segmentsOf } from '../core/impact/impactFilter';
import { pathsOf } from '../core/impact/impactPaths';
import { impactView, whatIf } from '../core/impact/impactView';
import { inOwnNumbers } from '../core/impact/ownMoney';
import type { Catalogue } from '../core/impact/teamCatalogue';
import { touchpointsOf } from '../core/impact/touchpoints';
import { waysOf, waysText } from '../core/impact/ways';
import { whyImpossibleWish } from '../core/impact/wish';
import { metrics } from '../core/metrics/metrics';
import { numberText } from '../core/metrics/metricText';
import { stages } from '../core/record/stages';
import { inertLine } from '../core/text/inertText';
import { readImpact } from '../workflow/impact';
import { today } from '../workflow/localDate';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

const help = `
Answers how you are doing, what hurts customers, what to fix first and what is not known, from the measurements on this
machine and the figures of ux-audit/outcomes.json. With --all come all values and the published evidence that links each
metric with outcomes: causal experiments (A), correlations (B), surveys (C), opinion (D). It computes a few links, only
inside the range of their study, and quotes all others as published.

Examples:
  $ ux-audit impact
  $ ux-audit impact --target checkout --what-if checkout:lcp=2500
  $ ux-audit impact --stage purchase --md
  $ ux-audit impact --html impact.html
  $ ux-audit impact catalogue --json`;

export function impactCommand() {
  return recordCommand('impact', 'show what was measured, and which outcomes published evidence links to it')
    .option('--target <slug>', 'one target only')
    .option('--environment <name>', 'one environment only, such as deployed')
    .addOption(new Option('--stage <stage>', 'one stage only').choices(stages))
    .option('--segment <name>', 'figures of one segment, such as buyers, and those of all people together')
    .option('--what-if <question...>', 'TARGET:METRIC=VALUE, such as checkout:lcp=2500 (milliseconds)')
    .option('--all', 'print all values, findings and evidence, not only the answer')
    .option('--md', 'print Markdown')
    .option('--html <file>', 'write one self-contained page that needs no network')
    .option(
      '--json',
      'print JSON: { answer, values, paths, missing, links, baseline, fixFirst, touchpoints, whatIf, faults }',
    )
    .addHelpText('after', help)
    .addCommand(catalogueCommand())
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const data = await readImpact(workspace, { today: today(), dist: import.meta.dirname });
      const known = data.targets.map(({ slug }) => slug);
      if (flags.target !== undefined && !known.includes(flags.target)) {
        const next = `Known: ${known.join(', ') || 'none yet'}.`;
        throw usageError('target-unknown', `There is no target "${flags.target}".`, next);
      }
      const segments = segmentsOf(data.figures);
      if (flags.segment !== undefined && !segments.includes(flags.segment)) {
        const next = `Known: ${segments.map(inertLine).join(', ') || 'none yet'}.`;
        throw usageError('segment-unknown', `No figure is about "${inertLine(flags.segment)}".`, next);
      }
      if (flags.html !== undefined) {
        if (flags.whatIf || flags.stage || flags.segment) {
          throw usageError(
            'option-invalid',
            'The page has its own questions and filters; --what-if, --stage and --segment are for the other outputs.',
            'Leave them out. --target and --environment restrict what the page holds.',
          );
        }
        const { exportImpact } = await import('../workflow/exportImpact');
        const about = { file: path.resolve(flags.html), dist: import.meta.dirname };
        print(`Wrote ${inertLine(await exportImpact(workspace, restricted(data, flags), about))}`);
        return;
      }
      const { links } = await import('../core/impact/impactCatalogue');
      const digest = digestOf(data, { links, metrics }, flags);
      if (flags.json) printJson(jsonOf(digest));
      else if (flags.md) process.stdout.write(impactMarkdown(digest));
      else process.stdout.write(flags.all ? wholeImpactText(digest) : impactText(digest));
    });
}

function catalogueCommand() {
  return new Command('catalogue')
    .description('list how each metric can be had, and which published relations can be shown')
    .option('--json', 'print JSON: { metrics, links }')
    .action(async (_, command) => {
      const { links } = await import('../core/impact/impactCatalogue');
      const known = waysOf({ links, metrics });
      // the command above has an option of the same name, which takes it
      const { json } = command.optsWithGlobals() as { json?: boolean };
      if (json) printJson(known);
      else process.stdout.write(waysText(known));
    });
}

/** The data of one target or environment alone, since people give such a page to others. */
function restricted(
  data: ImpactData,
  { target, environment }: Pick<ImpactFilter, 'target' | 'environment'>,
): ImpactData {
  const isTarget = (slug: string) => target === undefined || slug === target;
  const findings = data.findings.filter((finding) => isTarget(finding.target));
  const isKept = (id: string) => findings.some((finding) => finding.id === id);
  return {
    ...data,
    targets: data.targets.filter(({ slug }) => isTarget(slug)),
    runs: data.runs.filter((run) => isAmong(run, { target, environment })),
    baseline: data.baseline.filter(({ before }) => isAmong(before, { target, environment })),
    lately: data.lately.filter((change) => isTarget(change.target)),
    figures: data.figures.filter((figure) => figure.target === undefined || isTarget(figure.target)),
    findings,
    ...(data.reasons && { reasons: data.reasons.map((one) => ({ ...one, findings: one.findings.filter(isKept) })) }),
  };
}

function digestOf(
  data: ImpactData,
  catalogue: Catalogue,
  { target, environment, stage, segment, whatIf: questions = [] }: ImpactFilter & { whatIf?: string[] | undefined },
): ImpactDigest {
  const { links } = catalogue;
  const filter = { target, environment, stage, segment };
  const view = impactView(data, catalogue, filter);
  const findings = data.findings.filter(
    (finding) =>
      (target === undefined || finding.target === target) && (stage === undefined || finding.stage === stage),
  );
  const answers = questions.map((question) => {
    const [, slug = '', metric = '', to] = /^([^:]+):([a-z0-9_]+)=(-?\d+(?:\.\d+)?)$/.exec(question) ?? [];
    refuse(question, metric, Number(to));
    const isKnown = data.targets.some((one) => one.slug === slug);
    const found = isKnown ? whatIf(view, { target: slug, metric, to: Number(to) }) : undefined;
    if (found) return found;
    const first = view.values.find((value) => value.target !== undefined);
    throw usageError(
      'what-if-unknown',
      to === undefined ? `"${question}" is not TARGET:METRIC=VALUE.` : `${slug} has no measured ${metric}.`,
      first ? `For example: --what-if ${first.target}:${first.metric}=2500` : 'Audit a page first.',
    );
  });
  const used = new Set(view.paths.flatMap((one) => [...one.links, ...one.counterEvidence]));
  const ranked = fixFirst(findings, pathsOf(links.filter(({ kind }) => kind === 'ux->cx')));
  return {
    data,
    filter,
    view,
    answer: answerOf({ data, view, ranked }),
    cited: links.filter(({ id }) => used.has(id)),
    answers,
    ranked,
  };
}

/** @throws HumanError `value-impossible` for a wished value that cannot be, such as a time in seconds */
function refuse(question: string, id: string, to: number): void {
  const metric = metrics.find((one) => one.id === id);
  const fault = metric && Number.isFinite(to) ? whyImpossibleWish(metric, to) : undefined;
  if (!fault) return;
  const [before] = question.split('=');
  const { meant } = fault;
  const next = meant === undefined ? 'Give another value.' : `Did you mean ${before}=${numberText(meant, 3)}?`;
  throw usageError('value-impossible', fault.why, next);
}

function jsonOf({ data, filter = {}, view, cited, answers, ranked, answer }: ImpactDigest) {
  const { sentences: _, ...said } = answer;
  return {
    answer: { text: answerText(answer), ...said },
    values: view.values,
    paths: view.paths,
    missing: view.missing,
    links: cited,
    baseline: data.baseline,
    fixFirst: ranked,
    touchpoints: touchpointsOf({ data, view, ranked, filter }),
    whatIf: answers.map((answer) => ({
      ...answer,
      inOwnNumbers: answer.estimates.flatMap((estimate) => {
        const own = inOwnNumbers(estimate, data, answer.target);
        return own ? [{ link: estimate.link, ...own }] : [];
      }),
    })),
    faults: data.faults,
  };
}
