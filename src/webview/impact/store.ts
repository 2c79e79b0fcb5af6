import type { TemplateResult } from 'lit-html';
import { type Answer, answerOf } from '../../core/impact/answer';
import { fixFirst, type RankedFinding } from '../../core/impact/fixFirst';
import { type ImpactLink, links } from '../../core/impact/impactCatalogue';
import type { ImpactData } from '../../core/impact/impactData';
import type { ImpactFilter } from '../../core/impact/impactFilter';
import { pathsOf } from '../../core/impact/impactPaths';
import { type ImpactView, impactView } from '../../core/impact/impactView';
import type { Metric } from '../../core/metrics/metricSchema';
import { metrics } from '../../core/metrics/metrics';
import type { Client } from '../../protocol/contract';
import type { ImpactEvents, impactContract, TableChoice, TableDraft } from '../../protocol/impactPage';
import { redraw, ask as run } from '../shared/draw';
import { button } from '../shared/elements';
import { connect } from '../shared/host';

/** The pages of the view; each has a tab. */
export const questions = [
  { id: 'answer', title: 'Answer' },
  { id: 'fix', title: 'Fix first' },
  { id: 'chain', title: 'Chain' },
  { id: 'whatIf', title: 'What if' },
  { id: 'time', title: 'Over time' },
  { id: 'claims', title: 'Claims' },
] as const;
export type Question = (typeof questions)[number]['id'];

/** What the page shows besides the data. */
export const ui = {
  data: undefined as ImpactData | undefined,
  question: 'answer' as Question,
  filter: {} as ImpactFilter,
  /** The metric of the side panel of the chain. */
  metric: undefined as string | undefined,
  /** The other metric of the relation that was chosen. */
  relation: undefined as string | undefined,
  /** What is asked of *What if*: a metric, one of its values, and the wished one as it was typed. */
  wish: { metric: undefined, value: undefined, text: undefined } as {
    metric: string | undefined;
    value?: string | undefined;
    text: string | undefined;
  },
  /** The metric that *Over time* shows, and the name of its series. */
  timed: { metric: undefined, name: undefined } as {
    metric: string | undefined;
    name: string | undefined;
    /** The first value of the later period. */
    split?: number;
  },
  /** What the last request did, if it went well. */
  done: '',
  table: undefined as { draft: TableDraft; choice: TableChoice } | undefined,
  typing: undefined as { metric: string; target: string } | undefined,
};

/** Changes what is shown. */
export function change(values: Partial<typeof ui>): void {
  Object.assign(ui, values);
  redraw();
}

/** What had the focus when a metric was chosen. */
let opener: HTMLElement | undefined;

/** Shows a metric, or one of its relations, in the side panel; without one, goes back to where it was chosen. */
export function choose(metric: string | undefined, relation?: string): void {
  const before = ui.metric;
  if (metric !== undefined) opener = document.activeElement as HTMLElement;
  change({ question: 'chain', metric, relation });
  const node = document.querySelector<HTMLElement>(`[data-metric="${before}"]`);
  const place =
    metric === undefined
      ? opener?.isConnected && opener !== document.body
        ? opener
        : (node ?? document.getElementById('tab-chain'))
      : document.getElementById('detail-title');
  place?.focus();
}

/** An exported page holds its data itself and has no host to ask. */
const embedded = document.getElementById('impact-data')?.textContent ?? undefined;
const connection = embedded === undefined ? connect<typeof impactContract, ImpactEvents>() : undefined;
export const host: Client<typeof impactContract> | undefined = connection?.host;

/** Asks for the data and listens to its changes. */
export async function begin(): Promise<void> {
  if (embedded !== undefined) {
    change({ data: JSON.parse(embedded) as ImpactData });
    return;
  }
  connection?.on('state', (data) => change({ data }));
  connection?.on('table', (draft) => void ask(() => preview(draft)));
  await ask(async () => {
    const data = await host?.ready();
    if (data) change({ data });
  });
}

/** Runs a request. When it went well, the page says the text it returned, or else `done`. */
export async function ask(work: () => Promise<unknown>, done = ''): Promise<void> {
  ui.done = '';
  await run(async () => {
    const said = await work();
    ui.done = typeof said === 'string' ? said : done;
  }, 'Working…');
}

/** A button, in a sentence, that begins an audit. */
export function auditButton(label: string): TemplateResult {
  return button(label, () => ask(async () => host?.audit()), { kind: 'link' });
}

/** Shows a table before anything is taken from it: as it is imported, so about the target that the page is about. */
export async function preview(draft: TableDraft): Promise<void> {
  const choice: TableChoice = {
    kind: draft.kind,
    columns: draft.columns,
    drop: draft.drop,
    by: 'month',
    from: '',
    to: '',
    target: ui.filter.target ?? '',
    source: '',
    currency: '',
    discount: '',
    dates: '',
    scales: {},
    answers: {},
    leaveOut: [],
  };
  const read = choice.target === '' ? draft : await host?.readTable(choice);
  change({ typing: undefined, table: { draft: read ?? draft, choice } });
  document.getElementById('table-title')?.focus();
}

/** What the data say under the filter. */
export interface Shown {
  data: ImpactData;
  filter: ImpactFilter;
  view: ImpactView;
  /** The open findings, what to fix first at the head. */
  ranked: RankedFinding[];
  answer: Answer;
}

let shown: Shown | undefined;

/** What the data say under the filter; made anew only when one of the two changes. */
export function present(): Shown | undefined {
  const { data, filter } = ui;
  if (!data) return undefined;
  if (shown?.data !== data || shown.filter !== filter) {
    const view = impactView(data, { links, metrics }, filter);
    const findings = data.findings.filter(
      ({ target, stage }) =>
        (filter.target === undefined || target === filter.target) &&
        (filter.stage === undefined || stage === filter.stage),
    );
    const ranked = fixFirst(findings, allPaths);
    shown = { data, filter, view, ranked, answer: answerOf({ data, view, ranked }) };
  }
  return shown;
}

/** The evidence of the catalogue; it does not depend on what was measured here. */
export const allPaths = pathsOf(links.filter(({ kind }) => kind === 'ux->cx'));
/** What studies found between metrics of one side: shown, and never made part of a chain. */
export const sidePaths = pathsOf(links.filter(({ kind }) => kind !== 'ux->cx'));

export const allMetrics: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.id, metric]));

export const allLinks: ReadonlyMap<string, ImpactLink> = new Map(links.map((link) => [link.id, link]));

export function metricOf(id: string): Metric | undefined {
  return present()?.view.metrics.find((metric) => metric.id === id);
}

export function nameOf(id: string): string {
  return metricOf(id)?.name ?? id;
}
