import { problemDifferences } from '../report/recordDiff';
import { signedSeverity } from '../report/reportProblems';
import { counted } from '../text/counted';
import { inertLine } from '../text/inertText';
import { verdictWords } from '../verdict/judge';
import { changedRows, type GateReason, type Review } from './review';
import { headline, rangeText, sureness } from './sentences';
import { signedValue } from './words';

/** So that a review fits on one screen of a terminal, before `--all`. */
const LINES = 8;

/** The review of a change for a terminal. */
export function reviewText(review: Review, all = false): string {
  const { pages, gate } = review;
  const changes = pages.flatMap((page) =>
    changedRows(page).map(({ verdict, number, shift, isExact, ...row }) => {
      const range = isExact ? 'exact' : `${rangeText({ ...row, verdict, number, shift, isExact })}, n ${row.n}`;
      const size = signedValue(shift ?? 0, number.unit);
      const where = `${inertLine(page.target)} (${page.formFactor})`;
      return `${verdictWords[verdict].padEnd(9)} ${where}: ${number.name} ${size} (${range})`;
    }),
  );
  const problems = problemDifferences(review.differences).map(({ change, severity, title, differences }) => {
    const where = [...new Set(differences.map(({ target }) => target))].join(', ');
    return `${change.padEnd(9)} ${signedSeverity(severity)}: ${inertLine(`${title} (${where})`)}`;
  });
  const unknown = pages.flatMap(({ target, formFactor, rows, incomparable, error }) => {
    const names = rows.filter(({ verdict }) => verdict === 'unknown').map(({ number }) => number.name);
    const page = inertLine(`${target} (${formFactor})`);
    if (error) return [`failed    ${page}, ${error.side}: ${inertLine(error.what)} ${inertLine(error.next)}`];
    if (incomparable !== undefined) return [`${verdictWords.incomparable}: ${page}: ${inertLine(incomparable)}`];
    return names.length > 0 ? [`${verdictWords.unknown}: ${page}: ${names.join(', ')}`] : [];
  });
  const lines = [
    `UX Audit: ${inertLine(headline(review))}`,
    ...cut([...problems, ...changes], all),
    ...cut(unknown, all),
    '',
    ...gateLines(gate, all),
    ...review.openBudgets.map((text) => `Budget not judged: ${inertLine(text)}.`),
    ...(review.unread === undefined
      ? []
      : [inertLine(`The record of ${review.base.name} could not be read: ${review.unread}`)]),
    ...cut(
      review.notMeasured.map((text) => `Not measured: ${inertLine(text)}.`),
      all,
    ),
    inertLine(sureness(review).replaceAll('`', '')),
  ];
  return lines.join('\n');
}

function gateLines(gate: readonly GateReason[], all: boolean): string[] {
  if (gate.length === 0) return ['The gate passes.'];
  return [
    `The gate fails, ${counted(gate.length, 'reason')}:`,
    ...cut(
      gate.map(({ text }) => `  ${inertLine(text)}`),
      all,
    ),
  ];
}

function cut(lines: readonly string[], all: boolean): string[] {
  return all || lines.length <= LINES
    ? [...lines]
    : [...lines.slice(0, LINES), `… and ${lines.length - LINES} more (--all shows them)`];
}
