import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, serializeOuter } from 'parse5';
import { type Digests, digestsIn, type TrailStep, writeTrail } from '../../../../src/core/sources/digests';
import type { ReportedElement } from '../../../../src/core/sources/sources';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

const { isElementNode, isTextNode } = defaultTreeAdapter;
const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;

/** A page as a browser has it, in which scripts may change what was parsed. */
export class Page {
  readonly document: DefaultTreeAdapterTypes.Document;
  /** The line of the file that each element was written on, from 1. */
  readonly lines = new Map<Element, number>();

  constructor(text: string) {
    this.document = parse(text, { sourceCodeLocationInfo: true });
    for (const element of this.elements()) {
      if (element.sourceCodeLocation) this.lines.set(element, element.sourceCodeLocation.startLine);
    }
  }

  elements(node: Node = this.document): Element[] {
    const below = 'childNodes' in node ? node.childNodes.flatMap((child) => this.elements(child)) : [];
    return isElementNode(node) ? [node, ...below] : below;
  }

  /** What Lighthouse reports of an element (core/lib/page-functions.js). */
  report(element: Element, isTrailKnown = false): ReportedElement {
    const selector = selectorOf(element);
    const [snippet] = /^[\s\S]*?>/.exec(serializeOuter(element)) ?? [''];
    const label = labelOf(element) ?? selector;
    return {
      path: pathOf(element),
      selector,
      snippet,
      nodeLabel: label.length > 80 ? `${label.slice(0, 79)}…` : label,
      ...(isTrailKnown && { trail: writeTrail(this.steps(element)) }),
    };
  }

  /** The steps from an element to the top of the page. */
  steps(element: Element): (TrailStep & { own: string })[] {
    const digests = new Map<Element, Digests>();
    for (const child of this.document.childNodes) if (isElementNode(child)) digestsIn(child, digests);
    const counts = Map.groupBy(
      [...digests.values()].flatMap(({ whole, bare }) => [`=${whole}`, bare]),
      (one) => one,
    );
    const steps: (TrailStep & { own: string })[] = [];
    for (let node: Node | null = element; node && isElementNode(node); node = node.parentNode) {
      const siblings: Node[] = (node.parentNode as Element).childNodes.filter(isElementNode);
      const { whole, bare } = digests.get(node) as Digests;
      steps.push({
        own: whole,
        whole: counts.get(`=${whole}`)?.length === 1 ? whole : '',
        bare: counts.get(bare)?.length === 1 ? bare : '',
        index: siblings.indexOf(node),
      });
    }
    return steps;
  }
}

function pathOf(element: Element): string {
  const steps: (string | number)[] = [];
  for (let node: Node = element; 'parentNode' in node && node.parentNode; node = node.parentNode) {
    const counted = node.parentNode.childNodes.filter((child) => !isTextNode(child) || child.value.trim() !== '');
    steps.unshift(counted.indexOf(node as never), node.nodeName.toUpperCase());
  }
  return steps.join(',');
}

function selectorOf(element: Element): string {
  const parts: string[] = [];
  for (let node: Node | null = element; node && isElementNode(node) && parts.length < 4; node = node.parentNode) {
    if (node !== element && node.tagName === 'html') break;
    const [id, name] = [attribute(node, 'id'), attribute(node, 'class')?.trim().split(/\s+/)[0]];
    parts.unshift(`${node.tagName}${id ? `#${id}` : name ? `.${name}` : ''}`);
  }
  return parts.join(' > ');
}

function textOf(node: Node): string {
  if (isTextNode(node)) return node.value;
  if (isElementNode(node) && (node.tagName === 'script' || attribute(node, 'hidden') !== undefined)) return '';
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function labelOf(element: Element): string | undefined {
  if (element.tagName === 'html' || element.tagName === 'body') return undefined;
  const own = textOf(element).trim() || attribute(element, 'alt') || attribute(element, 'aria-label');
  if (own) return own;
  const all = (node: Element): Element[] => node.childNodes.filter(isElementNode).flatMap((one) => [one, ...all(one)]);
  const labelled = all(element).find((one) => attribute(one, 'alt') ?? attribute(one, 'aria-label') !== undefined);
  return labelled && labelOf(labelled);
}
