import { nothing, type TemplateResult } from 'lit-html';
import { redraw } from '../shared/draw';
import { button } from '../shared/elements';

/** Names of the lists that are shown whole. */
const whole = new Set<string>();

/**
 * A list cut to what one can take in, and the button that shows the rest of it.
 *
 * @param name of the list on its page
 * @param what the entries are, for the button: `values`
 */
export function cutList<T>(
  list: readonly T[],
  name: string,
  most: number,
  what: string,
): { listed: readonly T[]; more: TemplateResult | typeof nothing } {
  const rest = list.length - most;
  if (rest <= 0 || whole.has(name)) return { listed: list, more: nothing };
  const showAll = () => {
    whole.add(name);
    redraw();
  };
  return { listed: list.slice(0, most), more: button(`Show ${rest} more ${what}`, showAll, { kind: 'more' }) };
}
