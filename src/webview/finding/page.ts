import type { AddressCell } from '../../core/audit/reportDetails';
import type {
  FindingEvent,
  FindingEvents,
  FindingPageState,
  findingContract,
  ShownPlace,
} from '../../protocol/findingPage';
import { ask, redraw } from '../shared/draw';
import { connect } from '../shared/host';

/** Answered by FindingPanels (editor/findings/findingPanels.ts). */
export const { host, on, kept } = connect<typeof findingContract, FindingEvents>();

/** What the page shows, and what the person has chosen on it. */
export const shown: {
  state: FindingPageState | undefined;
  events: FindingEvent[] | null | undefined;
  /** Index of the place in front. */
  at: number;
} = { state: undefined, events: undefined, at: 0 };

/** Takes a new state; keeps the place in front where it is still there. */
export function take(next: FindingPageState): void {
  const isSame = shown.state?.id === next.id;
  const before = isSame ? shown.state?.places[shown.at]?.key : undefined;
  if (!isSame) shown.events = undefined;
  const wanted = next.place ?? before;
  shown.state = next;
  shown.at = Math.max(
    0,
    next.places.findIndex(({ key }) => key === wanted),
  );
}

export const openLink = (url: string) => void ask(() => host.openLink({ url }));

/** Shows the problem on another of its pages. */
export async function showPage(id: string): Promise<void> {
  await ask(async () => {
    take(await host.show({ id }));
  });
  await readHistory();
}

/** Reads the history of the finding in view, and draws it. */
export async function readHistory(): Promise<void> {
  const { id } = shown.state ?? {};
  const events = await host.history().catch(() => null);
  if (shown.state?.id !== id) return;
  shown.events = events;
  redraw();
}

/** Opens the line that the code of a cell is written on in an editor. */
export function goToLine({ url, line = 0, column = 0 }: AddressCell): void {
  void ask(() => host.goToLine({ url, line, column }));
}

/** The first line that the tables of the newest report lead to, if possible one that is no guess. */
export function firstLine({ run }: FindingPageState): AddressCell | undefined {
  const cells = (run?.tables ?? []).flatMap(({ rows }) => rows.flat());
  const lines = cells.flatMap((cell) => (cell?.kind === 'address' && cell.source ? [cell] : []));
  return lines.find(({ source }) => source?.by !== 'guess') ?? lines[0];
}

/** Opens the line of a place in an editor. */
export function goToCode({ key }: ShownPlace): void {
  void ask(() => host.goToCode({ occurrence: key }));
}
