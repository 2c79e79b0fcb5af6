import { incomparable } from '../../core/audit/compareMeasurements';
import {
  type AuditDetails,
  auditDetails,
  pagePicture,
  type ReportedPlace,
  type WholeReport,
} from '../../core/audit/reportDetails';
import { type ResultView, resultView, type ShownTask } from '../../core/audit/resultView';
import { openStatuses, type Target } from '../../core/record/record';
import { titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import type { FirstTask, ResultPageState } from '../../protocol/resultPage';
import type { StoredRun } from '../../storage/runStore';
import { codeLines, withLines } from '../codeLines';
import { wholeReport } from '../knownPlaces';
import { sourcesOf } from '../sources';
import type { Workspace } from '../workspace';
import type { OpenRecord } from './openRecord';

/** So many things to fix are shown at the top. */
const FIRST = 3;

/**
 * The state of a result page: one set of runs, and the last earlier one that may be compared with it.
 * @param runId the set of runs; the newest when left out or no longer kept
 * @param unkept runs that could not be kept; shown when they are the ones asked for
 * @returns a view of null when none is kept on this machine
 */
export async function resultPage(
  { workspace, parsed }: OpenRecord,
  target: string,
  runId: string | undefined,
  unkept?: StoredRun,
): Promise<Pick<ResultPageState, 'view' | 'title' | 'isKept' | 'first' | 'picture'>> {
  const { runs } = workspace;
  const title = titleOf(parsed.record.targets, target);
  if (unkept && unkept.measurement.id === runId) {
    return {
      view: resultView(unkept, undefined, parsed.record.findings, []),
      title,
      isKept: false,
      first: [],
      picture: null,
    };
  }
  const kept = new Set(await runs.ids(target));
  const all = (await runs.measurements()).filter((run) => run.target === target);
  const shown = all.find(({ id }) => id === runId) ?? all.at(-1);
  const stored = shown && (await runs.read(target, shown.id));
  if (!stored) return { view: null, title, isKept: true, first: [], picture: null };
  const earlier = all.slice(0, all.indexOf(shown));
  const previous = earlier.findLast((run) => incomparable(run, shown) === undefined);
  const history = all
    .filter(({ id }) => kept.has(id))
    .reverse()
    .map((run) => ({
      runId: run.id,
      at: run.at,
      label: `${run.environment}, ${run.formFactor}, ${counted(run.runs, 'run')}`,
    }));
  const view = resultView(stored, previous, parsed.record.findings, history);
  const report = await wholeReport(workspace, target, shown.id, 0);
  const page = Object.hasOwn(parsed.record.targets, target) ? parsed.record.targets[target] : undefined;
  const first = report ? await firstTasks(view, { report, at: shown.at }, workspace, page) : [];
  return { view, title, isKept: true, first, picture: (report && pagePicture(report)) ?? null };
}

/** The first open things to fix. */
async function firstTasks(
  { tasks }: ResultView,
  { report, at }: { report: WholeReport; at: string },
  workspace: Workspace,
  page: Target | undefined,
): Promise<FirstTask[]> {
  const isOpen = ({ finding, isUndecided }: ShownTask) =>
    !isUndecided && openStatuses.includes(finding?.status ?? 'open');
  const found = tasks
    .filter(isOpen)
    .slice(0, FIRST)
    .map(({ audit }) => {
      const details = auditDetails(report, audit);
      return { audit, details, place: details?.places.find(({ box }) => box) ?? details?.places[0] };
    });
  const places = found.flatMap(({ place }) => place ?? []);
  const positions = page && places.length > 0 ? await sourcesOf(workspace, page, places) : [];
  return Promise.all(
    found.map(async ({ audit, details, place }) => {
      const tables = page && details && !place ? await withLines(workspace, page, { ...details, at }) : [];
      const [line] = codeLines(tables);
      return {
        audit,
        sentence: details ? sentenceOf(details, place) : '',
        box: place?.box ?? null,
        occurrence: place?.key ?? line?.key ?? null,
        position: (place ? positions[places.indexOf(place)] : line?.position) ?? null,
      };
    }),
  );
}

function sentenceOf({ tables }: AuditDetails, place: ReportedPlace | undefined): string {
  if (place) {
    const name = place.nodeLabel?.split('\n')[0] ?? place.selector?.split(' > ').at(-1) ?? '';
    const { contrast, reasons } = place;
    if (contrast) return `“${name}”: ${contrast.ratio.toFixed(2)} : 1, needs ${contrast.needed} : 1`;
    const [sentence] = reasons[0]?.sentences ?? [];
    return sentence ? `${name}: ${sentence}` : name;
  }
  const addresses = tables.flatMap(({ rows }) => rows.flat()).filter((cell) => cell?.kind === 'address');
  if (addresses.length === 0) return '';
  const others = addresses.filter((cell) => cell?.kind === 'address' && !cell.isOwn).length;
  return `${counted(addresses.length, 'file')}${others > 0 ? `, ${others} from third parties` : ''}`;
}
