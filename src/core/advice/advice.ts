import { aria } from './aria';
import { ariaNames } from './ariaNames';
import { bestPractices } from './bestPractices';
import { keyboard } from './keyboard';
import { load } from './load';
import { media } from './media';
import { metrics } from './metrics';
import { names } from './names';
import { search } from './search';
import { sight } from './sight';
import type { Advice, AdviceTable } from './sources';
import { structure } from './structure';
import { tables } from './tables';

export type { Advice } from './sources';

/** Audits that ask for the same as another, by their name in Lighthouse 10 to 13. */
export const sameAs: Readonly<Record<string, string>> = {
  'critical-request-chains': 'network-dependency-tree-insight',
  'dom-size': 'dom-size-insight',
  'duplicated-javascript': 'duplicated-javascript-insight',
  'efficient-animated-content': 'image-delivery-insight',
  'first-meaningful-paint': 'first-contentful-paint',
  'font-display': 'font-display-insight',
  'inp-breakdown-insight': 'interaction-to-next-paint',
  'layout-shift-elements': 'cls-culprits-insight',
  'layout-shifts': 'cls-culprits-insight',
  'lcp-breakdown-insight': 'largest-contentful-paint-element',
  'lcp-lazy-loaded': 'lcp-discovery-insight',
  'legacy-javascript': 'legacy-javascript-insight',
  'modern-image-formats': 'image-delivery-insight',
  'password-inputs-can-be-pasted-into': 'paste-preventing-inputs',
  'preload-fonts': 'font-display-insight',
  'preload-lcp-image': 'lcp-discovery-insight',
  'prioritize-lcp-image': 'lcp-discovery-insight',
  'render-blocking-resources': 'render-blocking-insight',
  'tap-targets': 'target-size',
  'third-party-facades': 'third-parties-insight',
  'third-party-summary': 'third-parties-insight',
  'uses-http2': 'modern-http-insight',
  'uses-long-cache-ttl': 'cache-insight',
  'uses-optimized-images': 'image-delivery-insight',
  'uses-rel-preconnect': 'network-dependency-tree-insight',
  'uses-rel-preload': 'network-dependency-tree-insight',
  'uses-responsive-images': 'image-delivery-insight',
  viewport: 'viewport-insight',
  'work-during-interaction': 'interaction-to-next-paint',
};

const mapOf = (...families: AdviceTable[]): ReadonlyMap<string, Advice> =>
  new Map(families.flatMap((family) => Object.entries(family)));

const accessibility = mapOf(media, names, sight, structure, tables, keyboard, ariaNames, aria);
const ofLighthouse = new Map([...accessibility, ...mapOf(metrics, load, bestPractices, search)]);

/** Advice for a rule as the record names it, such as `axe/image-alt`; undefined for rules that we do not know. */
export function adviceFor(rule: string): Advice | undefined {
  const [, tool, name = ''] = /^(axe|lighthouse)\/(.+)$/.exec(rule) ?? [];
  if (tool === 'axe') return accessibility.get(name);
  if (tool === 'lighthouse') return ofLighthouse.get(Object.hasOwn(sameAs, name) ? (sameAs[name] as string) : name);
  return undefined;
}

/** What lists call a finding: our short title, else its own. */
export function shortTitle({ rule, title }: { rule: string; title: string }): string {
  return adviceFor(rule)?.title ?? title;
}
