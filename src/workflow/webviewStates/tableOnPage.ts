import { toHumanError } from '../../core/errors';
import { endsOfText } from '../../core/outcomes/answers';
import { driverNotice } from '../../core/outcomes/drivers';
import { effectOf } from '../../core/outcomes/figures';
import { type ImportKind, importKinds, recogniseColumns } from '../../core/outcomes/importFields';
import type { TableChoice, TableDraft } from '../../protocol/impactPage';
import {
  type ImportChoice,
  journeysOf,
  previewTable,
  readFigures,
  type TablePreview,
  writeFigures,
} from '../importFigures';
import { today } from '../localDate';
import type { Workspace } from '../workspace';

/** A table that a person imports on the impact page: its preview by their choices, and its import. */
export class TableOnPage {
  private readonly previews = new Map<string, TablePreview>();

  constructor(
    readonly name: string,
    private readonly bytes: Uint8Array,
    private readonly workspace: Workspace,
  ) {}

  /** A preview of the import. Errors are part of it and are not thrown. */
  async draft(choice?: TableChoice, signal?: AbortSignal): Promise<TableDraft> {
    const { preview, kind } = await this.preview(choice, signal);
    const { headers, sample, rows, personal } = preview;
    const recognised = kind === '' ? {} : recogniseColumns(headers, kind);
    const columns = choice && Object.keys(choice.columns).length > 0 ? choice.columns : recognised;
    const drop = choice?.drop ?? [];
    const about = { name: this.name, headers, sample, rows, personal, kind, columns, drop };
    try {
      const decided = await this.decided({ ...(choice ?? undecided), kind, columns, drop });
      const read = await readFigures(this.bytes, this.name, decided, { preview, ...(signal && { signal }) });
      const { good, bad, faults, questions, figures } = read;
      const notices = [...read.notices, ...driverNotice(read.drivers)];
      const { beside, replaced } = effectOf(await this.workspace.outcomes.read(), figures);
      const effect = { beside: beside.length, replaced: replaced.length };
      return { ...about, good, bad, faults, notices, questions, figures, ...effect, error: null };
    } catch (error) {
      signal?.throwIfAborted();
      const { message, next } = toHumanError(error);
      const nothing = { good: 0, bad: 0, faults: [], notices: [], questions: [], figures: [], beside: 0, replaced: 0 };
      return { ...about, ...nothing, error: `${message} ${next}` };
    }
  }

  private async decided(choice: TableChoice): Promise<ImportChoice> {
    return { ...importChoice(choice), journeys: await journeysOf(this.workspace) };
  }

  private async preview(
    choice: TableChoice | undefined,
    signal?: AbortSignal,
  ): Promise<{ preview: TablePreview; kind: ImportKind | '' }> {
    const given = choice && isKind(choice.kind) ? choice.kind : undefined;
    const known = this.previews.get(given ?? '');
    const preview = known ?? (await previewTable(this.bytes, this.name, { kind: given, ...(signal && { signal }) }));
    this.previews.set(given ?? '', preview).set(preview.kind ?? '', preview);
    return { preview, kind: given ?? preview.kind ?? '' };
  }

  /** Writes the figures of the table. @returns how many there are; none while a question is open */
  async import(choice: TableChoice, signal?: AbortSignal): Promise<number> {
    const { preview } = await this.preview(choice, signal);
    const known = { preview, ...(signal && { signal }) };
    const result = await readFigures(this.bytes, this.name, await this.decided(choice), known);
    await writeFigures(this.workspace, result);
    return result.figures.length;
  }
}

/** The decisions that the preview starts with. */
export const undecided: TableChoice = {
  kind: '',
  columns: {},
  drop: [],
  by: 'month',
  from: '',
  to: '',
  target: '',
  source: '',
  currency: '',
  discount: '',
  dates: '',
  scales: {},
  answers: {},
  leaveOut: [],
};

function isKind(kind: string): kind is ImportKind {
  return (importKinds as readonly string[]).includes(kind);
}

function importChoice({
  kind,
  columns,
  from,
  to,
  target,
  source,
  currency,
  discount,
  dates,
  scales,
  ...rest
}: TableChoice): ImportChoice {
  return {
    ...rest,
    ...(isKind(kind) && { kind }),
    columns,
    period: from && to ? { from, to } : undefined,
    target: target || undefined,
    source: source || undefined,
    currency: currency || undefined,
    discount: discount === '' ? undefined : Number(discount.replace(',', '.')),
    ...(dates && { style: { dates } }),
    scales: Object.fromEntries(
      Object.entries(scales).flatMap(([column, text]) => {
        const ends = endsOfText(text);
        return ends ? [[column, ends]] : [];
      }),
    ),
    on: today(),
  };
}
