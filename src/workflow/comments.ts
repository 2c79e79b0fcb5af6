import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { usageError } from '../core/errors';
import { problemSuffix } from '../core/evaluation/problems';
import { type Comment, type Comments, commentText, isCommentHeader } from '../core/outcomes/comments';
import { OrderOfDates, readDate } from '../core/outcomes/dates';
import { recogniseColumns } from '../core/outcomes/importFields';
import { byCodeUnit } from '../core/record/canonicalText';
import type { AuditRecord } from '../core/record/record';
import { currentId, type ReportedProblem, withComments, withReportedProblem } from '../core/record/reportedProblem';
import { dayAfter } from '../core/text/days';
import { decodedText } from '../core/text/decodedText';
import { inertLine } from '../core/text/inertText';
import { keepFromGit, privateFile } from '../storage/privateFile';
import { today } from './localDate';
import { eachRow } from './readTable';
import type { Workspace } from './workspace';

/** A comment on this machine, and the finding that it was grouped into. */
export interface KnownComment extends Comment {
  id: string;
  finding: string | undefined;
}

/** What an import of comments did. */
export interface CommentsImported {
  /** Comments that are new. */
  added: number;
  /** Comments that were here already. */
  known: number;
  /** Rows without a comment. */
  empty: number;
  /** The column that was read; undefined for a file of nothing else. */
  column: string | undefined;
}

const idOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const answerId = /^[0-9a-f]{32}$/;

/** A comment as a table holds it. */
interface Row {
  text: string;
  answer: string;
  date: string | undefined;
  target: string | undefined;
  segment: string | undefined;
}

/**
 * Takes comments from a table (CSV, a column of comments), a file of one column, or a text file with one on each line.
 * @param options.column the column of the comments, when its header does not tell
 * @throws HumanError `column-missing`, `comments-none`, `answers-committed`, or of the table
 */
export async function importComments(
  workspace: Workspace,
  bytes: Uint8Array,
  name: string,
  { column, source = name }: { column?: string | undefined; source?: string | undefined } = {},
): Promise<CommentsImported> {
  const { rows, column: read } = await readComments(bytes, name, column);
  const texts = rows.filter(({ text }) => text !== '');
  if (texts.length === 0) {
    const next = 'Name the column of the comments: ux-audit comments import FILE --column "Header"';
    throw usageError('comments-none', `${name} holds no comment that can be read.`, next);
  }
  const times = new Map<string, number>();
  const found = texts.map(({ answer, ...comment }): [string, Comment] => {
    const same = [source, comment.date, comment.text].join('\n');
    times.set(same, (times.get(same) ?? 0) + 1); // two people may write the same
    const id = answer === '' ? idOf(`${same}\n${times.get(same)}`) : idOf(answer);
    return [id, { ...comment, source }];
  });
  const before = new Set((await listComments(workspace)).map(({ id }) => id));
  const added = found.filter(([id]) => !before.has(id));
  if (added.length > 0) {
    await write(workspace, (comments) => ({
      ...comments,
      comments: { ...comments.comments, ...Object.fromEntries(added) },
    }));
  }
  return { added: added.length, known: found.length - added.length, empty: rows.length - texts.length, column: read };
}

async function readComments(
  bytes: Uint8Array,
  name: string,
  column: string | undefined,
): Promise<{ rows: Row[]; column: string | undefined }> {
  const [first = '', ...lines] = decodedText(bytes)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  const bare = first.trim().replace(/^"(.*)"$/, '$1');
  const isText = name.toLowerCase().endsWith('.txt');
  if (column === undefined && (isText || isCommentHeader(bare))) {
    const all = isText ? [first, ...lines] : await cellsOf(decodedText(bytes));
    const rows = all.filter((line) => line.trim() !== '').map((line) => rowOf(line));
    return { rows, column: isText ? undefined : bare };
  }
  return readTable(bytes, name, column);
}

/** The cells of a table of one column, without its header. A quoted cell may have several lines. */
async function cellsOf(text: string): Promise<string[]> {
  const { default: Papa } = await import('papaparse');
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimiter: '\u001f' });
  return data.slice(1).map(([cell = '']) => cell);
}

const rowOf = (text: string, more: Partial<Row> = {}): Row => ({
  text: commentText(text),
  answer: '',
  date: undefined,
  target: undefined,
  segment: undefined,
  ...more,
});

async function readTable(bytes: Uint8Array, name: string, column: string | undefined) {
  const cells: string[][] = [];
  const { headers } = await eachRow(bytes, name, (row) => cells.push(row), {
    isHeader: (row) => row.some((cell) => (column === undefined ? isCommentHeader(cell) : cell.trim() === column)),
  });
  const chosen = column ?? headers.find(isCommentHeader);
  const at = chosen === undefined ? -1 : headers.indexOf(chosen);
  if (at < 0) {
    const what =
      column === undefined ? `No column of ${name} looks like comments.` : `${name} has no column "${column}".`;
    const next = `Name it with --column; its columns are: ${headers.map(inertLine).join(', ')}.`;
    throw usageError('column-missing', what, next);
  }
  const fields = new Map(Object.entries(recogniseColumns(headers, 'survey')).map(([header, field]) => [field, header]));
  const of = (row: readonly string[], field: string) => row[headers.indexOf(fields.get(field) ?? '')]?.trim() ?? '';
  const latest = dayAfter(today(), 1);
  const order = new OrderOfDates(latest);
  for (const row of cells) order.add(of(row, 'date'));
  const rows = cells.map((row) => {
    const day = readDate(of(row, 'date'), { dates: order.order, latest });
    const [answer, target, segment] = [of(row, 'uxAuditAnswer'), of(row, 'target'), of(row, 'segment')];
    return rowOf(row[at] ?? '', {
      answer: answerId.test(answer) ? answer : '',
      date: typeof day === 'string' ? day : undefined,
      target: inertLine(target).slice(0, 100) || undefined,
      segment: inertLine(segment).slice(0, 100) || undefined,
    });
  });
  return { rows, column: chosen };
}

/** The comments that the tables of the survey kit beside the record hold. A table that cannot be read has none. */
async function commentsOfAnswers({ paths }: Workspace): Promise<[id: string, comment: Comment][]> {
  const names = (await readdir(paths.answers).catch(() => [])).filter((name) => name.endsWith('.csv')).sort();
  const tables = names.map(async (name) => {
    try {
      const { rows } = await readTable(await readFile(path.join(paths.answers, name)), name, 'comment');
      const said = rows.filter(({ text, answer }) => text !== '' && answer !== '');
      return said.map(({ answer, ...comment }): [string, Comment] => [idOf(answer), { ...comment, source: name }]);
    } catch {
      return [];
    }
  });
  return (await Promise.all(tables)).flat();
}

/** All comments on this machine, newest first: those that were imported, and those in answers of the survey kit. */
export async function listComments(workspace: Workspace, record?: AuditRecord): Promise<KnownComment[]> {
  const [{ comments, groups }, answers] = await Promise.all([workspace.comments.read(), commentsOfAnswers(workspace)]);
  const now = record ?? (await workspace.record.read()).record;
  const findings = new Map([...new Set(Object.values(groups))].map((id) => [id, currentId(now, id)]));
  const day = ({ date = '' }: Comment) => date;
  return Object.entries({ ...Object.fromEntries(answers), ...comments })
    .map(([id, comment]) => ({ ...comment, id, finding: findings.get(groups[id] ?? '') }))
    .sort((a, b) => byCodeUnit(day(b), day(a)) || byCodeUnit(a.id, b.id));
}

/**
 * Groups comments into a problem: a new finding of kind reported, or the one of that title and target. The record gets
 * the title and how many comments there are, and no text. A comment that was in another problem moves.
 * @returns the finding, how many comments are new in it, and how many it has now
 * @throws HumanError `comments-chosen`, `comment-unknown`, `comment-quoted`, those of {@link withReportedProblem}
 */
export async function groupComments(
  workspace: Workspace,
  problem: ReportedProblem,
  ids: readonly string[],
): Promise<{ id: string; added: number; comments: number; status: string }> {
  const chosen = chosenOf(await listComments(workspace), ids);
  checkTitle(problem.title, chosen);
  let id = '';
  let added = 0;
  const suffix = problemSuffix(randomBytes(6));
  const { record } = await workspace.record.update((before) => {
    const named = withReportedProblem(before, problem, { suffix, on: today() });
    id = named.id;
    const moved = chosen.filter(({ finding }) => finding !== id);
    added = moved.length;
    return withComments(without(named.record, moved), id, added);
  });
  await write(workspace, (comments) => ({
    ...comments,
    groups: { ...comments.groups, ...Object.fromEntries(chosen.map((one) => [one.id, id])) },
  }));
  const finding = record.findings[id];
  return { id, added, comments: finding?.comments ?? added, status: finding?.state.status ?? 'open' };
}

/**
 * Takes comments out of their problems; a problem that has none left, and that nobody decided about, goes.
 * @throws HumanError `comments-chosen`, `comment-unknown`
 */
export async function ungroupComments(workspace: Workspace, ids: readonly string[]): Promise<number> {
  const chosen = chosenOf(await listComments(workspace), ids).filter(({ finding }) => finding !== undefined);
  await workspace.record.update((record) => without(record, chosen));
  await write(workspace, ({ groups, ...comments }) => ({
    ...comments,
    groups: Object.fromEntries(Object.entries(groups).filter(([id]) => !ids.includes(id))),
  }));
  return chosen.length;
}

function without(record: AuditRecord, comments: readonly KnownComment[]): AuditRecord {
  const of = Map.groupBy(comments, ({ finding }) => finding);
  return [...of].reduce((now, [id, some]) => (id === undefined ? now : withComments(now, id, -some.length)), record);
}

function chosenOf(comments: readonly KnownComment[], ids: readonly string[]): KnownComment[] {
  const next = 'List them: ux-audit comments list';
  if (ids.length === 0) throw usageError('comments-chosen', 'No comment is chosen.', next);
  const known = new Map(comments.map((comment) => [comment.id, comment]));
  return [...new Set(ids)].map((id) => {
    const comment = known.get(id);
    if (comment) return comment;
    throw usageError('comment-unknown', `There is no comment "${id}" on this machine.`, next);
  });
}

/** A title that repeats what one person wrote would commit it. */
function checkTitle(title: string, comments: readonly KnownComment[]): void {
  const bare = (text: string) => inertLine(text).toLowerCase();
  const quoted = comments.some(({ text }) => text.length > 20 && bare(title).includes(bare(text)));
  if (!quoted) return;
  const what = 'The title repeats a comment word for word, and what people write is not committed.';
  throw usageError('comment-quoted', what, 'Say in your own words what is wrong.');
}

async function write(workspace: Workspace, change: (comments: Comments) => Comments): Promise<void> {
  const { comments, paths } = workspace;
  const real = await privateFile(paths.comments, paths.root);
  await keepFromGit(real, 'move it away');
  await comments.update(change);
}
