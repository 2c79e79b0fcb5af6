import { adviceFor, shortTitle } from '../core/advice/advice';
import { newestMeasurements } from '../core/audit/measurement';
import { metricFacts } from '../core/audit/metricFacts';
import { remarksOf, shownTo } from '../core/evaluation/discussion';
import { textFields } from '../core/record/findingFields';
import { findingNamed } from '../core/record/listFindings';
import type { Finding } from '../core/record/record';
import { saidText } from '../core/record/saidText';
import { adviceLines, toolTitle } from '../core/report/adviceText';
import { severitySentence, stateSentence } from '../core/report/findingSentences';
import { inertLine } from '../core/text/inertText';
import type { FindingPlace } from '../workflow/findingPlaces';
import { localDate } from '../workflow/localDate';
import { recordCommand, workspaceOf } from './command';
import { hiddenFrom, readerOf, refuseHidden, withReader } from './drafts';
import { print, printJson } from './output';

export function showCommand() {
  return withReader(recordCommand('show', 'show findings whole').argument('<id...>', 'ids of findings'))
    .option(
      '--json',
      'print JSON: { record, findings: [finding as in the record with places: [{ target, key, selector?, snippet?, ' +
        'url?, label?, n?, decided?, details?: { nodeLabel, reasons, contrast }, ' +
        'source?: { file, line, column, by }, others?: [source] }] and tables: [{ title?, columns, rows }]], ' +
        'advice: { rule: { title, why, steps, code, standard, more } } }',
    )
    .action(async (ids, flags) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const hidden = hiddenFrom(record, flags);
      const shown = shownTo(record, readerOf(flags));
      const found = ids.map((id) => {
        refuseHidden(id, hidden);
        return shown(findingNamed(record, id));
      });
      const latest = newestMeasurements(await workspace.runs.measurements());
      const { findingPlaces } = await import('../workflow/findingPlaces');
      const placesOf = (finding: Finding) => findingPlaces(workspace, record, latest, finding);
      if (flags.json) {
        const advice = Object.fromEntries(
          found.flatMap(({ rule }) => {
            const of = adviceFor(rule);
            return of ? [[rule, of]] : [];
          }),
        );
        const findings = [];
        for (const finding of found) {
          const { places, tables } = await placesOf(finding);
          findings.push({ ...finding, places, tables });
        }
        return printJson({ record: workspace.paths.record, findings, advice });
      }
      for (const finding of found) {
        const { places } = await placesOf(finding);
        for (const line of linesOf(finding, metricFacts(finding, latest), places)) print(line);
      }
      return undefined;
    });
}

/** A finding whole, as lines for people. @param measured facts of its metric */
function linesOf(finding: Finding, measured: readonly string[], places: readonly FindingPlace[]): string[] {
  const facts: [string, string | undefined][] = [
    ['id', finding.id],
    ['full title', toolTitle(finding)],
    ['status', stateSentence(finding)],
    ['severity', severitySentence(finding)],
    ['said', saidText(finding)],
    ['owner', finding.state.owner],
    ['step', typeof finding.where?.step === 'string' ? finding.where.step : undefined],
    ['stage', finding.cx?.stage],
    ['seen in', finding.state.seenIn?.join(', ')],
    ['first seen', finding.firstSeen],
    ...measured.map((text): [string, string] => ['measured', text]),
    ...textFields.map(({ name }): [string, string | undefined] => [name, finding[name]]),
    ...remarksOf(finding).map(({ by, at, text }): [string, string] => [
      'remark',
      `${by}, ${localDate(new Date(at))}: ${text}`,
    ]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const advice = adviceFor(finding.rule);
  return [
    inertLine(shortTitle(finding)),
    ...facts.flatMap(([name, value]) => (value ? [`  ${name.padEnd(width)} ${inertLine(value)}`] : [])),
    ...places.flatMap((place) => linesOfPlace(place, width)),
    ...(finding.state.more ? [`  ${'where'.padEnd(width)} and ${finding.state.more} more`] : []),
    ...(advice ? ['', ...adviceLines(advice)].map((line) => line && `  ${line}`) : []),
    '',
  ];
}

/** A place: what it is, its line in the source, and what the newest report says against it. */
function linesOfPlace(place: FindingPlace, width: number): string[] {
  const { selector, snippet, url, label, n, decided, details, source, others = [] } = place;
  const what = [selector, snippet, url, label].filter(Boolean).join('  ');
  const sentences = (details?.reasons ?? []).flatMap((group) => group.sentences);
  const below = [
    ...(source ? [source, ...others] : []).map(({ file, line, column, by }) => `in ${file}:${line}:${column} (${by})`),
    ...(decided ? [`${decided.status} by ${decided.by}: ${decided.reason}`] : []),
    ...sentences,
  ];
  return [
    `  ${'where'.padEnd(width)} ${inertLine(what)}${n ? `  (${n}×)` : ''}`,
    ...below.map((line) => `  ${' '.repeat(width)}   ${inertLine(line)}`),
  ];
}
