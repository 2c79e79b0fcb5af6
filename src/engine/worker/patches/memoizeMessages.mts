import type { Patch } from './patch.mts';

/**
 * Parses each message of Lighthouse once, since a run formats the same few hundred thousands of times.
 *
 * Gain: 21 and 26 % of the processor time, 30 and 17 % of the time on the clock; 0.4 s of processor time alone where
 * the same artifacts are audited again. Upstream: none filed.
 */
export const memoizeMessages: Patch = {
  name: 'memoizeMessages',
  changes: [
    {
      module: 'lighthouse/shared/localization/format.js',
      replace: [
        [/^/, 'const formatters = new Map();\n'],
        [
          'const formatter = new IntlMessageFormatCtor(',
          `const formatterKey = localeForMessageFormat + message;
  const formatter = formatters.get(formatterKey) ?? new IntlMessageFormatCtor(`,
        ],
        [
          'const valuesForMessageFormat =',
          'formatters.set(formatterKey, formatter);\n  const valuesForMessageFormat =',
        ],
      ],
    },
  ],
};
