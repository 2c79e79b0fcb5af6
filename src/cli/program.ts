import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { version } from '../../package.json';
import { errorText, exitCodes, HumanError, toHumanError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { hasPrintedJson, printJson } from './output';

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

/** The commands by their names, in the order of the help. Only the one that is named is loaded; without one, all. */
const commands: Record<string, (done: (code: number) => void) => Promise<CommandUnknownOpts>> = {
  init: async () => (await import('./init')).initCommand(),
  audit: async (done) => (await import('./audit')).auditCommand(done),
  target: async () => (await import('./target')).targetCommand(),
  discover: async () => (await import('./discover')).discoverCommand(),
  login: async () => (await import('./login')).loginCommand(),
  logout: async () => (await import('./login')).logoutCommand(),
  consent: async () => (await import('./consentWall')).consentCommand(),
  journey: async (done) => (await import('./journey')).journeyCommand(done),
  session: async () => (await import('./session')).sessionCommand(),
  findings: async (done) => (await import('./findings')).findingsCommand(done),
  checklist: async (done) => (await import('./checklist')).checklistCommand(done),
  evaluation: async (done) => (await import('./evaluation')).evaluationCommand(done),
  impact: async () => (await import('./impact')).impactCommand(),
  outcomes: async (done) => (await import('./outcomes')).outcomesCommand(done),
  survey: async () => (await import('./survey')).surveyCommand(),
  comments: async () => (await import('./comments')).commentsCommand(),
  baseline: async () => (await import('./baseline')).baselineCommand(),
  diff: async () => (await import('./diff')).diffCommand(),
  compare: async (done) => (await import('./compare')).compareCommand(done),
  ci: async (done) => (await import('./ci')).ciCommand(done),
  merge: async (done) => (await import('./merge')).mergeCommand(done),
  'merge-runs': async (done) => (await import('./mergeRuns')).mergeRunsCommand(done),
  export: async () => (await import('./export')).exportCommand(),
  import: async (done) => (await import('./import')).importCommand(done),
  mcp: async () => (await import('./mcp')).mcpCommand(),
  doctor: async (done) => (await import('./doctor')).doctorCommand(done),
  validate: async (done) => (await import('./validate')).validateCommand(done),
};

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
  const outputError = (text: string, write: (text: string) => void) =>
    write(text.split('\n').map(inertLine).join('\n'));
  const named = Object.entries(commands).filter(([name]) => name === argv[2]);
  for (const [, load] of named.length > 0 ? named : Object.entries(commands)) {
    const command = await load(done);
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
