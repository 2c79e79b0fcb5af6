import path from 'node:path';
import readline from 'node:readline';
import { Command, Option } from '@commander-js/extra-typings';
import { tasksOf } from '../core/journey/tasks';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { planJourney } from '../workflow/journeys';
import { checkParticipant, type Moderation, nextParticipant, runSession } from '../workflow/sessions';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';
import { allowCommands } from './pagesToAudit';
import { withEngine } from './withEngine';

const help = `
A participant agrees first, then does the task in a browser of their own. Counted are times, clicks, keys, pages and
errors; what they type is not. Rows stay on this machine, in ux-audit/runs/sessions.csv.

Examples:
  $ ux-audit session tasks checkout
  $ ux-audit session run checkout --participant P1
  $ ux-audit outcomes import ux-audit/runs/sessions.csv`;

/** The commands of the moderator, each a line or its first letter. */
const commands = 'start, done, gave up, error, assist, note TEXT, pause, skip (the questions), quit';

export function sessionCommand() {
  return new Command('session')
    .description('let people do a journey as a task, and keep numbers of it on this machine')
    .addHelpText('after', help)
    .addCommand(list(), { isDefault: true })
    .addCommand(tasks())
    .addCommand(run())
    .addCommand(forget());
}

function list() {
  return recordCommand('list', 'say how many attempts and notes there are on this machine')
    .option('--json', 'print JSON: { file, attempts, notes: [{ at, target, participant, step?, text }], lost? }')
    .action(async ({ json, ...flags }) => {
      const { sessions } = workspaceOf(flags);
      const [attempts, notes, lost] = await Promise.all([sessions.attempts(), sessions.notes(), sessions.lost()]);
      if (json) return printJson({ file: sessions.table, attempts: attempts.length, notes, ...(lost && { lost }) });
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
      const removed = await workspaceOf(flags).sessions.forget(participant);
      print(`Removed ${counted(removed, 'line')} of ${participant}.`);
      print('Figures that were imported already hold no participant; import the table again to renew them.');
    });
}

function run() {
  return recordCommand('run', 'open a browser for a participant, and count how they do a journey')
    .argument('<journey>')
    .option('--participant <name>', 'P and a number; the next one when left out')
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
      await allowCommands([page], flags, workspace.paths.root);
      const participant = flags.participant ?? (await nextParticipant(workspace));
      checkParticipant(participant);
      const lost = await workspace.sessions.lost();
      if (lost)
        print(`The last attempt (${inertLine(lost.participant)}, ${inertLine(lost.target)}) was cut off and is lost.`);
      const { outcome, count } = await withEngine(flags.browser, ({ engine, signal }) => {
        const quit = new AbortController();
        return runSession({
          workspace,
          engine,
          page,
          recording,
          participant,
          ignoreCertificateErrors: flags.ignoreCertificateErrors,
          isVisible: !flags.headless,
          stop: AbortSignal.any([signal, quit.signal]),
          onModerate: (moderation) => moderate(moderation, () => quit.abort()),
          onEvent: ({ type }, { step }) => {
            if (type === 'agreed') print(`${participant} agrees.`);
            else if (type === 'begun')
              print(`The task runs${step === undefined ? '' : `; first step: ${inertLine(step)}`}.`);
            else if (type === 'reached')
              print(step === undefined ? 'The last step was reached.' : `Step: ${inertLine(step)}`);
          },
        }).finally(() => process.stdin.pause());
      });
      if (outcome === 'declined') return print(`${participant} did not agree. Nothing was counted or kept.`);
      if (outcome === 'not finished') return print('Nobody said how the task ended, so nothing was kept.');
      print(
        `${participant}: ${outcome} in ${seconds(count.active)} (${seconds(count.waiting)} of it ` +
          `waiting for pages), ${counted(count.clicks, 'click')}, ${counted(count.errors, 'error')}.`,
      );
      return print(`Kept in ${path.relative(workspace.paths.root, workspace.sessions.table)}.`);
    });
}

const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;

/** Takes the moderator's commands, a line each. */
function moderate({ count, next, add, finish, note }: Moderation, quit: () => void): void {
  print(`Type a command and Enter: ${commands}`);
  let isPaused = false;
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
    const is = (name: string) => word !== '' && name.startsWith(word.toLowerCase());
    if (is('quit')) quit();
    else if (is('start') || is('skip')) next();
    else if (is('note') && rest !== '')
      void note(rest).then((isKept) => print(isKept ? 'Noted.' : 'Notes are kept once the participant agrees.'));
    else if (!count.isRunning) print('The task does not run now.');
    else if (is('done')) finish(true);
    else if (is('gave') || is('gave up')) finish(false);
    else if (is('error') || is('assist')) {
      add({ type: is('error') ? 'error' : 'assist' });
      print(`${counted(count.errors, 'error')}, ${counted(count.assists, 'assist')}`);
    } else if (is('pause')) {
      isPaused = !isPaused;
      add({ type: isPaused ? 'paused' : 'resumed' });
      print(isPaused ? 'Paused; type pause again to go on.' : 'It goes on.');
    } else print(`Commands: ${commands}`);
  });
}
