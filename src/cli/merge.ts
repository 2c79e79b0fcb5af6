import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline/promises';
import { promisify } from 'node:util';
import { Option } from '@commander-js/extra-typings';
import { exitCodes, HumanError, isHumanError, usageError } from '../core/errors';
import { canonicalText } from '../core/record/canonicalText';
import { type Merged, type MergeQuestion, resolveQuestions } from '../core/record/mergeRecords';
import { parseRecord } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { inertLine } from '../core/text/inertText';
import { decodeUtf8 } from '../core/text/utf8';
import { Git } from '../storage/git';
import { writeExport } from '../workflow/exportRecord';
import { mergeConflict, mergeOther, mergeTexts } from '../workflow/mergeFindings';
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
      'print JSON: { merged, questions: [{ path, fact, base, ours, theirs }], notes: [{ path, text }] }',
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

function describe({ path: [section, id], fact, ours, theirs }: MergeQuestion): string {
  const show = (value: unknown) => (value === undefined ? '(nothing)' : inertLine(JSON.stringify(value)));
  const entry = `${section === 'findings' ? '' : `${section} `}${inertLine(id ?? '')}`;
  return `${entry}: ${inertLine(fact)}\n  ours    ${show(ours)}\n  theirs  ${show(theirs)}`;
}

/** Asks the person. Without a terminal the questions stay open. */
async function answersFor(merged: Merged, flags: MergeFlags): Promise<Side[] | undefined> {
  if (flags.take) return merged.questions.map(() => flags.take as Side);
  if (merged.questions.length === 0) return [];
  if (flags.json || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answers: Side[] = [];
    for (const question of merged.questions) {
      for (;;) {
        const answer = (await terminal.question(`\n${describe(question)}\nKeep (o)urs or (t)heirs? `))
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
async function settle(merged: Merged, flags: MergeFlags): Promise<AuditRecord | undefined> {
  const answers = await answersFor(merged, flags);
  if (flags.json) printJson({ merged: answers !== undefined, questions: merged.questions, notes: merged.notes });
  else {
    for (const { text } of merged.notes) process.stderr.write(`note: ${inertLine(text)}\n`);
    if (!answers) {
      print(
        `${merged.questions.length} question${merged.questions.length === 1 ? '' : 's'} only a person can answer:\n`,
      );
      for (const question of merged.questions) print(describe(question));
      print('\nNothing was written. Answer on a terminal, or for all at once: --take ours, --take theirs.');
    }
  }
  return answers && resolveQuestions(merged, answers);
}

async function mergeWorkspace(flags: MergeFlags): Promise<number> {
  const workspace = workspaceOf(flags);
  const { merged, text } = await mergeConflict(workspace);
  const record = await settle(merged, flags);
  if (!record) return exitCodes.gate;
  await workspace.record.replace(text, record);
  if (!flags.json)
    print(`Merged ${workspace.paths.record}. The conflicted text is kept beside it (.orig). Next: git add it.`);
  return 0;
}

async function bringIn(other: string, flags: MergeFlags): Promise<number> {
  const workspace = workspaceOf(flags);
  const theirs = parseRecord(await readText(other), path.basename(other)).record;
  let open = false;
  const { written } = await workspace.record.update((record) => {
    const merged = mergeOther(record, theirs);
    open = merged.questions.length > 0 && !flags.take;
    if (flags.json) printJson({ merged: !open, questions: merged.questions, notes: merged.notes });
    else if (open) for (const question of merged.questions) print(describe(question));
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
  const [b, o, t] = await Promise.all([readText(base), readText(ours), readText(theirs)]);
  const out = flags.driver ? ours : flags.out;
  if (flags.driver) {
    try {
      const merged = mergeTexts(b, o, t);
      if (merged.questions.length === 0) {
        await writeFile(ours, canonicalText(merged.record));
        return 0;
      }
    } catch {
      // git's text merge handles a side that cannot be read as a record
    }
    // git's text merge leaves markers; "ux-audit merge" then asks the questions
    await promisify(execFile)('git', ['merge-file', ours, base, theirs]).catch(() => {});
    return exitCodes.gate;
  }
  const merged = mergeTexts(b || undefined, o || undefined, t || undefined);
  const record = await settle(merged, flags);
  if (!record) return exitCodes.gate;
  if (out) await writeExport(workspaceOf(flags), out, canonicalText(record));
  else if (!flags.json) process.stdout.write(canonicalText(record));
  return 0;
}

async function switchOnDriver(flags: MergeFlags): Promise<void> {
  const workspace = workspaceOf(flags);
  const git = await Git.of(workspace.paths.root);
  if (!git) throw usageError('no-repository', 'This folder is not in a git repository.', 'Run it in one.');
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  await git.configureMergeDriver(
    `${quote(process.execPath)} ${quote(path.join(import.meta.dirname, 'cli.mjs'))} merge --driver %O %A %B`,
  );
  const info = await git.infoFolder();
  const file = path.join(info, 'attributes');
  const line = `**/${path.basename(workspace.paths.record)} merge=ux-audit`;
  await mkdir(info, { recursive: true });
  const before = await readFile(file, 'utf8').catch(() => '');
  if (!before.split('\n').includes(line))
    await appendFile(file, `${before && !before.endsWith('\n') ? '\n' : ''}${line}\n`);
  print(
    'git now merges records by finding and field in this clone.\nTo switch it off: git config --remove-section ' +
      `merge.ux-audit, and remove "${line}" from ${file}`,
  );
}
