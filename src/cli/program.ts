import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { version } from '../../package.json';
import { errorText, exitCodes, HumanError, toHumanError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { auditCommand } from './audit';
import { baselineCommand } from './baseline';
import { checklistCommand } from './checklist';
import { ciCommand } from './ci';
import { commentsCommand } from './comments';
import { compareCommand } from './compare';
import { consentCommand } from './consentWall';
import { diffCommand } from './diff';
import { discoverCommand } from './discover';
import { doctorCommand } from './doctor';
import { evaluationCommand } from './evaluation';
import { exportCommand } from './export';
import { findingsCommand } from './findings';
import { impactCommand } from './impact';
import { importCommand } from './import';
import { initCommand } from './init';
import { journeyCommand } from './journey';
import { loginCommand, logoutCommand } from './login';
import { mcpCommand } from './mcp';
import { mergeCommand } from './merge';
import { mergeRunsCommand } from './mergeRuns';
import { outcomesCommand } from './outcomes';
import { hasPrintedJson, printJson } from './output';
import { sessionCommand } from './session';
import { surveyCommand } from './survey';
import { targetCommand } from './target';
import { validateCommand } from './validate';

const help = `
Exit codes:
   0  done
   1  people disagree and must answer (merge), not all findings are fixed (findings check), or the gate fails (ci)
   2  wrong usage
   3  the environment lacks something (no browser, Node too old)
   4  a page could not be audited or redirected elsewhere, or a report could not be imported; the others were
   5  the record could not be read or written
  70  an unexpected error of ux-audit itself
 130  cancelled (Ctrl+C)

Examples:
  $ ux-audit init
  $ ux-audit audit http://localhost:3000/checkout
  $ ux-audit audit checkout --both --runs 5
  $ ux-audit audit --serve dist
  $ ux-audit login customer --url https://shop.example/login --for account
  $ ux-audit journey run checkout
  $ ux-audit evaluation agreement checkout nielsen-10
  $ ux-audit findings --target checkout --json
  $ ux-audit compare main --serve dist --build 'npm run build'
  $ ux-audit import reports/*.json
  $ ux-audit survey new nps --name "ACME Shop"
  $ ux-audit outcomes import survey.csv
  $ ux-audit impact --what-if checkout:lcp=2500
  $ ux-audit export --html findings.html`;

/**
 * Runs the terminal program.
 * @returns the exit code
 */
export async function program(argv: readonly string[] = process.argv): Promise<number> {
  try {
    process.cwd();
  } catch (error) {
    const what = 'The folder that this terminal is in no longer exists.';
    const next = 'Change to another folder and try again.';
    return complain(new HumanError('environment', 'folder-gone', { what, next }, { cause: error }), false);
  }
  const root = new Command('ux-audit')
    .description(
      'Audits web pages with Lighthouse, evaluates them with checklists, and records what is found in ' +
        'ux-audit/findings.json.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', help)
    .exitOverride()
    .showHelpAfterError('(add --help for the possible options)');
  let code: number = exitCodes.done;
  const done = (value: number) => {
    code = value;
  };
  const commands: CommandUnknownOpts[] = [
    initCommand(),
    auditCommand(done),
    targetCommand(),
    discoverCommand(),
    loginCommand(),
    logoutCommand(),
    consentCommand(),
    journeyCommand(done),
    sessionCommand(),
    findingsCommand(done),
    checklistCommand(done),
    evaluationCommand(done),
    impactCommand(),
    outcomesCommand(done),
    surveyCommand(),
    commentsCommand(),
    baselineCommand(),
    diffCommand(),
    compareCommand(done),
    ciCommand(done),
    mergeCommand(done),
    mergeRunsCommand(done),
    exportCommand(),
    importCommand(done),
    mcpCommand(),
    doctorCommand(done),
    validateCommand(done),
  ];
  const outputError = (text: string, write: (text: string) => void) =>
    write(text.split('\n').map(inertLine).join('\n'));
  for (const command of commands) {
    for (const one of [command, ...command.commands]) one.exitOverride().configureOutput({ outputError });
    root.addCommand(command);
  }
  try {
    await root.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    return complain(error, argv.includes('--json'));
  }
}

/** Prints an error to stderr: what happened, then what to do. With --json also as { error } to stdout. */
function complain(thrown: unknown, json: boolean): number {
  const error = toHumanError(thrown);
  if (json && !hasPrintedJson()) printJson({ error: errorText(error) });
  process.stderr.write(`ux-audit: ${inertLine(error.message)}\n  ${inertLine(error.next)}\n`);
  if (error.kind === 'internal' && process.env.UX_AUDIT_DEBUG) console.error(error.cause ?? error);
  return exitCodes[error.kind];
}
