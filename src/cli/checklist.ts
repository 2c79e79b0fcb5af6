import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Checklist } from '../core/checklist/checklist';
import { exitCodes, usageError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import {
  checklistWarnings,
  createChecklist,
  findChecklist,
  type ListedChecklist,
  listChecklists,
} from '../workflow/checklists';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { jsonError, print, printJson } from './output';

const help = `
Your own checklists are JSON files in ux-audit/checklists, named after their id. In VS Code a page edits them: New
Checklist… and Edit Checklist. By hand: never use the id of an item for another item, retire it with "retired": true;
raise "version" when you add or reword items.

Examples:
  $ ux-audit checklist list
  $ ux-audit checklist show nielsen-10
  $ ux-audit checklist new "ACME house rules"
  $ ux-audit checklist validate`;

/** @param done gets the exit code unless the command succeeded */
export function checklistCommand(done: (code: number) => void) {
  return new Command('checklist')
    .description('list, show, check and begin checklists for evaluations')
    .addHelpText('after', help)
    .addCommand(list())
    .addCommand(show())
    .addCommand(begin())
    .addCommand(validate(done));
}

const activeCount = (checklist: Checklist) => checklist.items.filter(({ retired }) => !retired).length;

function list() {
  return recordCommand('list', 'the built-in checklists and those of this workspace')
    .option('--json', 'print JSON: { checklists: [{ id, title, version, items, appliesTo, file?, error? }] }')
    .action(async (flags) => {
      const all = await listChecklists(workspaceOf(flags));
      if (flags.json) return printJson({ checklists: all.map(forMachines) });
      const width = Math.max(...all.map(({ id }) => id.length));
      for (const { id, checklist, error, file } of all) {
        const about = checklist
          ? `${activeCount(checklist)} items for ${checklist.appliesTo.join(', ')}  ${checklist.title}`
          : `cannot be read: ${error?.message}`;
        print(`${inertLine(id).padEnd(width)}  ${inertLine(about)}${file ? `  (${inertLine(file)})` : ''}`);
      }
    });
}

function forMachines({ id, checklist, file, error }: ListedChecklist) {
  const { title, version, appliesTo } = checklist ?? {};
  const items = checklist && activeCount(checklist);
  return { id, title, version, items, appliesTo, file, error: jsonError(error) };
}

function show() {
  return recordCommand('show', 'the items of a checklist')
    .argument('<id>', 'such as nielsen-10')
    .option('--json', 'print JSON: { checklist }')
    .action(async (id, flags) => {
      const listed = await findChecklist(workspaceOf(flags), id);
      if (!listed?.checklist) throw listed?.error ?? unknown(id);
      const { checklist } = listed;
      if (flags.json) return printJson({ checklist });
      print(`${inertLine(checklist.title)}, version ${checklist.version}`);
      if (checklist.description) print(inertLine(checklist.description));
      if (checklist.source?.licence) print(inertLine(checklist.source.licence));
      for (const { id: item, title, question, howToCheck = [], needs = [], good, bad, retired } of checklist.items) {
        print();
        print(`${item}  ${inertLine(title)}${retired ? '  (retired)' : ''}`);
        print(`  ${inertLine(question)}`);
        for (const step of howToCheck) print(`  - ${inertLine(step)}`);
        if (needs.length > 0) print(`  at hand: ${inertLine(needs.join(', '))}`);
        if (good) print(`  good: ${inertLine(good)}`);
        if (bad) print(`  bad:  ${inertLine(bad)}`);
      }
    });
}

function begin() {
  return recordCommand('new', 'begin a checklist of your own')
    .argument('<title>', 'such as "ACME house rules"')
    .option('--json', 'print JSON: { file }')
    .action(async (title, flags) => {
      const workspace = workspaceOf(flags);
      const file = path.relative(workspace.paths.root, await createChecklist(workspace, title));
      if (flags.json) printJson({ file });
      else print(`Begun: ${inertLine(file)}. Edit its items, then: ux-audit checklist validate`);
    });
}

function validate(done: (code: number) => void) {
  return recordCommand('validate', 'check the checklists of this workspace')
    .argument('[id]', 'one of them; all when left out')
    .option('--json', 'print JSON: { checklists: [{ id, file, problems: [text] }] }')
    .action(async (id, flags) => {
      const workspace = workspaceOf(flags);
      const own = (await listChecklists(workspace)).filter(({ file }) => file !== undefined);
      const chosen = id === undefined ? own : own.filter((listed) => listed.id === id);
      if (id !== undefined && chosen.length === 0) throw unknown(id);
      const results = await Promise.all(chosen.map((listed) => check(workspace, listed)));
      if (results.some(({ problems }) => problems.length > 0)) done(exitCodes.record);
      if (flags.json) return printJson({ checklists: results });
      if (results.length === 0)
        print('There is no checklist of your own here. Begin one: ux-audit checklist new "Title"');
      for (const { file, problems } of results) {
        print(problems.length === 0 ? `${inertLine(file)}: good` : `${inertLine(file)}:`);
        for (const problem of problems) print(`  ${inertLine(problem)}`);
      }
    });
}

async function check(workspace: Workspace, listed: ListedChecklist) {
  const { id, file = '', error } = listed;
  if (error) return { id, file, problems: [`${error.message} ${error.next}`] };
  return { id, file, problems: await checklistWarnings(workspace, listed) };
}

function unknown(id: string) {
  return usageError('checklist-unknown', `There is no checklist "${id}" here.`, 'List them: ux-audit checklist list');
}
