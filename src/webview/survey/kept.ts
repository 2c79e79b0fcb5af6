import { type AnswerForm, readSurveyAnswer, type SurveyAnswer } from '../../core/survey/surveyAnswer';

/**
 * The answers that have not arrived yet. Each has an entry of its own in the browser's storage, so that two tabs never
 * overwrite each other's; where a browser has no storage, they are kept as long as the page is open.
 */
export class KeptAnswers {
  private readonly open = new Map<string, SurveyAnswer>();
  private readonly prefix: string;

  /** @param endpoint answers for one address are never sent to another */
  constructor(
    private readonly form: AnswerForm,
    endpoint: string,
  ) {
    this.prefix = `ux-audit-survey|${form.id}|${endpoint}|`;
  }

  add(answer: SurveyAnswer): void {
    this.open.set(answer.id, answer);
    try {
      localStorage.setItem(this.prefix + answer.id, JSON.stringify(answer));
    } catch {
      // the storage is full, or the browser has none for this page
    }
  }

  remove(id: string): void {
    this.open.delete(id);
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // it was never stored
    }
  }

  /** All of them; those of other tabs and of earlier visits too. */
  get all(): SurveyAnswer[] {
    return [...new Map([...this.stored(), ...this.open])].map(([, answer]) => answer);
  }

  private stored(): [string, SurveyAnswer][] {
    try {
      return Object.keys(localStorage).flatMap((key): [string, SurveyAnswer][] => {
        if (!key.startsWith(this.prefix)) return [];
        const answer = readSurveyAnswer(parsed(localStorage.getItem(key)), this.form);
        return answer ? [[answer.id, answer]] : [];
      });
    } catch {
      return [];
    }
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
