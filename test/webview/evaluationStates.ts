import type { EvaluationPageState, SubjectState } from '../../src/protocol/evaluationPage';

/** The items of the checklist. */
export const items = ['H01', 'H02', 'H03'].map((id) => ({
  id,
  title: `Title of ${id}`,
  question: `Is ${id} so?`,
  howToCheck: ['Look.'],
  good: 'Good.',
  bad: 'Bad.',
  covers: id === 'H01' ? ['lighthouse/image-alt'] : [],
}));

/** A page that is evaluated, without an answer yet. */
export function evaluatedSubject(change: Partial<SubjectState> = {}): SubjectState {
  return {
    target: 'checkout',
    evaluation: 'checkout/nielsen-10/ana',
    round: 1,
    status: 'draft',
    version: 1,
    asked: items.map(({ id }) => id),
    url: 'http://localhost:3000/checkout',
    shows: ['open', 'hand'],
    audited: '',
    answers: {},
    previous: {},
    previousOn: null,
    others: [],
    ...change,
  };
}

/** What the host tells the page of an evaluation. */
export function evaluationState(change: Partial<EvaluationPageState> = {}): EvaluationPageState {
  return {
    selection: { folder: 'file:///shop', targets: ['checkout'], checklist: 'nielsen-10', me: 'ana' },
    me: 'ana',
    checklist: { id: 'nielsen-10', version: 1, title: 'Ten', description: '', licence: '', items },
    checklistError: null,
    subjects: [evaluatedSubject()],
    titles: {},
    problems: {},
    toRate: [],
    joint: [],
    failedFirst: [],
    jointHidden: 'You have not submitted.',
    attachments: {},
    sent: {},
    hasMessage: false,
    stale: null,
    view: 'form',
    ...change,
  };
}
