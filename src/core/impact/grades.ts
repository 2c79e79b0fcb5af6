/** Causal A1 to A3, correlational B1 to B3, survey C1 and C2, opinion D1; the best first. */
export const grades = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'C1', 'C2', 'D1'] as const;
export type Grade = (typeof grades)[number];

/** How the line of a path is drawn: causal evidence solid, regression and controlled comparison dashed, the rest dotted. */
export type Line = 'solid' | 'dashed' | 'dotted';

export function lineOf(grade: Grade): Line {
  if (grade.startsWith('A')) return 'solid';
  return grade === 'B1' || grade === 'B2' ? 'dashed' : 'dotted';
}

/** What a grade allows to be said, in a word or two. */
export function gradeWord(grade: Grade): 'causal' | 'correlational' | 'survey' | 'opinion' {
  if (grade.startsWith('A')) return 'causal';
  if (grade.startsWith('B')) return 'correlational';
  return grade.startsWith('C') ? 'survey' : 'opinion';
}
