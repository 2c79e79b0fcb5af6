import { counted } from '../text/counted';
import { groupRanked, type RankedFinding } from './fixFirst';
import { worstFirst } from './impactView';
import { daysOld, isMajor, type Known, metricIn, nameOfPage, shareText, subject, type Tile, usable } from './tiles';
import { type Trend, trendOfRuns } from './tileTrends';

/** Who is shut out: pages with open major problems of accessibility, else with smaller ones. */
export function accessTile({ data, view, ranked }: Known): Tile {
  const about = { id: 'access', title: 'Access' } as const;
  const scores = usable(view, 'a11y_score');
  const found = ranked.filter(({ metrics }) => metrics.includes('a11y_violations'));
  const pages = [...new Set([...scores, ...found].map(nameOfPage))];
  if (pages.length === 0)
    return { ...about, rating: null, learn: { text: 'Can everybody use it? Audit a page to see.', way: 'audit' } };
  const major = found.filter(isMajor);
  const { words, ...rated } =
    major.length > 0
      ? { rating: 'poor' as const, words: barriers(major, pages, majorWords) }
      : found.length > 0
        ? { rating: 'needs improvement' as const, words: barriers(found, pages, smallWords) }
        : { rating: null, standing: 'nothing found', words: nothingFound(pages) };
  const { clause, ...numbers } = words;
  const score = metricIn(view, 'a11y_score');
  const [worst] = worstFirst(scores, score);
  const trend = worst && score ? ofScore(trendOfRuns(data, worst, score)) : noTrend;
  return {
    ...about,
    ...rated,
    page: pages.length === 1 ? pages[0] : undefined,
    staleFor: daysOld(scores, data.today),
    clause,
    known: { ...numbers, trend, metric: 'a11y_violations' },
  };
}

/** A problem is one kind of barrier, on all pages where it is. */
interface Kinds {
  kind: [one: string, many: string];
  one: string;
  many: string;
  label: string;
}

type Words = Pick<NonNullable<Tile['known']>, 'figure' | 'label' | 'detail'> & { clause: string };

const majorWords: Kinds = {
  kind: ['kind of major problem', 'kinds of major problems'],
  one: 'shuts some people out',
  many: 'shut some people out',
  label: 'pages shut people out',
};
const smallWords: Kinds = {
  kind: ['kind of smaller problem', 'kinds of smaller problems'],
  one: 'makes it harder for some people',
  many: 'make it harder for some people',
  label: 'pages make it harder',
};

function barriers(found: readonly RankedFinding[], pages: readonly string[], words: Kinds): Words {
  const shut = [...new Set(found.map(nameOfPage))];
  const problems = groupRanked(found).length;
  const places = counted(
    found.reduce((sum, one) => sum + one.places, 0),
    'place',
  );
  const [page] = pages;
  if (pages.length === 1) {
    return {
      figure: String(problems),
      label: words.kind[problems === 1 ? 0 : 1],
      detail: `${places}, on ${page}`,
      clause: `${page} ${words.one} in ${places}`,
    };
  }
  return {
    figure: shareText(shut.length, pages.length),
    label: words.label,
    detail: `${counted(problems, ...words.kind)} in ${places}`,
    clause: `${subject(shut, pages.length)} ${shut.length > 1 ? words.many : words.one}`,
  };
}

function nothingFound(pages: readonly string[]): Words {
  return {
    figure: '0',
    label: 'problems found by software',
    detail: `${counted(pages.length, 'page')}; software finds only part of the barriers`,
    clause: 'software found nothing that shuts people out',
  };
}

const noTrend: Trend = { points: [], about: '', says: 'not audited, no trend', verdict: undefined };

/** The trend is of Lighthouse's score, where more is better: it says so. */
const ofScore = (trend: Trend): Trend => ({
  ...trend,
  about: trend.about.replace(/^([^,]*)/, '$1, accessibility score'),
});
