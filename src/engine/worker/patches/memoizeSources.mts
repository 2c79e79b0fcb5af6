import type { Patch } from './patch.mts';

/**
 * Computes once, not in every run, what depends on the text of a script or style sheet alone: its length when minified,
 * and the old JavaScript in it.
 *
 * Gain: GAIN_memoizeSources. Upstream: none filed.
 */
export const memoizeSources: Patch = {
  name: 'memoizeSources',
  changes: [
    {
      module: 'lighthouse/core/lib/minification-estimator.js',
      uses: { 'inWorker/memoize.ts': ['memoize'] },
      replace: [
        [
          'export {computeJSTokenLength, computeCSSTokenLength};',
          `const memoized = (compute) => (content) => memoize(compute.name, content, compute);
const [lengthOfJS, lengthOfCSS] = [computeJSTokenLength, computeCSSTokenLength].map(memoized);
export {lengthOfJS as computeJSTokenLength, lengthOfCSS as computeCSSTokenLength};`,
        ],
      ],
    },
    {
      module: 'legacy-javascript/legacy-javascript.js',
      uses: { 'inWorker/memoize.ts': ['memoize'] },
      replace: [
        ['matcher.match(content)', "structuredClone(memoize('matches', content, (text) => matcher.match(text)))"],
        [
          'pattern.estimateBytes(content)',
          "memoize('bytes of ' + pattern.name, content, (text) => pattern.estimateBytes(text))",
        ],
      ],
    },
  ],
};
