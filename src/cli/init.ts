import path from 'node:path';
import { Command } from 'commander';
import { Workspace } from '../workflow/workspace';
import { print, printJson } from './output';

export function initCommand(): Command {
  return new Command('init')
    .description('create the record ux-audit/findings.json in a workspace; an existing one is left as it is')
    .option('-w, --workspace <dir>', 'workspace folder', '.')
    .option('--record <file>', 'path of the record below the workspace', 'ux-audit/findings.json')
    .option('--json', 'print JSON: { record, created }')
    .action(async ({ workspace: root, record: file, json }: { workspace: string; record: string; json?: boolean }) => {
      const workspace = new Workspace(path.resolve(root), file);
      const { written: created } = await workspace.record.update((record) => ({ ...record }));
      const record = workspace.paths.record;
      if (json) return printJson({ record, created });
      print(
        created
          ? `Created ${record}. Commit it with the folder it is in.`
          : `${record} is there already; nothing was changed.`,
      );
      print('Next: ux-audit audit <URL>, for example ux-audit audit http://localhost:3000/');
    });
}
