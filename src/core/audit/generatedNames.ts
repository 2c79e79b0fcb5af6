import type { AuditItem } from './lighthouseReport';

/** What libraries call the elements that they give an id. */
const elements =
  '(?:input|field|select|textarea|checkbox|radio|switch|button|dialog|modal|menu|tooltip|popover|tab|panel|label|' +
  'listbox|option|control|form|id|uid|el|element|item|component)';

/** Ids that libraries make anew for each load, by the generators of these libraries. */
const generators = [
  // React's useId, and what builds on it
  '(?:[\\w-]+-)?(?:\\\\?:[rR][\\da-zA-Z]*\\\\?:|«[rR][\\da-z]*»|_[rR]_[\\da-z]+_)(?:-[\\w-]+)?',
  'mui-\\d+',
  'ember\\d+',
  'headlessui-[a-z-]+-\\d+',
  '(?:cdk|mat)-[a-z-]+-\\d+', // Angular Material
  'ngb-[a-z-]+-\\d+',
  'react-(?:aria|select|tabs|autosuggest|collapsed)[\\w-]*\\d[\\w-]*',
  'rc[-_](?:tabs|select|tree|menu|collapse)[\\w-]*\\d[\\w-]*', // Ant Design
  'downshift-\\d+[\\w-]*',
  'reach-[a-z-]+\\d+',
  '(?:chakra|field|menu-button|menu-list|popover-trigger|popover-content)-:[\\w-]+:?',
  'tippy-\\d+',
  'ui-id-\\d+', // jQuery UI
  'select2-[\\w-]+-[a-z0-9]{2}(?:-[\\w-]+)?',
  'yui_[\\d_]+',
  'ext-(?:gen|comp|element)-?\\d+',
  'gwt-uid-\\d+',
  '__BVID__\\d+[\\w-]*', // BootstrapVue
  'pv_id_\\d+[\\w-]*', // PrimeVue
  '(?:input|checkbox|radio|menu|switch)-v-\\d+', // Vuetify
  'v-\\d+(?:-\\d+)+',
  `${elements}-(?=[a-f]*\\d)(?=\\d*[a-f])[\\da-f]{8,}`,
  `${elements}-[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}`, // a UUID
].join('|');
const idInSelector = new RegExp(`#(?:${generators})(?![\\w«»-])`, 'g');
const isGenerated = new RegExp(`^#?(?:${generators})$`);

/** A selector without ids that were made for one load. */
export function withoutGeneratedIds(selector: string): string {
  // an element that only its id named keeps its place
  return selector.replace(idInSelector, (_, at: number) => (/[\w\])]/.test(selector[at - 1] ?? '') ? '' : '*'));
}

/** Attributes whose value is an id, or refers to ids. */
const referring = /\s(?:id|for|name|list|headers|form|href|xlink:href|aria-[a-z]+)=(?:"([^"]*)"|'([^']*)')/gi;

/** A piece of HTML without attributes that hold an id that was made for one load. */
export function withoutGeneratedAttributes(snippet: string): string {
  return snippet.replace(referring, (attribute, double?: string, single?: string) =>
    (double ?? single ?? '').split(/\s+/).some((word) => isGenerated.test(word)) ? '' : attribute,
  );
}

const selectorName = /([#.][^\s>+~#.[\]:]+)/;
const attribute = /(\s[\w:.-]+=(?:"[^"]*"|'[^']*'))/;

/** What two texts have alike, cut into pieces; undefined when they differ elsewhere than in their odd pieces. */
function alike(
  one: string,
  other: string,
  pieces: RegExp,
  between: (a: string, b: string) => string | undefined,
): string | undefined {
  const [a, b] = [one.split(pieces), other.split(pieces)];
  if (a.length !== b.length || a.some((piece, index) => index % 2 === 0 && piece !== b[index])) return undefined;
  const kept = a.map((piece, index) => (piece === b[index] ? piece : between(piece, b[index] as string)));
  return kept.includes(undefined) ? undefined : kept.join('');
}

/** Attributes that hold names, or that places never keep (occurrences.ts). */
const named = /^(?:id|class|for|name|list|headers|form|value|nonce|integrity|style|aria-[a-z]+|data-[\w-]+)$/i;

/** What is left of a name that differs: nothing where both hold a digit, or one does and they begin alike (`btn_`). */
function commonName(one: string, other: string): string | undefined {
  const digits = [one, other].filter((name) => /\d/.test(name)).length;
  const beginning = /^[#.][A-Za-z]+[-_]/.exec(one)?.[0];
  return digits === 2 || (digits === 1 && beginning && other.startsWith(beginning)) ? '' : undefined;
}

/** What is left of an attribute that differs: the common words of a class, nothing of another name. */
function commonAttribute(one: string, other: string): string | undefined {
  const parts = (text: string): string[] => /^\s([\w:.-]+)=["']([^"']*)/.exec(text)?.slice(1) ?? [];
  const [name = '', text = ''] = parts(one);
  const [otherName, otherText = ''] = parts(other);
  if (name !== otherName) return undefined;
  if (text.split('?')[0] === otherText.split('?')[0]) return one; // places keep no query
  if (!named.test(name)) return undefined;
  const kept = text.split(/\s+/).filter((word) => otherText.split(/\s+/).includes(word));
  return name === 'class' ? ` class="${kept.join(' ')}"` : ''; // an empty class is what a known pattern leaves too
}

/** The same element in two loads, without the names that differ; undefined when it is not the same. */
function common(one: AuditItem, other: AuditItem): AuditItem | undefined {
  if (one.selector === undefined || other.selector === undefined) return undefined;
  const selector = alike(one.selector, other.selector, selectorName, commonName);
  const snippet = alike(one.snippet ?? '', other.snippet ?? '', attribute, commonAttribute);
  if (selector === undefined || snippet === undefined) return undefined;
  return { ...one, selector, ...(one.snippet !== undefined && { snippet }) };
}

/**
 * The places of one load, without names that another load of the same page shows to be made anew: where both list the
 * same number of places that the other does not have, in document order, and each pair differs in names alone.
 * @param keyOf the key of a place
 */
export function placesInBoth(
  items: readonly AuditItem[],
  other: readonly AuditItem[],
  keyOf: (item: AuditItem) => string,
): AuditItem[] {
  const [own, others] = [new Set(items.map(keyOf)), new Set(other.map(keyOf))];
  const left = items.filter((item) => !others.has(keyOf(item)));
  const added = other.filter((item) => !own.has(keyOf(item)));
  if (left.length === 0 || left.length !== added.length) return [...items];
  const pairs = new Map(left.map((item, index) => [item, common(item, added[index] as AuditItem)]));
  if ([...pairs.values()].includes(undefined)) return [...items];
  return items.map((item) => pairs.get(item) ?? item);
}
