import { byCodeUnit } from '../record/canonicalText';

/** The most pages that are proposed; audits of more take shards of a day. */
export const MAX_PROPOSED = 200;
/** How many pages of a group are proposed. */
export const SAMPLE = 3;
/** More siblings under which the same lies are values of one place in an address, not pages of their own. */
const SIBLINGS = 5;
/** At the top, where pages of their own stand side by side, it takes more. */
const SIBLINGS_AT_TOP = 20;

/** Pages of one template, such as `/product/*`. */
export interface PageGroup {
  /** The path with `*` for what differs. */
  template: string;
  /** How many pages of it were found. */
  pages: number;
  /** Those to audit: the first, and some spread over the others. */
  sampled: string[];
}

/** Why pages were left out, and how many. */
export interface LeftOut {
  count: number;
  why: string;
}

/** What was found of a site, and what of it is proposed. */
export interface Discovery {
  found: number;
  groups: PageGroup[];
  leftOut: LeftOut[];
}

/** Whether a part of a path is a value by its looks: a number, a date, an id, a hash. */
function isValue(part: string): boolean {
  return (
    /^\d+([.,-]\d+)*$/.test(part) ||
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part) ||
    (/^[0-9a-f]{8,}$/i.test(part) && /\d/.test(part)) ||
    /^\d+[-_]|[-_]\d{2,}(\.html?)?$/.test(part)
  );
}

interface Place {
  children: Map<string, Place>;
  /** Addresses that end here. */
  ends: string[];
}

const emptyPlace = (): Place => ({ children: new Map(), ends: [] });

/** The parts of an address: its path, a route in the fragment, and the names of its parameters as one. */
function partsOf(url: URL): string[] {
  const route = /^#!?\//.test(url.hash) ? ['#', ...url.hash.replace(/^#!?\//, '').split('/')] : [];
  const query = [...new Set(url.searchParams.keys())].sort().map((name) => `${name}=*`);
  const parts = [...url.pathname.split('/').slice(1), ...route];
  return query.length > 0 ? [...parts, `?${query.join('&')}`] : parts;
}

/** An address as the template of itself alone: its path, and the names of its parameters. */
export function templateOf(url: string): string {
  return templateText(partsOf(new URL(url)));
}

/**
 * Groups addresses of a site by template. Parts that look like values, and many siblings under which the same lies,
 * become `*`.
 * @param urls of one origin; doubles count once
 */
export function groupPages(urls: readonly string[]): { template: string; pages: string[] }[] {
  const root = emptyPlace();
  for (const url of [...new Set(urls)].sort(byCodeUnit)) {
    let place = root;
    for (const part of partsOf(new URL(url))) {
      const next = place.children.get(part) ?? emptyPlace();
      place.children.set(part, next);
      place = next;
    }
    place.ends.push(url);
  }
  const found: { template: string; pages: string[] }[] = [];
  collect(folded(root, true), [], found);
  return found.sort((a, b) => byCodeUnit(a.template, b.template));
}

/** A place whose children that are values, or one of many alike, stand as one. */
function folded(place: Place, isTop = false): Place {
  const all = [...place.children].map(([part, child]): [string, Place] => [part, folded(child)]);
  const alike = Map.groupBy(all, ([, child]) => shapeOf(child));
  const most = isTop ? SIBLINGS_AT_TOP : SIBLINGS;
  const isOneOfMany = (child: Place) => (alike.get(shapeOf(child)) ?? []).length > most;
  const isFolded = ([part, child]: [string, Place]) =>
    !part.startsWith('?') && part !== '#' && (isValue(part) || isOneOfMany(child));
  const [first, ...more] = all.filter(isFolded).map(([, child]) => child);
  const children = new Map(all.filter((entry) => !isFolded(entry)));
  if (first) children.set('*', folded(more.reduce(joined, first)));
  return { ends: place.ends, children };
}

/** What lies below a place, without the addresses. */
function shapeOf({ ends, children }: Place): string {
  const below = [...children].map(([part, child]) => `${part}(${shapeOf(child)})`);
  return `${ends.length > 0 ? '.' : ''}${below.sort(byCodeUnit).join()}`;
}

function joined(one: Place, other: Place): Place {
  const children = new Map(one.children);
  for (const [part, child] of other.children) {
    const known = children.get(part);
    children.set(part, known ? joined(known, child) : child);
  }
  return { ends: [...one.ends, ...other.ends], children };
}

function collect({ ends, children }: Place, parts: string[], found: { template: string; pages: string[] }[]): void {
  if (ends.length > 0) found.push({ template: templateText(parts), pages: ends });
  for (const [part, child] of children) collect(child, [...parts, part], found);
}

function templateText(parts: readonly string[]): string {
  return `/${parts.join('/')}`.replace(/\/(\?[^/]*)$/, '$1').replace('//#/', '/#/');
}

/** Some members spread over a list: the first, the last, and those between. */
function spreadOver<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  const places = Array.from({ length: count }, (_, index) =>
    Math.round((index * (all.length - 1)) / Math.max(1, count - 1)),
  );
  return [...new Set(places)].map((place) => all[place] as T);
}

/**
 * Proposes what to audit of the pages of a site: some of each group, or all with a `sample` of Infinity, at most
 * {@link MAX_PROPOSED} in all; groups are never dropped before all have one page.
 * @param leftOut what was left out before, such as addresses of other sites
 */
export function propose(urls: readonly string[], leftOut: readonly LeftOut[], sample = SAMPLE): Discovery {
  const all = groupPages(urls);
  const found = all.reduce((sum, { pages }) => sum + pages.length, 0);
  const room = found <= MAX_PROPOSED ? found : Math.floor(MAX_PROPOSED / all.length);
  const each = Math.max(1, Math.min(sample, room));
  const groups = all.map(({ template, pages }, index): PageGroup => {
    const sampled = index < MAX_PROPOSED ? spreadOver(pages, each) : [];
    return { template, pages: pages.length, sampled };
  });
  const alike = groups.reduce((sum, { pages, sampled }) => sum + (sampled.length > 0 ? pages - sampled.length : 0), 0);
  const beyond = groups.reduce((sum, { pages, sampled }) => sum + (sampled.length === 0 ? pages : 0), 0);
  return {
    found,
    groups,
    leftOut: [
      ...(alike > 0 ? [{ count: alike, why: `pages of the same template as sampled ones (${each} of each)` }] : []),
      ...(beyond > 0 ? [{ count: beyond, why: `beyond ${MAX_PROPOSED} templates` }] : []),
      ...leftOut.filter(({ count }) => count > 0),
    ],
  };
}
