import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type Finding, SCHEMA_VERSION, type Target } from '../../../../src/core/record/record';

/** Text of an audited page that tries to be more than text wherever it is shown. */
export const hostile = [
  '<img src=x onerror="alert(1)">',
  '[click](javascript:alert(1))',
  "=cmd|' /C calc'!A0",
  '"=1+1',
  '| cell | `code` ``` {0} &amp;',
  '\u202Eevil\u200F \u2067x',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007',
  '</script><script>alert(1)</script></style></title>',
  'two\r\nlines\u2028more',
].join(' ');

export const hostileId = 'checkout/nielsen-10/H01/hostile';

/** A finding of a page `checkout`; open unless told otherwise. */
export function finding(fields: Partial<Finding> = {}): Finding {
  return {
    kind: 'automated',
    rule: 'lighthouse/image-alt',
    title: 'Image elements do not have [alt] attributes',
    target: 'checkout',
    state: { status: 'open', severity: 3 },
    id: 'checkout/lighthouse/image-alt',
    ...fields,
  };
}

/** A finding with hostile text in every field that holds text. */
export const hostileFinding = finding({
  kind: hostile,
  rule: hostile,
  title: hostile,
  state: { status: 'accepted', by: hostile, on: '2026-11-20', reason: hostile, owner: hostile },
  ratings: { [hostile]: { severity: 3 } },
  occurrences: { '01': { selector: hostile, snippet: hostile }, '02': { url: hostile }, '03': { label: hostile } },
  where: { element: hostile, [hostile]: hostile },
  note: hostile,
  recommendation: hostile,
  evidence: [`evidence/${hostile}.png`, '../../secret.png'],
  cx: { stage: hostile, impact: hostile },
  id: hostileId,
});

/** A record of these findings, read as from a file. */
export function recordOf(findings: readonly Finding[], target: Target = { kind: 'page', path: '/checkout' }) {
  return parseRecord(
    JSON.stringify({
      schemaVersion: SCHEMA_VERSION,
      targets: { checkout: target },
      evaluations: {},
      findings: Object.fromEntries(findings.map((entry) => [entry.id, entry])),
    }),
  );
}

/** Characters that steer a terminal or reorder text. */
export const active = /(?![\r\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
