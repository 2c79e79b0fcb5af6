import * as z from 'zod/mini';

const issueSchema = z.object({
  code: z.string(),
  type: z.string(),
  message: z.optional(z.string()),
  context: z.optional(z.string()),
  selector: z.optional(z.string()),
  runner: z.string(),
  runnerExtras: z.optional(z.object({ impact: z.optional(z.string()), help: z.optional(z.string()) })),
});

/** Whether a value is a list of issues as pa11y prints it. */
export function isPa11yList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => issueSchema.safeParse(entry).success);
}

/**
 * The issues of pa11y's runner for axe-core as an axe-core result: errors are violations, warnings what axe could not
 * decide. It names no rule that passed. Issues of other runners have no rules of axe; `others` counts them.
 */
export function axeOfPa11y(issues: readonly unknown[], url?: string): { result: object; others: number } {
  const parsed = issues.flatMap((issue) => issueSchema.safeParse(issue).data ?? []);
  const ofAxe = parsed.filter(({ runner }) => runner === 'axe');
  const rules = (type: string) =>
    [
      ...Map.groupBy(
        ofAxe.filter((issue) => issue.type === type),
        ({ code }) => code,
      ),
    ].map(([id, same]) => ({
      id,
      impact: same[0]?.runnerExtras?.impact,
      help: same[0]?.runnerExtras?.help ?? same[0]?.message,
      nodes: same.map(({ context: html, selector }) => ({ html, target: selector })),
    }));
  return {
    result: { url, violations: rules('error'), incomplete: rules('warning') },
    others: parsed.length - ofAxe.length,
  };
}
