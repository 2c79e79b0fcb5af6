/**
 * Grades of evidence, best first: causal A1 to A3, correlational B1 and B2, survey C1 and C2, a single case without a
 * comparison B3, opinion D1. One case is one observation, so it ranks after surveys, which asked many.
 */
export const grades = ['A1', 'A2', 'A3', 'B1', 'B2', 'C1', 'C2', 'B3', 'D1'] as const;
export type Grade = (typeof grades)[number];

/**
 * The line of a path: solid for an experiment, dashed for what was observed together, dotted for what people said, a
 * single case and an opinion.
 */
export type Line = 'solid' | 'dashed' | 'dotted';

/** The rank of a grade, 0 for the best; no grade ranks last. */
export function placeOfGrade(grade: Grade | undefined): number {
  return grade === undefined ? grades.length : grades.indexOf(grade);
}

/** Sorts the best evidence first. */
export function byGrade(a: { grade: Grade }, b: { grade: Grade }): number {
  return placeOfGrade(a.grade) - placeOfGrade(b.grade);
}

export function lineOf(grade: Grade): Line {
  if (grade.startsWith('A')) return 'solid';
  return grade === 'B1' || grade === 'B2' ? 'dashed' : 'dotted';
}

/** How a study knows, in words that need no key. */
export function evidenceWord(
  grade: Grade,
): 'experiment' | 'observed together' | 'people said' | 'one case' | 'opinion' {
  if (grade === 'B3') return 'one case';
  const words = { causal: 'experiment', correlational: 'observed together', survey: 'people said' } as const;
  const kind = gradeWord(grade);
  return kind === 'opinion' ? 'opinion' : words[kind];
}

/** What the words for evidence mean, where they first appear. */
export const evidenceMeanings: Record<ReturnType<typeof evidenceWord>, string> = {
  experiment: 'one thing was changed on purpose and compared',
  'observed together': 'both moved; which moved which is not known',
  'people said': 'they were asked; what they do was not watched',
  'one case': 'before and after, with nothing to compare it with; what else changed is not known',
  opinion: 'nobody measured it',
};

/** The kind of evidence that a grade stands for, in a word. */
export function gradeWord(grade: Grade): 'causal' | 'correlational' | 'survey' | 'opinion' {
  if (grade.startsWith('A')) return 'causal';
  if (grade.startsWith('B')) return 'correlational';
  return grade.startsWith('C') ? 'survey' : 'opinion';
}
