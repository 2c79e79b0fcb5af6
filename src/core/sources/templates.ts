import { Lines } from './lines';
import { type OpeningTag, readOpeningTag } from './openingTag';
import type { Position, ReportedElement } from './sources';

/** Kinds of files that have elements in them: pages, components, templates. */
export const templateFile = new RegExp(
  '\\.(?:html?|xhtml|[jt]sx|vue|svelte|astro|mdx?|php|phtml|erb|twig|liquid|njk|nunjucks|hbs|handlebars|mustache|ejs|' +
    'eta|jinja2?|j2|tmpl|gohtml|cshtml|razor|jspx?|ftl|heex|leex|eex|marko|riot)$',
  'i',
);

/** An opening tag in a template, with what it says without being run. */
export interface Opening {
  tag: string;
  /** Offset of `<`. */
  at: number;
  /** Offset of its `>`. */
  end: number;
  /** Attributes with a plain value, under their names in HTML. */
  attributes: ReadonlyMap<string, string>;
  /** Attributes whose value is computed. */
  computed: ReadonlySet<string>;
  /** Whether it takes attributes that it does not name. */
  isOpen: boolean;
  /** The plain text up to the closing tag. */
  content: string;
}

/** The longest opening tag, and the longest content of an element, that is read. Characters. */
const READ = 1_500;
const READ_CONTENT = 300;

const bare = (text: string): string => text.replace(/\s+/g, '').toLowerCase();
const computedPart = /\{\{.*?\}\}|\{%.*?%\}|<[?%].*?[?%]>|\$?\{.*?\}|#\{.*?\}/gs;
const isPlain = (value: string): boolean => !/[{}]|<[?%]/.test(value);

/** The end of the opening tag that begins at an offset: `>` outside of quotes, braces and tags of the server. */
function endOfTag(text: string, from: number): number {
  let [quote, depth] = ['', 0];
  for (let at = from; at < Math.min(text.length, from + READ); at += 1) {
    const character = text[at] as string;
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (/^<[?%]/.test(text.slice(at, at + 2))) at = Math.max(at, text.indexOf(`${text[at + 1]}>`, at) + 1);
    else if (character === '>' && depth <= 0) return at;
  }
  return -1;
}

/** Names of attributes in JSX that HTML writes otherwise. */
const htmlName = (name: string): string =>
  name === 'className' ? 'class' : name === 'htmlFor' ? 'for' : name.toLowerCase();

/** A name with a value: in quotes, a text in braces, anything in braces, or bare; or braces alone. */
const attribute =
  /([@:\w.#-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*(["'`])((?:(?!\4).)*)\4\s*\}|(\{)|([^\s"'{}>]+)))?|\{/gs;

function readOpening(text: string, at: number, tag: string, end: number): Opening {
  const attributes = new Map<string, string>();
  const computed = new Set<string>();
  let isOpen = false;
  const inside = text
    .slice(at + 1 + tag.length, end)
    .replace(/"[^"]*"|'[^']*'|<[?%].*?[?%]>/gs, (part) => (part.startsWith('<') ? ' ' : part));
  let from = 0;
  for (const match of inside.matchAll(attribute)) {
    if (match.index < from) continue; // inside of braces
    const [whole, name, double, single, , inBraces, brace, unquoted] = match;
    const value = double ?? single ?? inBraces ?? unquoted;
    if (name === undefined || brace !== undefined) from = closingBrace(inside, match.index + whole.indexOf('{'));
    if (name === undefined) {
      isOpen = true; // {...rest}, and the {name} of Svelte
      continue;
    }
    const bound = /^(?::|v-bind:|bind:)([\w-]+)/.exec(name)?.[1];
    if (name === 'v-bind') isOpen = true;
    else if (bound !== undefined) computed.add(bound.toLowerCase());
    else if (brace !== undefined || (value !== undefined && !isPlain(value))) computed.add(htmlName(name));
    else attributes.set(htmlName(name), value ?? '');
  }
  const isEmpty = text[end - 1] === '/';
  const close = isEmpty ? end : text.indexOf(`</${tag}`, end);
  const content = text.slice(end + 1, Math.min(close < 0 ? end : close, end + READ_CONTENT));
  return {
    tag,
    at,
    end,
    attributes,
    computed,
    isOpen,
    content: content.replace(computedPart, ' ').replace(/<[^>]*>/g, ' '),
  };
}

function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** The opening tags of these names in a template of any language that writes them as HTML does. */
export function openingsOf(tags: Iterable<string>, text: string): Opening[] {
  const names = [...tags].map((tag) => tag.replace(/[^\w-]/g, '')).filter(Boolean);
  if (names.length === 0) return [];
  return [...text.matchAll(new RegExp(`<(${names.join('|')})(?=[\\s/>])`, 'gi'))].flatMap(({ 1: tag = '', index }) => {
    const end = endOfTag(text, index + 1);
    return end < 0 ? [] : [readOpening(text, index, tag, end)];
  });
}

/** How much it says that an attribute is the same; those that builds and scripts change are left out. */
const weights: Record<string, number> = {
  id: 6,
  name: 4,
  for: 4,
  alt: 4,
  placeholder: 4,
  'aria-label': 4,
  href: 3,
  src: 3,
  action: 3,
  type: 1,
  role: 1,
};
/** The score from which on a place is worth a guess. */
const ENOUGH = 3;
/** Elements of which a page has one. */
const single = /^(?:html|body|title|main)$/;

const classes = (value = ''): string[] => value.split(/\s+/).filter(Boolean);
const lastStep = (address: string): string =>
  (address.split(/[?#]/)[0] ?? '')
    .split('/')
    .findLast(Boolean)
    ?.replace(/[.-][\w-]{8,}(?=\.\w+$)/, '') ?? '';

function isLike(name: string, written: string, reported: string): boolean {
  if (reported.endsWith('…')) return written.startsWith(reported.slice(0, -1)) || name === 'src';
  if (written === reported) return true;
  // bundlers and routers rewrite addresses
  return (name === 'src' || name === 'href') && lastStep(written) !== '' && lastStep(written) === lastStep(reported);
}

/** An element as it is looked for in templates. */
export interface Sought {
  opening: OpeningTag;
  /** The shown text; '' when it is not known. */
  label: string;
}

/** What is looked for; undefined when the report does not tell. */
export function soughtOf({ snippet = '', nodeLabel = '', selector }: ReportedElement): Sought | undefined {
  const opening = readOpeningTag(snippet);
  return opening && { opening, label: nodeLabel === selector ? '' : nodeLabel.replace(/…$/, '') };
}

/**
 * How well an opening tag of a template fits an element.
 * @returns a score from 0; undefined when it cannot be of this element
 */
export function scoreOf(written: Opening, { opening, label }: Sought): number | undefined {
  if (written.tag.toLowerCase() !== opening.tag) return undefined;
  let score = single.test(opening.tag) ? ENOUGH : 0;
  for (const [name, weight] of Object.entries(weights)) {
    const [own, other] = [written.attributes.get(name), opening.attributes.get(name)];
    if (own === undefined) {
      const isMissing = other !== undefined && weight > 1 && !written.computed.has(name) && !written.isOpen;
      if (isMissing) return undefined;
    } else if (other === undefined) {
      if (!opening.isCut) return undefined;
    } else if (isLike(name, own, other)) score += weight;
    else return undefined;
  }
  const [own, all] = [classes(written.attributes.get('class')), new Set(classes(opening.attributes.get('class')))];
  const isClassCut = opening.attributes.get('class')?.endsWith('…');
  if (!isClassCut && own.some((one) => !all.has(one))) return undefined;
  score += Math.min(3, own.length);
  const [text, shown] = [bare(written.content), bare(label)];
  if (text !== '' && shown !== '') {
    if (text === shown) score += 6;
    else if (text.startsWith(shown) || shown.includes(text)) score += text.length < 3 ? 1 : 4;
    else if (!text.includes(shown)) return undefined;
  }
  return score;
}

/** A place in a template that may be the source of an element. */
export interface Candidate extends Position {
  file: string;
  score: number;
}

/** The opening tags of a text that may be of an element, best first. */
export function candidatesIn(text: string, sought: Sought): (Position & { score: number })[] {
  const lines = new Lines(text);
  return openingsOf([sought.opening.tag], text)
    .flatMap((opening) => {
      const score = scoreOf(opening, sought);
      return score === undefined ? [] : [{ ...lines.at(opening.at), score }];
    })
    .sort((a, b) => b.score - a.score);
}

/** What an opening tag is found by. Those that only one of many has tell most. */
function keysOf(attributes: ReadonlyMap<string, string>, content: string, tag: string): string[] {
  const named = Object.keys(weights).flatMap((name) => {
    const value = attributes.get(name);
    if (value === undefined || (weights[name] as number) < ENOUGH) return [];
    return `${name} ${name === 'src' || name === 'href' ? lastStep(value) : value.slice(0, 40)}`;
  });
  const text = bare(content).slice(0, 3);
  const keys = [...named, ...classes(attributes.get('class')).map((one) => `class ${one}`)];
  if (text !== '') keys.push(`text ${text}`);
  if (single.test(tag)) keys.push('single');
  return keys.map((key) => `${tag} ${key}`);
}

/** The most opening tags that are compared with an element: what more of them have in common says nothing. */
const COMPARED = 400;

/** The opening tags of templates, to guess from. */
export class Templates {
  private readonly byKey = new Map<string, { file: number; opening: Opening }[]>();

  /** @param tags the names of the elements that will be asked for */
  constructor(
    private readonly files: readonly { file: string; text: string }[],
    tags: Iterable<string>,
  ) {
    const wanted = new Set(tags);
    for (const [file, { text }] of files.entries()) {
      for (const opening of openingsOf(wanted, text)) {
        const place = { file, opening };
        for (const key of keysOf(opening.attributes, opening.content, opening.tag.toLowerCase())) {
          const known = this.byKey.get(key);
          if (known) known.push(place);
          else this.byKey.set(key, [place]);
        }
      }
    }
  }

  /**
   * Places that may be where an element comes from, best first. None of them is certain: a template is read as text,
   * not run.
   * @param most how many to give
   */
  guess(element: ReportedElement, most = 3): Candidate[] {
    const sought = soughtOf(element);
    if (!sought) return [];
    const { opening, label } = sought;
    const lists = keysOf(opening.attributes, label, opening.tag).map((key) => this.byKey.get(key) ?? []);
    const compared = new Set<{ file: number; opening: Opening }>();
    for (const list of lists.sort((a, b) => a.length - b.length)) {
      if (compared.size + list.length > COMPARED) break;
      for (const one of list) compared.add(one);
    }
    const scored = [...compared].flatMap(({ file, opening: written }) => {
      const score = scoreOf(written, sought) ?? 0;
      return score < ENOUGH ? [] : [{ file, at: written.at, score }];
    });
    return scored
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ file, at, score }) => {
        const { file: name, text } = this.files[file] as { file: string; text: string };
        return { file: name, ...new Lines(text).at(at), score };
      });
  }
}

/** The best of several candidates; undefined when another one is as good. */
export function onlyBest<Scored extends { score: number }>(candidates: readonly Scored[]): Scored | undefined {
  const [best, next] = candidates;
  return best && next?.score !== best.score ? best : undefined;
}
