import type { Checklist } from '../checklist/checklist';
import { criterionSlug } from './earl';
import type { AnswerVerdict } from './evaluation';
import { LinkedData, type LinkedNode, localName, textOf } from './jsonLd';
import { wcag20Ids } from './wcag20Ids';

/** The answer to one criterion on one page of a WCAG-EM report. */
export interface EarlAnswer {
  item: string;
  verdict: AnswerVerdict;
  note?: string;
}

/** A page of an imported report. */
export interface EarlSample {
  title: string;
  url?: string;
  answers: EarlAnswer[];
}

/** Results that are not taken over, and why. */
export interface LeftOut {
  why: string;
  /** Such as `1.1.1 fail`. */
  what: string[];
}

/** Local names of outcomes, their classes, and those of earlier drafts of EARL. */
const verdicts: Record<string, AnswerVerdict | 'untested'> = {
  passed: 'pass',
  pass: 'pass',
  failed: 'fail',
  fail: 'fail',
  inapplicable: 'n/a',
  notapplicable: 'n/a',
  canttell: 'unsure',
  cannottell: 'unsure',
  untested: 'untested',
  nottested: 'untested',
};

const samples = ['structuredsample', 'randomsample', 'step3a', 'step3b'];
const pagesOfSample = ['webpage', 'webpagedef', 'dfn-web-page-s'];
const sites = ['scope', 'website', 'set-of-web-pagesdef', 'dfn-set-of-web-pages'];
const tests = ['test', 'testcase', 'testrequirement'];
const names = new Set([
  ...[...samples, ...pagesOfSample, ...sites, ...tests],
  ...['id', 'type', 'subject', 'result', 'outcome', 'description', 'title', 'handle', 'source', 'haspart'],
]);

/**
 * Reads WCAG-EM data with EARL assertions as its tools of versions 1 and 2 save it, and EARL on its own. Of several
 * results for one criterion and page the worst counts.
 * @returns undefined when it holds no assertion
 */
export function parseEarl(
  value: unknown,
  checklist: Checklist,
): { samples: EarlSample[]; leftOut: LeftOut[]; untested: number } | undefined {
  const data = new LinkedData(value, names);
  const pages = new Pages(data);
  const itemOf = criteria(checklist);
  const leftOut = new Map<string, string[]>();
  const leave = (why: string, what: string) => leftOut.set(why, [...(leftOut.get(why) ?? []), what]);
  let untested = 0;
  const assertions = assertionsOf(data);
  for (const { node, test } of assertions) {
    const [result = node] = data.nodesOf(node, 'result');
    const named = test === undefined ? 'one without a test' : (textOf(test, 'id') ?? textOf(test, 'title') ?? 'one');
    const verdict = verdictOf(data, result);
    if (verdict === 'untested') {
      untested += 1;
      continue;
    }
    const item = test && itemOf(test);
    if (verdict === undefined) leave('without an outcome of EARL', item ?? named);
    else if (item === undefined) leave(`not about a criterion of ${checklist.title}`, named);
    else {
      const note = textOf(result, 'description');
      const subjects = data.nodesOf(node, 'subject');
      if (subjects.length === 0) leave('about nothing that is named', `${item} ${verdict}`);
      for (const subject of subjects) {
        const sample = pages.of(subject);
        if (typeof sample === 'string') leave(sample, `${item} ${verdict}`);
        else sample.answers.push({ item, verdict, ...(note !== undefined && { note }) });
      }
    }
  }
  if (assertions.length === 0) return undefined;
  return { samples: pages.all(), leftOut: [...leftOut].map(([why, what]) => ({ why, what })), untested };
}

/** One answer for each criterion: the worst verdict with its notes. */
export function worstAnswers(answers: readonly EarlAnswer[]): EarlAnswer[] {
  const order: AnswerVerdict[] = ['fail', 'unsure', 'pass', 'n/a'];
  return [...Map.groupBy(answers, ({ item }) => item)].map(([item, same]) => {
    const verdict = order.find((one) => same.some((answer) => answer.verdict === one)) as AnswerVerdict;
    const notes = new Set(same.flatMap((answer) => (answer.verdict === verdict ? (answer.note ?? []) : [])));
    return { item, verdict, ...(notes.size > 0 && { note: [...notes].join('\n') }) };
  });
}

/** Assertions with what they test. One that is part of another tests the same unless it says otherwise. */
function assertionsOf(data: LinkedData): { node: LinkedNode; test: LinkedNode | undefined }[] {
  const whole = new Map(
    data.nodes.flatMap((node) => data.nodesOf(node, 'haspart').map((part) => [part, node] as const)),
  );
  const testOf = (node: LinkedNode) => data.nodesOf(node, ...tests)[0];
  return data.nodes.flatMap((node) => {
    const isAssertion = typesOf(node).includes('assertion') || (testOf(node) && node.has('result'));
    const parent = whole.get(node);
    return isAssertion ? [{ node, test: testOf(node) ?? (parent && testOf(parent)) }] : [];
  });
}

function typesOf(node: LinkedNode): string[] {
  return (node.get('type') ?? []).flatMap((type) => (typeof type === 'string' ? localName(type) : []));
}

function verdictOf(data: LinkedData, result: LinkedNode): AnswerVerdict | 'untested' | undefined {
  const [outcome] = data.nodesOf(result, 'outcome');
  const said = [textOf(outcome, 'id') ?? textOf(outcome, 'value') ?? '', ...(outcome ? typesOf(outcome) : [])];
  return said.flatMap((name) => (Object.hasOwn(verdicts, localName(name)) ? verdicts[localName(name)] : []))[0];
}

/** Finds the item that a test is: by W3C's name of the criterion in WCAG 2.0, 2.1 or 2.2, its number or its title. */
function criteria(checklist: Checklist): (test: LinkedNode) => string | undefined {
  const known = new Map<string, string>();
  for (const { id, title, url } of checklist.items) {
    for (const name of [id, title, criterionSlug(url), wcag20Ids[id]]) if (name) known.set(name.toLowerCase(), id);
  }
  return (test) => {
    const id = textOf(test, 'id') ?? '';
    const title = textOf(test, 'title')?.toLowerCase() ?? '';
    const isOther = /:\/\//.test(id) && !/wcag/i.test(id); // a rule of a tool, which is a part of a criterion
    if (isOther) return undefined;
    const name = localName(id).replace(/\.html$|^qr-/g, '');
    return known.get(name) ?? known.get(/^\d+\.\d+\.\d+/.exec(title)?.[0] ?? '') ?? known.get(title);
  };
}

/** The pages of a report, by their ids and addresses. */
class Pages {
  private readonly samples = new Map<string, EarlSample>();
  private readonly siteIds: ReadonlySet<string>;

  constructor(data: LinkedData) {
    const found = data.nodes.flatMap((node) => data.nodesOf(node, ...sites));
    this.siteIds = new Set(found.flatMap((site) => textOf(site, 'id') ?? []));
    for (const sample of data.nodes.flatMap((node) => data.nodesOf(node, ...samples))) {
      const inner = data.nodesOf(sample, ...pagesOfSample);
      for (const page of inner.length > 0 || typesOf(sample).includes('sample') ? inner : [sample]) this.add(page);
    }
  }

  all(): EarlSample[] {
    return [...new Set(this.samples.values())];
  }

  /** The page that a subject is, or why there is none. */
  of(subject: LinkedNode): EarlSample | string {
    const id = textOf(subject, 'id') ?? '';
    const named = this.samples.get(id);
    if (named) return named;
    if (this.siteIds.has(id) || typesOf(subject).includes('website'))
      return 'about the whole site, not a page (answer each page)';
    if (addressOf(subject) === undefined) return 'about something that the report does not describe as a page';
    return this.add(subject);
  }

  private add(page: LinkedNode): EarlSample {
    const id = textOf(page, 'id');
    const url = addressOf(page);
    const title = textOf(page, 'title') ?? textOf(page, 'handle') ?? url ?? id ?? '';
    const known = url === undefined ? undefined : this.samples.get(url);
    const sample = known ?? { title, ...(url !== undefined && { url }), answers: [] };
    for (const key of [id, url]) if (key !== undefined) this.samples.set(key, sample);
    return sample;
  }
}

/** The first web address that a page names. */
function addressOf(page: LinkedNode): string | undefined {
  const texts = ['source', 'description', 'title', 'id'].map((name) => textOf(page, name) ?? '');
  const found = texts.flatMap((text) => /https?:\/\/[^\s<>"]+/.exec(text) ?? [])[0];
  return found === undefined ? undefined : (URL.parse(found)?.href ?? undefined);
}
