import type { AnswerForm } from './surveyAnswer';
import type { SurveyTexts } from './surveyTexts';

/** What the script of a survey page needs to know. */
export interface SurveyData {
  form: AnswerForm;
  endpoint: string;
  target: string;
  segments: readonly string[];
  texts: Pick<SurveyTexts, 'sent' | 'kept' | 'waiting'>;
}

/** The id of the element that holds {@link SurveyData}. */
export const dataElement = 'survey-data';
