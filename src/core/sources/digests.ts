import { type DefaultTreeAdapterTypes, defaultTreeAdapter } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/**
 * A digest of 53 bits, in base 36 (cyrb53 by bryc, public domain). The page computes the same one
 * (engine/worker/readPage.ts).
 */
export function digestOf(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

/** Attributes that scripts change without making another element. */
const uncounted = /^(?:style|nonce|title|tabindex|hidden|open|disabled|data-.*|aria-.*)$/;
/** Elements whose content is not shown. */
const unread = /^(?:script|style|noscript|template|title)$/;

const nameOf = ({ name, prefix }: Element['attrs'][number]): string =>
  (prefix ? `${prefix}:${name}` : name).toLowerCase();

/** Digests of an element with all that is in it. */
export interface Digests {
  /** Of names, attributes and texts, without white space and comments. */
  whole: string;
  /** The same without classes, which scripts add and remove. */
  bare: string;
}

/** Computes the digests of an element and of all in it. Equal ones mean that the one subtree is the other. */
export function digestsIn(element: Element, found: Map<Element, Digests>): Digests {
  const attributes = element.attrs
    .filter((attribute) => !uncounted.test(nameOf(attribute)))
    .map((attribute) => `${nameOf(attribute)}=${attribute.value}`)
    .sort();
  let [whole, bare] = ['', ''];
  for (const child of element.childNodes) {
    if (defaultTreeAdapter.isElementNode(child)) {
      const inside = digestsIn(child, found);
      whole += `<${inside.whole}>`;
      bare += `<${inside.bare}>`;
    } else if (defaultTreeAdapter.isTextNode(child) && !unread.test(element.tagName)) {
      const text = child.value.replace(/\s+/g, '');
      whole += text;
      bare += text;
    }
  }
  const name = element.tagName.toLowerCase();
  const unclassed = attributes.filter((attribute) => !attribute.startsWith('class='));
  const digests = {
    whole: digestOf(`${name}\n${attributes.join('\n')}\n${whole}`),
    bare: digestOf(`${name}\n${unclassed.join('\n')}\n${bare}`),
  };
  found.set(element, digests);
  return digests;
}

/** An element on the way from a reported one to the top of its page. A digest is '' when another element has it too. */
export interface TrailStep extends Digests {
  /** Among the elements of its parent, from 0. */
  index: number;
}

/** Steps, innermost first, as a report keeps them, such as `1k3f.8u2a.0 .9ab2.4`. */
export function writeTrail(steps: readonly TrailStep[]): string {
  return steps.map(({ whole, bare, index }) => `${whole}.${bare}.${index}`).join(' ');
}

/** The steps of a trail. */
export function readTrail(trail: string): TrailStep[] {
  return trail
    .split(' ')
    .map((step) => step.split('.'))
    .map(([whole = '', bare = '', index]) => ({ whole, bare, index: Number(index) }));
}
