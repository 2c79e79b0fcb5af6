import { type ProblemChange, type ProblemText, UNTITLED } from '../../core/evaluation/problems';
import { forFields, placeFields, textFields } from '../../core/record/findingFields';
import type { Finding } from '../../core/record/record';

/** The text of a problem as the form shows it. */
export function textOf(finding: Finding | undefined, me: string): ProblemText {
  const mine = finding?.ratings?.[me];
  return {
    title: finding?.title === UNTITLED ? '' : (finding?.title ?? ''),
    ...forFields(textFields, (name) => finding?.[name]),
    where: whereOf(finding),
    alsoBreaks: finding?.alsoBreaks,
    stage: finding?.cx?.stage,
    rating: mine && {
      severity: mine.severity,
      frequency: mine.frequency,
      impact: mine.impact,
      persistence: mine.persistence,
    },
  };
}

function whereOf(finding: Finding | undefined): NonNullable<ProblemText['where']> {
  const where = (finding?.where ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    placeFields.flatMap(({ name, ask }) =>
      ask !== 'never' && typeof where[name] === 'string' ? [[name, where[name]]] : [],
    ),
  );
}

/** A text with one change in it. */
export function changed(text: ProblemText, { where, ...others }: ProblemChange): ProblemText {
  return { ...text, ...others, where: { ...text.where, ...where } };
}

/** A problem as it is sent: without fields that are undefined. */
export function defined(problem: ProblemChange): ProblemChange {
  const rating =
    problem.rating && Object.fromEntries(Object.entries(problem.rating).filter(([, value]) => value !== undefined));
  const entries = Object.entries({ ...problem, rating }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** Whether two texts are the same once they are recorded; recording trims them. */
export function sameText(one: ProblemText, other: ProblemText): boolean {
  const comparable = ({ where, alsoBreaks, rating, title, ...texts }: ProblemText) => {
    const plain = { title: title.replace(/\s+/g, ' '), ...texts, ...where, ...rating };
    const filled = Object.entries(plain).flatMap(([name, value]) => {
      const text = String(value ?? '').trim();
      return text === '' ? [] : [`${name} ${text}`];
    });
    return JSON.stringify([filled.sort(), [...(alsoBreaks ?? [])].sort()]);
  };
  return comparable(one) === comparable(other);
}
