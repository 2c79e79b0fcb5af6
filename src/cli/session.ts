import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { outcomeText } from '../core/journey/sessionText';
import { tasksOf } from '../core/journey/tasks';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import type { RunningAttempt } from '../storage/sessionStore';
import { planJourney } from '../workflow/journeys';
import { checkParticipant, cutOffText, nextParticipant, recoverAttempt, runSession } from '../workflow/sessions';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { ModeratorDesk } from './moderatorDesk';
import { print, printJson } from './output';
import { allowWishes } from './pagesToAudit';
import { findingCommand, notesCommand } from './sessionNotes';
import { withEngine } from './withEngine';

const help = `
A participant agrees first, then does the task in a browser of their own. Counted are times, clicks, keys, pages and
errors; what they type is not. Rows stay on this machine, in ux-audit/runs/sessions.csv.

Examples:
  $ ux-audit session tasks checkout
  $ ux-audit session run checkout --participant P1
  $ ux-audit session notes checkout
  $ ux-audit outcomes import ux-audit/runs/sessions.csv`;

export function sessionCommand() {
  return new Command('session')
    .description('let people do a journey as a task, and keep numbers of it on this machine')
    .addHelpText('after', help)
    .addCommand(list(), { isDefault: true })
    .addCommand(tasks())
    .addCommand(run())
    .addCommand(notesCommand())
    .addCommand(findingCommand())
    .addCommand(forget());
}

function list() {
  return recordCommand('list', 'say how many attempts and notes there are on this machine')
    .option('--json', 'print JSON: { file, attempts, notes: [{ key, at, target, participant, step?, text }], cutOff? }')
    .action(async ({ json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const { sessions } = workspace;
      const cutOff = await recovered(workspace, !json);
      const [attempts, notes] = await Promise.all([sessions.attempts(), sessions.notes()]);
      if (json) return printJson({ file: sessions.table, attempts: attempts.length, notes, ...(cutOff && { cutOff }) });
      print(`${counted(attempts.length, 'attempt')} in ${sessions.table}`);
      for (const { participant, step, text } of notes)
        print(`  ${inertLine(participant)}${step === undefined ? '' : ` at ${inertLine(step)}`}: ${inertLine(text)}`);
      if (attempts.length > 0) print('Import them: ux-audit outcomes import ux-audit/runs/sessions.csv');
      return undefined;
    });
}

function tasks() {
  return recordCommand('tasks', 'write what people are asked to do in a journey, to be put into better words')
    .argument('<journey>')
    .action(async (name, flags) => {
      const { journeys } = workspaceOf(flags);
      const known = await journeys.tasks(name);
      const file = known
        ? journeys.tasksFile(name)
        : await journeys.writeTasks(name, tasksOf(await journeys.recording(name)));
      print(known ? `It is there already: ${file}` : `Written: ${file}`);
    });
}

function forget() {
  return recordCommand('delete', 'remove all that is kept of a participant on this machine')
    .argument('<participant>', 'such as P1')
    .action(async (participant, flags) => {
      checkParticipant(participant);
      const workspace = workspaceOf(flags);
      await recovered(workspace, false);
      const removed = await workspace.sessions.forget(participant);
      print(`Removed ${counted(removed, 'line')} of ${participant}.`);
      print('Findings that were made of their notes stay: they are the team’s, and name no participant.');
      print('Figures that were imported already hold no participant; import the table again to renew them.');
    });
}

function run() {
  return recordCommand('run', 'open a browser for a participant, and count how they do a journey')
    .argument('<journey>')
    .option('--participant <name>', 'P and a number; the next one when left out')
    .option('--unmoderated', 'the participant says when they are done, in a small window beside the page')
    .option('--environment <name>', 'where: local, deployed, or a name of yours')
    .option('--browser <path>', 'the browser to use instead of the one that would be found')
    .option('--ignore-certificate-errors', 'for local development: accept an invalid certificate')
    .option('-y, --yes', 'run the command of the record that serves the journey')
    .addOption(new Option('--headless', 'without a window, for tests').hideHelp())
    .action(async (name, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const recording = await workspace.journeys.recording(name);
      const page = planJourney(record, name, recording, flags.environment);
      await allowWishes([page], record, flags, workspace);
      await recovered(workspace, true);
      const participant = flags.participant ?? (await nextParticipant(workspace));
      checkParticipant(participant);
      const { outcome, count, error } = await withEngine(flags.browser, ({ engine, signal }) => {
        const quit = new AbortController();
        const desk = new ModeratorDesk(() => quit.abort());
        return runSession({
          workspace,
          engine,
          page,
          recording,
          participant,
          ignoreCertificateErrors: flags.ignoreCertificateErrors,
          isVisible: !flags.headless,
          isModerated: !flags.unmoderated,
          stop: AbortSignal.any([signal, quit.signal]),
          onOpen: (session) => desk.take(session),
          onUnsaid: () => desk.askSuccess(),
          onTimeOver: (limit) => print(`The time of ${limit} s is over. It goes on until you say how the task ended.`),
          onEvent: ({ type }, { count: { step } }) => {
            if (type === 'agreed') print(`${participant} agrees.`);
            else if (type === 'begun')
              print(`The task runs${step === undefined ? '' : `; first step: ${inertLine(step)}`}.`);
            else if (type === 'reached')
              print(step === undefined ? 'The last step was reached.' : `Step: ${inertLine(step)}`);
          },
        }).finally(() => desk.close());
      });
      print(outcomeText(participant, outcome, count));
      if (outcome === 'declined' || outcome === 'not begun') return;
      print(`Kept in ${path.relative(workspace.paths.root, workspace.sessions.table)}.`);
      if (error !== undefined) throw error;
    });
}

/** Keeps what a crash left of the last attempt. */
async function recovered(workspace: Workspace, says: boolean): Promise<RunningAttempt | undefined> {
  const attempt = await recoverAttempt(workspace);
  if (attempt && says) print(cutOffText(attempt));
  return attempt;
}
