import path from 'node:path';
import { HumanError } from '../core/errors';
import { attributePattern } from './attributePattern';
import type { Git } from './git';
import { addLines } from './ignoreHere';

/** The merge drivers of a clone: a name in git's configuration, its command, and the file it is for. */
interface MergeDriver {
  name: string;
  title: string;
  command: string;
  pattern: string;
}

/**
 * Switches merge drivers on in a clone: for records by finding and field, and for the Markdown copy, of which ours
 * stays as it is. Git merges files one by one in an order that it does not promise, so the copy cannot be made of the
 * merged record during the merge; {@link RecordFile.refreshMarkdown} does that afterwards.
 *
 * @param command the driver for records
 * @returns the attributes that were written, and their file
 * @throws HumanError `git-failed`, `attributes-not-written`
 */
export async function switchOnMergeDriver(
  git: Git,
  command: string,
  files: { record: string; markdown: string },
): Promise<{ lines: string[]; file: string }> {
  const drivers: MergeDriver[] = [
    { name: 'ux-audit', title: 'UX Audit record', command, pattern: `**/${path.basename(files.record)}` },
    {
      name: 'ux-audit-markdown',
      title: 'UX Audit findings.md',
      command: 'true', // ours, which is at %A, is the result
      pattern: `/${await git.relative(files.markdown)}`, // no other file of that name is ours
    },
  ];
  for (const { name, title, command } of drivers) {
    await git.run('config', `merge.${name}.name`, title);
    await git.run('config', `merge.${name}.driver`, command);
  }
  const lines = drivers.map(({ name, pattern }) => `${attributePattern(pattern)} merge=${name}`);
  const file = await git.ownPath('info/attributes');
  try {
    await addLines(file, lines);
  } catch (error) {
    const what = `${file} could not be written: ${(error as Error).message}`;
    const next = `Make ${path.dirname(file)} a folder that you may write to, then try again.`;
    throw new HumanError('environment', 'attributes-not-written', { what, next }, { cause: error });
  }
  return { lines, file };
}
