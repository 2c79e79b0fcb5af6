import type { AnswerVerdict } from '../../core/evaluation/evaluation';

/** Icon, word, key and colour of a verdict. */
export interface VerdictStyle {
  icon: string;
  word: string;
  key: string;
  tone: string;
}

export const verdictStyles: Record<AnswerVerdict | 'none', VerdictStyle> = {
  pass: { icon: 'check', word: 'pass', key: 'P', tone: 'good' },
  fail: { icon: 'error', word: 'fail', key: 'F', tone: 'poor' },
  'n/a': { icon: 'dash', word: 'not applicable', key: 'N', tone: 'quiet' },
  unsure: { icon: 'question', word: 'unsure', key: 'U', tone: 'fair' },
  none: { icon: 'circle-large-outline', word: 'not looked at', key: '', tone: 'quiet' },
};

/** The style of any verdict, also of one that a newer version wrote. */
export function verdictStyle(verdict: string | undefined): VerdictStyle {
  return verdictStyles[(verdict ?? 'none') as AnswerVerdict] ?? verdictStyles.none;
}
