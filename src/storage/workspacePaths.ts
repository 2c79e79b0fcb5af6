import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { attributePattern } from './attributePattern';
import { addLines } from './ignoreHere';

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
  /** Survey answers of single people; not committed. */
  answers: string;
  /** Recordings of journeys, a file each; committed. */
  journeys: string;
  /** Checklists of one's own, a file each; committed. */
  checklists: string;
  /** What customers wrote, and the problems it is grouped into; not committed. */
  comments: string;
  /** Recordings that sign in, a file each; committed. */
  logins: string;
  /** Browsers that are signed in, a file each; not committed, and for their owner's eyes alone. */
  auth: string;
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
    answers: beside('answers'),
    journeys: beside('journeys'),
    checklists: beside('checklists'),
    comments: beside('answers/comments.json'),
    logins: beside('logins'),
    auth: beside('.auth'),
  };
}

const gitFiles: Record<string, string> = {
  '.gitignore': '# What stays on this machine\nruns/\n.auth/\nproposals.json\nanswers/\n*.lock\n*.tmp\n*.orig\n',
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

/**
 * Says to git what the Markdown copy of a record is, unless its attributes say something of that file already: it is
 * generated, so hosts fold its changes, and a merge takes the lines of both sides rather than ask. Such a copy is
 * written anew with the next change of the record, and by `ux-audit merge`.
 * A link in the place of the attributes is left alone.
 * @param attributes the file, in a folder from {@link writableFolder}
 * @returns whether it was written
 */
export async function ensureMarkdownAttributes(attributes: string, markdown: string): Promise<boolean> {
  if (!(await lstat(attributes)).isFile()) return false;
  const name = attributePattern(path.basename(markdown));
  const known = (await readFile(attributes, 'utf8')).split(/\r?\n/);
  if (known.some((line) => line.startsWith(`${name} `))) return false;
  await addLines(attributes, [`${name} linguist-generated merge=union`]);
  return true;
}
