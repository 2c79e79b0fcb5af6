import path from 'node:path';
import { Command } from 'commander';
import { HumanError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import {
  checklistWarnings,
  createChecklist,
  findChecklist,
  type ListedChecklist,
  listChecklists,
} from '../workflow/checklists';
import { jsonError, print, printJson } from './output';
import { type WorkspaceFlags, withWorkspace, workspaceOf } from './workspaceOptions';

interface ChecklistFlags extends WorkspaceFlags {
  json?: boolean;
}

const help = `
Own checklists are JSON files in ux-audit/checklists, named after their id. An id of an item is never used for
something else: retire it with "retired": true. Raise "version" when items are added or reworded.

Examples:
  $ ux-audit checklist list
  $ ux-audit checklist show nielsen-10
  $ ux-audit checklist new "ACME house rules"
  $ ux-audit checklist validate`;

/** @param done called with the exit code when it is not that of success */
export function checklistCommand(done: (code: number) => void): Command {
  const command = new Command('checklist')
    .description('list, show, check and begin checklists for evaluations')
    .addHelpText('after', help);
  const sub = (name: string, text: string) =>
    withWorkspace(command.command(name).description(text)).option('--json', 'print JSON');
  sub('list', 'the built-in checklists and those of this workspace').action(async (flags: ChecklistFlags) => {
    const all = await listChecklists(workspaceOf(flags));
    if (flags.json) {
      printJson({
        checklists: all.map(({ id, checklist, file, error }) => ({
          id,
          ...(checklist && {
            title: checklist.title,
            version: checklist.version,
            items: checklist.items.filter(({ retired }) => !retired).length,
            appliesTo: checklist.appliesTo,
          }),
          ...(file !== undefined && { file }),
          ...(error && { error: jsonError(error) }),
        })),
      });
      return;
    }
    const width = Math.max(...all.map(({ id }) => id.length));
    for (const { id, checklist, error, file } of all) {
      const about = checklist
        ? `${checklist.items.filter(({ retired }) => !retired).length} items for ${checklist.appliesTo.join(', ')}  ${checklist.title}`
        : `cannot be read: ${error?.message}`;
      print(`${inertLine(id).padEnd(width)}  ${inertLine(about)}${file ? `  (${inertLine(file)})` : ''}`);
    }
  });
  sub('show <id>', 'the items of a checklist').action(async (id: string, flags: ChecklistFlags) => {
    const { checklist, error } = (await findChecklist(workspaceOf(flags), id)) ?? {
      checklist: undefined,
      error: undefined,
    };
    if (!checklist) throw error ?? unknown(id);
    if (flags.json) {
      printJson({ checklist });
      return;
    }
    print(`${inertLine(checklist.title)}, version ${checklist.version}`);
    if (checklist.description) print(inertLine(checklist.description));
    if (checklist.source?.licence) print(inertLine(checklist.source.licence));
    for (const { id: item, title, question, howToCheck = [], good, bad, retired } of checklist.items) {
      print();
      print(`${item}  ${inertLine(title)}${retired ? '  (retired)' : ''}`);
      print(`  ${inertLine(question)}`);
      for (const step of howToCheck) print(`  - ${inertLine(step)}`);
      if (good) print(`  good: ${inertLine(good)}`);
      if (bad) print(`  bad:  ${inertLine(bad)}`);
    }
  });
  sub('new <title>', 'begin a checklist of your own').action(async (title: string, flags: ChecklistFlags) => {
    const workspace = workspaceOf(flags);
    const file = path.relative(workspace.paths.root, await createChecklist(workspace, title));
    if (flags.json) printJson({ file });
    else print(`Begun: ${inertLine(file)}. Edit its items, then: ux-audit checklist validate`);
  });
  sub('validate [id]', 'check the checklists of this workspace').action(
    async (id: string | undefined, flags: ChecklistFlags) => {
      const workspace = workspaceOf(flags);
      const own = (await listChecklists(workspace)).filter(({ file }) => file !== undefined);
      const chosen = id === undefined ? own : own.filter((listed) => listed.id === id);
      if (id !== undefined && chosen.length === 0) throw unknown(id);
      const results = await Promise.all(chosen.map((listed) => check(workspace, listed)));
      const isBad = results.some(({ problems }) => problems.length > 0);
      if (flags.json) printJson({ checklists: results });
      else if (results.length === 0)
        print('There is no checklist of your own here. Begin one: ux-audit checklist new "Title"');
      else {
        for (const { file, problems } of results) {
          print(problems.length === 0 ? `${inertLine(file)}: good` : `${inertLine(file)}:`);
          for (const problem of problems) print(`  ${inertLine(problem)}`);
        }
      }
      if (isBad) done(5);
    },
  );
  return command;
}

async function check(workspace: ReturnType<typeof workspaceOf>, listed: ListedChecklist) {
  const { id, file = '', error } = listed;
  if (error) return { id, file, problems: [`${error.message} ${error.next}`] };
  return { id, file, problems: await checklistWarnings(workspace, listed) };
}

function unknown(id: string): HumanError {
  return new HumanError('usage', 'checklist-unknown', {
    what: `There is no checklist "${id}" here.`,
    next: 'List them: ux-audit checklist list',
  });
}
