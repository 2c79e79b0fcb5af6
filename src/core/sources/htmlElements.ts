import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse } from 'parse5';
import { type Digests, digestsIn, readTrail, type TrailStep } from './digests';
import { Lines } from './lines';
import { isIdentifying, likeness, type OpeningTag, readOpeningTag } from './openingTag';
import type { Position, ReportedElement } from './sources';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An element where its file has it. */
export interface FoundElement {
  /** Of its opening tag. */
  start: Position;
  /** Behind its opening tag. */
  end: Position;
  tag: string;
  attributes: ReadonlyMap<string, string>;
}

/** The longest label that is read. Lighthouse gives 80 characters. */
const READ_LABEL = 200;

const { isElementNode, isTextNode } = defaultTreeAdapter;
const attributesOf = ({ attrs }: Element): Map<string, string> =>
  new Map(attrs.map(({ name, value }) => [name.toLowerCase(), value]));
const parentOf = (element: Element): Element | undefined =>
  element.parentNode && isElementNode(element.parentNode) ? element.parentNode : undefined;
const isTemplate = (element: Element): element is DefaultTreeAdapterTypes.Template => 'content' in element;
const shadowOf = (element: Element) =>
  element.childNodes.find(
    (node): node is DefaultTreeAdapterTypes.Template =>
      isElementNode(node) && isTemplate(node) && attributesOf(node).has('shadowrootmode'),
  );

/** The text of a page as it is compared: what styles change (white space, case) does not count. */
const bare = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/** The texts in an element that a browser may show, in order. */
function textsIn(node: Node): string[] {
  if (isTextNode(node)) return [bare(node.value)].filter(Boolean);
  if (isElementNode(node) && /^(script|style|noscript|template|title|head)$/.test(node.tagName)) return [];
  return 'childNodes' in node ? node.childNodes.flatMap(textsIn) : [];
}

/** The attributes that Lighthouse calls an element by when it shows no text: its own, else those of the first in it. */
function attributeLabels(element: Element): string[] {
  const attributes = attributesOf(element);
  const own = attributes.get('alt') || attributes.get('aria-label');
  return [...(own ? [bare(own)] : []), ...element.childNodes.filter(isElementNode).flatMap(attributeLabels)];
}

/** Whether a label is made of some of these texts in their order: a browser leaves out what is hidden. */
function isMadeOf(label: string, isCut: boolean, texts: readonly string[]): boolean {
  let ends = new Set([0]);
  for (const text of texts) {
    const next = new Set(ends);
    for (const end of ends) {
      const rest = label.slice(end);
      if (isCut && text.startsWith(rest)) return true;
      if (rest.startsWith(text)) next.add(end + text.length);
    }
    ends = next;
  }
  return ends.has(label.length);
}

/** Whether a label may be made of some of these texts after scripts have sorted them. */
function isSortedFrom(label: string, isCut: boolean, texts: readonly string[]): boolean {
  let rest = label;
  for (const text of [...texts].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(text, '\0');
  const parts = rest.split('\0');
  const last = parts.pop() ?? '';
  return parts.every((part) => part === '') && (last === '' || (isCut && texts.some((text) => text.startsWith(last))));
}

/** Whether scripts may change the page. */
function isScript({ tagName, attrs }: Element): boolean {
  if (attrs.some(({ name }) => name.startsWith('on'))) return true;
  const type = attrs.find(({ name }) => name === 'type')?.value.trim() ?? '';
  return tagName === 'script' && (/^(module|(text|application)\/(x-)?(java|ecma)script)?$/i.test(type) || type === '');
}

/** An element as it is looked for. */
interface Wanted {
  opening: OpeningTag;
  /** The shown text; undefined when the report does not tell it. */
  label: string | undefined;
  isLabelCut: boolean;
  /** Element and parents, innermost first. */
  chain: string[];
}

interface DigestedFile {
  all: ReadonlyMap<Element, Digests>;
  having: Record<keyof Digests, ReadonlyMap<string, Element[]>>;
}

/** A file of HTML, parsed once to find elements in it. */
export class HtmlFile {
  private readonly lines: Lines;
  private readonly text: string;
  private readonly document;
  private readonly byTag = new Map<string, Element[]>();
  private readonly texts = new Map<Element, string[]>();
  private digests?: DigestedFile;
  private hasScripts = false;

  constructor(text: string) {
    this.text = text.replace(/^\ufeff/, ''); // editors do not count it
    this.lines = new Lines(this.text);
    this.document = parse(this.text, { sourceCodeLocationInfo: true });
    this.collect(this.document);
  }

  private collect(node: Node): void {
    if (isElementNode(node)) {
      this.hasScripts ||= isScript(node);
      // an element without a location is one that the parser adds, such as <tbody>
      if (node.sourceCodeLocation) {
        const known = this.byTag.get(node.tagName.toLowerCase());
        if (known) known.push(node);
        else this.byTag.set(node.tagName.toLowerCase(), [node]);
      }
      if (isTemplate(node)) this.collect(node.content);
    }
    if ('childNodes' in node) for (const child of node.childNodes) this.collect(child);
  }

  /**
   * The element that a report names, after scripts may have changed the page.
   * @returns `ambiguous` when several elements fit and nothing tells which; undefined when none fits
   */
  find(element: ReportedElement): FoundElement | 'ambiguous' | undefined {
    const opening = readOpeningTag(element.snippet ?? '') ?? tagOf(element);
    if (!opening) return undefined;
    const { selector } = element;
    const nodeLabel = element.nodeLabel?.slice(0, READ_LABEL);
    const isLabelKnown = nodeLabel !== undefined && nodeLabel !== selector && nodeLabel.trim() !== '';
    const isLabelCut = isLabelKnown && nodeLabel.endsWith('…');
    const found = this.choose(element, {
      opening,
      label: isLabelKnown ? bare(isLabelCut ? nodeLabel.slice(0, -1) : nodeLabel) : undefined,
      isLabelCut,
      chain: chainOf(selector),
    });
    return found === undefined || found === 'ambiguous' ? found : this.place(found);
  }

  private choose({ path, trail }: ReportedElement, wanted: Wanted): Element | 'ambiguous' | undefined {
    const { opening } = wanted;
    const unchanged = trail === undefined ? undefined : this.unchanged(trail);
    if (unchanged && likeness(attributesOf(unchanged), opening) > 0) return unchanged;
    const fits = new Map(
      (this.byTag.get(opening.tag) ?? []).map((element) => [element, likeness(attributesOf(element), opening)]),
    );
    const likes = [...fits].flatMap(([element, how]) => (how > 0 ? [element] : []));
    const atPath = path === undefined ? undefined : this.at(path);
    const id = opening.attributes.get('id');
    const isNamed = (element: Element) => id !== undefined && attributesOf(element).get('id') === id;
    if (atPath && likes.includes(atPath)) {
      if (!this.hasScripts) return atPath;
      const equals = likes.filter((one) => (fits.get(one) ?? 0) >= (fits.get(atPath) ?? 0));
      // scripts may have filled it since, so that its text is another
      const isSame = fits.get(atPath) === 2 && opening.attributes.size > 0;
      const isKnown = isSame || isNamed(atPath) || this.showing(atPath, wanted) !== 'another';
      if (equals.length === 1 && isKnown) return atPath;
    }
    if (path?.includes(',a,#document-fragment') && !atPath) return undefined; // scripts made its shadow tree
    const rivals = likes.filter((one) => this.showing(one, wanted) !== 'another');
    const near = rivals.filter((one) => isIn(one, wanted.chain));
    const [only, more] = near.length > 0 ? near : rivals;
    if (only === undefined) return undefined;
    if (more !== undefined) return 'ambiguous';
    const showing = this.showing(only, wanted);
    if (isNamed(only) || showing === 'all' || (showing === 'part' && near.length > 0)) return only;
    // without a text, an element that a script made may look like this one
    const isTold =
      showing === 'unknown' && near.length > 0 && fits.get(only) === 2 && isIdentifying(attributesOf(only));
    return isTold ? only : undefined;
  }

  /** The element of a trail, in the smallest part of the page that scripts left unchanged and that is there once. */
  private unchanged(trail: string): Element | undefined {
    const steps = readTrail(trail);
    return this.follow(steps, 'whole') ?? this.follow(steps, 'bare');
  }

  private follow(steps: readonly TrailStep[], kind: keyof Digests): Element | undefined {
    this.digests ??= this.digestAll();
    const { all, having } = this.digests;
    for (const [level, step] of steps.entries()) {
      if (step[kind] === '') continue;
      const same = having[kind].get(step[kind]) ?? [];
      if (same.length === 0) return undefined; // so all around it is changed too
      if (same.length > 1) continue;
      let element = same[0];
      for (const { index } of steps.slice(0, level).reverse()) {
        const siblings: Element[] = element?.childNodes.filter(isElementNode) ?? [];
        element = siblings[index];
        // those that differ in classes alone may have changed places
        const digest = element && all.get(element)?.bare;
        if (kind === 'bare' && siblings.filter((one) => all.get(one)?.bare === digest).length > 1) return undefined;
      }
      return element?.sourceCodeLocation ? element : undefined;
    }
    return undefined;
  }

  private digestAll(): DigestedFile {
    const found = new Map<Element, Digests>();
    for (const child of this.document.childNodes) if (isElementNode(child)) digestsIn(child, found);
    const having = (kind: keyof Digests) => Map.groupBy(found.keys(), (element) => found.get(element)?.[kind] ?? '');
    return { all: found, having: { whole: having('whole'), bare: having('bare') } };
  }

  /** The element at a path of Lighthouse's: steps of index and name, without the text nodes that are white space. */
  private at(path: string): Element | undefined {
    const steps = path.split(',');
    let node: Node | undefined = this.document;
    for (let index = 0; index < steps.length && node; index += 2) {
      const [at, name] = [steps[index], steps[index + 1]];
      const shadow: DefaultTreeAdapterTypes.Template | undefined = isElementNode(node) ? shadowOf(node) : undefined;
      if (at === 'a') {
        node = shadow?.content;
        continue;
      }
      if (!('childNodes' in node)) return undefined;
      const counted: Node[] = node.childNodes.filter(
        (child) => child !== shadow && !(isTextNode(child) && child.value.trim() === ''),
      );
      node = counted[Number(at)];
      if (node?.nodeName.toUpperCase() !== name?.toUpperCase()) return undefined;
    }
    return node && isElementNode(node) && node.sourceCodeLocation ? node : undefined;
  }

  /** How much of what an element has in it the wanted label is. */
  private showing(element: Element, { label, isLabelCut }: Wanted): 'unknown' | 'all' | 'part' | 'sorted' | 'another' {
    if (label === undefined) return 'unknown';
    const texts = this.texts.get(element) ?? textsIn(element);
    this.texts.set(element, texts);
    const isSame = (text: string) => (isLabelCut ? text.startsWith(label) : text === label);
    const [ownLabel, ...labelsIn] = attributeLabels(element);
    if (isSame(texts.join('') || (ownLabel ?? ''))) return 'all';
    if (element.namespaceURI === html.NS.HTML && texts.length > 0) {
      if (isMadeOf(label, isLabelCut, texts)) return 'part';
      if (isSortedFrom(label, isLabelCut, texts)) return 'sorted';
    }
    return [ownLabel ?? '', ...labelsIn].some(isSame) ? 'part' : 'another';
  }

  private place(element: Element): FoundElement | undefined {
    const location = element.sourceCodeLocation;
    const { startOffset, endOffset } = location?.startTag ?? location ?? {};
    if (startOffset === undefined || endOffset === undefined || this.text[startOffset] !== '<') return undefined;
    return {
      start: this.lines.at(startOffset),
      end: this.lines.at(endOffset),
      tag: element.tagName,
      attributes: attributesOf(element),
    };
  }
}

/** The tag alone, from the end of a path or selector. */
function tagOf({ path, selector }: ReportedElement): OpeningTag | undefined {
  const name = path?.split(',').at(-1) ?? /^[\w-]+/.exec(selector?.split(' > ').at(-1) ?? '')?.[0];
  return name === undefined ? undefined : { tag: name.toLowerCase(), attributes: new Map(), isCut: true };
}

/** The steps of a selector of Lighthouse's, innermost first; none for a selector of another kind. */
function chainOf(selector = ''): string[] {
  const steps = selector.split(' > ');
  return steps.every((step) => /^[a-z][\w-]*(?:[#.].*)?$/is.test(step)) ? steps.reverse() : [];
}

/** Whether an element and its parents have the names, ids and classes of a chain. */
function isIn(element: Element, chain: readonly string[]): boolean {
  let current: Element | undefined = element;
  for (const step of chain) {
    if (!current) return false;
    const [, tag = '', mark, name] = /^([^#.]+)(?:([#.])(.*))?$/s.exec(step) ?? [];
    if (current.tagName.toLowerCase() !== tag.toLowerCase()) return false;
    const attributes = attributesOf(current);
    const [id, classNames] = [attributes.get('id'), attributes.get('class')];
    if (mark === '#' && id !== undefined && id !== name) return false;
    if (mark === '.' && classNames && !classNames.split(/\s+/).includes(name as string)) return false;
    current = parentOf(current);
  }
  return true;
}

/**
 * Finds the element that a report names in the file of its page. A wrong place is worse than none: scripts may have
 * moved, copied or removed elements since, so that a path counts only together with an opening tag or a text.
 *
 * @returns `ambiguous` when several elements fit and nothing tells which; undefined when none fits
 */
export function elementInHtml(text: string, element: ReportedElement): FoundElement | 'ambiguous' | undefined {
  return new HtmlFile(text).find(element);
}
