import { shortTitle } from '../core/advice/advice';
import type { Measurement } from '../core/audit/measurement';
import type { ParsedRecord } from '../core/record/parseRecord';
import { isOpen } from '../core/record/record';
import type { MachineResult } from '../protocol/evaluationPage';
import type { Workspace } from './workspace';

/**
 * The results of some automated checks of a target, from the record and the newest audits on this machine.
 * @param rules such as `lighthouse/image-alt`
 */
export async function machineResults(
  workspace: Workspace,
  { record, invalid }: Pick<ParsedRecord, 'record' | 'invalid'>,
  latest: readonly Measurement[],
  target: string,
  rules: readonly string[],
): Promise<Record<string, MachineResult>> {
  const measured = latest.filter((measurement) => measurement.target === target);
  const runs = await Promise.all(measured.map(({ id }) => workspace.runs.read(target, id)));
  const results: Record<string, MachineResult> = {};
  for (const rule of new Set(rules)) {
    const finding = record.findings[`${target}/${rule}`];
    if (finding && !invalid.has(finding.id) && isOpen(finding)) {
      const when = finding.state.seenIn?.join(', ') ?? '';
      results[rule] = { state: 'failed', title: shortTitle(finding), finding: finding.id, when };
      continue;
    }
    const audit = /^lighthouse\/(.+)$/.exec(rule)?.[1];
    const said = runs.flatMap((run) => {
      const found = run?.report.audits.find(({ id }) => id === audit);
      return run && found ? [{ found, measurement: run.measurement }] : [];
    });
    results[rule] = worstOf(said) ?? { state: 'not audited', title: audit ?? rule };
  }
  return results;
}

/** A key that changes whenever {@link machineResults} may: it holds the newest audits and the findings' statuses. */
export function machineState(
  { record }: Pick<ParsedRecord, 'record'>,
  latest: readonly Measurement[],
  target: string,
  rules: readonly string[],
): string {
  const runs = latest.filter((measurement) => measurement.target === target).map(({ id }) => id);
  const found = rules.map((rule) => record.findings[`${target}/${rule}`]?.state?.status ?? '');
  return [...runs, ...found].join(' ');
}

/** One result of several audits: failed if any failed. */
function worstOf(
  said: readonly {
    found: { id: string; title: string; score: number | null; mode: string };
    measurement: Measurement;
  }[],
): MachineResult | undefined {
  const judged = said.map(({ found, measurement }) => {
    const when = `${measurement.at.slice(0, 10)}, ${measurement.formFactor}`;
    const state: MachineResult['state'] =
      found.mode === 'notApplicable'
        ? 'not applicable'
        : found.score === null || found.mode === 'manual' || found.mode === 'informative' || found.mode === 'error'
          ? 'not audited'
          : found.score >= 0.9
            ? 'passed'
            : 'failed';
    // Lighthouse's own title says what is so, which reads well of what passed
    const title = state === 'failed' ? shortTitle({ rule: `lighthouse/${found.id}`, title: found.title }) : found.title;
    return { state, title, when };
  });
  const order: MachineResult['state'][] = ['failed', 'passed', 'not applicable'];
  return order.flatMap((state) => judged.filter((entry) => entry.state === state))[0];
}
