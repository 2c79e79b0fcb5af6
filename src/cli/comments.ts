import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { usageError } from '../core/errors';
import { findingNamed } from '../core/record/listFindings';
import { currentId } from '../core/record/reportedProblem';
import { stages } from '../core/record/stages';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { shortened } from '../core/text/shortened';
import { groupComments, importComments, type KnownComment, listComments, ungroupComments } from '../workflow/comments';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { print, printJson } from './output';

const help = `
Texts stay on this machine, in ux-audit/answers, which git ignores. The record gets what a person makes of them: a
problem with a title of the person's own and how many comments say so. Comments in answers of \`survey collect\` are
there without an import.

Examples:
  $ ux-audit comments import reviews.csv --column "What could be better?"
  $ ux-audit comments list
  $ ux-audit comments group --problem "The way to pay is hard to find" --target checkout --severity 3 0f3a91c2bd
  $ ux-audit comments show checkout/customers/comments/7k3q9d`;

export function commentsCommand() {
  return new Command('comments')
    .description('group what customers write into problems; their texts stay on this machine')
    .addHelpText('after', help)
    .addCommand(importCommand())
    .addCommand(listCommand())
    .addCommand(groupCommand())
    .addCommand(ungroupCommand())
    .addCommand(showCommand());
}

function importCommand() {
  return recordCommand('import', 'take comments from a table, or from a text file with one on each line')
    .argument('<file>', 'CSV file with a column of comments, or .txt')
    .option('--column <header>', 'the column of the comments, when its header does not tell')
    .option('--source <text>', 'where they come from; the name of the file when left out')
    .option('--json', 'print JSON: { added, known, empty, column }')
    .action(async (file, { column, source, json, ...flags }) => {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw usageError('file-unreadable', `${file} could not be read: ${error.message}`, 'Check its path.');
      });
      const done = await importComments(workspaceOf(flags), bytes, path.basename(file), { column, source });
      if (json) return printJson(done);
      const { added, known, empty } = done;
      const read = done.column === undefined ? '' : ` of "${inertLine(done.column)}"`;
      print(`${counted(added, 'new comment')}${read}, ${known} known already, ${counted(empty, 'row')} without one.`);
      print('They stay on this machine. Group them: ux-audit comments list');
    });
}

/** The longest text of a list. Characters. */
const SHOWN = 160;

function listCommand() {
  return recordCommand('list', 'the comments on this machine that no problem has yet')
    .option('--all', 'also those that were grouped')
    .option('--text <words>', 'only those with these words')
    .option('--json', 'print JSON: [ { id, text, date, source, target, segment, finding } ]')
    .action(async ({ all, text = '', json, ...flags }) => {
      const comments = await listComments(workspaceOf(flags));
      const found = comments.filter(
        (one) => (all || one.finding === undefined) && one.text.toLowerCase().includes(text.toLowerCase()),
      );
      if (json) return printJson(found);
      for (const comment of found) print(lineOf(comment));
      const rest = comments.length - found.length;
      if (comments.length === 0) print('No comment yet. Begin with: ux-audit comments import FILE');
      else print(`${counted(found.length, 'comment')}${rest > 0 ? `, ${rest} more with --all and no --text` : ''}.`);
    });
}

function lineOf({ id, date, target, segment, text, finding }: KnownComment): string {
  const about = [date, target, segment].filter((one) => one !== undefined).join(', ');
  const where = finding === undefined ? '' : `  [${finding}]`;
  return inertLine(`${id}  ${about === '' ? '' : `(${about}) `}${shortened(text, SHOWN)}${where}`);
}

function groupCommand() {
  return recordCommand(
    'group',
    'make comments a problem of the record, or add them to the one of that title and target',
  )
    .argument('<id...>', 'ids of comments, as `comments list` shows them')
    .requiredOption('--problem <title>', 'what is wrong, in your own words')
    .requiredOption('--target <slug>', 'the page or journey that it is about')
    .option('--stage <stage>', `where customers meet it: ${stages.join(', ')}`)
    .option('--severity <number>', 'from 0 (not a problem) to 4 (catastrophe)', wholeNumber('--severity', 0, 4))
    .option('--json', 'print JSON: { id, added, comments, status }')
    .action(async (ids, { problem: title, target, stage, severity, json, ...flags }) => {
      const done = await groupComments(workspaceOf(flags), { title, target, stage, severity }, ids);
      if (json) return printJson(done);
      const { id, added, comments, status } = done;
      print(`${counted(added, 'comment')} grouped into ${inertLine(id)}, which has ${comments} now.`);
      if (status !== 'open')
        print(`It is ${inertLine(status)}: ux-audit findings reopen ${inertLine(id)} opens it again.`);
    });
}

function ungroupCommand() {
  return recordCommand('ungroup', 'take comments out of their problems again')
    .argument('<id...>', 'ids of comments')
    .action(async (ids, flags) => {
      const taken = await ungroupComments(workspaceOf(flags), ids);
      print(`${counted(taken, 'comment')} ungrouped.`);
    });
}

function showCommand() {
  return recordCommand('show', 'the comments of a problem, as far as this machine holds them')
    .argument('<finding>', 'id of a finding')
    .option('--json', 'print JSON: { finding, comments, here: [ { id, text, date, source, target, segment } ] }')
    .action(async (given, { json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const finding = findingNamed(record, currentId(record, given) ?? given);
      const here = (await listComments(workspace, record)).filter((one) => one.finding === finding.id);
      const { id, title, comments = 0 } = finding;
      if (json) return printJson({ finding: id, comments, here: here.map(({ finding: _, ...comment }) => comment) });
      print(`${inertLine(title)}: ${counted(comments, 'comment')}, ${here.length} of them on this machine.`);
      for (const { id: of, text, date = '' } of here) print(inertLine(`  ${of}  ${date}  ${text}`));
    });
}
