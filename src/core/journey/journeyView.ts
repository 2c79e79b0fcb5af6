import { shortTitle } from '../advice/advice';
import { numberText } from '../metrics/metricText';
import type { Figure } from '../outcomes/figures';
import { openPlacesOf } from '../record/places';
import { type Finding, isOpen, type Target } from '../record/record';
import { saidText } from '../record/saidText';
import { severityOf } from '../record/severity';
import type { Stage } from '../record/stages';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import { comparableBefore, compareRuns, type RunComparison } from './compareRuns';
import { type Answer, answerOf, type Worst, worstOf } from './journeyAnswer';
import { changeFact, type Fact, factsOf, percentText } from './journeyFacts';
import { JOURNEY_TOOL } from './journeyFindings';
import { type JourneyPeople, journeyPeople } from './journeyPeople';
import { type JourneyRun, type StepSummary, stepSummaries } from './journeyRun';
import { numbersOf, type StepNumbersTable } from './journeyTable';
import type { JourneyStep } from './recording';
import { type Row, stepRows } from './stepRows';

/** What is known of a journey. Texts of people and pages in it are untrusted. */
export interface JourneyData {
  name: string;
  target: Target | undefined;
  /** Of its recording; those that people named where it has none. */
  steps: readonly JourneyStep[];
  isRecorded: boolean;
  /** Why its recording cannot be used. */
  fault?: string | undefined;
  /** Runs of the journey on this machine, oldest first. */
  runs: readonly JourneyRun[];
  figures: readonly Figure[];
  /** What a reader may see. */
  findings: readonly Finding[];
  /** YYYY-MM-DD */
  today: string;
}

/** An open finding of a step. */
export interface StepFinding {
  id: string;
  title: string;
  severity: number | null;
  /** `18 places · found by Lighthouse at the end of the step`. */
  detail: string;
}

/** One step with all that may be said of it. */
export interface StepView {
  name: string;
  stage: Stage | undefined;
  /** How it went by machine, where that is no success: a step that failed, was not reached, or was never walked. */
  state: { kind: 'failed' | 'unknown'; text: string } | null;
  /** What makes it stand out; null: nothing. */
  mark: string | null;
  rows: Row[];
  /** Worst first. */
  findings: StepFinding[];
  /** What may be said beside the run before, where there is one. */
  changes: Fact[];
}

/** What may be said of a journey: the page in the editor and the exported page show this and nothing else. */
export interface JourneyView {
  name: string;
  title: string;
  stepCount: number;
  isRecorded: boolean;
  /** Whether the machine walked it on this computer. */
  isWalked: boolean;
  fault: string | null;
  /** Where the numbers come from: `machine: 3 walks at local, 412×823, 28 Nov`. */
  about: string[];
  answer: Answer;
  facts: Fact[];
  steps: StepView[];
  worst: Worst | null;
  /** Findings of the journey that name none of its steps. */
  elsewhere: StepFinding[];
  /** Steps that a table names and the journey does not have. */
  others: string[];
  numbers: StepNumbersTable[];
  /** Beside which earlier run `changes` of the steps stand; null: there is none. */
  comparison: string | null;
  /** The sources of people's figures; the one that is shown is the first, unless another was chosen. */
  sources: { key: string; label: string }[];
  shown: string | null;
}

/** A source of people's figures in words: `sessions.csv, buyers, 1 Nov to 21 Nov`. */
function sourceText({ source, segment, task, period }: JourneyPeople, today: string): string {
  const { from, to } = period;
  const when = from === to ? dayText(to, today) : `${dayText(from, today)} to ${dayText(to, today)}`;
  return [source, segment, task, when].filter((part) => part !== undefined).join(', ');
}

const keyOf = ({ source, basis, segment, task }: JourneyPeople) =>
  JSON.stringify([source, basis, segment ?? '', task ?? '']);

/**
 * Composes what may be said of a journey. What is not known is left out or said to be unknown; it is never 0.
 * @param source the key of the source of people's figures to show; the best one when left out
 */
export function journeyView(data: JourneyData, source?: string): JourneyView {
  const { name, target, steps, runs, figures, isRecorded, today } = data;
  const names = steps.map((step) => step.name);
  const all = journeyPeople(figures, { target: name, names });
  const people = all.find((one) => keyOf(one) === source) ?? all[0];
  const run = runs.at(-1);
  const before = run && comparableBefore(runs, run);
  const comparison = run && before && compareRuns(before, run);
  const summaries = run ? stepSummaries(run) : [];
  const known = { steps, run, summaries, people, isRecorded };
  const worst = worstOf(known);
  const rows = stepRows(known);
  const open = data.findings.filter((one) => one.target === name && isOpen(one));
  const stepNamed = (finding: Finding) => {
    const step = finding.where?.step;
    return typeof step === 'string' ? step : undefined;
  };
  const others = (people?.steps ?? []).filter(({ isOfJourney }) => !isOfJourney);
  return {
    name,
    title: target?.title?.trim() || name,
    stepCount: steps.length,
    isRecorded,
    isWalked: run !== undefined,
    fault: data.fault ?? null,
    about: aboutOf(data, run, people),
    answer: answerOf({ ...known, worst }),
    facts: [...factsOf(known), ...sinceFacts(data, people, comparison, before !== undefined)],
    steps: steps.map((step, index) => ({
      name: step.name,
      stage: step.stage,
      state: stateOf(
        summaries.find((one) => one.name === step.name),
        run !== undefined,
        step,
        isRecorded,
      ),
      mark: worst?.name === step.name ? worst.mark : null,
      rows: rows[index] ?? [],
      findings: listed(open.filter((one) => stepNamed(one) === step.name)),
      changes: (comparison?.steps.find((one) => one.name === step.name)?.differences ?? []).map(changeFact),
    })),
    worst,
    elsewhere: listed(open.filter((one) => !names.includes(stepNamed(one) ?? ''))),
    others: others.map(({ name: other }) => other),
    numbers: numbersOf(known),
    comparison: comparison && run ? comparedText(comparison, run, today) : null,
    sources: all.map((one) => ({ key: keyOf(one), label: sourceText(one, today) })),
    shown: people ? keyOf(people) : null,
  };
}

function aboutOf({ target, today, isRecorded }: JourneyData, run?: JourneyRun, people?: JourneyPeople): string[] {
  const { width, height } = run?.viewport ?? {};
  const machine = run
    ? `machine (lab): ${counted(run.walks.length, 'walk')} at ${run.environment}, ${width}×${height}, ` +
      `${run.browser}, ${dayText(run.at.slice(0, 10), today)}`
    : isRecorded
      ? 'machine: never walked on this computer'
      : 'machine: no recording';
  const counts = people ? `people (${people.basis}): ${sourceText(people, today)}` : 'people: no figures';
  return [
    machine,
    counts,
    ...(target?.stage === undefined ? [] : [`stage: ${target.stage}`]),
    ...(target?.owner === undefined ? [] : [`owner: ${target.owner}`]),
  ];
}

function stateOf(
  summary: StepSummary | undefined,
  wasWalked: boolean,
  { actions }: JourneyStep,
  isRecorded: boolean,
): StepView['state'] {
  if (!isRecorded && !summary) return { kind: 'unknown', text: 'not recorded' };
  if (!wasWalked) return { kind: 'unknown', text: 'never walked by machine' };
  if (!summary)
    return { kind: 'unknown', text: actions.length === 0 ? 'not recorded' : 'new: not walked since it was recorded' };
  const { tried, reached, why } = summary;
  if (tried === 0) return { kind: 'unknown', text: 'not reached by machine: an earlier step failed' };
  if (reached === tried) return null;
  const often =
    tried === 1 ? '' : reached === 0 ? ` in ${tried} of ${tried} walks` : ` in ${tried - reached} of ${tried} walks`;
  return { kind: 'failed', text: `cannot be completed${often}${why === undefined ? '' : `: ${why}`}` };
}

function listed(findings: readonly Finding[]): StepFinding[] {
  const worstFirst = [...findings].sort(
    (a, b) =>
      (severityOf(b) ?? -1) - (severityOf(a) ?? -1) || openPlacesOf(b) - openPlacesOf(a) || (a.id < b.id ? -1 : 1),
  );
  return worstFirst.map((finding) => {
    const places = openPlacesOf(finding);
    return {
      id: finding.id,
      title: shortTitle(finding),
      severity: severityOf(finding) ?? null,
      detail: [foundBy(finding), ...(places > 0 ? [counted(places, 'place')] : [])].join(' · '),
    };
  });
}

/** Who says that it is a problem. */
function foundBy(finding: Finding): string {
  const { kind, rule, ratings, comments } = finding;
  if (kind === 'observed') return saidText(finding) ?? '';
  if (kind === 'reported') return comments === undefined ? 'said by customers' : counted(comments, 'comment');
  if (kind !== 'automated') {
    const raters = Object.keys(ratings ?? {}).length;
    return [`evaluation with ${rule.split('/')[0]}`, ...(raters > 0 ? [`rated by ${raters}`] : [])].join(', ');
  }
  return rule.startsWith(`${JOURNEY_TOOL}/`) ? 'walked by machine' : 'audit at the end of the step';
}

/** What is known of change since the last run and the last round. */
function sinceFacts(
  { runs, today }: JourneyData,
  people: JourneyPeople | undefined,
  comparison: RunComparison | undefined,
  hasBefore: boolean,
): Fact[] {
  const facts: Fact[] = [];
  if (comparison) {
    const unknown = { value: 'cannot tell', detail: 'one of the runs does not tell the waiting of all these steps' };
    const { value, detail } = comparison.total ? changeFact(comparison.total) : unknown;
    facts.push({ label: `Waiting since ${dayText(comparison.since.slice(0, 10), today)}:`, value, detail });
  } else if (runs.length > 1 && !hasBefore)
    facts.push({
      label: 'Since the last run:',
      value: 'not comparable',
      detail: 'no earlier run has this place, window and browser',
    });
  if (people?.change) {
    const { verdict, before, at, shows } = people.change;
    const words = { worse: 'worse', better: 'better', unknown: 'cannot tell' };
    const was = `${percentText(before)} to ${dayText(at, today)}`;
    const limit =
      shows === undefined
        ? 'too few for an interval'
        : `these show only changes of about ${numberText(shows, 0)} points`;
    facts.push({
      label: 'Since the last round:',
      value: words[verdict],
      detail: verdict === 'unknown' ? `${was}; ${limit}` : was,
    });
  }
  return facts;
}

function comparedText({ since }: RunComparison, { environment }: JourneyRun, today: string): string {
  return `This run beside that of ${dayText(since.slice(0, 10), today)} (${environment})`;
}
