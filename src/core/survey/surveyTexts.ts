import * as z from 'zod/mini';
import { type Instrument, questionText } from './instruments';

const text = z.string().check(z.minLength(1), z.maxLength(500));

/** Every text of a survey page, so that a team can give its own translation. */
export const surveyTextsSchema = z.strictObject({
  title: text,
  questions: z.array(text),
  low: text,
  high: text,
  segment: text,
  comment: text,
  optional: text,
  send: text,
  missing: text,
  sent: text,
  kept: text,
  privacy: text,
  next: text,
  waiting: text,
  save: text,
  forget: text,
  noScript: text,
});
export type SurveyTexts = z.infer<typeof surveyTextsSchema>;

/** The English texts of an instrument: its published wording, and ours around it. */
export function englishTexts(instrument: Instrument, name = instrument.subject): SurveyTexts {
  const { questions, ends } = instrument;
  return {
    title: questions.length > 1 ? 'Please say how far you agree' : 'One question',
    questions: questions.map((question) => questionText(question, name)),
    low: ends[0],
    high: ends[1],
    segment: 'Which describes you best?',
    comment: 'What is the main reason for your answer?',
    optional: 'optional',
    send: 'Send',
    missing: 'Please choose an answer.',
    sent: 'Thank you. Your answer has arrived.',
    kept: 'Thank you. Your answer is kept on this device until it can be sent.',
    privacy: 'Nothing is stored that says who you are.',
    next: 'Next person',
    waiting: 'Answers kept on this device: {n}',
    save: 'Save kept answers as a file',
    forget: 'Delete the saved answers from this device',
    noScript: 'This form needs JavaScript to send your answer.',
  };
}
