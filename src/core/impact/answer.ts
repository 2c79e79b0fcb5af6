import { counted } from '../text/counted';
import { accessTile } from './accessTile';
import { whyNoClaim } from './claims';
import type { RankedFinding } from './fixFirst';
import { gradeWord, placeOfGrade } from './grades';
import { valueText } from './impactText';
import type { ImpactValue } from './impactValue';
import type { ImpactView } from './impactView';
import {
  customersTile,
  easeTile,
  isMajor,
  type Known,
  newestPeriods,
  speedTile,
  type Tile,
  type TileId,
  triedIn,
} from './tiles';

/** A part of a sentence; one about a tile leads to it. */
export interface Part {
  text: string;
  tile?: TileId;
}

/** What the first page says: rules over the data, no weights and no score. */
export interface Answer {
  sentences: Part[][];
  /** What is not known, in one sentence; empty when all four sides are. */
  unknown: string;
  /** What is old, or was measured of a development build: one sentence each. */
  notices: string[];
  tiles: Tile[];
  /** What hurts customers most, and how that is known. */
  hurts: string;
  /** Which sides may be claimed, and why others may not; empty where nothing is known. */
  claims: string;
  /** What to learn next, at most three. */
  questions: { question: string; how: string }[];
}

/** How problems are ordered, in words; the order is that of `problemsOf`. */
const rankingText =
  'Ranked by severity, then by what a fix would save, then by how many pages have it. What hurts most is said by ' +
  'customers or studies, so it need not come first here.';

/** How problems are ordered, with what decides among equals where that is known. */
export function rankingOf(ranked: readonly RankedFinding[]): string {
  if (!ranked.some(({ named }) => named)) return rankingText;
  return `${rankingText} Among equals, what more customers gave as a reason for leaving comes first.`;
}

/** Composes the answer. Each clause comes from one tile, so that every word can be traced to its number. */
export function answerOf(known: Known): Answer {
  const [speed, access, ease, customers] = [speedTile(known), accessTile(known), easeTile(known), customersTile(known)];
  const tiles = [speed, access, ease, customers];
  const again = speed.clause !== undefined && speed.page !== undefined && speed.page === access.page;
  const measured = [speed, access, ease].flatMap(({ clause, id, page }) => {
    if (!clause) return [];
    const isSame = id === 'access' && again && clause.startsWith(`${page} `);
    return [{ text: isSame ? `it${clause.slice(page?.length)}` : clause, tile: id }];
  });
  const said = customers.clause === undefined ? [] : [{ text: customers.clause, tile: customers.id }];
  const sentences = [joined(measured), said].filter((parts) => parts.length > 0).map(sentence);
  return {
    sentences: sentences.length > 0 ? sentences : [[{ text: 'Nothing is known yet.' }]],
    unknown: unknownText(tiles),
    notices: noticesOf(known, tiles),
    tiles,
    hurts: hurtsText(known, tiles),
    claims: claimsText(known, tiles),
    questions: questionsOf(known, tiles),
  };
}

/** The answer as plain text. */
export function answerText({ sentences }: Pick<Answer, 'sentences'>): string {
  return sentences.map((parts) => parts.map(({ text }) => text).join('')).join(' ');
}

/** `a, b, and c`, as parts. */
function joined(parts: readonly Part[], word: 'and' | 'or' = 'and'): Part[] {
  return parts.flatMap((part, index) => {
    if (index === 0) return [part];
    const isLast = index === parts.length - 1;
    return [{ text: isLast ? (parts.length > 2 ? `, ${word} ` : ` ${word} `) : ', ' }, part];
  });
}

function sentence(parts: readonly Part[]): Part[] {
  const [first, ...others] = parts;
  if (!first) return [];
  return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...others, { text: '.' }];
}

const sides: Record<TileId, string> = {
  speed: 'how fast pages load',
  access: 'who is shut out',
  ease: 'how people get on',
  customers: 'what customers say and do',
};

function unknownText(tiles: readonly Tile[]): string {
  const open = tiles.filter(({ known }) => !known).map(({ id }) => ({ text: sides[id] }));
  if (open.length === 0 || open.length === tiles.length) return '';
  const text = joined(open, 'or').map((part) => part.text);
  return `Not known yet: ${text.join('')}.`;
}

function claimsText({ view }: Known, tiles: readonly Tile[]): string {
  const all = tiles.flatMap(({ title, known }) =>
    known ? [{ side: title.toLowerCase(), metric: known.metric, why: whyNoSide(view, known.metric) }] : [],
  );
  const listed = (sides: readonly string[]) =>
    joined(sides.map((text) => ({ text })))
      .map(({ text }) => text)
      .join('');
  const may = Map.groupBy(
    all.filter(({ why }) => why === undefined),
    ({ metric }) => carriedBy(view, metric),
  );
  const not = all.flatMap(({ side, why }) => (why === undefined ? [] : [`${side} (${why})`]));
  const claims = [...may].map(([carried, of]) => `${listed(of.map(({ side }) => side))}, ${carried}`);
  return [
    ...(claims.length > 0 ? [`${claims.join('; ')}.`] : not.length > 0 ? ['nothing yet.'] : []),
    ...(not.length > 0 ? [`Not ${listed(not)}.`] : []),
  ].join(' ');
}

/** What a claim of the metric of a tile carries: no more than its values have. */
function carriedBy(view: ImpactView, metric: string | undefined): string {
  if (metric === 'a11y_violations') return 'by pages and places';
  const values = view.values.filter((value) => value.metric === metric);
  if (values.some(({ n }) => n === undefined)) return 'with its source';
  return values.every(({ low, high }) => low !== undefined && high !== undefined) ? 'with n and range' : 'with n';
}

/** Why not all values of the metric of a tile may be claimed; undefined when they may. */
function whyNoSide(view: ImpactView, metric: string | undefined): string | undefined {
  if (metric === undefined) return 'problems that people named, not measured of visitors';
  const values = view.values.filter((value) => value.metric === metric);
  return values.map(whyNoClaim).find((why) => why !== undefined);
}

function noticesOf({ data }: Known, tiles: readonly Tile[]): string[] {
  const stale = tiles.filter(({ staleFor }) => staleFor !== undefined);
  const shown = tiles.filter(({ known }) => known);
  const ages = stale.map(({ title, staleFor }) => `${title} is ${counted(staleFor ?? 0, 'day')} old`).join(', ');
  const speed = tiles.find(({ id }) => id === 'speed');
  const newest = new Map(data.runs.map((run) => [`${run.target}\n${run.environment}\n${run.formFactor}`, run]));
  const development = new Set([...newest.values()].flatMap(({ development: tool, target }) => (tool ? [target] : [])));
  const now = stale.length === shown.length ? 'Everything here is old and may have changed' : 'Some of this is old';
  const build = `The newest audit of ${[...development].slice(0, 3).join(', ')} was of a development build, whose load`;
  return [
    ...(stale.length > 0 ? [`${now}: ${ages}. Measure again before you rely on it.`] : []),
    ...(speed?.known && development.size > 0 ? [`${build} times are not shown.`] : []),
  ];
}

/** What is wrong when a metric is poor, where its name says little. */
const plainly: Record<string, string> = {
  lcp: 'The main content shows late',
  cwv_bundle: 'Pages are slow in several ways at once',
};
const studyWords = {
  causal: 'an experiment',
  correlational: 'an observation',
  survey: 'a survey',
  opinion: 'an opinion',
};

/** What hurts customers most: what they said, then what was seen of people, then what studies of others tell. */
function hurtsText({ view, ranked }: Known, tiles: readonly Tile[]): string {
  const reasons = view.values.find(({ metric, state }) => metric === 'churn_reasons' && state !== 'too few');
  if (reasons) return `Customers who left gave as reasons: ${valueText(reasons)} (they said so, ${reasons.about}).`;
  const lost = worstCompletion(view.values);
  if (lost) {
    const { x, n } = lost.parts ?? {};
    const rate = x === undefined || n === undefined ? `${valueText(lost)} of` : `${x} of ${n}`;
    const { task } = triedIn(lost);
    const who = lost.who === undefined ? '' : `${lost.who}; `;
    return `People do not finish: ${rate} attempts${task && ` at “${task}”`} succeeded (${who}watched here).`;
  }
  const poor = view.values.filter(({ verdict, state }) => verdict === 'poor' && state !== 'too few');
  const best = view.paths
    .filter(({ ux, links }) => links.length > 0 && poor.some(({ metric }) => metric === ux))
    .sort((a, b) => placeOfGrade(a.grade) - placeOfGrade(b.grade))[0];
  const nameOf = (id: string) => view.metrics.find((one) => one.id === id)?.name ?? id;
  const asked = tiles.some(({ id, known }) => id === 'customers' && known) ? '' : ' Your own customers were not asked.';
  if (best) {
    const what = plainly[best.ux] ?? `${nameOf(best.ux)} is poor`;
    const outcome = nameOf(best.cx).toLowerCase();
    return `${what}. At others, ${studyWords[gradeWord(best.grade)]} tied that to ${outcome}.${asked}`;
  }
  const shut = ranked.filter((one) => one.metrics.includes('a11y_violations') && isMajor(one));
  if (shut.length > 0)
    return `Barriers. Of people with access needs, 7 in 10 told a survey that they leave such sites.${asked}`;
  return '';
}

/** The task that fewest finish; what people finished without help is no task of its own. */
function worstCompletion(values: readonly ImpactValue[]): ImpactValue | undefined {
  const tried = values.filter(
    (one) => one.metric === 'task_completion_rate' && one.state !== 'too few' && triedIn(one).alone === '',
  );
  const [worst] = newestPeriods(tried).sort((a, b) => a.value - b.value);
  return worst && worst.value < 95 ? worst : undefined;
}

/** What a team can learn next, the widest gap first. */
function questionsOf({ data, view }: Known, tiles: readonly Tile[]): Answer['questions'] {
  const has = (...ids: string[]) => view.values.some(({ metric }) => ids.includes(metric));
  const isField = view.values.some(({ metric, basis }) => metric === 'lcp' && basis === 'field');
  const isKnown = (id: TileId) => tiles.some((tile) => tile.id === id && tile.known);
  const audited = new Set(data.runs.map(({ target }) => target));
  const left = data.targets.filter(({ slug, kind }) => kind === 'page' && !audited.has(slug)).length;
  const all = [
    {
      is: left > 0 && audited.size > 0,
      question: 'Are the other pages alike?',
      how: `Audit the ${left} that were not.`,
    },
    {
      is: isKnown('ease') && !has('task_completion_rate'),
      question: 'Can people finish what they came for?',
      how: 'Watch five people try, and import the table.',
    },
    {
      is: isKnown('customers') && !has('nps', 'csat', 'ces', 'satisfaction'),
      question: 'What do customers say?',
      how: 'Ask them: NPS, satisfaction or effort, and import the answers.',
    },
    {
      is: isKnown('customers') && !has('conversion_rate'),
      question: 'Do visits end in orders?',
      how: 'Import visits and conversions by month.',
    },
    {
      is: isKnown('customers') && !has('retention_rate', 'churn_rate'),
      question: 'Do people come back?',
      how: 'Import customers by month: at the start, new, lost.',
    },
    {
      is: isKnown('customers') && !has('churn_reasons'),
      question: 'Why do customers leave?',
      how: 'Count the reasons they give, in the same table.',
    },
    {
      is: isKnown('speed') && !isField,
      question: 'How fast is it for real visitors?',
      how: 'The lab stands for one device and network. Ask for field data of a deployed page.',
    },
  ];
  return all.flatMap(({ is, question, how }) => (is ? [{ question, how }] : [])).slice(0, 3);
}
