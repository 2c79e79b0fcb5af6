import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { exitCodes, usageError } from '../core/errors';
import { stepSummaries } from '../core/journey/journeyRun';
import { journeySteps } from '../core/journey/recording';
import { textTable } from '../core/report/auditTable';
import { journeyText, stepsForMachines } from '../core/report/journeyText';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { importJourney, listJourneys, planJourney } from '../workflow/journeys';
import { walkJourney, walkText } from '../workflow/walkJourney';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { checkCommand } from './journeyCheck';
import { recordingCommand } from './journeyRecord';
import { jsonError, ProgressLine, print, printJson } from './output';
import { withBrowserOptions } from './pageOptions';
import { allowWishes } from './pagesToAudit';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

const help = `
A journey is a recording of the Recorder of Chrome DevTools in ux-audit/journeys/. A step of it begins at a marker that
other tools ignore, and ends when what it expects is visible:
  {"type":"customStep","name":"ux-audit/step","parameters":{"name":"Pay","stage":"purchase","expect":"#receipt"}}
Without markers, each navigation and each assertion ends a step.

Examples:
  $ ux-audit journey record checkout --url http://localhost:3000/cart
  $ ux-audit journey import checkout-recording.json --as checkout
  $ ux-audit journey check checkout --fix
  $ ux-audit journey run checkout --runs 5
  $ ux-audit journey run checkout --audit`;

export function journeyCommand(done: (code: number) => void) {
  return new Command('journey')
    .description('record journeys or import recordings, and walk them by machine: where does it wait, what breaks')
    .addHelpText('after', help)
    .addCommand(list(), { isDefault: true })
    .addCommand(recordingCommand())
    .addCommand(importCommand())
    .addCommand(checkCommand(done))
    .addCommand(run(done));
}

function list() {
  return recordCommand('list', 'list the journeys with their steps and their newest run on this machine')
    .option('--json', 'print JSON: { journeys: [{ name, steps, recorded, run?, error? }] }')
    .action(async ({ json, ...flags }) => {
      const journeys = await listJourneys(workspaceOf(flags));
      if (json)
        return printJson({
          journeys: journeys.map(({ name, steps, recording, run: newest, error }) => ({
            name,
            steps: steps.map((step) => step.name),
            recorded: recording !== undefined,
            ...(newest && { run: { id: newest.id, at: newest.at, steps: stepsForMachines(steps, newest) } }),
            ...(error && { error: jsonError(error) }),
          })),
        });
      if (journeys.length === 0)
        return print('There is no journey yet. Record one: ux-audit journey record NAME --url URL');
      const rows = journeys.map(({ name, steps, recording, run: newest, error }) => [
        inertLine(name),
        error ? 'unreadable' : recording ? 'yes' : 'no',
        newest ? newest.at.slice(0, 10) : '–',
        inertLine(steps.map((step) => step.name).join(' → ')),
      ]);
      print(textTable(['journey', 'recorded', 'walked', 'steps'], rows));
      for (const { error } of journeys)
        if (error) process.stderr.write(`${inertLine(error.message)}\n  ${inertLine(error.next)}\n`);
      return undefined;
    });
}

function importCommand() {
  return recordCommand('import', 'keep a recording of Chrome DevTools as a journey, without its secrets')
    .argument('<file>', 'the recording, exported as JSON')
    .option('--as <name>', 'name of the journey; made of the recording’s title when left out')
    .option('--environment <name>', 'where the recorded address is: local, deployed, or a name of yours')
    .option('--serve <folder>', 'serve this folder as static files when the journey is walked')
    .option('--replace', 'replace the recording that the journey has')
    .option('--json', 'print JSON: { name, steps, variables: [{ name, field }] }')
    .action(async (file, { as, environment, serve, replace, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw usageError('file-unreadable', `${file} could not be read: ${error.message}`, 'Check its path.');
      });
      const folder = serve && (path.relative(workspace.paths.root, path.resolve(serve)).replaceAll('\\', '/') || '.');
      const { name, steps, variables } = await importJourney(workspace, {
        text,
        file: path.basename(file),
        name: as,
        environment,
        serve: folder ? { folder } : undefined,
        replaces: replace,
      });
      if (json) return printJson({ name, steps: steps.map((step) => step.name), variables });
      print(`Imported ${name}: ${steps.map((step) => inertLine(step.name)).join(' → ')}`);
      for (const variable of variables)
        print(`  What was entered into “${inertLine(variable.field)}” is not kept: set ${variable.name} to walk it.`);
      return print(`Walk it: ux-audit journey run ${name}`);
    });
}

function run(done: (code: number) => void) {
  return withBrowserOptions(
    recordCommand('run', 'walk a journey by machine, and record the steps that cannot be completed'),
  )
    .argument('<name>')
    .option('-n, --runs <n>', 'how many walks, each in a fresh browser (default: 3)', wholeNumber('--runs', 1, 25))
    .option('--audit', 'walk once more and audit the page at the end of each step')
    .option('--environment <name>', 'where: local, deployed, or a name of yours')
    .option('--no-record', 'measure only; write nothing into the workspace')
    .option('-y, --yes', 'run the command of the record that serves the journey')
    .option(
      '--json',
      'print JSON: { journey, environment, id, steps: [{ name, waiting: { median, min, max, n }, clicks, keys, ' +
        'vitals, requests, bytes, errors, reached }], changes: [{ id, change }] }; in ms and bytes, null: not known',
    )
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const recording = await workspace.journeys.recording(name);
      const page = planJourney(record, name, recording, flags.environment);
      await allowWishes([page], record, flags, workspace.paths.root);
      const credentials = await requestCredentials(flags, [page], workspace.paths.root);
      const walked = await withEngine(flags.browser, async ({ engine, signal }) => {
        const progress = new ProgressLine(Boolean(flags.quiet));
        try {
          return await walkJourney({
            workspace,
            engine,
            signal,
            page,
            recording,
            walks: flags.runs ?? 3,
            audits: flags.audit,
            record: flags.record,
            environment: process.env,
            credentials,
            ignoreCertificateErrors: flags.ignoreCertificateErrors,
            onProgress: (where) =>
              progress.update(walkText(where), where.step === undefined ? walkText(where) : undefined),
          });
        } finally {
          progress.clear();
        }
      });
      const steps = journeySteps(recording);
      const { id, environment } = walked.run;
      if (flags.json)
        printJson({
          journey: name,
          environment,
          id,
          steps: stepsForMachines(steps, walked.run),
          changes: walked.changes,
        });
      else {
        print(journeyText(steps, walked.run));
        if (flags.record) print(`Findings: ${changesText(walked.changes)}. Record: ${workspace.paths.record}`);
      }
      if (walked.warning) process.stderr.write(`${inertLine(walked.warning.message)}\n`);
      if (stepSummaries(walked.run).some(({ tried, reached }) => reached < tried)) done(exitCodes.page);
    });
}

function changesText(changes: readonly { change: string }[]): string {
  const kinds = Map.groupBy(changes, ({ change }) => change);
  return [...kinds].map(([kind, of]) => counted(of.length, kind, kind)).join(', ') || 'no change';
}
