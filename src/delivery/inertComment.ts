import { withEscapes } from '../core/text/inertText';

/**
 * A space without width. GitHub looks for mentions, references and addresses in the rendered text, where escapes are
 * gone already, so this stands in each of them.
 */
const STOP = '&#8203;';
/** A dollar sign that begins no maths, as GitHub's documentation has it. */
const DOLLAR = '<span>&#36;</span>';

/** UTF-16 units after which a line is broken: to look for pairs of backticks takes the square of a line's length. */
const LONGEST_LINE = 4000;

/** What a text may hold; anything else of Markdown and HTML is shown as it is written. Order matters. */
const pieces = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/,
    /(?<!`)(?<ticks>`+)(?!`)(?<code>.*?[^`])\k<ticks>(?!`)/,
    /<span>&#36;<\/span>/,
    /<(?<end>\/?)(?<tag>details|summary|br|sub|sup)\s*\/?>/,
    /<a name="(?<anchor>[\w-]{1,100})">(?:<\/a>)?/,
    /(?<image>!?)\[(?<label>[^[\]]*)\]\((?<target>[^()\s]*)\)/,
    /&#(?:x(?<hex>[\da-f]{1,6})|(?<decimal>\d{1,7}));/,
    /&(?:nbsp|thinsp|amp|lt|gt|quot);/,
    /:\/\/|www\.|GH-(?=\d)|#(?=\d)|[@&<>[\]`$~\\]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

interface Groups {
  escaped?: string;
  code?: string;
  end?: string;
  tag?: string;
  anchor?: string;
  image?: string;
  label?: string;
  target?: string;
  hex?: string;
  decimal?: string;
}

/** A character that only means itself in Markdown and in HTML, and is no part of a mention, reference or address. */
function literal(character: string): string {
  if (character === '$') return DOLLAR;
  const reference = `&#${character.codePointAt(0)};`;
  return /[*_`~|<>()[\]{}!+"'\\]/.test(character) ? reference : `${STOP}${reference}${STOP}`;
}

/** Text between backticks as an element, whose text nothing can end: blocks of HTML know no backticks. */
const codeElement = (text: string) =>
  `<code>${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;

/** A character by its number. One that is not seen does not join what stands on its sides. */
function numbered(code: number): string {
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return /^$|[\p{Cc}\p{Cf}\p{Cs}\p{DI}]/u.test(character) ? STOP : literal(character);
}

/** What a text from elsewhere may link to. */
export interface LinkScope {
  /** the address of the repository on the web */
  repository: string;
}

/** Whether a target stays in the repository, as a browser understands it on the page of a pull request. */
function isWithin({ repository }: LinkScope, target: string): boolean {
  if (!/^[\w./#%?=&+,:~-]+$/.test(target)) return false;
  if (target.startsWith('#')) return true;
  const url = URL.parse(target, `${repository}/pull/1`);
  const root = new URL(`${repository}/`);
  if (url?.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return false;
  const below = decoded(url.pathname.slice(root.pathname.length));
  // a link to an issue or a pull request would be noted there
  return below !== undefined && !/^(?:issues|pull|discussions)\b|\.\.|\/\/|\\/i.test(below);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * Markdown from anybody as a comment that does nothing but be read: headings, tables, lists and stress stay, and so do
 * `<details>`, `<summary>`, `<br>`, `<sub>`, `<sup>` and `<a name>`. Links and images stay where they lead into the
 * repository. Nobody is mentioned, no issue is referred to, and nothing is hidden: other HTML is shown as text.
 */
export function inertComment(text: string, scope: LinkScope): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${LONGEST_LINE}}`, 'gu')) ?? [''])
    .map((line) => inert(withEscapes(line), scope))
    .join('\n');
}

function inert(line: string, scope: LinkScope): string {
  return line.replace(pieces, (all: string, ...rest: unknown[]) => {
    const [offset, , found] = rest.slice(-3) as [number, string, Groups];
    // an end without a beginning is dropped by browsers, and would join what stands on its sides
    const joins = (found.tag ?? found.anchor) !== undefined && /[#:/.wgh-]/i.test(line[offset - 1] ?? '');
    return `${joins ? STOP : ''}${piece(all, found, scope)}`;
  });
}

function piece(all: string, found: Groups, scope: LinkScope): string {
  if (found.escaped !== undefined) return literal(found.escaped);
  if (found.code !== undefined) return codeElement(found.code);
  if (found.tag !== undefined) return `<${found.end}${found.tag.toLowerCase()}>`;
  if (found.anchor !== undefined) return `<a name="${found.anchor}"></a>`;
  if (found.target !== undefined) {
    const label = inert(found.label ?? '', scope);
    return isWithin(scope, found.target) ? `${found.image}[${label}](${found.target})` : `${STOP}${label}${STOP}`;
  }
  if (found.hex !== undefined) return numbered(Number.parseInt(found.hex, 16));
  if (found.decimal !== undefined) return numbered(Number(found.decimal));
  if (/^(?:&|<span).+/.test(all)) return all.toLowerCase();
  switch (all.toLowerCase()) {
    case '://':
      return `:${STOP}//`;
    case 'www.':
    case 'gh-':
      return `${all.slice(0, -1)}${STOP}${all.slice(-1)}`;
    case '@':
    case '#':
      return `${all}${STOP}`;
    case '$':
      return DOLLAR;
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '&':
      return '&amp;';
    default:
      return `&#${all.codePointAt(0)};`;
  }
}
