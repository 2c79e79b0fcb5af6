import { Option } from '@commander-js/extra-typings';
import { isAtRest, REMOVED_METRICS, undecidedLines } from '../core/audit/clockAudits';
import { notMeasuredLines } from '../core/audit/notMeasured';
import { shardOf } from '../core/audit/shards';
import { cancelled, exitCodes, type HumanError, toHumanError, usageError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import { auditTable } from '../core/report/auditTable';
import { changesText } from '../core/report/changesText';
import { counted } from '../core/text/counted';
import { fewText } from '../core/text/firstFew';
import { inertLine } from '../core/text/inertText';
import {
  type AuditPlan,
  auditPages,
  type PageEngine,
  type PageResult,
  type PlanProgress,
} from '../workflow/auditPages';
import { phaseText } from '../workflow/phaseText';
import { shardFile, writeShard } from '../workflow/shards';
import type { Workspace } from '../workflow/workspace';
import { categoriesOf, categoryIds } from './categories';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { printLines } from './findingsLines';
import { jsonError, ProgressLine, print, printJson } from './output';
import { formFactorsOf, settingsOf, withPageOptions } from './pageOptions';
import { throughPageSpeed } from './pageSpeed';
import { allowWishes, pagesToAudit } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { type RunningEngine, withEngine } from './withEngine';

function command() {
  const audit = recordCommand('audit', 'audit pages with Lighthouse and record what is wrong with them')
    .argument(
      '[target-or-url...]',
      'names of targets in the record, URLs, or paths of a served folder; with --serve and none, every page of the ' +
        'folder',
    )
    .option('--mobile', 'as a mobile device (the default)')
    .option('--desktop', 'as a desktop')
    .option('--both', 'as both')
    .option(
      '-n, --runs <n>',
      '1 quick, 3 standard, 5 for a gate; fewer than 3 decide nothing that depends on time (default: 3, or 1 where ' +
        'no category is about the load)',
      wholeNumber('--runs', 1, 25),
    )
    .option(
      '--only <categories>',
      `${categoryIds.join(', ')}; comma-separated (without accessibility the Lighthouse report has no images of ` +
        'elements)',
    )
    .option('--all', 'every page of the record')
    .option('--group <template>', 'the pages of a group, by the template of their addresses, such as "/product/*"')
    .option('--changed', 'the pages whose files changed since they were measured here, of the record or of --group')
    .option('--serve <folder>', 'serve this folder as static files during the audit')
    .option('--as <slug>', 'name of the target that a new URL becomes')
    .option('--environment <name>', 'where the page is: local, deployed, or a name of yours')
    .option('--shard <n/of>', 'audit this part of the pages, such as 2/8, or auto in a job that knows; needs --out')
    .option('--out <folder>', 'write what a shard measured into this folder, for merge-runs; the record stays as it is')
    .addOption(
      new Option(
        '--runner <runner>',
        'psi: PageSpeed Insights audits public pages, with your own key in PAGESPEED_API_KEY; its numbers are kept ' +
          'apart, with those of real visits',
      ).choices(['psi']),
    )
    .option('--lines', 'afterwards, print the lines of code of open findings, as compilers do')
    .option('--no-login', 'audit pages behind a login as everybody sees them')
    .option('--no-record', 'measure only; write nothing into the workspace')
    .option('-y, --yes', 'accept suggested names of new targets, and run commands of the record that serve its pages');
  return withPageOptions(audit).option(
    '--json',
    'print JSON: { record, pages: [{ target, environment, formFactor, url, measurement?, notMeasured: ' +
      '[{ kind, id, title, reason }], undecided: [{ id, title, moreRuns }], changes: [{ id, change }], error? }], ' +
      'error? }; kind is category or audit',
  );
}
/** Runs work with an engine or PageSpeed Insights. */
type Work = (
  run: (running: Pick<RunningEngine, 'signal' | 'notes'> & { engine: PageEngine }) => Promise<PageResult[]>,
) => Promise<PageResult[]>;
type AuditFlags = ReturnType<ReturnType<typeof command>['opts']>;

export function auditCommand(done: (code: number) => void) {
  return command().action(async (targets, flags) => {
    const results = await audit(targets, flags);
    if (flags.lines && !flags.json) await printLines(workspaceOf(flags));
    const failed = results.find(({ error }) => error)?.error;
    if (failed) done(exitCodes[failed.kind]);
    else if (results.some(isIncomplete)) done(exitCodes.page);
  });
}

/** Whether a page was measured, but not what was asked: another page, or without a whole category. */
function isIncomplete({ measurement, notMeasured }: PageResult): boolean {
  return measurement?.redirectedTo !== undefined || notMeasured.some(({ kind }) => kind === 'category');
}

async function audit(inputs: string[], flags: AuditFlags): Promise<PageResult[]> {
  const workspace = workspaceOf(flags);
  const { record } = flags.record
    ? await workspace.record.read()
    : await workspace.record.read().catch(() => ({ record: { targets: {} } as AuditRecord }));
  const categories = categoriesOf(flags);
  const shard = flags.shard === undefined ? undefined : shardOf(flags.shard, process.env);
  if ((shard === undefined) !== (flags.out === undefined))
    throw usageError('shard-out', '--shard and --out go together.', 'For example: --shard 2/8 --out measured');
  const chosen = await pagesToAudit(inputs, flags, workspace, record);
  if (chosen.length === 0) return unchanged(workspace, flags);
  const psi = flags.runner && (await throughPageSpeed(chosen, flags, categories, workspace));
  const pages = psi ? psi.pages : chosen;
  await allowWishes(pages, flags.login ? record : { targets: {} }, flags, workspace);
  const credentials = await requestCredentials(flags, pages, workspace.paths.root);
  const work: Work = psi ? psi.work : (run) => withEngine(flags.browser, run);
  return work(async ({ engine, signal, notes }) => {
    const progress = new ProgressLine(Boolean(flags.quiet));
    const results: PageResult[] = [];
    const tell = (error?: HumanError) => {
      progress.clear();
      if (flags.json) {
        printJson({
          record: workspace.paths.record,
          pages: results.map(forMachines),
          ...(error && { error: jsonError(error) }),
        });
      } else if (!error || results.length > 0) {
        report(results, workspace, flags);
        for (const note of notes) process.stderr.write(`${inertLine(note)}\n`);
      }
    };
    try {
      const plan: AuditPlan = {
        pages,
        formFactors: formFactorsOf(flags),
        runs: flags.runs ?? (psi || isAtRest({ categories, configPath: flags.config }) ? 1 : 3),
        categories,
        ...settingsOf(flags),
        ...(psi && { skipPreflight: true }),
        record: flags.record && shard === undefined,
        credentials,
        asNobody: !flags.login,
        shard,
      };
      await auditPages({
        workspace,
        engine,
        signal,
        plan,
        onProgress: (step) => progress.update(describe(step), isNewRun(step) ? describe(step) : undefined),
        onResult: (result) => results.push(result),
        onUnwritable: ({ message }) =>
          process.stderr.write(`${inertLine(message)} The results are shown, and not recorded.\n`),
      });
      if (signal.aborted) throw cancelled();
      const figures = flags.record ? await psi?.keepFigures(results) : undefined;
      if (figures?.length)
        notes.push(`${counted(figures.length, 'figure')} of real visits kept: ux-audit outcomes list`);
      if (shard && flags.out !== undefined) {
        const file = await writeShard(flags.out, await shardFile(workspace, plan, shard, results));
        if (!flags.quiet) process.stderr.write(`Wrote ${inertLine(file)}\n`);
      }
      tell();
      return results;
    } catch (error) {
      if (flags.record) await psi?.keepFigures(results).catch(() => {}); // the first error is told
      tell(toHumanError(error)); // keeps what was measured before the error
      throw error;
    } finally {
      progress.clear();
    }
  });
}

/** Says that there is nothing to audit. */
function unchanged(workspace: Workspace, { json }: AuditFlags): [] {
  if (json) printJson({ record: workspace.paths.record, pages: [] });
  else print('No page’s files changed since its last audit.');
  return [];
}

function isNewRun({ phase, isBeside }: PlanProgress): boolean {
  return phase === 'waiting' || phase === 'launch' || phase === 'serve' || (isBeside === true && phase === 'gather');
}

function describe({ page, formFactor, done, total, run, runs, phase, repeated }: PlanProgress): string {
  const which =
    runs > 1
      ? `, run ${run} of ${runs}${repeated ? ' again (the machine was busy)' : ''}`
      : repeated
        ? ', again (the machine was busy)'
        : '';
  return `[${done + 1}/${total}] ${inertLine(page.target)} as ${formFactor}${which}: ${phaseText[phase]}`;
}

function forMachines({ page, formFactor, measurement, notMeasured, undecided, changes, error }: PageResult) {
  return {
    target: page.target,
    environment: page.environment,
    formFactor,
    url: page.url,
    measurement,
    notMeasured,
    undecided,
    changes,
    error: jsonError(error),
  };
}

/** Why pages were not measured, each reason once: many pages may be behind one login. */
function failures(results: readonly PageResult[]): string[] {
  const failed = results.flatMap(({ page: { target }, error }) => (error ? [{ target, error }] : []));
  // what to do next names the login; the message names the page
  const reasonOf = ({ code, message, next }: HumanError) => (code === 'signed-out' ? next : `${message}\n${next}`);
  return [...Map.groupBy(failed, ({ error }) => reasonOf(error)).values()].flatMap((all) => {
    const names = [...new Set(all.map(({ target }) => inertLine(target)))];
    const pages = fewText(names, NAMED);
    return all.slice(0, 1).map(({ error }) => `${pages}: ${inertLine(error.message)}\n  ${inertLine(error.next)}`);
  });
}

/** So many pages are named where they all fail for one reason. */
const NAMED = 5;

function report(results: PageResult[], workspace: Workspace, flags: AuditFlags): void {
  const measured = results.flatMap(({ measurement }) => measurement ?? []);
  if (measured.length > 0) print(auditTable(measured));
  for (const { page, formFactor, measurement, notMeasured, undecided } of results) {
    if (measurement?.redirectedTo) {
      print(
        `\n${inertLine(page.target)} redirected to ${inertLine(measurement.redirectedTo)}, so this run is kept apart ` +
          'and nothing of it is recorded.',
      );
    }
    if (notMeasured.length > 0) {
      print(`\n${inertLine(page.target)} as ${formFactor}: not measured, so findings of it stay as they are:`);
      for (const line of notMeasuredLines(notMeasured)) print(`  ${line}`);
    }
    const { proof } = measurement ?? {};
    if (proof?.note !== undefined) print(`\n${inertLine(page.target)}: ${inertLine(proof.note)}`);
    for (const line of undecidedLines(undecided))
      print(`\n${inertLine(page.target)} as ${formFactor}: ${inertLine(line)}`);
  }
  for (const failure of failures(results)) process.stderr.write(`\n${failure}\n`);
  if (!flags.record || flags.shard !== undefined) return;
  const changes = results.flatMap((result) => result.changes);
  if (changes.some(({ change }) => change === 'removed')) print(`\n${REMOVED_METRICS}`);
  print(`\nFindings: ${changesText(changes)}. Record: ${workspace.paths.record}`);
}
