import * as z from 'zod/mini';
import { undecidedLines } from '../core/audit/clockAudits';
import { newestMeasurements } from '../core/audit/measurement';
import { notMeasuredLines } from '../core/audit/notMeasured';
import { usageError } from '../core/errors';
import { hiddenFindings } from '../core/evaluation/visibility';
import { labMetrics } from '../core/metrics/pageMetrics';
import { type AuditRecord, isOpen } from '../core/record/record';
import { isLoopback } from '../core/record/targets';
import { formatLabMetric, formatScore } from '../core/report/auditTable';
import { counted } from '../core/text/counted';
import { auditPages, type FormFactor, type PageResult } from '../workflow/auditPages';
import { checkFindings, notChecked, planChecks } from '../workflow/checkFindings';
import { phaseText } from '../workflow/phaseText';
import { type PlannedPage, parseUrl, planTarget, planUrl } from '../workflow/planPages';
import { answer, short } from './answer';
import { text, tool } from './tool';

const formFactors = ['mobile', 'desktop', 'both'] as const;
const categories = ['performance', 'accessibility', 'best-practices', 'seo', 'agentic-browsing'] as const;

/**
 * The page of a target, or of an address that the record knows or that only this machine answers on. An agent must not
 * send the browser anywhere else.
 * @throws HumanError `address-not-allowed`, `page-unclear`, and as planPages.ts
 */
export function allowedPage(
  { targets, settings }: Pick<AuditRecord, 'targets' | 'settings'>,
  {
    target,
    url,
    environment,
  }: { target?: string | undefined; url?: string | undefined; environment?: string | undefined },
): PlannedPage {
  if ((target === undefined) === (url === undefined) || (url !== undefined && environment !== undefined)) {
    const next = 'Give target, and environment where it has several; or url alone.';
    throw usageError('page-unclear', 'An audit is of a target or of an address.', next);
  }
  if (target !== undefined) return planTarget(targets, target, environment);
  const { origin, hostname } = parseUrl(url as string);
  const { page } = planUrl(targets, url as string, { ignored: settings?.ignoredParameters });
  const known = Object.hasOwn(targets, page.target) ? Object.values(targets[page.target]?.origins ?? {}) : [];
  if (isLoopback(hostname) || known.includes(origin)) return page;
  throw usageError(
    'address-not-allowed',
    `${hostname} is neither this machine nor where a target of the record is.`,
    'A person adds the page first: ux-audit target add NAME --url URL',
  );
}

const audit = tool({
  name: 'audit',
  title: 'Audit a page',
  description:
    'Audits a page with Lighthouse and records what is wrong. Only targets of the record and addresses of this ' +
    'machine. Takes 5 to 10 seconds for each run and form factor.',
  input: z.strictObject({
    target: z.optional(text(100, 'Name of a target, see list_targets')),
    url: z.optional(text(2000, 'Address instead, such as http://localhost:3000/checkout; a new page becomes a target')),
    environment: z.optional(text(60, 'Of a target: local, deployed, or a name of the team')),
    formFactor: z._default(z.enum(formFactors), 'mobile'),
    runs: z._default(
      z.int().check(z.gte(1), z.lte(5), z.describe('3 decide also what depends on time; 1 is quick')),
      1,
    ),
    categories: z.optional(z.array(z.enum(categories)).check(z.minLength(1), z.describe('All without it'))),
  }),
  isReadOnly: false,
  async run(host, { formFactor, runs, categories: only, ...where }, { signal, progress }) {
    const { workspace } = host;
    const page = allowedPage((await workspace.record.read()).record, where);
    await host.ensureAllowed([page]);
    const asked: FormFactor[] = formFactor === 'both' ? ['mobile', 'desktop'] : [formFactor];
    const total = asked.length * runs;
    const results = await auditPages({
      workspace,
      engine: await host.engine(),
      signal,
      plan: {
        pages: [page],
        formFactors: asked,
        runs,
        categories: only,
        record: true,
        keepWarm: true,
        ...host.settings,
      },
      onProgress: ({ formFactor: as, done, run, phase }) =>
        progress(`${page.target} as ${as}, run ${run} of ${runs}: ${phaseText[phase]}`, done * runs + run - 1, total),
    });
    const failure = results.find(({ error }) => error)?.error;
    if (failure && results.every(({ measurement }) => measurement === undefined)) throw failure;
    const rows = results.flatMap(rowsOf);
    const ours = [
      `Audited ${page.target} (${page.environment}). Lab data of this machine, not what visitors experience.`,
    ];
    return answer({
      ours,
      rows,
      others: 'ask for one form factor',
      next: `Next: list_findings with target "${page.target}".`,
    });
  },
});

function rowsOf({ formFactor, measurement, changes, undecided, notMeasured, error }: PageResult): string[] {
  if (!measurement) return error ? [`${formFactor}: ${short(`${error.message} ${error.next}`, 500)}`] : [];
  const { scores, noisy, redirectedTo, development, warnings, runs, proof } = measurement;
  const shown = Object.values(scores).map(
    ({ title, spread }) => `${short(title, 40)} ${spread ? formatScore(spread.median) : 'not measured'}`,
  );
  const metrics = labMetrics
    .filter(({ id }) => measurement.metrics[id])
    .map(({ id, acronym }) => `${acronym} ${formatLabMetric(measurement, id)}`);
  const kinds = Map.groupBy(changes, ({ change }) => change);
  return [
    `${formFactor}, ${counted(runs, 'run')}: ${[...shown, ...metrics].join(', ')}`,
    ...(noisy ? ['  Other programs disturbed a run: repeat it before you rely on the times.'] : []),
    ...(redirectedTo ? [`  Redirected to ${short(redirectedTo, 200)}: another page, so nothing is recorded.`] : []),
    ...(proof?.note === undefined ? [] : [`  ${short(proof.note, 300)}`]),
    ...(development ? [`  A development build: ${short(development.because, 200)}. No load number is recorded.`] : []),
    ...[...kinds].map(([change, of]) => {
      const ids = of.slice(0, 5).map(({ id }) => id);
      return `  ${of.length} ${change}: ${ids.join(', ')}${of.length > ids.length ? ', …' : ''}`;
    }),
    ...(changes.length === 0 && !redirectedTo ? ['  Nothing changed in the record.'] : []),
    ...undecidedLines(undecided).map((line) => `  ${short(line, 300)}`),
    ...notMeasuredLines(notMeasured).map((line) => `  not measured: ${short(line, 300)}`),
    ...warnings.map((warning) => `  Lighthouse warns: ${short(warning, 300)}`),
    ...(error ? [`  ${short(`${error.message} ${error.next}`, 500)}`] : []),
  ];
}

const check = tool({
  name: 'check_findings',
  title: 'Check findings again',
  description:
    'Whether findings are fixed, without a whole audit: a second or two for each page. Records the answer. Not for ' +
    'findings about the load of a page, which take an audit.',
  input: z.strictObject({
    ids: z.optional(z.array(text(300, 'Id of a finding')).check(z.minLength(1), z.maxLength(20))),
    rule: z.optional(text(100, 'The open findings of a rule instead, such as lighthouse/image-alt')),
    environment: z.optional(text(60, 'Where to look; where the page was measured last without it')),
  }),
  isReadOnly: false,
  async run(host, { ids = [], rule, environment }, { signal, progress }) {
    const { workspace } = host;
    const { record } = await workspace.record.read();
    const hidden = hiddenFindings(record);
    const ofRule = Object.values(record.findings).filter((finding) => finding.rule === rule && isOpen(finding));
    const wanted = [...ids, ...ofRule.map(({ id }) => id)].filter((id) => !hidden.has(id));
    if (wanted.length === 0)
      throw usageError('nothing-to-check', 'No finding to check is named.', 'Give ids, or a rule with open findings.');
    const plan = planChecks(record, newestMeasurements(await workspace.runs.measurements()), wanted, environment);
    await host.ensureAllowed(plan.checks.map(({ page }) => page));
    const onProgress: Parameters<typeof checkFindings>[0]['onProgress'] = ({ page, formFactor, phase, done, total }) =>
      progress(`${page.target} as ${formFactor}: ${phaseText[phase]}`, done, total);
    const checked =
      plan.checks.length > 0
        ? await checkFindings({ workspace, engine: await host.engine(), plan, signal, onProgress, ...host.settings })
        : notChecked(plan);
    const count = (result: string) => checked.filter((one) => one.result === result).length;
    const order = ['open', 'not-checked', 'fixed'];
    const sorted = checked.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
    const rows = sorted.map(({ id, result, places, reason }) => {
      const said = { fixed: 'fixed', open: 'still there', 'not-checked': 'not checked' }[result];
      const much = places > 0 ? ` (${counted(places, 'place')})` : '';
      return `${said}: ${id}${much}${reason ? `. ${short(reason, 250)}` : ''}`;
    });
    const ours = [`${count('fixed')} fixed, ${count('open')} still there, ${count('not-checked')} not checked.`];
    return answer({ ours, rows, others: 'check fewer at once' });
  },
});

export const auditingTools = [audit, check];
