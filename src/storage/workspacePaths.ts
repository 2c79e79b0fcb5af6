import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The default path of the record, relative to the workspace folder. */
export const DEFAULT_RECORD = 'ux-audit/findings.json';

/** The paths in a workspace folder. */
export interface WorkspacePaths {
  root: string;
  record: string;
  /** Reports and history of the runs on this machine; not committed. */
  runs: string;
  /** Figures about customers; committed. */
  outcomes: string;
  /** The recorded baseline of the measurements; committed. */
  baseline: string;
  /** What agents propose; not committed. */
  proposals: string;
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
    proposals: beside('proposals.json'),
  };
}

const gitFiles: Record<string, string> = {
  '.gitignore': '# What stays on this machine\nruns/\nproposals.json\n*.lock\n*.tmp\n*.orig\n',
  '.gitattributes': '# The same bytes on every machine\n*.json text eol=lf\n*.md text eol=lf\n',
};

/** Writes git's files beside the record, unless they exist. @param folder from {@link writableFolder} */
export async function ensureGitFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(gitFiles)) {
    await writeFile(path.join(folder, name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
