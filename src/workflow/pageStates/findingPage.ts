import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { newest } from '../../core/audit/measurement';
import { metricFacts } from '../../core/audit/metricFacts';
import type { Finding } from '../../core/record/record';
import type { FindingPageState } from '../../protocol/findingPage';
import { knownUrl } from '../planPages';
import { attachmentUrls, type FileUrl, type OpenRecord, readableFinding } from './openRecord';

/** The state of a finding's page. @param dist the folder of the built program, which holds Lighthouse's explanations */
export async function findingPage(
  open: OpenRecord,
  id: string,
  { fileUrl, dist }: { fileUrl: FileUrl; dist: string },
): Promise<FindingPageState> {
  const finding = readableFinding(open.parsed, id) ?? null;
  const audit = finding ? auditOf(finding) : undefined;
  return {
    id,
    finding,
    explanation: audit === undefined ? '' : await explanationOf(dist, audit),
    metrics: finding && audit !== undefined ? await metricsOf(open, finding.target, audit) : [],
    measured: finding ? metricFacts(finding, open.latest) : [],
    url: finding ? knownUrl(open.parsed.record.targets, finding.target, environmentOf(finding)) : null,
    attachments: await attachmentUrls(open, finding ? [finding] : [], fileUrl),
    stale: open.error?.message ?? null,
  };
}

/** The Lighthouse audit that a finding comes from, if any. */
function auditOf({ rule }: Finding): string | undefined {
  return /^lighthouse\/(.+)$/.exec(rule)?.[1];
}

/** An environment in which a finding was seen. */
function environmentOf({ state }: Finding): string | undefined {
  return state.seenIn?.[0]?.split('/')[0];
}

/** By `dist` folder, Lighthouse's explanations by audit, which the build gathers. */
const explanations = new Map<string, Promise<Record<string, string>>>();

async function explanationOf(dist: string, audit: string): Promise<string> {
  const reading =
    explanations.get(dist) ??
    readFile(path.join(dist, 'explanations.json'), 'utf8').then(
      (text) => JSON.parse(text) as Record<string, string>,
      (): Record<string, string> => ({}),
    );
  explanations.set(dist, reading);
  const all = await reading;
  return Object.hasOwn(all, audit) ? (all[audit] ?? '') : '';
}

/** The load metrics that a fix would improve, by the newest run on this machine. */
async function metricsOf({ workspace, latest }: OpenRecord, target: string, audit: string): Promise<string[]> {
  const run = newest(latest.filter((other) => other.target === target));
  const stored = run && (await workspace.runs.read(target, run.id));
  const { savings = {} } = stored?.report.audits.find(({ id }) => id === audit) ?? {};
  return Object.entries(savings).flatMap(([metric, value]) => (value > 0 ? [metric] : []));
}
