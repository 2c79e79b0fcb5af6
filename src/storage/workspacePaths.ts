import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The record's path below a workspace folder unless a setting says otherwise. */
export const DEFAULT_RECORD = 'ux-audit/findings.json';

/** Where things lie in one workspace folder. */
export interface WorkspacePaths {
  root: string;
  record: string;
  /** Whole reports and history of the runs on this machine; not committed. */
  runs: string;
  /** Figures about customers; committed. */
  outcomes: string;
  /** The recorded baseline of the measurements; committed. */
  baseline: string;
}

/** @param recordPath relative to the workspace folder, or absolute */
export function workspacePaths(root: string, recordPath = DEFAULT_RECORD): WorkspacePaths {
  const record = path.resolve(root, recordPath);
  const beside = (name: string) => path.join(path.dirname(record), name);
  return {
    root,
    record,
    runs: beside('runs'),
    outcomes: beside('outcomes.json'),
    baseline: beside('measurements.json'),
  };
}

const gitFiles: Record<string, string> = {
  '.gitignore': '# What stays on this machine\nruns/\n*.lock\n*.tmp\n*.orig\n',
  '.gitattributes': '# The same bytes on every machine\n*.json text eol=lf\n*.md text eol=lf\n',
};

/** Writes what git needs to know beside the record, unless somebody already keeps such a file there. */
export async function ensureGitFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(gitFiles)) {
    await writeFile(path.join(folder, name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
