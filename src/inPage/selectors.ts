import { finder, attr as isAttribute, className as isClass } from '@medv/finder';
import { computeAccessibleName, getRole, isInaccessible } from 'dom-accessibility-api';
import type { Selector } from '../core/journey/recording';

/** Attributes that people give elements for tests. */
const testAttributes = ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa', 'data-automation-id'];
/** Roles that the browser computes as dom-accessibility-api does. */
const sameRoles = new Set(
  [
    ['button', 'link', 'textbox', 'searchbox', 'spinbutton', 'slider', 'checkbox', 'radio', 'switch', 'combobox'],
    ['option', 'tab', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'treeitem', 'gridcell', 'heading'],
  ].flat(),
);
/** Classes that say how an element is at the moment. */
const stateWords =
  /^(is|has|ng|v|js)-|active|select|open|clos|show|hid|hover|focus|disab|enab|visib|current|expand|collaps|load|check/i;
/** The longest text and name that a selector names. Characters. */
const LONGEST = 60;
/** The most elements of a page that are compared; in a larger one, names and texts count as not unique. */
const MOST = 20_000;

/** What people use when they point at something within it. */
const used =
  'button, a[href], input, select, textarea, summary, label, option, [contenteditable=""], [contenteditable="true"], ' +
  ['button', 'link', 'tab', 'option', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'checkbox', 'radio', 'switch']
    .map((role) => `[role="${role}"]`)
    .join(', ');

/** The element that is used by a click on one within it: a button, not the picture on it. */
export function usedElement(element: Element): Element {
  for (let node: Element | null = element; node; node = parentOf(node)) if (node.matches(used)) return node;
  return element;
}

/** The parent of an element, across the border of a shadow root. */
export function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Every element of a document, also those in open shadow roots. */
function* allElements(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* allElements(element.shadowRoot);
  }
}

function elementsOf(document: Document): Element[] | undefined {
  const found: Element[] = [];
  for (const element of allElements(document)) if (found.push(element) > MOST) return undefined;
  return found;
}

/**
 * Selectors of an element in the notation of the Recorder, best first: what a team marked for tests, the accessible
 * name with the role, CSS, the text. Each of them leads to this element alone.
 */
export function selectorsOf(element: Element): Selector[] {
  const elements = elementsOf(element.ownerDocument);
  return [
    marked(element),
    elements && accessible(element, elements),
    css(element),
    elements && byText(element, elements),
  ].flatMap((selector) => (selector === undefined ? [] : [selector]));
}

const rootOf = (element: Element) => element.getRootNode() as Document | ShadowRoot;

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function marked(element: Element): Selector | undefined {
  for (const attribute of testAttributes) {
    const value = element.getAttribute(attribute);
    if (!value || /[\n\r]/.test(value)) continue;
    const selector = `[${attribute}=${quoted(value)}]`;
    if (rootOf(element).querySelectorAll(selector).length === 1) return throughRoots(element, selector);
  }
  return undefined;
}

function roleOf(element: Element): string | undefined {
  const role = getRole(element);
  return role !== null && sameRoles.has(role) ? role : undefined;
}

function nameOf(element: Element): string {
  return computeAccessibleName(element).replace(/\s+/g, ' ').trim();
}

function accessible(element: Element, elements: readonly Element[]): Selector | undefined {
  const role = roleOf(element);
  const isPassword = element instanceof HTMLInputElement && element.type === 'password';
  if (role === undefined && !isPassword) return undefined;
  const name = nameOf(element);
  if (name === '' || name.length > LONGEST || /[[\]"\\]/.test(name)) return undefined;
  const isSame = (other: Element) =>
    other !== element && (isPassword || roleOf(other) === role) && nameOf(other) === name && !isInaccessible(other);
  if (isInaccessible(element) || elements.some(isSame)) return undefined;
  return isPassword ? `aria/${name}` : `aria/${name}[role="${role}"]`;
}

const isLasting = (name: string) => isClass(name) && !stateWords.test(name);
const isId = (name: string) => /^[a-z][a-z_-]*\d{0,2}$/i.test(name) && !/^(radix|headlessui|mui|ember|ext)/i.test(name);

function css(element: Element): Selector | undefined {
  try {
    const root = rootOf(element);
    const selector = finder(element, {
      root: (root instanceof ShadowRoot ? root : element.ownerDocument.body) as Element,
      className: isLasting,
      idName: isId,
      attr: (name, value) =>
        (isAttribute(name, value) && !/^(data-(state|v-|svelte|react|astro))/.test(name)) ||
        (['type', 'name'].includes(name) && /^[\w-]{1,40}$/.test(value)),
      timeoutMs: 200,
    });
    return throughRoots(element, selector);
  } catch {
    return undefined; // it has left the document
  }
}

/** A selector within a shadow root, with the way to that root. */
function throughRoots(element: Element, selector: string): Selector | undefined {
  const root = rootOf(element);
  if (!(root instanceof ShadowRoot)) return selector;
  const host = css(root.host);
  return host === undefined ? undefined : [host, selector].flat();
}

function byText(element: Element, elements: readonly Element[]): Selector | undefined {
  if (element.matches('input, select, textarea, [contenteditable], body, html')) return undefined;
  if (element.childElementCount > 0 && !element.matches(used)) return undefined; // a container's text changes
  const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  if (text.length < 2 || text.length > LONGEST) return undefined;
  const holds = (node: Element) => (node.textContent ?? '').replace(/\s+/g, ' ').includes(text);
  const isOther = (node: Element) =>
    !node.contains(element) && !element.contains(node) && !node.matches('script, style') && holds(node);
  return elements.some(isOther) ? undefined : `text/${text}`;
}
