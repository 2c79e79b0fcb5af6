import type { Patch } from './patch.mts';

/**
 * Keeps the style sheets known to the browser between the artifacts Stylesheets and CSSUsage, which come one after the
 * other with the patch computeAhead: the browser would read them again.
 *
 * Gain: GAIN_keepStyleSheets. Upstream: none filed.
 */
export const keepStyleSheets: Patch = {
  name: 'keepStyleSheets',
  changes: [
    {
      module: 'lighthouse/core/gather/gatherers/stylesheets.js',
      replace: [[/await session\.sendCommand\('CSS\.disable'\);\s*await session\.sendCommand\('DOM\.disable'\);/, '']],
    },
  ],
};
