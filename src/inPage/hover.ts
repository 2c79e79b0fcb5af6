import { parentOf } from './selectors';

/** Properties with which a style sheet shows what was hidden. */
const shows = ['display', 'visibility', 'opacity', 'max-height', 'clip-path', 'pointer-events'];
/** The most style rules that are read for one click. */
const MOST_RULES = 20_000;
/** How long after the pointer came a change of the page counts as caused by it. Milliseconds. */
const CAUSED_WITHIN = 500;

/** What a script showed while the pointer moved, and the element under the pointer then. */
const shownBy = new WeakMap<Element, Element>();
let entered: { element: Element; at: number } | undefined;

/** Notes that the pointer has come to an element. */
export function pointerCame(element: Element): void {
  entered = { element, at: performance.now() };
}

/** Notes that a person has done something else than moving the pointer. */
export function pointerUsed(): void {
  entered = undefined;
}

/** Notes what scripts show while the pointer moves over a document. */
export function watchShown(): void {
  new MutationObserver((changes) => {
    const { element, at } = entered ?? {};
    if (!element || at === undefined || performance.now() - at > CAUSED_WITHIN) return;
    for (const { type, target, addedNodes } of changes) {
      const shown = type === 'attributes' ? [target] : [...addedNodes];
      for (const node of shown)
        if (node instanceof Element && !node.contains(element) && !shownBy.has(node)) shownBy.set(node, element);
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['class', 'style', 'hidden', 'open', 'aria-hidden', 'data-state'],
  });
}

/** The elements that the pointer has to be over, from outside in, so that an element is visible. */
export function hoversFor(element: Element): Element[] {
  const found: Element[] = [];
  const rules = hoverRules(element.getRootNode() as Document | ShadowRoot);
  for (let node: Element | null = element; node; node = parentOf(node)) {
    const trigger = cssTrigger(node, rules) ?? shownBy.get(node);
    if (trigger?.isConnected && trigger !== element && !found.includes(trigger)) found.unshift(trigger);
  }
  return found;
}

interface HoverRule {
  /** What a pointer has to be over. */
  over: string;
  /** What is shown then. */
  shown: string;
}

/** The rules that show something while the pointer is over something else. */
function hoverRules(root: Document | ShadowRoot): HoverRule[] {
  const found: HoverRule[] = [];
  let left = MOST_RULES;
  const read = (rules: CSSRuleList) => {
    for (const rule of rules) {
      left -= 1;
      if (left < 0) return;
      if (rule instanceof CSSStyleRule && rule.selectorText.includes(':hover') && showing(rule.style))
        found.push(...rule.selectorText.split(/,(?![^(]*\))/).flatMap(hoverRule));
      if ('cssRules' in rule) read(rule.cssRules as CSSRuleList);
    }
  };
  for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
    try {
      read(sheet.cssRules);
    } catch {
      // a sheet of another origin cannot be read
    }
  }
  return found;
}

function showing(style: CSSStyleDeclaration): boolean {
  return shows.some((property) => !['', 'none', 'hidden', '0'].includes(style.getPropertyValue(property)));
}

function hoverRule(selector: string): HoverRule[] {
  const at = selector.lastIndexOf(':hover');
  const after = selector.slice(at + ':hover'.length);
  if (at < 0 || !/[\s>+~]/.test(after)) return []; // the element itself is under the pointer
  const compound = after.match(/^[^\s>+~]*/)?.[0] ?? '';
  const over = `${selector.slice(0, at)}${compound}`.replaceAll(':hover', '').trim() || '*';
  return [{ over, shown: selector.replaceAll(':hover', '').trim() }];
}

function cssTrigger(element: Element, rules: readonly HoverRule[]): Element | undefined {
  for (const { over, shown } of rules) {
    try {
      if (!element.matches(shown)) continue;
      const trigger = element.parentElement?.closest(over) ?? before(element, over);
      if (trigger && trigger !== document.body && trigger !== document.documentElement) return trigger;
    } catch {
      // a selector that does not stand without its :hover
    }
  }
  return undefined;
}

/** The sibling before an element that a selector means. */
function before(element: Element, selector: string): Element | undefined {
  for (let node = element.previousElementSibling; node; node = node.previousElementSibling)
    if (node.matches(selector)) return node;
  return undefined;
}
