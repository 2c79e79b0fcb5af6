import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

export function initCommand() {
  return recordCommand(
    'init',
    'create the record ux-audit/findings.json in a workspace; an existing one is left as it is',
  )
    .option('--json', 'print JSON: { record, created }')
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const existed = await workspace.record.exists();
      // reading an existing record reports its errors; its layout stays
      const { written: created } = await workspace.record.update((record) => (existed ? record : { ...record }));
      const isCompleted = existed && (await workspace.record.ensureGitFiles());
      const record = workspace.paths.record;
      if (flags.json) return printJson({ record, created });
      print(
        created
          ? `Created ${record}. Commit it with the folder it is in.`
          : isCompleted
            ? `${record} is there already and stays as it is. ` +
              'Commit .gitattributes beside it, which now names findings.md.'
            : `${record} is there already; nothing was changed.`,
      );
      print('Next: ux-audit audit <URL>, for example ux-audit audit http://localhost:3000/');
    });
}
