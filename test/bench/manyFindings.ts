import { occurrenceKey } from '../../src/core/audit/occurrences';
import { type AuditRecord, emptyRecord, type Finding, type Occurrence } from '../../src/core/record/record';

/** Rules as automated findings name them, with titles of usual length; about half of them point at elements. */
const rules: readonly { id: string; title: string; severity: number; places: number }[] = [
  { id: 'image-alt', title: 'Image elements do not have `[alt]` attributes', severity: 3, places: 8 },
  {
    id: 'color-contrast',
    title: 'Background and foreground colors do not have a sufficient contrast ratio.',
    severity: 3,
    places: 10,
  },
  { id: 'link-name', title: 'Links do not have a discernible name', severity: 3, places: 4 },
  { id: 'label', title: 'Form elements do not have associated labels', severity: 3, places: 2 },
  {
    id: 'heading-order',
    title: 'Heading elements are not in a sequentially-descending order',
    severity: 2,
    places: 1,
  },
  { id: 'unused-css-rules', title: 'Reduce unused CSS', severity: 1, places: 3 },
  { id: 'unsized-images', title: 'Image elements do not have explicit `width` and `height`', severity: 2, places: 6 },
  { id: 'largest-contentful-paint', title: 'Largest Contentful Paint', severity: 2, places: 0 },
  { id: 'cumulative-layout-shift', title: 'Cumulative Layout Shift', severity: 2, places: 0 },
  { id: 'total-blocking-time', title: 'Total Blocking Time', severity: 2, places: 0 },
  { id: 'document-latency-insight', title: 'Document request latency', severity: 1, places: 0 },
  { id: 'network-dependency-tree-insight', title: 'Network dependency tree', severity: 1, places: 0 },
  { id: 'meta-description', title: 'Document does not have a meta description', severity: 2, places: 0 },
  { id: 'valid-source-maps', title: 'Missing source maps for large first-party JavaScript', severity: 1, places: 1 },
  { id: 'errors-in-console', title: 'Browser errors were logged to the console', severity: 2, places: 0 },
  { id: 'layout-shifts', title: 'Avoid large layout shifts', severity: 1, places: 0 },
];

/** On each page people found this many problems, beside the automated ones. */
const heuristicsPerPage = 4;
const raters = ['anna', 'boris', 'chidi'];
const day = (number: number) =>
  `2026-${String((number % 12) + 1).padStart(2, '0')}-${String((number % 28) + 1).padStart(2, '0')}`;

/** Numbers from 0 to 1 that are the same in every run: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function occurrences(count: number, page: number, random: () => number): Record<string, Occurrence> {
  const entries: [string, Occurrence][] = [];
  for (let place = 0; place < count; place += 1) {
    const occurrence: Occurrence =
      place % 4 === 3
        ? { url: `/static/js/part-${page}-${place}-HASH.js` }
        : {
            selector: `main.wrap > section.block-${page} > div.row > a.item-${place}`,
            snippet: `<a class="item-${place} button small" href="page-${page}.html">`,
            ...(random() < 0.1 && { n: 2 + Math.floor(random() * 5) }),
          };
    entries.push([occurrenceKey(occurrence), occurrence]);
  }
  return Object.fromEntries(entries);
}

/** Mostly open; some fixed, accepted, dismissed and reopened, as a record in use has them. */
function state(severity: number, number: number, random: () => number): Finding['state'] {
  const seenIn = random() < 0.7 ? ['local/mobile'] : ['deployed/mobile', 'local/mobile'];
  const chance = random();
  if (chance < 0.7) return { status: 'open', severity, seenIn, ...(random() < 0.2 && { owner: 'frontend' }) };
  if (chance < 0.82) return { status: 'fixed', severity, fixedOn: day(number) };
  if (chance < 0.9) {
    const reason = 'Comes from the payment provider; they are told and will mend it in spring.';
    return { status: 'accepted', severity, by: 'anna', on: day(number), reason, until: '2027-03-31', upTo: 5, seenIn };
  }
  if (chance < 0.95) return { status: 'false-positive', severity, by: 'boris', on: day(number), reason: 'Decorative.' };
  return { status: 'reopened', severity, on: day(number), seenIn };
}

function automated(target: string, page: number, rule: (typeof rules)[number], random: () => number): Finding {
  const count = Math.round(rule.places * random() * 2);
  return {
    kind: 'automated',
    rule: `lighthouse/${rule.id}`,
    title: rule.title,
    target,
    state: state(rule.severity, page, random),
    ...(count > 0 && { occurrences: occurrences(Math.min(20, count), page, random) }),
    firstSeen: day(page),
    id: `${target}/lighthouse/${rule.id}`,
  };
}

function heuristic(target: string, page: number, number: number, random: () => number): Finding {
  const rule = `H${String(1 + ((page + number) % 10)).padStart(2, '0')}`;
  const rate = () => Math.floor(random() * 5);
  return {
    kind: 'heuristic',
    rule: `nielsen-10/${rule}`,
    title: `The order can be sent twice without a warning (${page}.${number})`,
    target,
    state: { ...state(rate(), page, random), seenIn: undefined },
    ratings: Object.fromEntries(
      raters.map((rater) => [
        rater,
        { severity: rate(), frequency: rate(), impact: rate(), persistence: rate(), on: day(page) },
      ]),
    ),
    where: { element: 'the button "Order now"', when: 'after the first click' },
    note: 'Nothing shows that the order is on its way, so people click again and order twice.',
    recommendation: 'Disable the button while the order is sent, and say that it is.',
    cx: { stage: 'purchase', impact: 'high' },
    firstSeen: day(page),
    id: `${target}/nielsen-10/${rule}/${page.toString(36)}${number}`,
  };
}

/**
 * A record with exactly `count` findings as a large shop's would be: 20 findings on each page, four in five of them
 * automated, with the lengths and numbers of occurrences that audits of the sample shop give. The same count always
 * gives the same record.
 */
export function manyFindings(count: number): AuditRecord {
  const random = generator(count);
  const record = emptyRecord();
  let left = count;
  for (let page = 0; left > 0; page += 1) {
    const target = `page-${page}`;
    record.targets[target] = {
      kind: 'page',
      path: `/shop/page-${page}.html`,
      origins: { deployed: 'https://shop.example', local: 'http://localhost:3000' },
    };
    const findings = [
      ...rules.map((rule) => automated(target, page, rule, random)),
      ...Array.from({ length: heuristicsPerPage }, (_, number) => heuristic(target, page, number, random)),
    ];
    for (const finding of findings.slice(0, left)) record.findings[finding.id] = finding;
    left -= Math.min(left, findings.length);
  }
  return record;
}
