import { parseRecord } from '../core/record/parseRecord';
import type { Finding } from '../core/record/record';
import { stateSentence } from '../core/report/findingSentences';
import { inertJson } from '../core/text/inertText';
import type { FindingEvent } from '../protocol/findingPage';
import { Git } from '../storage/git';
import type { Workspace } from './workspace';

/** How many commits of the record to read. */
const MOST = 40;

/** The state of one finding in a version of the record. Parses its line alone where it can. */
function stateIn(text: string | undefined, id: string): Finding['state'] | undefined {
  if (text === undefined) return undefined;
  const start = text.indexOf(`\n    ${inertJson(id)}: {`);
  const end = text.indexOf(`\n      "id": ${inertJson(id)}`, start);
  if (start >= 0 && end > start) {
    const line = /\n {6}"state": (\{.*\}),?\n/.exec(text.slice(start, end + 1))?.[1];
    try {
      if (line) return JSON.parse(line) as Finding['state'];
    } catch {
      // the line was written by hand, so the whole record is parsed
    }
  }
  try {
    return parseRecord(text).record.findings[id]?.state;
  } catch {
    return undefined; // the version holds conflict markers
  }
}

/**
 * The decisions and sightings of a finding, newest first, from the record's commits and its file now. Empty without a
 * repository.
 * @throws HumanError when git cannot be asked
 */
export async function findingHistory(workspace: Workspace, finding: Finding): Promise<FindingEvent[]> {
  const git = await Git.find(workspace.paths.root);
  if (!git) return [];
  const file = workspace.paths.record;
  const commits = (await git.commits(file, MOST)).reverse();
  const events: FindingEvent[] = [];
  let before: string | undefined;
  const say = (state: Finding['state'] | undefined, about: Omit<FindingEvent, 'text'>) => {
    const text =
      state === undefined ? (before === undefined ? undefined : 'deleted') : stateSentence({ ...finding, state });
    if (text !== undefined && text !== before) events.push({ ...about, text });
    before = text;
  };
  for (const { commit, date, subject } of commits)
    say(stateIn(await git.show(commit, file).catch(() => undefined), finding.id), { date, commit, subject });
  say(finding.state, { date: 'now', commit: null, subject: '' });
  return events.reverse();
}
