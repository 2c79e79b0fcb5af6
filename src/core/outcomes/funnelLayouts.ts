import { bareHeader } from './bareHeader';

/** The tools whose funnels are read. */
export const funnelPresets = ['ga4', 'matomo', 'posthog'] as const;
export type FunnelPreset = (typeof funnelPresets)[number];

/** A table that a tool exports. Headers are bare: letters and digits in lower case. */
export interface FunnelLayout {
  preset: FunnelPreset;
  name: string;
  /** The headers that tell it from other tables; of several in one entry, one. */
  needs: readonly (readonly string[])[];
  /** The field of each header that is read. */
  fields: Readonly<Record<string, string>>;
}

/**
 * The layouts, each with where it is known from. Google documents the names of columns, and no layout of a file.
 *
 * - GA4, funnel exploration: comments above the table (`# ----`, property, name of the tab, `# 20260901-20260930`), as
 *   files of users show; then step, active users, completion rate, abandonments and abandonment rate, which are the
 *   names that *Dimensions and metrics* of funnel reports gives for users to see, and elapsed time when it is shown.
 *   Steps are numbered: `1. Cart`. Abandonments are those who did not go on to the next step.
 * - GA4, a table made of the answer of `runFunnelReport`: the names of the interface (`funnelStepName`,
 *   `funnelStepAbandonments`); developers.google.com/analytics/devguides/reporting/data/v1/funnels.
 * - GA4, report *Events*: event name, event count, total users (of late active users), as files of users show. Its rows
 *   are no sequence: nobody knows whether those who sent one event are those who sent another.
 * - Matomo, report *Funnels*, method `Funnels.getFunnelFlow` with format CSV or TSV: the names in the example of its
 *   OpenAPI description and in the plugin's Metrics.php (`label`, `step_nb_visits`, `step_nb_exits`).
 * - PostHog, funnel insight as CSV: what `_convert_response_to_csv_data` writes under *FUNNELS LIKE*;
 *   github.com/PostHog/posthog/blob/master/posthog/tasks/exports/csv_exporter.py.
 */
export const funnelLayouts: readonly FunnelLayout[] = [
  {
    preset: 'ga4',
    name: 'GA4 funnel exploration',
    needs: [['step'], ['activeusers', 'users', 'totalusers'], ['abandonments', 'completionrate']],
    fields: { step: 'step', activeusers: 'reached', users: 'reached', totalusers: 'reached', abandonments: 'stopped' },
  },
  {
    preset: 'ga4',
    name: 'GA4 funnel report',
    needs: [['funnelstepname'], ['activeusers']],
    fields: { funnelstepname: 'step', activeusers: 'reached', funnelstepabandonments: 'stopped' },
  },
  {
    preset: 'ga4',
    name: 'GA4 events report',
    needs: [['eventname'], ['eventcount'], ['totalusers', 'activeusers']],
    fields: { eventname: 'event', totalusers: 'reached', activeusers: 'reached' },
  },
  {
    preset: 'matomo',
    name: 'Matomo funnel',
    needs: [['label'], ['stepnbvisits']],
    fields: { label: 'step', stepnbvisits: 'reached', stepnbexits: 'stopped' },
  },
  {
    preset: 'posthog',
    name: 'PostHog funnel',
    needs: [['name'], ['count'], ['actionid'], ['averageconversiontime', 'medianconversiontime']],
    fields: { name: 'step', count: 'reached', breakdownvalue: 'segment' },
  },
];

/** The layout that a table has by its headers. */
export function funnelLayoutOf(headers: readonly string[]): FunnelLayout | undefined {
  const given = new Set(headers.map(bareHeader));
  return funnelLayouts.find(({ needs }) => needs.every((some) => some.some((header) => given.has(header))));
}

/** Whether a column is one by which the table's layout is told, so that its name says nothing of who somebody is. */
export function isOfLayout(header: string, headers: readonly string[]): boolean {
  return funnelLayoutOf(headers)?.needs.flat().includes(bareHeader(header)) ?? false;
}

/** The columns that the layouts of a tool have, in words for a message. */
export function neededColumns(preset: FunnelPreset): string {
  const ofPreset = funnelLayouts.filter((layout) => layout.preset === preset);
  return ofPreset.map(({ name, needs }) => `${name} (${needs.map((some) => some.join(' or ')).join(', ')})`).join('; ');
}
