import { measurePage, openBuilt } from './webviewPage.mjs';

/** What the form of an evaluation is given at most in one piece: 50 pages, 55 items, half of them answered. */
function largeState() {
  const items = Array.from({ length: 55 }, (_, index) => ({
    id: `A${index}`,
    title: `Title of item ${index}`,
    question: `Is item ${index} as it should be, for everybody, on every screen?`,
    howToCheck: ['Look at it.', 'Do it.'],
    good: 'Well done.',
    bad: 'Badly done.',
    metrics: ['error_rate'],
    stages: [],
    covers: ['lighthouse/image-alt'],
  }));
  const subjects = Array.from({ length: 50 }, (_, page) => ({
    target: `page-${page}`,
    evaluation: `page-${page}/large/ana`,
    round: 1,
    status: 'draft',
    version: 1,
    asked: items.map(({ id }) => id),
    url: 'http://localhost:3000/',
    answers: Object.fromEntries(
      items.filter((_, index) => index % 2 === 0).map(({ id }) => [id, { verdict: 'pass', note: 'as it should be' }]),
    ),
    previous: {},
    previousOn: null,
    others: [],
  }));
  return {
    selection: { folder: 'file:///bench', targets: ['bench'], checklist: 'large', me: 'ana' },
    me: 'ana',
    checklist: { id: 'large', version: 1, title: 'Large', description: '', licence: '', items },
    checklistError: null,
    subjects,
    problems: {},
    toRate: [],
    joint: [],
    failedFirst: [],
    jointHidden: '',
    attachments: {},
    stale: null,
    view: 'form',
  };
}

const state = largeState();

/** Opens the built form once; milliseconds until its first item is painted, and of an answer. */
async function once(browser, built) {
  const answers = { ready: state, machine: {} };
  const { page, opened } = await openBuilt(browser, built, { name: 'evaluation', answers, shown: '#item' });
  const answered = await page.evaluate(() =>
    window.timed(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }));
      if (!document.querySelector('.verdicts [aria-pressed=true]')) throw new Error('The answer is not shown.');
    }),
  );
  await page.close();
  return { opened, answered };
}

/** The form of an evaluation in a real browser, with as much in it as anybody will have. */
export async function measure(bench) {
  await measurePage(bench, {
    part: 'form',
    once,
    rows: [
      ['form of 50 pages and 55 items: script start to first item painted', 'opened', 300],
      ['an answer shown', 'answered', 50],
    ],
  });
}
