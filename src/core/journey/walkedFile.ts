import * as z from 'zod/mini';
import type { ReportSlice } from '../audit/lighthouseReport';
import { usageError } from '../errors';
import { slugPattern } from '../record/schemaParts';
import { journeyRunSchema } from './journeyRun';

const slug = z.string().check(z.regex(slugPattern));

const auditSchema = z.looseObject({
  id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/)),
  title: z.string(),
  mode: z.string(),
  score: z.nullable(z.number()),
  items: z.array(z.looseObject({})),
  replaces: z.optional(z.array(z.string())),
});

const reportSchema = z.looseObject({
  categories: z.array(
    z.looseObject({ id: z.string(), refs: z.array(z.looseObject({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.array(auditSchema),
});

/** What one machine saw as it walked a journey: a file that only `merge-runs` reads, and that may come from anybody. */
const walkedFileSchema = z.object({
  format: z.literal('ux-audit/walked'),
  version: z.literal(1),
  commit: z.nullable(z.string()),
  /** All journeys that were to be walked, in order. */
  journeys: z.array(slug),
  formFactor: z.enum(['mobile', 'desktop']),
  /** YYYY-MM-DD */
  today: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)),
  run: z.extend(journeyRunSchema, { target: slug, environment: slug }),
  /** What Lighthouse said at the end of steps. */
  reports: z.array(z.object({ step: z.string(), report: reportSchema })),
  /** The picture of the page at a failed step, in Base64. */
  picture: z.optional(z.base64().check(z.maxLength(500_000))),
});

/** The same, with what the tools wrote into it. */
export interface WalkedFile extends Omit<z.infer<typeof walkedFileSchema>, 'reports'> {
  reports: { step: string; report: ReportSlice }[];
}

/** Reads what a machine wrote. @throws Error that names the place */
export function readWalkedFile(given: unknown): WalkedFile {
  const { data, error } = walkedFileSchema.safeParse(given);
  if (!data) throw new Error(`at ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`);
  return data as unknown as WalkedFile;
}

/**
 * Puts walks of several machines in the order in which one machine would make them.
 * @param commit of what was measured beside them, if anything was
 * @throws HumanError `shards-differ`, `shard-double`
 */
export function mergeWalked(files: readonly WalkedFile[], commit?: string | null): WalkedFile[] {
  const [first] = files;
  if (!first) return [];
  const isSame = (file: WalkedFile) =>
    file.commit === (commit === undefined ? first.commit : commit) &&
    file.journeys.join('\n') === first.journeys.join('\n');
  if (!files.every(isSame)) {
    const what = 'The walks do not belong together: they are of other commits, or of other journeys.';
    throw usageError('shards-differ', what, 'Walk all journeys of one commit, with the same options.');
  }
  const names = files.map(({ run }) => run.target);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    const what = `Walks of the journey ${double} are there twice.`;
    throw usageError('shard-double', what, 'Leave out those that were made again by mistake.');
  }
  const place = ({ run, journeys }: WalkedFile) => journeys.indexOf(run.target);
  return [...files].sort((a, b) => place(a) - place(b));
}

/** The journeys that were to be walked, and of which there are no walks. */
export function notWalked(files: readonly WalkedFile[]): string[] {
  return files[0]?.journeys.filter((name) => !files.some(({ run }) => run.target === name)) ?? [];
}
