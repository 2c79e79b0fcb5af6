import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Baseline } from '../core/audit/baseline';
import type { Measurement } from '../core/audit/measurement';
import { toHumanError } from '../core/errors';
import { metricsOfFinding } from '../core/impact/findingMetrics';
import { type CourseEvent, type ImpactData, impactData } from '../core/impact/impactData';
import { emptyFigures, figuresByKey } from '../core/outcomes/figures';
import { whyImpossible } from '../core/outcomes/possibleFigure';
import type { ParsedRecord } from '../core/record/parseRecord';
import { emptyRecord } from '../core/record/record';
import { Git } from '../storage/git';
import { gitHistory } from '../storage/gitHistory';
import { listChecklists } from './checklists';
import type { Workspace } from './workspace';

/** How many sets of runs to read at once. */
const AT_ONCE = 8;

type Readable = Pick<ParsedRecord, 'record' | 'invalid'>;

const savingsOfRun = new Map<string, ReadonlyMap<string, string[]>>();

/**
 * Reads all that the impact view needs. A file that cannot be read is listed in `faults` and does not stop the rest.
 * @param dist the folder of the built program, which holds Lighthouse's categories of each audit
 */
export async function readImpact(
  workspace: Workspace,
  { today, dist, title }: { today: string; dist: string; title?: string },
): Promise<ImpactData> {
  const faults: string[] = [];
  const or = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const { message, next } = toHumanError(error);
      faults.push(`${message} ${next}`);
      return otherwise;
    }
  };
  const [parsed, measurements, outcomes, baseline, committed, checklists, categories] = await Promise.all([
    or<Readable>(workspace.record.read(), { record: emptyRecord(), invalid: new Set() }),
    workspace.runs.measurements(),
    or(workspace.outcomes.read(), emptyFigures()),
    or<Baseline | undefined>(workspace.baseline.read(), undefined),
    committedMeasurements(workspace),
    listChecklists(workspace),
    readCategories(dist),
  ]);
  const figures = figuresByKey(outcomes).flatMap(([key, figure]) => {
    const wrong = whyImpossible(figure, today);
    if (wrong) faults.push(`outcomes.json, ${key}: ${wrong.message} ${wrong.next}`);
    return wrong ? [] : [figure];
  });
  const landed = measurements.filter(({ redirectedTo }) => redirectedTo === undefined);
  const newest = new Map(landed.map(({ target, id }) => [target, id]));
  const savings = new Map<string, ReadonlyMap<string, string[]>>();
  const waiting = [...newest];
  const next = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) savings.set(one[0], await savingsOf(workspace, ...one));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  const items = new Map(
    checklists.flatMap(({ checklist }) =>
      (checklist?.items ?? []).map((item) => [`${checklist?.id}/${item.id}`, item.metrics ?? []] as const),
    ),
  );
  return impactData({
    title: title ?? path.basename(workspace.paths.root),
    today,
    parsed,
    measurements,
    figures,
    reasons: outcomes.reasons,
    baseline,
    events: await eventsSince(workspace, measurements[0]?.at),
    committed: [...committed, ...Object.values(baseline?.baseline ?? {})],
    metricsOf: (finding) =>
      metricsOfFinding(finding, {
        categoriesOf: (audit) => categories[audit] ?? [],
        savingsOf: (target, audit) => savings.get(target)?.get(audit) ?? [],
        itemMetrics: (checklist, item) => items.get(`${checklist}/${item}`) ?? [],
      }),
    faults,
  });
}

/** How many commits of the baseline a trend covers. */
const MOST = 40;
const committedVersions = new Map<string, Measurement[]>();

/** The measurements of earlier commits of the baseline; none without a repository. */
async function committedMeasurements({ paths, baseline }: Workspace): Promise<Measurement[]> {
  const git = await Git.of(paths.root);
  const found: Measurement[] = [];
  for (const { commit } of (await git?.commits(paths.baseline, MOST)) ?? []) {
    const version = await once(committedVersions, `${paths.baseline}\n${commit}`, async () => {
      try {
        return Object.values(baseline.parse((await git?.show(commit, paths.baseline)) ?? '').baseline);
      } catch {
        return []; // the version holds conflict markers
      }
    });
    found.push(...version);
  }
  return found;
}

/** How many commits a course covers. */
const MOST_EVENTS = 500;

/** The commits and tags since the first set of runs; none without a repository or a run. */
async function eventsSince({ paths }: Workspace, first: string | undefined): Promise<CourseEvent[]> {
  const git = await Git.of(paths.root);
  if (first === undefined || !git) return [];
  const without = path.dirname(paths.baseline);
  return gitHistory(git, paths.root, { without, since: first.slice(0, 10), most: MOST_EVENTS });
}

async function readCategories(dist: string): Promise<Record<string, string[]>> {
  try {
    return JSON.parse(await readFile(path.join(dist, 'auditCategories.json'), 'utf8')) as Record<string, string[]>;
  } catch {
    return {};
  }
}

/** By Lighthouse audit, the acronyms of the metrics that a fix would improve. */
function savingsOf({ paths, runs }: Workspace, target: string, id: string): Promise<ReadonlyMap<string, string[]>> {
  return once(savingsOfRun, `${paths.runs}\n${target}\n${id}`, async () => {
    const audits = (await runs.read(target, id))?.report.audits ?? [];
    const gains = (savings: Record<string, number> = {}) =>
      Object.keys(savings).filter((metric) => (savings[metric] ?? 0) > 0);
    return new Map(audits.map((audit) => [audit.id, gains(audit.savings)]));
  });
}

/** Caches what never changes. */
async function once<T>(known: Map<string, T>, key: string, read: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? (await read());
  known.set(key, value);
  return value;
}
