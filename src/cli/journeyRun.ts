import { inShard, shardOf } from '../core/audit/shards';
import { exitCodes, toHumanError, usageError } from '../core/errors';
import { stepSummaries } from '../core/journey/journeyRun';
import { journeySteps, type Recording } from '../core/journey/recording';
import { changesText } from '../core/report/changesText';
import { journeyText, stepsForMachines } from '../core/report/journeyText';
import { inertLine } from '../core/text/inertText';
import { planJourney } from '../workflow/journeys';
import type { PlannedPage } from '../workflow/planPages';
import { walkedFile, writeWalked } from '../workflow/walkedFiles';
import { type WalkedResult, walkJourney, walkText } from '../workflow/walkJourney';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { jsonError, ProgressLine, print, printJson } from './output';
import { withBrowserOptions } from './pageOptions';
import { allowWishes } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

/** A journey that is to be walked. */
interface Planned {
  page: PlannedPage;
  recording: Recording;
}

export function runCommand(done: (code: number) => void) {
  return withBrowserOptions(
    recordCommand('run', 'walk journeys by machine, and record the steps that cannot be completed'),
  )
    .argument('[name...]', 'journeys; or --all')
    .option('--all', 'walk all journeys of the record')
    .option('-n, --runs <n>', 'how many walks, each in a fresh browser (default: 3)', wholeNumber('--runs', 1, 25))
    .option('--audit', 'walk once more and audit the page at the end of each step')
    .option('--environment <name>', 'where: local, deployed, or a name of yours')
    .option('--shard <n/of>', 'walk this part of the journeys, such as 2/8, or auto in a job that knows; needs --out')
    .option('--out <folder>', 'write what was seen into this folder, for merge-runs; the record stays as it is')
    .option('--no-record', 'measure only; write nothing into the workspace')
    .option('-y, --yes', 'run the commands of the record that serve the journeys')
    .option(
      '--json',
      'print JSON: { journey, environment, id, steps: [{ name, waiting: { median, min, max, n }, clicks, keys, ' +
        'vitals, requests, bytes, errors, reached }], changes: [{ id, change }] }; in ms and bytes, null: not known; ' +
        'of several journeys a list',
    )
    .action(async (names, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const chosen = flags.all ? await workspace.journeys.names() : names;
      if (chosen.length === 0)
        throw usageError('journey-missing', 'No journey was named.', 'Give a name, or --all for those of the record.');
      if (flags.shard !== undefined && flags.out === undefined)
        throw usageError('shard-out', '--shard needs --out.', 'For example: --all --shard 2/8 --out measured');
      const here = flags.shard === undefined ? chosen : inShard(chosen, shardOf(flags.shard, process.env));
      const planned: Planned[] = [];
      for (const name of here) {
        const recording = await workspace.journeys.recording(name);
        planned.push({ recording, page: planJourney(record, name, recording, flags.environment) });
      }
      const pages = planned.map(({ page }) => page);
      await allowWishes(pages, record, flags, workspace);
      const credentials = await requestCredentials(flags, pages, workspace.paths.root);
      const results: unknown[] = [];
      const tell = async ({ page, recording }: Planned, { walked, changes, warning }: WalkedResult) => {
        const steps = journeySteps(recording);
        const { id, environment } = walked.run;
        const about = { journey: page.target, environment, id };
        results.push({ ...about, steps: stepsForMachines(steps, walked.run), changes });
        if (!flags.json) print(journeyText(steps, walked.run));
        if (flags.out !== undefined) {
          const file = await writeWalked(flags.out, await walkedFile(workspace, walked, chosen));
          if (!flags.json) print(`Wrote ${inertLine(file)}.`);
        } else if (flags.record && !flags.json)
          print(`Findings: ${changesText(changes)}. Record: ${workspace.paths.record}`);
        if (warning) process.stderr.write(`${inertLine(warning.message)}\n`);
        if (stepSummaries(walked.run).some(({ tried, reached }) => reached < tried)) done(exitCodes.page);
      };
      /** A journey whose page fails keeps no other from being walked. */
      const notWalked = ({ page }: Planned, thrown: unknown): undefined => {
        const error = toHumanError(thrown);
        if (planned.length === 1 || error.kind !== 'page') throw error;
        results.push({ journey: page.target, environment: page.environment, error: jsonError(error) });
        process.stderr.write(`${inertLine(page.target)}: ${inertLine(error.message)}\n  ${inertLine(error.next)}\n`);
        done(exitCodes.page);
      };
      if (planned.length > 0)
        await withEngine(flags.browser, async ({ engine, signal }) => {
          const progress = new ProgressLine(Boolean(flags.quiet));
          for (const one of planned) {
            const walked = await walkJourney({
              workspace,
              engine,
              signal,
              ...one,
              walks: flags.runs ?? 3,
              audits: flags.audit,
              record: flags.record && flags.out === undefined,
              environment: process.env,
              credentials,
              ignoreCertificateErrors: flags.ignoreCertificateErrors,
              onProgress: (where) =>
                progress.update(walkText(where), where.step === undefined ? walkText(where) : undefined),
            })
              .catch((error: unknown) => notWalked(one, error))
              .finally(() => progress.clear());
            if (walked) await tell(one, walked);
          }
        });
      else if (!flags.json) print('This shard has no journey to walk.');
      if (flags.json) printJson(names.length === 1 && !flags.all ? (results[0] ?? null) : results);
    });
}
