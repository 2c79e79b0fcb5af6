import { usageError } from '../errors';
import { FEW } from '../outcomes/few';
import { type Figure, type Figures, listFigures } from '../outcomes/figures';
import { whyImpossible } from '../outcomes/possibleFigure';
import { tQuantile975 } from '../statistics/intervals';
import { answersForMean, answersForMeans, answersForShare, answersForShares } from '../statistics/sampleSize';
import { inertLine } from '../text/inertText';
import { type Instrument, type InstrumentId, instruments } from './instruments';

/** How far single answers lie apart, and how that is known. */
export interface SpreadAssumed {
  /** Standard deviation in the unit of the metric; of a share, its percentage. */
  value: number;
  basis: 'own' | 'published' | 'worst case';
  /** In words. */
  source: string;
}

/** How many answers a survey needs. */
export interface SurveyPlan {
  instrument: InstrumentId;
  metric: string;
  unit: string;
  spread: SpreadAssumed;
  /** Answers for a 95 % interval of `margin` to each side; null beyond 10 million. */
  intervals: { margin: number; answers: number | null }[];
  /** Answers in each of two groups or periods, for finding a true difference with 80 % power. */
  differences: { difference: number; answersEach: number | null }[];
}

/** Answers that a team's own spread needs at least: with fewer it is itself a guess. A rule of this tool. */
export const OWN_NEEDED = 10;

interface Scale {
  unit: string;
  /** From the lowest to the highest value. */
  range: number;
  spread: SpreadAssumed;
  /** The margins and differences that are shown when none is asked for. */
  usual: readonly number[];
  isShare?: boolean;
  variant?: string;
}

/**
 * Sauro & Lewis, "How to Estimate the Standard Deviation for Rating Scales" (measuringu.com): 25 % of the range on
 * average, over 100,000 answers to 4,048 items. Questionnaires of several items spread less, so it is safe for them.
 */
const quarter = (range: number): SpreadAssumed => ({
  value: range / 4,
  basis: 'published',
  source: 'a quarter of the scale, the mean of 4,048 rating items (Sauro & Lewis, measuringu.com)',
});

const scales: Readonly<Record<InstrumentId, Scale>> = {
  nps: {
    unit: 'points',
    range: 200,
    spread: { value: 100, basis: 'worst case', source: 'half would recommend, half would not' },
    usual: [5, 10, 15],
  },
  csat: {
    unit: 'percentage points',
    range: 100,
    spread: { value: 50, basis: 'worst case', source: 'half are satisfied' },
    usual: [3, 5, 10],
    isShare: true,
  },
  ces: { unit: 'points of 1 to 7', range: 6, spread: quarter(6), usual: [0.2, 0.3, 0.5], variant: '2.0' },
  seq: { unit: 'points of 1 to 7', range: 6, spread: quarter(6), usual: [0.2, 0.3, 0.5] },
  'umux-lite': { unit: 'points', range: 100, spread: quarter(100), usual: [3, 5, 10] },
  sus: {
    unit: 'points',
    range: 100,
    // Sauro & Lewis, "Sample Sizes for a SUS Score", measuringu.com
    spread: { value: 17.7, basis: 'published', source: 'thousands of SUS scores (Sauro & Lewis, measuringu.com)' },
    usual: [3, 5, 10],
  },
};

/**
 * Plans a survey: how many answers for which interval, how many for which difference. Never fewer than the few below
 * which no figure is shown.
 *
 * @param asked a margin, a difference, or neither for usual ones; in the unit of the metric
 * @param known the team's own figures, of which the newest tells the spread
 * @throws HumanError `plan-impossible` for a margin or difference that is not between 0 and the scale
 */
export function surveyPlan(
  id: InstrumentId,
  asked: { margin?: number | undefined; difference?: number | undefined },
  { figures, today }: { figures: Figures; today: string },
): SurveyPlan {
  const instrument = instruments[id];
  const scale = scales[id];
  const { unit, usual, isShare = false } = scale;
  const spread = ownSpread(instrument, scale, figures, today) ?? scale.spread;
  const { margin, difference } = asked;
  const none = margin === undefined && difference === undefined;
  const margins = margin !== undefined ? [margin] : none ? usual : [];
  const differences = difference !== undefined ? [difference] : none ? usual : [];
  for (const given of [...margins, ...differences]) {
    if (given > 0 && given <= scale.range / 2) continue;
    const what = `${given} is no margin or difference of ${instrument.name}: it lies above 0, up to half of the scale.`;
    throw usageError('plan-impossible', what, `Give a number such as ${usual[1]} (${unit}).`);
  }
  const share = shareOf(spread.value);
  const enough = (answers: number | undefined) =>
    answers === undefined || answers > 10_000_000 ? null : Math.max(FEW, answers);
  return {
    instrument: id,
    metric: instrument.metric,
    unit,
    spread,
    intervals: margins.map((one) => ({
      margin: one,
      answers: enough(isShare ? answersForShare(share, one / 100) : answersForMean(spread.value, one)),
    })),
    differences: differences.map((one) => ({
      difference: one,
      answersEach: enough(isShare ? answersForShares(share, one / 100) : answersForMeans(spread.value, one)),
    })),
  };
}

/** The share, up to a half, whose answers have a standard deviation in percent; both sides of a half spread alike. */
function shareOf(deviation: number): number {
  return (1 - Math.sqrt(Math.max(0, 1 - 4 * (deviation / 100) ** 2))) / 2;
}

/** The spread in the newest of the team's own figures that tells it. */
function ownSpread(
  { metric, name }: Instrument,
  { variant, isShare = false, range }: Scale,
  figures: Figures,
  today: string,
): SpreadAssumed | undefined {
  const own = listFigures(figures).filter(
    (one) =>
      one.metric === metric &&
      one.variant === variant &&
      (one.n ?? 0) >= OWN_NEEDED &&
      whyImpossible(one, today) === undefined,
  );
  for (const figure of own.toSorted((a, b) => (a.to < b.to ? 1 : -1))) {
    const value = isShare ? deviationOfShare(figure) : (deviationOfNps(figure) ?? deviationOfMean(figure));
    if (value === undefined || !(value > 0) || value > range / 2) continue;
    const { n, from, to, target, segment } = figure;
    const about = [target ?? [], segment ?? []]
      .flat()
      .map((of) => ` of ${of}`)
      .join('');
    const source = `your own ${name}${about}, ${from} to ${to}, n ${n}`;
    return { value: Number(value.toFixed(2)), basis: 'own', source };
  }
  return undefined;
}

function deviationOfShare({ value }: Figure): number | undefined {
  return Math.sqrt(value * (100 - value));
}

/** From promoters and detractors, who count as 100 and -100. */
function deviationOfNps({ metric, value, n = 0, parts }: Figure): number | undefined {
  const { promoters, detractors } = parts ?? {};
  if (metric !== 'nps' || promoters === undefined || detractors === undefined) return undefined;
  return Math.sqrt(((promoters + detractors) / n) * 10_000 - value ** 2);
}

/** Back from the interval of a mean; its wider side, since an end of the scale may have cut the other. */
function deviationOfMean({ value, n = 0, low, high }: Figure): number | undefined {
  if (low === undefined || high === undefined) return undefined;
  return (Math.max(value - low, high - value) * Math.sqrt(n)) / tQuantile975(n - 1);
}

/** The plan as lines for a terminal. */
export function planText({ instrument, unit, spread, intervals, differences }: SurveyPlan): string[] {
  const count = (answers: number | null) => (answers === null ? 'more than 10 million' : answers.toLocaleString('en'));
  const basis = { own: 'known from', published: 'published:', 'worst case': 'the worst case:' }[spread.basis];
  const known = `${basis} ${inertLine(spread.source)}`;
  return [
    `${instruments[instrument].name}: how many answers (not invitations)`,
    `Assumed: single answers have a standard deviation of ${spread.value} ${unit}; ${known}.`,
    ...(intervals.length > 0 ? ['', 'For a 95 % interval of'] : []),
    ...intervals.map(({ margin, answers }) => `  ± ${margin} ${unit}: ${count(answers)}`),
    ...(differences.length > 0 ? ['', 'To find, in 4 of 5 studies (80 % power, two-sided 5 %), a difference of'] : []),
    ...differences.map((one) => `  ${one.difference} ${unit}: ${count(one.answersEach)} in each of two groups`),
  ];
}
