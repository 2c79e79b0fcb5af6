import type { Contrast } from '../audit/contrast';
import { type Opening, openingsOf } from '../sources/templates';

/** A piece of a text that is replaced; offsets count UTF-16 units from 0. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A change of the source that is certain to mend a place, once a person has given what only a person knows. */
export interface Fix {
  /** What it does, in a few words, such as `Add width and height of the image`. */
  title: string;
  /** What only a person knows. */
  ask?: { prompt: string; placeholder: string; isEmptyAllowed?: true };
  /** @param answer what the person gave; '' without a question */
  edits: (answer: string) => Edit[];
}

/** What is known of a place besides its source. */
export interface FixFacts {
  contrast?: Contrast;
  /** The real size of the image that the place shows, in pixels. */
  image?: { width: number; height: number };
}

/** A place in a text: the element whose opening tag begins there. */
interface Place {
  text: string;
  opening: Opening;
  facts: FixFacts;
  /** Whether attributes are written as JSX has them. */
  isJsx: boolean;
}

/** An attribute value inert in HTML, JSX and templates: quotes, angle brackets, ampersands and braces are escaped. */
function attributeValue(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '"': '&quot;',
    '<': '&lt;',
    '>': '&gt;',
    '{': '&#123;',
    '}': '&#125;',
  };
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[&"<>{}]/g, (character) => names[character] as string);
}

const hasAttribute = ({ opening }: Place, name: string): boolean =>
  opening.attributes.has(name) || opening.computed.has(name);

/** Adds attributes after the tag's name. */
function adding({ opening }: Place, attributes: Record<string, string>): Edit[] {
  const at = opening.at + 1 + opening.tag.length;
  const text = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${attributeValue(value)}"`)
    .join('');
  return [{ start: at, end: at, text }];
}

/** Adds an attribute without a value. */
function attribute({ opening }: Place, name: string): Edit[] {
  const at = opening.at + 1 + opening.tag.length;
  return [{ start: at, end: at, text: ` ${name}` }];
}

/** Replaces the plain value of an attribute, or removes the attribute; undefined where it is not written plainly. */
function replacing({ text, opening }: Place, name: string, value: string | undefined): Edit[] | undefined {
  const tag = text.slice(opening.at, opening.end);
  const found = new RegExp(`\\s${name}(?:\\s*=\\s*(?:"[^"{]*"|'[^'{]*'|[^\\s"'{}>]+))?(?=[\\s/>]|$)`, 'i').exec(tag);
  if (!found) return undefined;
  const start = opening.at + found.index;
  const written = value === undefined ? '' : ` ${name}="${attributeValue(value)}"`;
  return [{ start, end: start + found[0].length, text: written }];
}

/** Asks for a text and adds it as an attribute that the element does not have. */
function asking(name: string, title: string, ask: NonNullable<Fix['ask']>) {
  return (place: Place): Fix | undefined =>
    hasAttribute(place, name) || place.opening.isOpen
      ? undefined
      : { title, ask, edits: (answer) => adding(place, { [name]: answer }) };
}

const named = (what: string, placeholder: string) =>
  asking('aria-label', `Name the ${what}`, { prompt: `What a screen reader calls the ${what}`, placeholder });

function imageSize(place: Place): Fix | undefined {
  const { image } = place.facts;
  if (!image || hasAttribute(place, 'width') || hasAttribute(place, 'height') || place.opening.isOpen) return undefined;
  const { width, height } = image;
  return {
    title: `Add width="${width}" and height="${height}"`,
    edits: () => adding(place, { width: String(width), height: String(height) }),
  };
}

/** Takes the limits of zooming out of the viewport. */
function zoom(place: Place): Fix | undefined {
  const content = place.opening.attributes.get('content');
  if (place.opening.tag.toLowerCase() !== 'meta' || content === undefined) return undefined;
  const kept = content
    .split(',')
    .filter((part) => !/^\s*(?:user-scalable|maximum-scale|minimum-scale)\s*=/i.test(part));
  const edits = replacing(place, 'content', kept.map((part) => part.trim()).join(', '));
  return edits && { title: 'Let people zoom', edits: () => edits };
}

/** Joins an input with the label right before it, which names nothing yet. */
function labelFor(place: Place): Fix | undefined {
  const { text, opening, isJsx } = place;
  const id = opening.attributes.get('id');
  const label = openingsOf(['label'], text).findLast(({ at, end }) => end < opening.at && opening.at - at < 600);
  if (id && label && label.content.trim() !== '' && !label.attributes.has('for') && !label.computed.has('for')) {
    const between = text.slice(label.end + 1, opening.at);
    if (/^[^<]*<\/label>\s*$/i.test(between)) {
      return {
        title: `Join the label before it (for="${id}")`,
        edits: () => adding({ ...place, opening: label }, { [isJsx ? 'htmlFor' : 'for']: id }),
      };
    }
  }
  return named('field', 'E-mail address')(place);
}

/** Changes the one declaration that sets the colour; none when the file sets it in several places, or not at all. */
function colour({ text, facts }: Pick<Place, 'text' | 'facts'>): Fix | undefined {
  const { contrast } = facts;
  if (!contrast) return undefined;
  const { of, color, ratio } = contrast.nearest;
  const present = of === 'text' ? contrast.foreground : contrast.background;
  const property = of === 'text' ? 'color' : 'background(?:-color)?';
  const short = /^#(.)\1(.)\2(.)\3$/.exec(present);
  const spellings = [present, ...(short ? [`#${short[1]}${short[2]}${short[3]}`] : [])].join('|');
  const all = [
    ...text.matchAll(new RegExp(`(?<![\\w-])(?:${property}|--[\\w-]+)\\s*:\\s*(${spellings})(?![0-9a-f])`, 'gi')),
  ];
  const [only] = all;
  if (!only || all.length > 1 || only[1] === undefined) return undefined;
  const start = only.index + only[0].length - only[1].length;
  return {
    title: `Use ${color}, which has ${ratio.toFixed(2)} : 1`,
    edits: () => [{ start, end: start + (only[1] ?? '').length, text: color }],
  };
}

/** Puts a line in front of the end of the head; none where the page has such an element already. */
function inHead(
  isThere: (opening: Opening) => boolean,
  line: (answer: string) => string,
  title: string,
  ask?: Fix['ask'],
) {
  return ({ text }: Place): Fix | undefined => {
    const [head] = openingsOf(['head'], text);
    const close = head ? text.indexOf('</head>', head.end) : -1;
    if (!head || close < 0 || openingsOf(['meta', 'title'], text).some(isThere)) return undefined;
    const [, indent = ''] =
      /\n([ \t]*)<[^\n]*$/.exec(text.slice(head.end, text.lastIndexOf('\n', close - 1) + 1).trimEnd()) ?? [];
    const start = text.lastIndexOf('\n', close - 1) + 1;
    const isOwnLine = text.slice(start, close).trim() === '';
    const at = isOwnLine ? start : close;
    const before = isOwnLine ? indent : '\n';
    return {
      title,
      ...(ask && { ask }),
      edits: (answer) => [{ start: at, end: at, text: `${before}${line(answer)}\n` }],
    };
  };
}

const isMeta =
  (name: string) =>
  ({ tag, attributes }: Opening): boolean =>
    /^meta$/i.test(tag) && attributes.get('name')?.toLowerCase() === name;

/** Elements that take the focus by themselves. */
const focusable = /^(?:a|button|input|select|textarea|summary)$/i;

const altAsk = {
  prompt: 'What the image says; leave it empty when it only decorates',
  placeholder: 'A lamp with a red shade',
  isEmptyAllowed: true,
} as const;
const langAsk = { prompt: 'The language of the page, as a code', placeholder: 'en' } as const;

const fixes: Record<string, (place: Place) => Fix | undefined> = {
  'image-alt': asking('alt', 'Add a text for the image', altAsk),
  'input-image-alt': asking('alt', 'Add a text for the button', {
    prompt: 'What the button does',
    placeholder: 'Search',
  }),
  'html-has-lang': asking('lang', 'Set the language of the page', langAsk),
  'button-name': named('button', 'Close'),
  'link-name': named('link', 'Basket'),
  'select-name': labelFor,
  label: labelFor,
  'frame-title': asking('title', 'Name the frame', { prompt: 'What the frame shows', placeholder: 'Map of the shop' }),
  'unsized-images': imageSize,
  'render-blocking-insight': (place) => {
    const { text, opening } = place;
    const isPlain = (script: Opening) => !['defer', 'async', 'type', 'src'].some((name) => script.attributes.has(name));
    if (!/^script$/i.test(opening.tag) || ['defer', 'async', 'type'].some((name) => hasAttribute(place, name))) return;
    // a script in the page that runs at once may need it
    if (openingsOf(['script'], text).some((other) => other.at > opening.at && isPlain(other))) return;
    return { title: 'Add defer', edits: () => attribute(place, 'defer') };
  },
  'meta-viewport': zoom,
  tabindex: (place) => {
    // what takes the focus by itself needs none; anything else would lose it
    const value = focusable.test(place.opening.tag) ? undefined : '0';
    const edits = replacing(place, 'tabindex', value) ?? replacing(place, 'tabIndex', value);
    return edits && { title: 'Leave the order to the page', edits: () => edits };
  },
  'external-anchors-use-rel-noopener': (place) =>
    hasAttribute(place, 'rel')
      ? undefined
      : { title: 'Add rel="noopener"', edits: () => adding(place, { rel: 'noopener' }) },
  'meta-description': (place) => {
    const ask = { prompt: 'What the page is about, in a sentence', placeholder: 'Lamps made by hand, with prices' };
    const title = 'Add a description';
    const empty = openingsOf(['meta'], place.text).find(isMeta('description'));
    if (empty && replacing({ ...place, opening: empty }, 'content', '')) {
      return { title, ask, edits: (answer) => replacing({ ...place, opening: empty }, 'content', answer) ?? [] };
    }
    const line = (answer: string) => `<meta name="description" content="${attributeValue(answer)}">`;
    return inHead(isMeta('description'), line, title, ask)(place);
  },
  'document-title': inHead(
    ({ tag }) => /^title$/i.test(tag),
    (answer) => `<title>${attributeValue(answer)}</title>`,
    'Add a title',
    { prompt: 'The title of the page', placeholder: 'Lamps – Fern & Ledge' },
  ),
  viewport: inHead(
    isMeta('viewport'),
    () => '<meta name="viewport" content="width=device-width, initial-scale=1">',
    'Add a viewport',
  ),
};

/** Rules whose fix is about the page's head, so that any place in the page's file will do. */
export const headRules = new Set(['meta-description', 'document-title', 'viewport']);

/**
 * The certain fix of a place in the text that it was traced to.
 * @param rule of the record, such as `lighthouse/image-alt`
 * @param at offset of the place's opening tag
 * @param file its name, which tells the language
 * @returns undefined where no change is certain
 */
export function fixFor(rule: string, text: string, at: number, file: string, facts: FixFacts = {}): Fix | undefined {
  const name = rule.slice(rule.indexOf('/') + 1);
  if (name === 'color-contrast') return colour({ text, facts });
  const fix = Object.hasOwn(fixes, name) ? fixes[name] : undefined;
  if (!fix) return undefined;
  const tag = /^<([A-Za-z][\w:.-]*)/.exec(text.slice(at, at + 80))?.[1];
  const opening = tag === undefined ? undefined : openingsOf([tag], text).find((other) => other.at === at);
  if (!opening && !headRules.has(name)) return undefined;
  const place = { text, opening: opening ?? NO_OPENING, facts, isJsx: /\.[jt]sx$/i.test(file) };
  return fix(place);
}

/** Stands for the element of a rule that is about the whole page. */
const NO_OPENING: Opening = {
  tag: '',
  at: 0,
  end: 0,
  attributes: new Map(),
  computed: new Set(),
  isOpen: false,
  content: '',
};

/** The fix of a colour in a style sheet of the page. */
export function colourFix(text: string, contrast: Contrast): Fix | undefined {
  return colour({ text, facts: { contrast } });
}

/** Applies edits to a text. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end), text);
}
