import type { Ends } from '../outcomes/importFields';

/** The instruments of the survey kit. */
export const instrumentIds = ['nps', 'csat', 'ces', 'seq', 'umux-lite', 'sus'] as const;
export type InstrumentId = (typeof instrumentIds)[number];

/** A question of an instrument: answered by one of the whole numbers of its scale. */
export interface Question {
  /** The field of the import that it is. */
  field: string;
  text: string;
}

/** A published instrument. Its wording is part of the measure: another wording is another measure. */
export interface Instrument {
  id: InstrumentId;
  name: string;
  /** The metric of the figures that come of it. */
  metric: string;
  /** The lowest and highest answer. */
  scale: Ends;
  /** What the lowest and the highest answer mean. */
  ends: readonly [low: string, high: string];
  questions: Question[];
  /** Who published the wording, and when. */
  source: string;
  /** How the published form names the subject where a team gives no name of its own. */
  subject: string;
}

const agreement = ['Strongly disagree', 'Strongly agree'] as const;
const numbered = (field: string, texts: readonly string[]) =>
  texts.map((text, index) => ({ field: `${field}${index + 1}`, text }));

/**
 * The wordings as published; `{name}` stands for the company, product or system that is asked about.
 *
 * - NPS: F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
 * - CSAT: no single publication; satisfaction with an experience from 1 to 5, as in Delighted's help, "How is CSAT
 *   calculated?", which the formula of the figure cites too.
 * - CES 2.0: M. Dixon, N. Toman & R. DeLisi, The Effortless Experience (2013).
 * - SEQ: J. Sauro & J. S. Dumas, "Comparison of three one-question, post-task usability questionnaires", CHI 2009; the
 *   wording as in J. Sauro, "10 Things To Know About The Single Ease Question".
 * - UMUX-Lite: J. R. Lewis, B. S. Utesch & D. E. Maher, "UMUX-LITE: When There's No Time for the SUS", CHI 2013; the
 *   items 1 and 3 of the UMUX (K. Finstad 2010), from 1 to 7.
 * - SUS: J. Brooke, "SUS: A 'quick and dirty' usability scale", in Usability Evaluation in Industry (1996).
 */
export const instruments: Readonly<Record<InstrumentId, Instrument>> = {
  nps: {
    id: 'nps',
    name: 'Net Promoter Score® (NPS)',
    metric: 'nps',
    scale: [0, 10],
    ends: ['Not at all likely', 'Extremely likely'],
    questions: [{ field: 'nps', text: 'How likely is it that you would recommend {name} to a friend or colleague?' }],
    source: 'Reichheld 2003, Harvard Business Review',
    subject: 'our company',
  },
  csat: {
    id: 'csat',
    name: 'Customer satisfaction (CSAT)',
    metric: 'csat',
    scale: [1, 5],
    ends: ['Very dissatisfied', 'Very satisfied'],
    questions: [{ field: 'csat', text: 'How satisfied were you with {name}?' }],
    source: 'customary wording, as in Delighted’s help “How is CSAT calculated?”',
    subject: 'your experience',
  },
  ces: {
    id: 'ces',
    name: 'Customer Effort Score 2.0 (CES)',
    metric: 'ces',
    scale: [1, 7],
    ends: agreement,
    questions: [{ field: 'ces2', text: '{name} made it easy for me to handle my issue.' }],
    source: 'Dixon, Toman & DeLisi 2013, The Effortless Experience',
    subject: 'the company',
  },
  seq: {
    id: 'seq',
    name: 'Single Ease Question (SEQ)',
    metric: 'seq',
    scale: [1, 7],
    ends: ['Very difficult', 'Very easy'],
    questions: [{ field: 'seq', text: 'Overall, how difficult or easy was the task to complete?' }],
    source: 'Sauro & Dumas 2009, CHI',
    subject: '',
  },
  'umux-lite': {
    id: 'umux-lite',
    name: 'UMUX-Lite',
    metric: 'umux_lite',
    scale: [1, 7],
    ends: agreement,
    questions: numbered('umux', ['{name}’s capabilities meet my requirements.', '{name} is easy to use.']),
    source: 'Lewis, Utesch & Maher 2013, CHI',
    subject: 'this system',
  },
  sus: {
    id: 'sus',
    name: 'System Usability Scale (SUS)',
    metric: 'sus',
    scale: [1, 5],
    ends: agreement,
    questions: numbered('sus', [
      'I think that I would like to use {name} frequently.',
      'I found {name} unnecessarily complex.',
      'I thought {name} was easy to use.',
      'I think that I would need the support of a technical person to be able to use {name}.',
      'I found the various functions in {name} were well integrated.',
      'I thought there was too much inconsistency in {name}.',
      'I would imagine that most people would learn to use {name} very quickly.',
      'I found {name} very cumbersome to use.',
      'I felt very confident using {name}.',
      'I needed to learn a lot of things before I could get going with {name}.',
    ]),
    source: 'Brooke 1996, Usability Evaluation in Industry',
    subject: 'this system',
  },
};

/** The question as it is asked; a name at its beginning gets a capital letter. */
export function questionText({ text }: Question, name: string): string {
  const asked = text.replaceAll('{name}', () => name);
  return asked.charAt(0).toUpperCase() + asked.slice(1);
}
