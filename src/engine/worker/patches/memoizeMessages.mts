import type { Patch } from './patch.mts';

/**
 * Parses each message of Lighthouse once: the same few hundred are formatted thousands of times in a run.
 *
 * Gain: GAIN_memoizeMessages. Upstream: none filed.
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
