import * as z from 'zod/mini';
import { usageError } from '../errors';
import { byCodeUnit } from '../record/canonicalText';
import { type Target, targetSchema } from '../record/record';
import { slugPattern } from '../record/schemaParts';
import type { AuditedPage } from './applyAudit';
import type { AuditResult } from './auditResults';
import type { ReportSlice } from './lighthouseReport';
import { type Measurement, measurementSchema } from './measurement';
import type { NotMeasured } from './notMeasured';

/** Which part of a site one machine audits: number `index`, from 1, of `of`. */
export interface Shard {
  index: number;
  of: number;
}

/** The most shards of one audit. */
export const MAX_SHARDS = 1_000;

/** Where services that run jobs side by side say which job is which, and from which number they count. */
const services = [
  { index: 'CI_NODE_INDEX', of: 'CI_NODE_TOTAL', first: 1 }, // GitLab, `parallel`
  { index: 'CIRCLE_NODE_INDEX', of: 'CIRCLE_NODE_TOTAL', first: 0 }, // CircleCI, `parallelism`
  { index: 'BUILDKITE_PARALLEL_JOB', of: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 }, // Buildkite, `parallelism`
  { index: 'JOB_COMPLETION_INDEX', of: 'UX_AUDIT_SHARDS', first: 0 }, // Kubernetes, Indexed Job
];

/**
 * Reads which shard is meant.
 * @param text `2/8`, or `auto` for what the environment says
 * @throws HumanError `shard-invalid`, `shard-unknown`
 */
export function shardOf(text: string, env: Readonly<Record<string, string | undefined>>): Shard {
  if (text !== 'auto') {
    const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
    return checked({ index: Number(index), of: Number(of) }, `--shard ${text}`);
  }
  const service = services.find((one) => env[one.index] !== undefined && env[one.of] !== undefined);
  if (!service) {
    const next = 'Say it yourself, such as --shard 2/8. A Kubernetes job sets UX_AUDIT_SHARDS to its completions.';
    throw usageError('shard-unknown', 'The environment does not say which shard this is.', next);
  }
  const { index, of, first } = service;
  return checked(
    { index: Number(env[index]) - first + 1, of: Number(env[of]) },
    `${index}=${env[index]}, ${of}=${env[of]}`,
  );
}

function checked(shard: Shard, said: string): Shard {
  const { index, of } = shard;
  if (Number.isInteger(of) && of >= 1 && of <= MAX_SHARDS && Number.isInteger(index) && index >= 1 && index <= of)
    return shard;
  throw usageError('shard-invalid', `${said} names no shard.`, 'Give its number and how many there are: --shard 2/8');
}

/** The members of a list that belong to a shard: every n-th, so that slow neighbours spread. */
export function inShard<T>(all: readonly T[], { index, of }: Shard): T[] {
  return all.filter((_, place) => place % of === index - 1);
}

/** What a shard may teach the record of a page. It names no program to run: a shard's file may come from anybody. */
const learnSchema = z.object({
  kind: z.optional(z.literal('page')),
  path: targetSchema.shape.path,
  query: targetSchema.shape.query,
  hash: targetSchema.shape.hash,
  origins: targetSchema.shape.origins,
  serve: z.optional(z.object({ folder: z.string() })),
});

const setSchema = z.looseObject({
  unit: z.string(),
  target: z.string().check(z.regex(slugPattern)),
  environment: z.string().check(z.regex(slugPattern)),
  formFactor: z.enum(['mobile', 'desktop']),
  learn: z.optional(learnSchema),
  /** YYYY-MM-DD */
  today: z.string(),
  measurement: measurementSchema,
  report: z.looseObject({}),
  results: z.array(
    z.looseObject({
      id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/)),
      title: z.string(),
      outcome: z.enum(['failing', 'passing', 'not applicable']),
      severity: z.int().check(z.gte(1), z.lte(3)),
      replaces: z.array(z.string()),
      items: z.array(z.looseObject({})),
    }),
  ),
  notMeasured: z.array(z.looseObject({ kind: z.string(), id: z.string(), title: z.string(), reason: z.string() })),
});

/** One page in one form factor, as a shard measured it. */
export interface ShardSet extends Pick<AuditedPage, 'target' | 'environment' | 'formFactor' | 'today'> {
  unit: string;
  /** What the record learns of the target. */
  learn?: Partial<Target>;
  measurement: Measurement;
  report: ReportSlice;
  results: AuditResult[];
  notMeasured: NotMeasured[];
}

/** What one machine, or several, measured of a site: a file that only `merge-runs` reads. */
const shardFileSchema = z.object({
  format: z.literal('ux-audit/shard'),
  version: z.literal(1),
  of: z.int().check(z.gte(1), z.lte(MAX_SHARDS)),
  /** The shards that it holds, from 1. */
  shards: z.array(z.int().check(z.gte(1))),
  /** What must be the same on all machines. */
  same: z.object({
    commit: z.nullable(z.string()),
    lighthouse: z.string(),
    settings: z.string(),
  }),
  /** Every page in every form factor, in the order in which one machine would audit them. */
  units: z.array(z.string()),
  sets: z.array(setSchema),
  failed: z.array(z.object({ unit: z.string(), what: z.string() })),
});

/** The same, with what the tools wrote into it. */
export interface ShardFile extends Omit<z.infer<typeof shardFileSchema>, 'sets'> {
  sets: ShardSet[];
}

/** Reads what a shard wrote. @throws Error that names the place */
export function readShardFile(given: unknown): ShardFile {
  const { data, error } = shardFileSchema.safeParse(given);
  if (!data) throw new Error(`at ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`);
  const file = data as unknown as ShardFile;
  const wrong = file.sets.findIndex(
    (set) => set.unit !== unitOf(set) || !file.units.includes(set.unit) || set.measurement.target !== set.target,
  );
  if (wrong >= 0) throw new Error(`at sets.${wrong}: it is about another page`);
  return file;
}

/** `checkout local mobile` */
export function unitOf({
  target,
  environment,
  formFactor,
}: Pick<ShardSet, 'target' | 'environment' | 'formFactor'>): string {
  return `${target} ${environment} ${formFactor}`;
}

/**
 * Puts what several machines measured together. In whatever order and groups this is done, the result is the same.
 * @param names of the files, for messages
 * @throws HumanError `shards-none`, `shards-differ`, `shard-double`
 */
export function mergeShards(files: readonly ShardFile[], names: readonly string[] = []): ShardFile {
  // one that measured nothing does not know its Lighthouse
  const first = files.find(({ same }) => same.lighthouse !== '') ?? files[0];
  if (!first) throw usageError('shards-none', 'There is nothing to merge.', 'Give the folders that --out wrote.');
  const shards = new Map<number, ShardFile>();
  for (const file of files) {
    const what = differenceOf(first, file);
    if (what !== undefined) {
      const next = 'Run all shards of one commit, with the same options and the same version of UX Audit.';
      throw usageError('shards-differ', `The shards do not belong together: ${what}.`, next);
    }
    for (const shard of file.shards) {
      const double = shards.get(shard);
      if (double) {
        const where = [double, file].flatMap((one) => names[files.indexOf(one)] ?? []).join(' and ');
        const what = `Shard ${shard} of ${file.of} is there twice${where === '' ? '' : `: ${where}`}.`;
        throw usageError('shard-double', what, 'Leave out the one that was run again by mistake.');
      }
      shards.set(shard, file);
    }
  }
  const place = new Map(first.units.map((unit, index) => [unit, index]));
  const inOrder = <T extends { unit: string }>(all: readonly T[]): T[] =>
    [...all].sort((a, b) => (place.get(a.unit) ?? 0) - (place.get(b.unit) ?? 0) || byCodeUnit(a.unit, b.unit));
  return {
    ...first,
    shards: [...shards.keys()].sort((a, b) => a - b),
    sets: inOrder(files.flatMap(({ sets }) => sets)),
    failed: inOrder(files.flatMap(({ failed }) => failed)),
  };
}

function differenceOf(one: ShardFile, other: ShardFile): string | undefined {
  if (one.of !== other.of) return `one is of ${one.of}, another of ${other.of}`;
  if (one.same.commit !== other.same.commit) return 'their commits differ';
  if (other.same.lighthouse !== '' && one.same.lighthouse !== other.same.lighthouse)
    return `Lighthouse ${one.same.lighthouse} and ${other.same.lighthouse}`;
  if (one.same.settings !== other.same.settings) return 'their options differ';
  if (one.units.join('\n') !== other.units.join('\n')) return 'they were to audit different pages';
  return undefined;
}

/** What no shard measured: the units of shards that are missing, and those that could not be audited. */
export function notMeasuredUnits({ units, of, shards, sets }: ShardFile): { missing: number[]; units: string[] } {
  const known = new Set(sets.map(({ unit }) => unit));
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !shards.includes(index));
  return { missing, units: units.filter((unit) => !known.has(unit)) };
}
