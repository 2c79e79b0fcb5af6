import { adjustedWald, type Interval, mean, meanInterval } from '../statistics/intervals';

/*
 * The formulas of figures; formulas.json has the source of each. Impossible input gives undefined, never 0.
 */

function allWithin(values: readonly number[], low: number, high: number): boolean {
  return values.every((value) => Number.isInteger(value) && value >= low && value <= high);
}

/** A rate in percent with its adjusted-Wald interval. */
export interface Rate {
  /** The counted rate in percent. */
  percent: number;
  x: number;
  n: number;
  /** In percent. */
  interval: Interval;
}

/** `x` of `n` as a percentage with its interval; undefined without a trial. */
export function rate(x: number, n: number): Rate | undefined {
  const share = adjustedWald(x, n);
  if (!share) return undefined;
  const { estimate, low, high } = share;
  return { percent: (x / n) * 100, x, n, interval: { estimate: estimate * 100, low: low * 100, high: high * 100 } };
}

/** System Usability Scale of one person, 0 to 100 (Brooke 1986): ten answers from 1 to 5. */
export function sus(answers: readonly number[]): number | undefined {
  if (answers.length !== 10 || !allWithin(answers, 1, 5)) return undefined;
  return answers.reduce((total, answer, index) => total + (index % 2 === 0 ? answer - 1 : 5 - answer), 0) * 2.5;
}

/** UMUX-Lite of one person, 0 to 100: two answers from 1 to 7. */
export function umuxLite(answers: readonly number[]): number | undefined {
  if (answers.length !== 2 || !allWithin(answers, 1, 7)) return undefined;
  return (answers.reduce((total, answer) => total + answer - 1, 0) / 12) * 100;
}

/** SUPR-Q raw score of one person, 1 to 5: seven answers from 1 to 5, then the likelihood to recommend from 0 to 10. */
export function suprq(answers: readonly number[]): number | undefined {
  const [others, likelihood = -1] = [answers.slice(0, 7), answers[7]];
  if (answers.length !== 8 || !allWithin(others, 1, 5) || !allWithin([likelihood], 0, 10)) return undefined;
  return mean([...others, likelihood / 2]);
}

/** After-Scenario Questionnaire of one person: mean of up to three answers from 1 to 7; `null` for no answer. */
export function asq(answers: readonly (number | null)[]): number | undefined {
  const given = answers.filter((answer) => answer !== null);
  return answers.length === 3 && allWithin(given, 1, 7) ? mean(given) : undefined;
}

/**
 * Net Promoter Score®, -100 to 100: promoters (9, 10) minus detractors (0 to 6), in percent of all answers from 0 to
 * 10. Its interval is that of the mean of +100, 0 and -100; undefined when all answers count the same.
 */
export function nps(ratings: readonly number[]) {
  const n = ratings.length;
  if (n === 0 || !allWithin(ratings, 0, 10)) return undefined;
  const points = ratings.map((rating) => (rating >= 9 ? 100 : rating <= 6 ? -100 : 0)).sort((a, b) => b - a);
  const count = (of: number) => points.filter((value) => value === of).length;
  const [promoters, passives, detractors] = [count(100), count(0), count(-100)];
  const score = ((promoters - detractors) / n) * 100;
  return { score, promoters, passives, detractors, n, interval: meanInterval(points) };
}

/**
 * Customer satisfaction: the share of the two best answers, in percent; 4 and 5 on the scale from 1 to 5. Results of
 * different scales are different measures.
 */
export function csat(ratings: readonly number[], [low, high]: readonly [number, number] = [1, 5]): Rate | undefined {
  if (!allWithin(ratings, low, high)) return undefined;
  return rate(ratings.filter((rating) => rating >= high - 1).length, ratings.length);
}

/**
 * Customer lifetime value with constant margin and retention, the first margin at the end of the first period:
 * m · r / (1 + i - r) - acquisition cost. All for one and the same period; shares from 0 to 1.
 */
export function lifetimeValue(given: {
  margin: number;
  retention: number;
  discount: number;
  acquisition?: number;
}): number | undefined {
  const { margin, retention: r, discount: i, acquisition = 0 } = given;
  return r >= 0 && r < 1 + i ? (margin * r) / (1 + i - r) - acquisition : undefined;
}

/** Those who started and did not complete, in percent of those who started. */
export function abandonment({ initiated, completed }: { initiated: number; completed: number }): Rate | undefined {
  return rate(initiated - completed, initiated);
}

/** The mean likelihood to recommend that a mean SUS score predicts, 0 to 10 (Lewis 2012). A model, not an NPS. */
export function likelihoodOfSus(score: number): number {
  return 1.33 + 0.08 * score;
}

/** Whether all three Core Web Vitals are good at the 75th percentile of field data; thresholds are inclusive. */
export function passesCoreWebVitals(p75: { lcp: number; inp: number; cls: number }): boolean {
  return p75.lcp <= 2500 && p75.inp <= 200 && p75.cls <= 0.1;
}
