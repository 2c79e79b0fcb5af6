import type { Action, Selector } from './recording';

/** What the tools of styles generate, and what changes with the next build or the next element. */
const generated = [
  /^(css|sc|jss|emotion|tw|radix|headlessui|ember|mui|ext|react-select)-?:?[\w:-]*\d/i,
  /^_/,
  /^:/,
  /\d{3,}$/,
  /(^|[-_])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{5,}$/i,
  /(^|__)[a-z0-9]*[A-Z]{2}[a-z0-9]*[A-Z][a-z0-9]*$/,
];

/** Whether a class or an id seems to come from a tool, so that it will be another one soon. */
export function isGenerated(name: string): boolean {
  return generated.some((like) => like.test(name.replaceAll('\\', '')));
}

/**
 * Whether a selector breaks with the next change of the page: XPath, and CSS that says nothing but positions and
 * generated names. One that names an attribute, a lasting class or id, or only elements, is not weak.
 */
export function isWeak(selector: Selector): boolean {
  if (Array.isArray(selector)) return selector.some(isWeak);
  if (/^(aria|text)\//.test(selector)) return false;
  if (selector.startsWith('xpath/')) return true;
  const css = selector.replace(/^(pierce|css)\//, '');
  if (/\[[^\]]+\]/.test(css)) return false;
  const names = [...css.matchAll(/[.#]((?:\\.|[\w:-])+)/g)].map(([, name = '']) => name.replace(/:nth.*$/, ''));
  if (names.some((name) => !isGenerated(name))) return false;
  return names.length > 0 || /:nth-|:(first|last|only)-/.test(css);
}

/** Whether every way to an action's element is weak. */
export function hasWeakSelectors({ selectors = [] }: Action): boolean {
  return selectors.length > 0 && selectors.every(isWeak);
}

/** The selectors of an element that are worth adding to those of an action. */
export function betterThan({ selectors = [] }: Action, found: readonly Selector[]): Selector[] {
  const known = new Set(selectors.map((selector) => JSON.stringify(selector)));
  return found.filter((selector) => !isWeak(selector) && !known.has(JSON.stringify(selector)));
}
