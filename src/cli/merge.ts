import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline/promises';
import { promisify } from 'node:util';
import { Option } from '@commander-js/extra-typings';
import { exitCodes, HumanError, isHumanError, usageError } from '../core/errors';
import { canonicalText } from '../core/record/canonicalText';
import type { SideNames } from '../core/record/conflict';
import { type Merged, type MergeQuestion, resolveQuestions } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { inertLine } from '../core/text/inertText';
import { decodeUtf8 } from '../core/text/utf8';
import { Git } from '../storage/git';
import { switchOnMergeDriver } from '../storage/mergeDriver';
import { writeExport } from '../workflow/exportRecord';
import {
  mendMarkdown,
  mergeConflict,
  mergeOther,
  mergeTexts,
  type WrittenMerge,
  writeMerge,
} from '../workflow/mergeFindings';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

const sides = ['ours', 'theirs'] as const;
type Side = (typeof sides)[number];

/** The options of the command. */
interface MergeFlags {
  workspace: string;
  recordFile: string;
  take?: Side | undefined;
  json?: true | undefined;
}

export function mergeCommand(done: (code: number) => void) {
  return recordCommand(
    'merge',
    'merge records by finding and field; exit code 1 with the questions where people disagree',
  )
    .argument('[base]', 'the common version; without files, the conflicted record of this workspace is merged')
    .argument('[ours]', 'our version')
    .argument('[theirs]', 'their version')
    .option('-o, --out <file>', 'where to write the merge of three files')
    .option('--other <file>', 'merge the entries of another findings file into this record')
    .addOption(new Option('--take <side>', 'answer every question with one side').choices(sides))
    .option('--driver', 'for git: write the result into OURS; leave conflict markers where there are questions')
    .option(
      '--switch-on-driver',
      'let git merge records by itself in this clone (writes to its .git/config and attributes)',
    )
    .option(
      '--json',
      'print JSON: { merged, sides: { ours, theirs }, questions: [{ path, fact, base, ours, theirs }], notes: ' +
        '[{ path, text }] }',
    )
    .action(async (base, ours, theirs, flags) => {
      if (flags.switchOnDriver) return switchOnDriver(flags);
      if (base !== undefined && ours !== undefined && theirs !== undefined)
        return done(await mergeFiles([base, ours, theirs], flags));
      if (base !== undefined) {
        throw usageError(
          'three-files',
          'A merge of files takes three: BASE OURS THEIRS.',
          'Or none, in a workspace whose record is in conflict.',
        );
      }
      done(flags.other === undefined ? await mergeWorkspace(flags) : await bringIn(flags.other, flags));
    });
}

/** A question with both answers, and which branch or commit each is of. */
function describe({ path: [section, id], fact, ours, theirs }: MergeQuestion, names: SideNames): string {
  const show = (value: unknown) => (value === undefined ? '(nothing)' : inertLine(JSON.stringify(value)));
  const entry = `${section === 'findings' ? '' : `${section} `}${inertLine(id ?? '')}`;
  const side = (name: Side) => (names[name] === name ? name.padEnd(6) : `${name} (${inertLine(names[name])})`);
  return `${entry}: ${inertLine(fact)}\n  ${side('ours')}  ${show(ours)}\n  ${side('theirs')}  ${show(theirs)}`;
}

/** Asks the person. Without a terminal the questions stay open. */
async function answersFor(merged: Merged, names: SideNames, flags: MergeFlags): Promise<Side[] | undefined> {
  if (flags.take) return merged.questions.map(() => flags.take as Side);
  if (merged.questions.length === 0) return [];
  if (flags.json || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answers: Side[] = [];
    for (const question of merged.questions) {
      for (;;) {
        const answer = (await terminal.question(`\n${describe(question, names)}\nKeep (o)urs or (t)heirs? `))
          .trim()
          .toLowerCase();
        if (/^o(urs)?$/.test(answer)) answers.push('ours');
        else if (/^t(heirs)?$/.test(answer)) answers.push('theirs');
        else continue;
        break;
      }
    }
    return answers;
  } finally {
    terminal.close();
  }
}

/** Prints what a merge decided. @returns the merged record, or undefined while questions are open */
async function settle(merged: Merged, names: SideNames, flags: MergeFlags): Promise<AuditRecord | undefined> {
  const answers = await answersFor(merged, names, flags);
  if (flags.json)
    printJson({ merged: answers !== undefined, sides: names, questions: merged.questions, notes: merged.notes });
  else {
    for (const { text } of merged.notes) process.stderr.write(`note: ${inertLine(text)}\n`);
    if (!answers) {
      print(
        `${merged.questions.length} question${merged.questions.length === 1 ? '' : 's'} only a person can answer:\n`,
      );
      for (const question of merged.questions) print(describe(question, names));
      print('\nNothing was written. Answer on a terminal, or for all at once: --take ours, --take theirs.');
    }
  }
  return answers && resolveQuestions(merged, answers);
}

async function mergeWorkspace(flags: MergeFlags): Promise<number> {
  const workspace = workspaceOf(flags);
  try {
    const { merged, text, sides: names } = await mergeConflict(workspace);
    const record = await settle(merged, names, flags);
    if (!record) return exitCodes.gate;
    const written = await writeMerge(workspace, text, record);
    tell(`Merged ${workspace.paths.record}. The conflicted text is kept beside it (.orig).`, written, flags);
  } catch (error) {
    const mended = isHumanError(error) && error.code === 'not-conflicted' && (await mendMarkdown(workspace));
    if (!mended) throw error;
    if (flags.json) printJson({ merged: true, sides: { ours: 'ours', theirs: 'theirs' }, questions: [], notes: [] });
    const copy = path.basename(workspace.record.markdownPath);
    tell(`The record is not in conflict, and ${copy} is that of it now.`, mended, flags);
  }
  return 0;
}

function tell(what: string, { toStage, warning }: WrittenMerge, flags: MergeFlags): void {
  if (warning) process.stderr.write(`warning: ${inertLine(warning.message)}\n  ${inertLine(warning.next)}\n`);
  if (flags.json) return;
  const quoted = toStage.map((file) => (/^[\w./-]+$/.test(file) ? file : `"${inertLine(file)}"`));
  print(toStage.length > 0 ? `${what}\nNext: git add ${quoted.join(' ')}` : what);
}

async function bringIn(other: string, flags: MergeFlags): Promise<number> {
  const workspace = workspaceOf(flags);
  const theirs = parseRecord(await readText(other), path.basename(other)).record;
  const names = { ours: 'this record', theirs: path.basename(other) };
  let open = false;
  const { written } = await workspace.record.update((record) => {
    const merged = mergeOther(record, theirs);
    open = merged.questions.length > 0 && !flags.take;
    if (flags.json) printJson({ merged: !open, sides: names, questions: merged.questions, notes: merged.notes });
    else if (open) for (const question of merged.questions) print(describe(question, names));
    return open
      ? record
      : resolveQuestions(
          merged,
          merged.questions.map(() => flags.take ?? 'ours'),
        );
  });
  if (open) {
    if (!flags.json) print('\nNothing was written. Answer for all at once: --take ours, --take theirs.');
    return exitCodes.gate;
  }
  if (!flags.json) print(written ? `Brought ${other} into ${workspace.paths.record}.` : 'Nothing new in it.');
  return 0;
}

async function readText(file: string): Promise<string> {
  try {
    return decodeUtf8(await readFile(file), file);
  } catch (error) {
    if (isHumanError(error)) throw error;
    throw new HumanError(
      'usage',
      'file-unreadable',
      { what: `${file} could not be read: ${(error as Error).message}`, next: 'Check the path.' },
      { cause: error },
    );
  }
}

async function mergeFiles(
  [base, ours, theirs]: [string, string, string],
  flags: MergeFlags & { driver?: true | undefined; out?: string | undefined },
): Promise<number> {
  if (flags.driver) return drive(base, ours, theirs);
  const [b, o, t] = await Promise.all([readText(base), readText(ours), readText(theirs)]);
  const { out } = flags;
  const merged = mergeTexts(b || undefined, o || undefined, t || undefined);
  const record = await settle(merged, { ours: path.basename(ours), theirs: path.basename(theirs) }, flags);
  if (!record) return exitCodes.gate;
  if (out) await writeExport(workspaceOf(flags), out, canonicalText(record));
  else if (!flags.json) process.stdout.write(canonicalText(record));
  return 0;
}

/**
 * Merges for git, into our file. Where there are questions, or a side is no record, git's text merge leaves markers and
 * the file stays in conflict.
 * @returns 0, or 1 for a conflict; git would take any other end for a merge that failed
 */
async function drive(base: string, ours: string, theirs: string): Promise<number> {
  try {
    const [b, o, t] = await Promise.all([readText(base), readText(ours), readText(theirs)]);
    if (o.trim() === '' || t.trim() === '') throw usageError('no-record', 'A side is empty.', 'Merge it by hand.');
    const merged = mergeTexts(b, o, t);
    if (merged.questions.length === 0) {
      await writeFile(ours, canonicalText(merged.record));
      process.stderr.write(
        'ux-audit: merged the record by finding. If its Markdown copy lags behind: ux-audit merge\n',
      );
      return 0;
    }
  } catch {
    // a side that cannot be read as a record is for the text merge too
  }
  const labels = ['-L', 'ours', '-L', 'base', '-L', 'theirs'];
  await promisify(execFile)('git', ['merge-file', ...labels, ours, base, theirs]).catch(() => {});
  return exitCodes.gate;
}

async function switchOnDriver(flags: MergeFlags): Promise<void> {
  const { paths, record } = workspaceOf(flags);
  const git = await Git.open(paths.root);
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const program = `${quote(process.execPath)} ${quote(path.join(import.meta.dirname, 'cli.mjs'))}`;
  const files = { record: paths.record, markdown: record.markdownPath };
  const { lines, file } = await switchOnMergeDriver(git, `${program} merge --driver %O %A %B`, files);
  const copy = path.basename(files.markdown);
  print(
    `git now merges records by finding and field in this clone. Of ${copy}, ours stays; "ux-audit merge" then writes ` +
      'it anew.\n' +
      'To switch it off: git config --remove-section merge.ux-audit; git config --remove-section ' +
      `merge.ux-audit-markdown; and remove these lines from ${file}:`,
  );
  for (const line of lines) print(`  ${line}`);
}
