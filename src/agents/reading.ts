import * as z from 'zod/mini';
import { adviceFor, shortTitle } from '../core/advice/advice';
import { newestMeasurements, savingsOf } from '../core/audit/measurement';
import { metricFacts } from '../core/audit/metricFacts';
import type { Cell, DetailsTable } from '../core/audit/reportDetails';
import { usageError } from '../core/errors';
import { hiddenFindings } from '../core/evaluation/visibility';
import { findingNamed, listFindings } from '../core/record/listFindings';
import { addressOfTarget, addressText } from '../core/record/pageAddress';
import { openPlacesOf, placesOf } from '../core/record/places';
import { orderText, problemsOf } from '../core/record/problems';
import { type Finding, isOpen, openStatuses, statuses } from '../core/record/record';
import { titleOf, usableTargets } from '../core/record/targets';
import { severitySentence, stateSentence } from '../core/report/findingSentences';
import { diffTotals } from '../core/report/recordDiff';
import { counted } from '../core/text/counted';
import { findChecklist, listChecklists } from '../workflow/checklists';
import { compareWithBase } from '../workflow/compareRecords';
import { type FindingPlace, findingPlaces } from '../workflow/findingPlaces';
import { knownUrl } from '../workflow/planPages';
import { answer, clipped, short } from './answer';
import { type AgentHost, cursor, text, tool } from './tool';

/** The findings that everybody may see: problems of evaluations in progress stay with their evaluators. */
async function visible({ workspace }: AgentHost, filter: Parameters<typeof listFindings>[1] = {}) {
  const parsed = await workspace.record.read();
  const hidden = hiddenFindings(parsed.record);
  const findings = listFindings(parsed, filter).filter(({ id }) => !hidden.has(id));
  return { record: parsed.record, findings, hidden };
}

const listTargets = tool({
  name: 'list_targets',
  title: 'List pages',
  description: 'The pages and journeys of the record, with their addresses and the number of open findings.',
  input: z.strictObject({ cursor }),
  isReadOnly: true,
  async run(host, given) {
    const { record, findings } = await visible(host);
    const open = Map.groupBy(findings.filter(isOpen), ({ target }) => target);
    const rows = Object.entries(usableTargets(record.targets)).map(([name, target]) => {
      const { kind, origins = {}, serve } = target;
      const title = titleOf(record.targets, name);
      const environments = [...new Set([...(serve ? ['local'] : []), ...Object.keys(origins)])];
      const address = addressOfTarget(target);
      const served =
        serve && address ? `${addressText(address)} served by ${serve.folder ?? serve.command}` : undefined;
      const facts = [kind, served ?? knownUrl(record.targets, name), environments.join(' and ')].filter(Boolean);
      const many = counted(open.get(name)?.length ?? 0, 'open finding');
      return `${name}: ${title === name ? '' : `${short(title, 100)}; `}${short(facts.join(', '), 250)}; ${many}`;
    });
    const none = 'There is no target yet. Audit a page of this machine: audit with url.';
    return answer({ ours: [rows.length > 0 ? counted(rows.length, 'target') : none], rows, ...given });
  },
});

const listed = tool({
  name: 'list_findings',
  title: 'List what is wrong',
  description:
    'What is wrong, what to look at first first: each problem once for all pages, with ids of findings. With a rule, ' +
    'each finding of it.',
  input: z.strictObject({
    target: z.optional(text(100, 'Only those of this target')),
    rule: z.optional(text(100, 'Only those of this rule, such as lighthouse/image-alt, each finding on its own')),
    status: z.optional(z.enum(statuses).check(z.describe('Only those of this status; open and reopened without it'))),
    severity: z.optional(z.int().check(z.gte(0), z.lte(4), z.describe('Only those of at least this severity'))),
    cursor,
  }),
  isReadOnly: true,
  async run(host, { target, rule, status, severity, cursor: from }) {
    const filter = { target, rule, severity, statuses: status ? [status] : openStatuses };
    const { findings } = await visible(host, filter);
    const savings = savingsOf(newestMeasurements(await host.workspace.runs.measurements()));
    const problems = problemsOf(findings, savings);
    const rows =
      rule === undefined
        ? problems.map((problem) => {
            const [first] = problem.findings as [Finding];
            const ids = problem.findings.slice(0, 4).map(({ id }) => id);
            const left = problem.findings.length - ids.length;
            const others = left > 0 ? `, ${left} more with rule "${problem.key}"` : '';
            return `${short(shortTitle(first), 150)} (${orderText(problem)})\n  ${ids.join(', ')}${others}`;
          })
        : problems.flatMap((problem) => problem.findings).map((finding) => findingRow(finding));
    const ours = [`${counted(problems.length, 'problem')}, ${counted(findings.length, 'finding')}.`];
    const next = rows.length > 0 ? 'Next: get_finding with an id.' : 'Nothing that matches is recorded.';
    return answer({ ours, rows, cursor: from, next });
  },
});

function findingRow(finding: Finding): string {
  const places = openPlacesOf(finding);
  const { status } = finding.state;
  return `${finding.id}: ${short(status, 30)}${places > 0 ? `, ${counted(places, 'place')}` : ''}`;
}

const getFinding = tool({
  name: 'get_finding',
  title: 'Show a finding',
  description:
    'One finding: why it matters, what to do, and its places with the reason, the selector and the line of code ' +
    'where that is known.',
  input: z.strictObject({ id: text(300, 'Id of a finding, such as checkout/lighthouse/image-alt'), cursor }),
  isReadOnly: true,
  async run(host, { id, cursor: from }) {
    const { record, hidden } = await visible(host);
    const finding = findingNamed(record, id);
    if (hidden.has(id)) {
      const next = 'Its evaluator submits first.';
      throw usageError('finding-draft', 'This finding is of an evaluation in progress.', next);
    }
    const latest = newestMeasurements(await host.workspace.runs.measurements());
    const { places, tables, run } = await findingPlaces(host.workspace, record, latest, finding);
    const advice = adviceFor(finding.rule);
    const { code, standard } = advice ?? {};
    const rows = [
      `${short(shortTitle(finding), 200)}. ${severitySentence(finding)}, ${short(stateSentence(finding), 200)}`,
      ...metricFacts(finding, latest).map((fact) => short(fact, 200)),
      ...(finding.note ? [`note: ${short(finding.note, 400)}`] : []),
      ...(finding.recommendation ? [`recommendation: ${short(finding.recommendation, 400)}`] : []),
      ...(code ? [`For example, instead of\n${code.before}\nwrite\n${code.after}`] : []),
      ...places.map(placeRow),
      ...tables.flatMap(tableRows),
    ];
    const count = placesOf(finding);
    const reported = run
      ? `; reasons are of the runs of ${run.at.slice(0, 10)}, ${run.environment}/${run.formFactor}`
      : '';
    const ours = [
      `${id}: ${count > 0 ? counted(count, 'place') : 'about the whole page'}${reported}.`,
      ...(advice && !Number(from) ? [advice.why, ...advice.steps.map((step, index) => `${index + 1}. ${step}`)] : []),
      ...(standard && !Number(from) ? [standard.name] : []),
    ];
    return answer({ ours, rows, cursor: from, next: 'After a change: check_findings with this id.' });
  },
});

function placeRow({
  key,
  selector,
  snippet,
  url,
  label,
  n,
  decided,
  details,
  source,
  others = [],
}: FindingPlace): string {
  const sentences = (details?.reasons ?? []).flatMap((group) => group.sentences).join(' ');
  const { contrast } = details ?? {};
  const what = short([selector, url, label].filter(Boolean).join(' '), 200);
  return [
    `place ${short(key, 20)}${n ? ` (${n} alike)` : ''}: ${what}`,
    ...(snippet ? [`  ${short(snippet, 220)}`] : []),
    ...(source ? [source, ...others] : [])
      .slice(0, 20)
      .map(({ file, line, column, by }) => `  in ${short(file, 200)}:${line}:${column} (${by})`),
    ...(sentences ? [`  ${short(sentences, 300)}`] : []),
    ...(contrast ? [`  nearest ${contrast.nearest.of} that passes: ${contrast.nearest.color}`] : []),
    ...(decided ? [`  decided: ${short(`${decided.status}, ${decided.reason}`, 150)}`] : []),
  ].join('\n');
}

/** The rows of a table that the page's report has, the first of them its head. */
function tableRows({ title, columns, rows }: DetailsTable): string[] {
  const head = columns.map(({ label }) => label).join(' | ');
  const shown = rows.slice(0, 50).map((row) => row.map(cellText).join(' | '));
  return [
    `table ${short([title, head].filter(Boolean).join(': '), 200)}`,
    ...shown.map((row) => `  ${clipped(row, 400)}`),
  ];
}

function cellText(cell: Cell | null): string {
  if (cell === null) return '–';
  if (cell.kind === 'number') return `${Math.round(cell.value * 10) / 10}${cell.unit ? ` ${cell.unit}` : ''}`;
  if (cell.kind === 'address') {
    const { url, source } = cell;
    return `${short(url, 160)}${source ? ` in ${short(source.file, 120)}:${source.line}` : ''}`;
  }
  if (cell.kind === 'element') return short(cell.place.selector ?? cell.place.snippet ?? '', 120);
  return short(cell.text, 160);
}

const compare = tool({
  name: 'compare',
  title: 'Compare with the base branch',
  description: 'What this branch made new, worse, fixed or decided in the record since it left its base branch.',
  input: z.strictObject({ base: z.optional(text(200, 'Branch or commit; the base branch without it')), cursor }),
  isReadOnly: true,
  async run({ workspace }, { base, cursor: from }) {
    const { differences, commit, notes } = await compareWithBase(workspace, base);
    const rows = [
      ...notes.map((note) => short(note, 300)),
      ...differences.map(({ id, change, title, detail }) => `${change} ${id}: ${short(`${title}. ${detail}`, 250)}`),
    ];
    return answer({ ours: [`Since ${commit.slice(0, 10)}: ${diffTotals(differences)}.`], rows, cursor: from });
  },
});

const getChecklist = tool({
  name: 'get_checklist',
  title: 'Read a checklist',
  description: 'A usability checklist with its questions; without an id, which checklists there are.',
  input: z.strictObject({ id: z.optional(text(60, 'Id of a checklist, such as nielsen-10')), cursor }),
  isReadOnly: true,
  async run({ workspace }, { id, cursor: from }) {
    if (id === undefined) {
      const all = await listChecklists(workspace);
      const rows = all.map((one) => `${one.id}: ${short(one.checklist?.title ?? 'cannot be read', 150)}`);
      return answer({
        ours: [counted(all.length, 'checklist')],
        rows,
        cursor: from,
        next: 'Next: get_checklist with an id.',
      });
    }
    const found = await findChecklist(workspace, id);
    if (!found) throw usageError('checklist-unknown', `There is no checklist "${id}".`, 'List them: get_checklist.');
    if (!found.checklist) throw found.error;
    const { version, items, title } = found.checklist;
    const asked = items.filter(({ retired }) => !retired);
    const rows = [
      short(title, 150),
      ...asked.map((item) => `${item.id} ${short(item.title, 120)}: ${short(item.question, 500)}`),
    ];
    const ours = [
      `Version ${version}, ${counted(asked.length, 'item')}. A person evaluates; you may propose findings.`,
    ];
    return answer({ ours, rows, cursor: from, next: 'Next: propose_finding with item.' });
  },
});

export const readingTools = [listTargets, listed, getFinding, compare, getChecklist];
