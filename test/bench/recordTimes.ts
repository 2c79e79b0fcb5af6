import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setAnswer } from '../../src/core/evaluation/evaluation';
import { hiddenFindings } from '../../src/core/evaluation/visibility';
import { canonicalText } from '../../src/core/record/canonicalText';
import { groupFindings } from '../../src/core/record/groupFindings';
import { listFindings } from '../../src/core/record/listFindings';
import { mergeRecords } from '../../src/core/record/mergeRecords';
import { type ParsedRecord, parseRecord } from '../../src/core/record/parseRecord';
import { problemsOf } from '../../src/core/record/problems';
import type { AuditRecord, Finding } from '../../src/core/record/record';
import { RecordFile } from '../../src/storage/recordFile';
import { findingPage } from '../../src/workflow/webviewStates/findingPage';
import { Workspace } from '../../src/workflow/workspace';
import { manyFindings } from './manyFindings';

/** What the operations work on: a record of the wanted size on disk. */
interface Subject {
  file: RecordFile;
  record: AuditRecord;
  parsed: ParsedRecord;
  workspace: Workspace;
  text: string;
  ids: string[];
}

/**
 * The operations that record.mjs has limits for, by the names it uses. Each is timed as a whole unless it gives back the
 * milliseconds of the part that counts.
 */
const operations: Record<string, (subject: Subject, run: number) => Promise<unknown>> = {
  /** What reading and JSON.parse alone take: how the machine itself grows with such a text. */
  json: async ({ file }) => {
    JSON.parse(await readFile(file.path, 'utf8'));
  },
  /** Text on disk to a validated record with its index of lines. */
  open: async ({ file }) => {
    parseRecord(await readFile(file.path, 'utf8'));
  },
  /** One finding gets another owner. */
  edit: async ({ file, ids }, run) => {
    const id = ids[(run * 7919) % ids.length] as string;
    const { written } = await file.update((record) => {
      const finding = record.findings[id] as Finding;
      const changed = { ...finding, state: { ...finding.state, owner: `owner-${run}` } };
      return { ...record, findings: { ...record.findings, [id]: changed } };
    });
    if (!written) throw new Error('The edit changed nothing.');
  },
  /** One answer of an evaluation, beside all those findings. */
  answer: async ({ file }, run) => {
    const { written } = await file.update((record) => {
      const started = record.evaluations['home/nielsen-10/ana'] ? record : withEvaluation(record);
      return setAnswer(started, 'home/nielsen-10/ana', 'H01', { verdict: run % 2 === 0 ? 'pass' : 'fail' });
    });
    if (!written) throw new Error('The answer changed nothing.');
  },
  /** What the findings view does when something changed: hide, filter, sort, group. */
  tree: async ({ record }) => {
    const hidden = hiddenFindings(record, { handle: 'ana' });
    const found = listFindings({ record, invalid: new Set() }, { statuses: ['open', 'reopened'], text: 'a' });
    const groups = groupFindings(
      found.filter(({ id }) => !hidden.has(id)),
      'severity',
    ).flatMap(({ findings }) => problemsOf(findings));
    if (groups.length === 0) throw new Error('The view would be empty.');
  },
  /** What the findings view lists when it is by problem: hide, filter, group, sort. */
  problems: async ({ record }) => {
    const hidden = hiddenFindings(record, { handle: 'ana' });
    const open = listFindings({ record, invalid: new Set() }, { statuses: ['open', 'reopened'] });
    const rows = problemsOf(open.filter(({ id }) => !hidden.has(id)));
    if (rows.length === 0) throw new Error('The view would be empty.');
  },
  /** The page of one finding: its problem on all pages, its places, its attachments. */
  page: async ({ workspace, parsed, ids }, run) => {
    const id = ids[(run * 7919) % ids.length] as string;
    const open = { workspace, parsed, error: undefined, latest: [] };
    const { problem } = await findingPage(open, id, { fileUrl: (file) => file, dist: workspace.paths.root, me: 'ana' });
    if (!problem) throw new Error(`There is no page of ${id}.`);
  },
  /** Two branches that decided on a hundred findings each, merged in memory. */
  merge: async ({ text, ids }, run) => {
    const [base, ours, theirs] = [text, text, text].map((side) => parseRecord(side).record) as Sides;
    for (const [side, owner, offset] of [
      [ours, 'ana', 0],
      [theirs, 'bo', 37],
    ] as const) {
      for (let count = 0; count < 100; count += 1) {
        const finding = side.findings[ids[(run + offset + count * 97) % ids.length] as string] as Finding;
        finding.state = { ...finding.state, owner };
      }
    }
    const start = performance.now();
    mergeRecords(base, ours, theirs);
    return performance.now() - start;
  },
};

function withEvaluation(record: AuditRecord): AuditRecord {
  const id = 'home/nielsen-10/ana';
  const evaluation = {
    checklist: 'nielsen-10@1',
    target: 'home',
    evaluator: 'ana',
    state: { status: 'draft' },
    answers: {},
    id,
  };
  return { ...record, evaluations: { ...record.evaluations, [id]: evaluation } };
}

type Sides = [AuditRecord, AuditRecord, AuditRecord];

/** Prints `{ bytes, findings, times: { open: [ms…], edit: [ms…] } }` for: node recordTimes.cjs <findings> <runs> */
async function main(findings: number, runs: number): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'record-'));
  try {
    const file = new RecordFile(path.join(folder, 'ux-audit', 'findings.json'));
    await file.update(() => manyFindings(findings));
    const text = await readFile(file.path, 'utf8');
    const parsed = parseRecord(text);
    const { record, problems } = parsed;
    const workspace = new Workspace(folder);
    const ids = Object.keys(record.findings);
    if (ids.length !== findings || problems.length > 0) {
      throw new Error(`The record has ${ids.length} findings: ${JSON.stringify(problems[0])}`);
    }
    if (canonicalText(record) !== text) throw new Error('The record on disk is not canonical.');
    const times: Record<string, number[]> = {};
    for (const [name, operation] of Object.entries(operations)) {
      const taken: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const start = performance.now();
        const part = await operation({ file, record, parsed, workspace, text, ids }, run);
        taken.push(typeof part === 'number' ? part : performance.now() - start);
      }
      times[name] = taken;
      await writeFile(file.path, text); // every operation begins with the same file
    }
    process.stdout.write(JSON.stringify({ bytes: Buffer.byteLength(text), findings, times }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2]), Number(process.argv[3]));
