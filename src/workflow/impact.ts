import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Baseline } from '../core/audit/baseline';
import type { Measurement } from '../core/audit/measurement';
import { toHumanError } from '../core/errors';
import { metricsOfFinding } from '../core/impact/findingMetrics';
import { type ImpactData, impactData } from '../core/impact/impactData';
import { listFigures } from '../core/outcomes/figures';
import type { ParsedRecord } from '../core/record/parseRecord';
import { emptyRecord } from '../core/record/record';
import { Git } from '../storage/git';
import { listChecklists } from './checklists';
import type { Workspace } from './workspace';

/** Sets of runs that are opened at once. */
const AT_ONCE = 8;

const savingsOfRun = new Map<string, ReadonlyMap<string, string[]>>();

/**
 * Reads all that the impact view is made of. A file that cannot be read is named among the faults, and the rest is shown.
 * @param dist where the built program lies; Lighthouse's categories of each audit stand there
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
  const [parsed, measurements, figures, baseline, committed, checklists, categories] = await Promise.all([
    or<Pick<ParsedRecord, 'record' | 'invalid'>>(workspace.record.read(), {
      record: emptyRecord(),
      invalid: new Set(),
    }),
    workspace.runs.measurements(),
    or(workspace.outcomes.read().then(listFigures), []),
    or<Baseline | undefined>(workspace.baseline.read(), undefined),
    committedMeasurements(workspace),
    listChecklists(workspace),
    readCategories(dist),
  ]);
  const newest = new Map(
    measurements.filter(({ redirectedTo }) => redirectedTo === undefined).map(({ target, id }) => [target, id]),
  );
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
    baseline,
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

/** Commits of the baseline that a trend looks back on. */
const MOST = 40;
/** Measurements of a committed version, which never changes. */
const committedVersions = new Map<string, Measurement[]>();

/** What earlier versions of the committed baseline say; nothing without a repository. */
async function committedMeasurements(workspace: Workspace): Promise<Measurement[]> {
  const git = await Git.of(workspace.paths.root);
  if (!git) return [];
  const file = workspace.paths.baseline;
  const found: Measurement[] = [];
  for (const { commit } of await git.commits(file, MOST)) {
    const key = `${file}\n${commit}`;
    let known = committedVersions.get(key);
    if (!known) {
      try {
        known = Object.values(workspace.baseline.parse((await git.show(commit, file)) ?? '').baseline);
      } catch {
        known = []; // a version in conflict
      }
      committedVersions.set(key, known);
    }
    found.push(...known);
  }
  return found;
}

async function readCategories(dist: string): Promise<Record<string, string[]>> {
  try {
    return JSON.parse(await readFile(path.join(dist, 'auditCategories.json'), 'utf8')) as Record<string, string[]>;
  } catch {
    return {};
  }
}

/** Acronyms of the metrics that each audit of a set of runs expects to improve. Such a set never changes. */
async function savingsOf(workspace: Workspace, target: string, id: string): Promise<ReadonlyMap<string, string[]>> {
  const key = `${workspace.paths.runs}\n${target}\n${id}`;
  let known = savingsOfRun.get(key);
  if (!known) {
    const audits = (await workspace.runs.read(target, id))?.report.audits ?? [];
    const gains = (savings: Record<string, number> = {}) =>
      Object.keys(savings).filter((metric) => (savings[metric] ?? 0) > 0);
    known = new Map(audits.map((audit) => [audit.id, gains(audit.savings)]));
    savingsOfRun.set(key, known);
  }
  return known;
}
