import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { one } from '../../src/core/checklist/drawings/scene';
import { type JointView, ratingsOf } from '../../src/core/evaluation/jointView';
import type { Finding, Rating } from '../../src/core/record/record';
import type { EvaluationPageState, SubjectState } from '../../src/protocol/evaluationPage';
import { items, evaluationState as state, evaluatedSubject as subject } from './evaluationStates';
import { faultsInThemes, faultsOfLook, leavePictures } from './faultsOfLook';
import { aPageEach, oneBrowser, openPage, stateAnswered } from './page';
import { looks } from './themes';

function finding(id: string, change: Partial<Finding> = {}): Finding {
  return {
    kind: 'heuristic',
    rule: 'nielsen-10/H01',
    title: `Problem ${id}`,
    target: 'checkout',
    state: { status: 'open' },
    id: `checkout/nielsen-10/H01/${id}`,
    ...change,
  };
}

/** What evaluators say together, worst problem first as the host puts it. */
function joint(findings: Finding[], change: Partial<JointView> = {}): JointView {
  const problems = findings.map((each) => ({ finding: each, foundBy: ['bo'], ...ratingsOf(each) }));
  return {
    target: 'checkout',
    checklist: 'nielsen-10',
    evaluations: [],
    round: 1,
    rounds: [1],
    drafts: [],
    problems: problems.sort((a, b) => (b.severity?.mean ?? -1) - (a.severity?.mean ?? -1)),
    items: [],
    anyTwo: undefined,
    duplicatesOpen: false,
    verdictKappa: { tooFew: 'x' },
    severityKappa: [],
    planning: { evaluators: 1, low: 0.19, mean: 0.34, high: 0.51, next: { low: 0.3, high: 0.8 } },
    ...change,
  };
}

describe('the look of an evaluation', () => {
  const browser = oneBrowser();
  const problem = finding('h', { title: '<b>Nobody</b> sees the price' });
  const answers = { H01: { verdict: 'fail' as const, note: 'Twice', findings: [problem.id] } };
  const machine = { 'lighthouse/image-alt': { state: 'failed', title: 'Image without alt text' } };
  const scenes: Record<string, Partial<EvaluationPageState>> = {
    form: { subjects: [subject({ answers })] },
    pages: { subjects: [subject({ answers }), subject({ target: 'home', evaluation: 'home/nielsen-10/ana' })] },
    overview: { subjects: [subject({ answers })], view: 'overview' },
    submitted: { subjects: [subject({ answers, status: 'submitted' })] },
  };
  it.each(looks([320, 1200], 1200))('has no accessibility violation and fits at %i px', async (width, themes) => {
    for (const [name, shown] of Object.entries(scenes)) {
      const ready = state({ ...shown, problems: { [problem.id]: problem } });
      const faults = await faultsOfLook(browser(), { name: `evaluation-${name}`, themes, width }, async (page) => {
        const drawings = { 'Good.': one('Form', 'All is well') };
        await openPage(page, 'evaluation', { ready, machine, drawings });
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (name !== 'overview') await page.keyboard.press('k'); // to the item with a problem
      });
      expect(faults, name).toEqual([]);
    }
  });
});

describe('the form of an evaluation', () => {
  let page: Page;
  const newPage = aPageEach();
  beforeEach(() => {
    page = newPage();
  });

  const opened = async (shown = state(), answers: Record<string, unknown> = {}) => {
    const requests = await openPage(page, 'evaluation', { ready: shown, machine: {}, ...answers });
    await page.locator('h1').waitFor();
    return requests;
  };
  /** What the host tells the page when the record has changed. */
  const changed = (next: EvaluationPageState) =>
    page.evaluate((data) => window.postMessage({ kind: 'event', name: 'state', data }), next as never);
  const sent = (requests: { method: string; params: unknown }[], method: string) =>
    requests.filter((request) => request.method === method).map(({ params }) => params);

  it('is walked with single keys, and sends each answer at once', async () => {
    const requests = await opened();
    await page.keyboard.press('p');
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    await page.keyboard.press('j');
    await page.keyboard.press('u');
    await page.getByText('3 of 3').waitFor();
    expect(sent(requests, 'answer')).toEqual([
      { evaluation: 'checkout/nielsen-10/ana', item: 'H01', change: { verdict: 'pass' } },
      { evaluation: 'checkout/nielsen-10/ana', item: 'H02', change: { verdict: 'n/a' } },
      { evaluation: 'checkout/nielsen-10/ana', item: 'H03', change: { verdict: 'unsure' } },
    ]);
    await page.keyboard.press('u');
    await expect
      .poll(() => sent(requests, 'answer').at(-1))
      .toEqual({ evaluation: 'checkout/nielsen-10/ana', item: 'H03', change: { verdict: null } });
    await page.getByText('2 of 3').waitFor();
  });

  it('asks for a problem when an item fails, and takes letters as text while one types', async () => {
    const requests = await opened();
    await page.keyboard.press('f');
    await page.keyboard.type('jump');
    expect(await page.getByLabel('What goes wrong').inputValue()).toBe('jump');
    expect(await page.locator('#item').innerText()).toContain('H01');
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await expect
      .poll(() => sent(requests, 'saveProblem').at(-1))
      .toMatchObject({ item: 'H01', problem: { title: 'jump', rating: { severity: 3 } } });
    const ids = new Set(sent(requests, 'saveProblem').map((params) => (params as { id: string }).id));
    expect([...ids]).toEqual([expect.stringMatching(/^checkout\/nielsen-10\/H01\/[0-9a-z]{6}$/)]);
  });

  it('shows no verdict that is not recorded: an empty problem gives none', async () => {
    const requests = await opened();
    await page.keyboard.press('a');
    await page.getByLabel('What goes wrong').waitFor();
    await page.getByText('0 of 3').waitFor();
    expect(await page.getByRole('button', { name: 'fail F', pressed: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await page.getByLabel('What goes wrong').count()).toBe(0);
    await page.getByText('0 of 3').waitFor();
    expect(requests.filter(({ method }) => /answer|Problem/.test(method))).toEqual([]);
  });

  it('takes back a problem of which a first letter was sent', async () => {
    const requests = await opened();
    await page.keyboard.press('a');
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Remove this problem' }).click();
    const { id } = sent(requests, 'saveProblem').at(-1) as { id: string };
    await expect
      .poll(() => sent(requests, 'removeProblem'))
      .toEqual([{ evaluation: 'checkout/nielsen-10/ana', item: 'H01', id }]);
  });

  it('asks whether an item with a problem really passes, once', async () => {
    const problem = finding('h');
    const answers = { H01: { verdict: 'pass' as const, findings: [problem.id] } };
    const ready = state({ subjects: [subject({ answers })], problems: { [problem.id]: problem } });
    const requests = await openPage(page, 'evaluation', { ready });
    await page.getByRole('heading', { name: 'Title of H02' }).waitFor(); // the first that has no answer
    await page.keyboard.press('k');
    await page.getByText('This item passes, and has 1 problem. Does it fail?').waitFor();
    await page.getByRole('button', { name: 'It passes all the same' }).click();
    await page.getByText('Does it fail?').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await page.getByText('Does it fail?').count()).toBe(0);
    expect(requests.filter(({ method }) => method === 'answer')).toEqual([]);
  });

  it('says what to have at hand before one begins, in the overview, and at each item', async () => {
    const needing = items.map((item, at) => ({
      ...item,
      ...(at < 2 && { needs: at === 0 ? ['phone', 'sound'] : ['phone'] }),
    }));
    const { checklist } = state();
    await openPage(page, 'evaluation', { ready: state({ checklist: { ...checklist, items: needing } }) });
    const line = page.getByText('Have at hand: phone (2 items), sound (1 item)');
    await line.waitFor();
    await page.getByText('At hand: phone, sound').waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('j');
    await page.getByText('At hand: phone', { exact: true }).waitFor();
    expect(await line.count()).toBe(0);
    await page.keyboard.press('o');
    await page.getByRole('region', { name: 'Have at hand' }).getByText('phone: 2 items, H01, H02').waitFor();
  });

  it('shows an example as a drawing, for those who do not see too, and keeps its words', async () => {
    const answers = { ready: state(), drawings: { 'Good.': one('Form', 'All is well') } };
    await openPage(page, 'evaluation', answers);
    const drawing = page.getByRole('img', { name: 'Drawing: page “Form”: “All is well”' });
    await drawing.waitFor();
    expect(await drawing.locator('text').allTextContents()).toEqual(['Form', 'All is well']);
    expect(await page.locator('figure.good figcaption').textContent()).toContain('Good.');
    expect(await page.locator('figure.bad svg').count()).toBe(0);
  });

  it('shows how to check at first, and leaves it closed for all items once a person closes it', async () => {
    await openPage(page, 'evaluation', { ready: state() });
    await page.getByText('Look.').waitFor();
    await page.getByText('How to check').click();
    await page.getByText('Look.').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    expect(await page.getByText('Look.').count()).toBe(0);
  });

  it('keeps frequency, impact and persistence that were given before the severity', async () => {
    const requests = await opened();
    await page.keyboard.press('f');
    await page.keyboard.type('x');
    await page.getByText('Why: frequency, impact, persistence').click();
    await page.getByLabel('Frequency').selectOption('4');
    await page.getByLabel('Persistence').selectOption('1');
    await page.getByRole('button', { name: '2 minor' }).click();
    await expect
      .poll(() => sent(requests, 'saveProblem').at(-1))
      .toMatchObject({ problem: { rating: { severity: 2, frequency: 4, persistence: 1 } } });
    await page.getByLabel('Frequency').selectOption('');
    await expect
      .poll(() => (sent(requests, 'saveProblem').at(-1) as { problem: object }).problem)
      .toHaveProperty('rating', { severity: 2, persistence: 1 });
  });

  it('keeps what is being typed when the record changes meanwhile', async () => {
    const requests = await opened();
    await page.keyboard.press('f');
    await page.keyboard.type('half');
    await page.evaluate((next) => window.postMessage({ kind: 'event', name: 'state', data: next }), state() as never);
    await page.keyboard.type(' a title');
    expect(await page.getByLabel('What goes wrong').inputValue()).toBe('half a title');
    const id = (sent(requests, 'saveProblem').at(-1) as { id: string }).id;
    const older = {
      kind: 'heuristic',
      rule: 'nielsen-10/H01',
      title: 'hal',
      target: 'checkout',
      state: { status: 'open' },
      id,
    };
    const answers = { H01: { verdict: 'fail', findings: [id] } };
    const late = state({ subjects: [subject({ answers })], problems: { [id]: older } });
    await page.evaluate((next) => window.postMessage({ kind: 'event', name: 'state', data: next }), late as never);
    await page.keyboard.type('!');
    expect(await page.getByLabel('What goes wrong').inputValue()).toBe('half a title!');
  });

  it('sends only what was changed of a problem, and shows what others change in it', async () => {
    const recorded = (change: Partial<Finding>) => {
      const problem = finding('7k3q9d', { title: 'No bar', note: 'old note', ...change });
      const answers = { H01: { findings: [problem.id] } };
      return state({ subjects: [subject({ answers })], problems: { [problem.id]: problem } });
    };
    const requests = await opened(recorded({}));
    const title = page.getByLabel('What goes wrong');
    await title.focus();
    await title.press('End');
    await page.keyboard.type('  at ');
    await expect.poll(() => sent(requests, 'saveProblem').at(-1)).toMatchObject({ problem: { title: 'No bar  at ' } });
    expect(Object.keys((sent(requests, 'saveProblem').at(-1) as { problem: object }).problem)).toEqual(['title']);
    await page.getByText('left · saved').waitFor();
    await changed(recorded({ title: 'No bar at', note: 'new note' }));
    expect(await page.getByLabel('Note', { exact: true }).last().inputValue()).toBe('new note');
    expect(await title.inputValue()).toBe('No bar  at '); // the space that is being typed stays
    await changed(recorded({ title: 'Another title' }));
    await expect.poll(() => title.inputValue()).toBe('Another title');
  });

  it('shows what else was said of a problem, and folds it only when asked to', async () => {
    const [said, bare] = [finding('7k3q9d', { note: 'old' }), finding('8m2x5p')];
    const answers = { H01: { findings: [said.id, bare.id] } };
    await opened(state({ subjects: [subject({ answers })], problems: { [said.id]: said, [bare.id]: bare } }));
    const note = page.getByRole('textbox', { name: 'Note', exact: true });
    expect(await note.count()).toBe(1);
    await note.fill('');
    expect(await note.count()).toBe(1);
    const summaries = page.getByText('Where, note, recommendation, attachments');
    await summaries.last().click();
    await expect.poll(() => note.count()).toBe(2);
    await summaries.first().press('Enter');
    await expect.poll(() => note.count()).toBe(1);
    await page.getByLabel('What goes wrong').first().press('x');
    expect(await note.count()).toBe(1);
  });

  it('says that something was not saved, and keeps it on the screen', async () => {
    await opened(state(), {
      answer: { fault: { kind: 'record', code: 'disk-full', message: 'The disk is full.', next: 'Make room.' } },
    });
    await page.keyboard.press('p');
    await page.getByRole('alert').getByText('Not saved: The disk is full. Make room.').waitFor();
    await page.getByRole('button', { name: 'pass P', pressed: true }).waitFor();
    await page.getByText('not saved', { exact: false }).first().waitFor();
  });

  it('takes back what the record refuses, and says so', async () => {
    const fault = {
      kind: 'usage',
      code: 'not-taken',
      message: 'This evaluation was submitted.',
      next: 'Take it back.',
    };
    const answers: Record<string, unknown> = { answer: { fault }, saveProblem: { fault } };
    await opened(state(), answers);
    await page.keyboard.press('p');
    await page.getByRole('alert').getByText('Not taken: This evaluation was submitted. Take it back.').waitFor();
    await page.getByRole('button', { name: 'pass P', pressed: false }).waitFor();
    await page.getByText('0 of 3').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.type('x');
    await page.getByRole('alert').getByText('Not taken').waitFor();
    await expect.poll(() => page.getByLabel('What goes wrong').count()).toBe(0);
    answers.ready = state({ subjects: [subject({ status: 'submitted', answers: { H01: { verdict: 'unsure' } } })] });
    await changed(answers.ready as EvaluationPageState);
    await page.getByRole('button', { name: 'unsure U', pressed: true }).waitFor();
  });

  it('shows what machines say, and what was said in the last round', async () => {
    const shown = state({
      subjects: [
        subject({ round: 2, previous: { H01: { verdict: 'pass', note: 'fine then' } }, previousOn: '2026-10-01' }),
      ],
    });
    await opened(shown, {
      machine: {
        'lighthouse/image-alt': {
          state: 'failed',
          title: 'Images lack text',
          finding: 'checkout/lighthouse/image-alt',
          when: 'local/mobile',
        },
      },
    });
    await page.getByRole('button', { name: 'Images lack text' }).waitFor();
    await page.getByText('Last round (2026-10-01): pass, “fine then”.').waitFor();
    await page.keyboard.press('f');
    await page.getByText('It changed to fail.').waitFor();
  });

  it('names a check once that two machines made, by its worst result', async () => {
    const covers = ['axe/image-alt', 'lighthouse/image-alt', 'axe/object-alt', 'lighthouse/object-alt'];
    const [first, ...others] = items;
    const checklist = { ...state().checklist, items: [{ ...(first as (typeof items)[number]), covers }, ...others] };
    await opened(state({ checklist }), {
      machine: {
        'axe/image-alt': { state: 'not audited', title: 'axe/image-alt' },
        'lighthouse/image-alt': { state: 'failed', title: 'Image without alt text' },
        'axe/object-alt': { state: 'not audited', title: 'axe/object-alt' },
        'lighthouse/object-alt': { state: 'not audited', title: 'object-alt' },
      },
    });
    const told = async () => (await page.locator('.machine li').allInnerTexts()).map((text) => text.trim());
    await expect.poll(told).toEqual(['failed: Image without alt text']);
    expect(await page.locator('.machine').innerText()).toContain('Not audited: object alt.');
  });

  it('asks machines again after an audit, shows the old answer until then, and not after each answer', async () => {
    const machine = { 'lighthouse/image-alt': { state: 'failed', title: 'Images lack text' } };
    const requests = await opened(state(), { machine });
    await page.getByText('Images lack text').waitFor();
    machine['lighthouse/image-alt'] = { state: 'passed', title: 'Images have text' };
    await changed(state({ subjects: [subject({ answers: { H01: { verdict: 'pass' } } })] }));
    await page.getByRole('button', { name: 'pass P', pressed: true }).waitFor();
    expect(sent(requests, 'machine')).toHaveLength(1);
    expect(await page.getByText('Images lack text').count()).toBe(1);
    await changed(state({ subjects: [subject({ audited: 'a newer run' })] }));
    await page.getByText('Images have text').waitFor();
  });

  it('asks again whether a submitted evaluation is stale when the record changes', async () => {
    const freshness = { state: 'current', why: 'Nothing changed.' };
    const shown = state({ subjects: [subject({ status: 'submitted' })] });
    const requests = await opened(shown, { freshness });
    await expect.poll(() => sent(requests, 'freshness')).toHaveLength(1);
    await page.getByText('Submitted. Your answers stand. Your colleagues get them').waitFor();
    Object.assign(freshness, { state: 'stale', why: '1 file changed.' });
    await changed(shown);
    await page.getByText(/they are stale: files of the page changed since/).waitFor();
    await page.getByText('1 file changed.').waitFor();
  });

  it('says nothing of files where it is not known whether they changed, and does not offer to send what was sent', async () => {
    const freshness = { state: 'unknown', why: 'It is unknown whether the page changed since.' };
    const shown = state({ subjects: [subject({ status: 'submitted' })] });
    const requests = await opened(shown, { freshness });
    await expect.poll(() => sent(requests, 'freshness')).toHaveLength(1);
    await page.getByText('Submitted. Your answers stand.').waitFor();
    expect(await page.getByText('unknown').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Send for review…' }).count()).toBeGreaterThan(0);
    await changed({ ...shown, sent: { 'checkout/nielsen-10/ana': '2026-11-28' }, hasMessage: true });
    await page.getByText('Sent on 2026-11-28').waitFor();
    await page.getByRole('button', { name: 'Copy a Message for Your Team' }).click();
    expect(sent(requests, 'copyMessage')).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Send for review…' }).count()).toBe(0);
  });

  it('begins a new round at what failed where the person chose so, and asks all items', async () => {
    const previous = { H01: { verdict: 'pass' }, H03: { verdict: 'fail' } };
    const next = subject({ evaluation: 'checkout/nielsen-10/ana/2', round: 2, previous });
    const requests = await opened(state({ subjects: [subject({ status: 'submitted', answers: previous })] }));
    await page.getByRole('button', { name: 'Begin a new round…' }).press('Enter');
    await expect.poll(() => sent(requests, 'newRound')).toEqual([{ evaluation: 'checkout/nielsen-10/ana' }]);
    await changed(state({ subjects: [next], failedFirst: [next.evaluation] }));
    await page.getByRole('heading', { name: 'H03' }).waitFor();
    const steps = () => page.locator('.strip .step').allInnerTexts();
    expect((await steps()).map((text) => text.trim().slice(0, 3))).toEqual(['H03', 'H01', 'H02', 'oth']);
    await page.getByText('0 of 3').waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'H01' }).waitFor();
    const order = page.getByRole('button', { name: 'Keep the checklist’s order' });
    await order.press('Enter');
    await expect.poll(() => sent(requests, 'beginAtFailed')).toEqual([{ evaluation: next.evaluation, isOn: false }]);
    await changed(state({ subjects: [next] }));
    await page.getByRole('button', { name: 'Begin at what failed' }).waitFor();
    expect((await steps())[0]).toContain('H01');
  });

  it('links a problem of the last round that is still there', async () => {
    const problem = finding('7k3q9d', { title: 'No bar' });
    const second = (answers: SubjectState['answers']) =>
      state({
        subjects: [subject({ round: 2, answers, previous: { H01: { verdict: 'fail', findings: [problem.id] } } })],
        problems: { [problem.id]: problem },
      });
    const requests = await opened(second({}));
    await page.getByRole('button', { name: 'Still there: No bar' }).click();
    await expect
      .poll(() => sent(requests, 'linkProblem'))
      .toEqual([{ evaluation: 'checkout/nielsen-10/ana', item: 'H01', id: problem.id }]);
    await changed(second({ H01: { verdict: 'fail', findings: [problem.id] } }));
    await page.getByText('found again').waitFor();
    expect(await page.getByLabel('What goes wrong').inputValue()).toBe('No bar');
  });

  it('leaves answers to a checklist that is gone readable', async () => {
    const shown = state({
      checklistError: 'There is no checklist "x" here. Answers are kept and shown by the ids of their items.',
      checklist: { id: 'x', version: 1, title: 'x', description: '', licence: '', items: [] },
      subjects: [subject({ asked: [], answers: { A07: { verdict: 'fail', note: 'still here' } } })],
    });
    await opened(shown);
    await page.getByText('Answers are kept').waitFor();
    await page.getByRole('button', { name: /A07/ }).click();
    expect(await page.locator('#note').inputValue()).toBe('still here');
  });

  it('shows answers to items that are no longer asked, apart from what counts', async () => {
    const answers = {
      A99: { verdict: 'fail', note: 'from version 1' },
      H01: { verdict: 'pass' },
      PURE: { friction: 2 },
      other: { note: '' },
    };
    await opened(state({ subjects: [subject({ answers })] }));
    await page.getByText('1 of 3').waitFor();
    const steps = page.getByRole('navigation', { name: 'Items' }).getByRole('button');
    expect(await steps.count()).toBe(5); // three asked, one that is not, and those outside the list
    await page.getByRole('button', { name: 'A99 fail, no longer asked' }).click();
    await page.getByText('This item is no longer asked').waitFor();
    expect(await page.locator('#note').inputValue()).toBe('from version 1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    await page.getByRole('rowheader', { name: 'A99 no longer asked' }).waitFor();
  });

  it('keeps text of checklists, pages and people inert', async () => {
    const nasty = '<img src=x onerror="window.hacked=1">';
    const shown = state({
      checklist: {
        id: 'n',
        version: 1,
        title: nasty,
        description: nasty,
        licence: nasty,
        items: [
          { id: 'H01', title: nasty, question: nasty, howToCheck: [nasty], good: nasty, bad: nasty, group: nasty },
        ],
      },
      subjects: [
        subject({
          target: nasty,
          asked: ['H01'],
          answers: { H01: { verdict: 'fail', note: nasty } },
          others: [{ handle: nasty, status: 'submitted' }],
        }),
      ],
    });
    await opened(shown);
    await page.keyboard.press('o');
    await page.keyboard.press('o');
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('goes through one item on all pages when asked to', async () => {
    const shown = state({ subjects: [subject(), subject({ target: 'home', evaluation: 'home/nielsen-10/ana' })] });
    await opened(shown);
    await page.getByLabel('Next goes to').selectOption('item');
    await page.locator('#item').focus();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'home' }).waitFor();
    expect(await page.locator('#item').innerText()).toContain('H01');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'checkout' }).waitFor();
    expect(await page.locator('#item').innerText()).toContain('H02');
  });

  it('shows an overview of 50 pages and 55 items, each cell leading to its form', async () => {
    const many = Array.from({ length: 55 }, (_, index) => ({ ...items[0], id: `A${index}`, title: `Item ${index}` }));
    const shown = state({
      checklist: { id: 'n', version: 1, title: 'Many', description: '', licence: '', items: many as never },
      subjects: Array.from({ length: 50 }, (_, index) =>
        subject({ target: `page-${index}`, evaluation: `page-${index}/n/ana`, asked: many.map(({ id }) => id) }),
      ),
      view: 'overview',
    });
    await opened(shown);
    expect(await page.locator('.cell').count()).toBe(2750);
    await page.locator('.cell').nth(51).click();
    await page.getByRole('heading', { name: 'page-1', exact: true }).waitFor();
    expect(await page.locator('#item').innerText()).toContain('A1');
  });

  const submitted = (view: 'rate' | 'together', ...views: JointView[]) =>
    state({ view, jointHidden: null, subjects: [subject({ status: 'submitted' })], joint: views });

  it('shows others’ ratings only after one has rated oneself', async () => {
    const theirs = finding('7k3q9d', { ratings: { bo: { severity: 4 } } });
    const requests = await opened(submitted('rate', joint([theirs])));
    await page.getByText('1 other has rated it.').waitFor();
    expect(await page.getByText('bo 4').count()).toBe(0);
    await page.keyboard.press('1');
    await expect.poll(() => sent(requests, 'rate')).toEqual([{ id: theirs.id, rating: { severity: 1 } }]);
    const both = { ...theirs, ratings: { ...theirs.ratings, ana: { severity: 1 } } };
    await changed(submitted('rate', joint([both])));
    await page.getByText('bo 4').waitFor();
    await page.getByText('raters differ').waitFor();
  });

  it('adds what is chosen to what was chosen before, although the record does not have that yet', async () => {
    const mine = finding('7k3q9d', { ratings: { ana: { severity: 2 } } });
    const [first, second] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
    const answers = [first.promise, second.promise];
    const requests = await opened(submitted('rate', joint([mine])), { rate: () => answers.shift() });
    const recorded = (rating: Rating) => joint([{ ...mine, ratings: { ana: rating } }]);
    const impact = page.getByLabel(/^Impact/);
    await page.getByText('Why: frequency, impact, persistence').click();
    await page.getByLabel(/^Frequency/).selectOption('3');
    await impact.selectOption('4');
    const one = { id: mine.id, rating: { severity: 2, frequency: 3 } };
    await expect.poll(() => sent(requests, 'rate')).toEqual([one]); // each holds the whole rating, so they go in turn
    first.resolve(null);
    const both = { id: mine.id, rating: { severity: 2, frequency: 3, impact: 4 } };
    await expect.poll(() => sent(requests, 'rate')).toEqual([one, both]);
    await changed(submitted('rate', recorded(one.rating))); // the first one is written
    await page.getByText('Together they suggest').waitFor();
    expect(await impact.inputValue()).toBe('4');
    second.resolve(null);
    await page.getByLabel(/^Persistence/).selectOption('1');
    await expect
      .poll(() => sent(requests, 'rate').at(2))
      .toEqual({ id: mine.id, rating: { ...both.rating, persistence: 1 } });
    const asElsewhere = async () => {
      await changed(submitted('rate', recorded({ severity: 0, frequency: 1 })));
      return await impact.inputValue();
    };
    await expect.poll(asElsewhere).toBe(''); // once the last one is written too
    expect(await page.getByRole('button', { name: /^0/, pressed: true }).count()).toBe(1);
    await changed(submitted('rate', joint([{ ...mine, ratings: {} }])));
    await expect.poll(() => page.getByRole('button', { pressed: true, name: /^[0-4]/ }).count()).toBe(0);
  });

  it('forgets a rating that could not be written', async () => {
    const mine = finding('7k3q9d', { ratings: { ana: { severity: 2 } } });
    const fault = { code: 'record-locked', message: 'The record is locked.', next: '' };
    await opened(submitted('rate', joint([mine])), { rate: { fault } });
    await page.keyboard.press('4');
    await page.getByText('The record is locked.').waitFor();
    expect(await page.getByRole('button', { name: /^2/, pressed: true }).count()).toBe(1);
  });

  it('keeps others’ ratings out of Together too, until one has rated, or asks for them', async () => {
    const rated = finding('aaaaaa', { ratings: { ana: { severity: 2 }, bo: { severity: 4 } } });
    const open = finding('bbbbbb', { ratings: { bo: { severity: 3 } } });
    await opened(submitted('together', joint([rated, open])));
    await page.getByText('ana 2 · bo 4').waitFor();
    await page.getByText('1 rating; rate it yourself to see it').waitFor();
    expect(await page.getByText('bo 3', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show the ratings all the same' }).click();
    await page.getByText('bo 3', { exact: true }).waitFor();
  });

  it('says in Together what is stale', async () => {
    const evaluations = [{ id: 'checkout/nielsen-10/bo', handle: 'bo', round: 1, checklist: 'nielsen-10@1' }];
    const requests = await opened(submitted('together', joint([], { evaluations })), {
      freshness: { state: 'stale', why: '2 files of site changed since commit 4f2c9d1.' },
    });
    await page.getByText('What bo said is stale. 2 files of site changed').waitFor();
    expect(sent(requests, 'freshness')).toContainEqual({ evaluation: 'checkout/nielsen-10/bo' });
  });

  it('does not call it disagreement while duplicates may be open', async () => {
    const anyTwo = { value: 0, pairs: 1 };
    await opened(submitted('together', joint([], { anyTwo, duplicatesOpen: true })));
    await page.getByText('Make duplicates one first').waitFor();
    expect(await page.getByText('mean of 1 pair').count()).toBe(0);
  });

  it('compares rounds apart, and rates what was found in several once', async () => {
    const [again, gone] = [finding('aaaaaa', { title: 'Still here' }), finding('bbbbbb', { title: 'Mended' })];
    const rounds = [joint([again], { round: 2, rounds: [2, 1] }), joint([again, gone], { rounds: [2, 1] })];
    await opened(submitted('together', ...rounds));
    await page.getByText('Only round 2 is compared here.').waitFor();
    expect(await page.getByRole('button', { name: 'Mended' }).count()).toBe(0);
    await page.getByText('checkout, round 1: 0 evaluators, 2 problems').click();
    await page.getByRole('button', { name: 'Mended' }).waitFor();
    await page.getByRole('button', { name: 'Rate', exact: true }).click();
    await page.getByText('0 of 2 rated.').waitFor();
  });

  it('rates the problem one sees, whatever the ratings so far make of the order', async () => {
    const three = ['aaaaaa', 'bbbbbb', 'cccccc'].map((id) => finding(id));
    const requests = await opened(submitted('rate', joint(three)));
    const rated = (...severities: number[]) =>
      joint(
        three.map((each, index) => ({
          ...each,
          ...(severities[index] !== undefined && { ratings: { ana: { severity: severities[index] } } }),
        })),
      );
    await page.keyboard.press('1');
    await changed(submitted('rate', rated(1)));
    await page.keyboard.press('j');
    await page.keyboard.press('4');
    await changed(submitted('rate', rated(1, 4))); // the second is the worst now, and comes first in the joint view
    await page.getByText('2 of 3 rated.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Problem bbbbbb');
    await page.keyboard.press('j');
    await page.keyboard.press('2');
    await expect
      .poll(() => sent(requests, 'rate'))
      .toEqual([
        { id: three[0]?.id, rating: { severity: 1 } },
        { id: three[1]?.id, rating: { severity: 4 } },
        { id: three[2]?.id, rating: { severity: 2 } },
      ]);
  });

  const spoken = (change: Partial<Finding> = {}) =>
    finding('7k3q9d', {
      remarks: {
        zzzzzz: { by: 'bo', at: '2026-11-23T09:30:00Z', text: 'Why a 4?\nThere is a way out: <b>Esc</b>.' },
        aaaaaa: { by: 'ana', at: '2026-11-24T12:00:00Z', text: 'Not on a phone.' },
      },
      ratings: { ana: { severity: 4 } },
      ...change,
    });

  it('shows in together what each evaluator wrote beside a verdict, with who and when', async () => {
    const said = joint([], {
      evaluations: [{ id: 'checkout/nielsen-10/bo', handle: 'bo', on: '2026-11-20', round: 1 } as never],
      items: [
        {
          key: 'H01',
          title: 'Status',
          verdicts: { bo: 'unsure' },
          notes: { bo: '<b>Only</b> on a phone' },
          disagree: false,
        },
      ],
    });
    await opened(submitted('together', said));
    await page.getByRole('columnheader', { name: 'bo 2026-11-20' }).waitFor();
    await page.getByRole('cell', { name: 'unsure <b>Only</b> on a phone' }).waitFor();
  });

  for (const view of ['rate', 'together'] as const) {
    it(`shows in ${view} what was said of a problem, oldest first, and adds to it by keyboard`, async () => {
      const requests = await opened(submitted(view, joint([spoken()])));
      const remarks = page.getByRole('list', { name: 'Remarks on: Problem 7k3q9d' }).getByRole('listitem');
      expect(await remarks.allInnerTexts()).toEqual([
        expect.stringMatching(/bo 2026-11-23\s+Why a 4\?\nThere is a way out: <b>Esc<\/b>\./),
        expect.stringMatching(/ana 2026-11-24\s+Take back\s+Not on a phone\./),
      ]);
      const field = page.getByLabel('Add a remark');
      await field.fill('Then let us say 3');
      await field.press('Control+Enter');
      await page.getByText('saved', { exact: true }).last().waitFor();
      expect(sent(requests, 'addRemark')).toEqual([
        { id: spoken().id, key: expect.stringMatching(/^[0-9a-z]{6}$/), text: 'Then let us say 3' },
      ]);
      expect(await field.inputValue()).toBe('');
      await field.press('Control+Enter'); // nothing is written, so nothing is sent
      await field.press('3'); // a letter of the text, no rating
      expect([sent(requests, 'addRemark').length, sent(requests, 'rate')]).toEqual([1, []]);
    });
  }

  it('keeps a discussion closed until one has rated the problem, or opens it', async () => {
    await opened(submitted('rate', joint([spoken({ ratings: { bo: { severity: 4 } } })])));
    const title = page.getByText('Discussion · 2 remarks');
    await title.waitFor();
    expect(await page.getByText('Not on a phone.').count()).toBe(0);
    await title.click();
    await page.getByText('Not on a phone.').waitFor();
  });

  it('keeps a remark that could not be saved, says why, and adds it once when tried again', async () => {
    const fault = { code: 'record-locked', message: 'The record is locked.', next: '' };
    const requests = await opened(submitted('rate', joint([spoken()])), { addRemark: { fault } });
    const field = page.getByLabel('Add a remark');
    await field.fill('Half a day of work');
    const add = page.getByRole('button', { name: 'Add Remark on: Problem 7k3q9d' });
    await add.click();
    await page.getByRole('alert').getByText('Not saved: The record is locked.').waitFor();
    expect(await field.inputValue()).toBe('Half a day of work');
    await changed(submitted('rate', joint([spoken({ title: 'Named anew' })])));
    await page.getByRole('heading', { name: 'Named anew' }).waitFor();
    expect(await field.inputValue()).toBe('Half a day of work');
    await page.getByRole('button', { name: 'Add Remark on: Named anew' }).click();
    await expect.poll(() => sent(requests, 'addRemark').length).toBe(2);
    const [first, second] = sent(requests, 'addRemark') as { key: string }[];
    expect(second?.key).toBe(first?.key);
    await field.fill('Half a day');
    await page.getByRole('button', { name: 'Add Remark on: Named anew' }).click();
    await expect.poll(() => sent(requests, 'addRemark').length).toBe(3);
    expect((sent(requests, 'addRemark')[2] as { key: string }).key).not.toBe(first?.key);
  });

  it('keeps a remark that is being written over a reload of the window', async () => {
    const shown = submitted('rate', joint([spoken()]));
    await opened(shown);
    await page.getByLabel('Add a remark').fill('Half a sen');
    expect(await page.evaluate('window.keptByVsCode()')).toEqual({
      selection: shown.selection,
      writes: [],
      remarks: { [spoken().id]: 'Half a sen' },
    });
  });

  it('shows again what was written of a remark when the window is reloaded', async () => {
    const shown = submitted('rate', joint([spoken({ ratings: {} })]));
    const kept = { selection: shown.selection, writes: [], remarks: { [spoken().id]: 'Half a sen' } };
    await openPage(page, 'evaluation', { ready: shown }, kept);
    await page.getByLabel('Add a remark').waitFor();
    expect(await page.getByLabel('Add a remark').inputValue()).toBe('Half a sen');
  });

  it('takes a remark of one’s own back, and puts its text into the field to be written anew', async () => {
    const remarks = {
      aaaaaa: { by: 'ana', at: '2026-11-24T08:00:00Z', text: 'It also happens on the phone.' },
      bbbbbb: { by: 'bo', at: '2026-11-25T08:00:00Z', text: 'I saw that too.' },
    };
    const requests = await opened(submitted('rate', joint([spoken({ remarks, ratings: { ana: { severity: 3 } } })])));
    expect(await page.getByRole('button', { name: /^Take back/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Take back: It also happens on the phone.' }).click();
    await expect.poll(() => page.getByLabel('Add a remark').inputValue()).toBe('It also happens on the phone.');
    expect(sent(requests, 'takeRemarkBack')).toEqual([{ id: spoken().id, key: 'aaaaaa' }]);
  });

  it.each(looks([320, 1200], 1200))('discusses without an accessibility violation at %i px', async (width, themes) => {
    await page.setViewportSize({ width, height: 700 });
    const long = `A word that does not end: ${'abcdefghij'.repeat(12)}`;
    const remarks = { ...spoken().remarks, bbbbbb: { by: 'cleo', at: '2026-11-25T08:00:00Z', text: long } };
    const unspoken = finding('8m2n4p', { title: 'Back empties the form', ratings: { bo: { severity: 2 } } });
    const view = joint([spoken({ title: 'A wrong date is only told after sending', remarks }), unspoken]);
    await opened(submitted('rate', view), {
      addRemark: { fault: { code: 'record-locked', message: 'The record is locked.', next: '' } },
    });
    await page.getByText('Discussion · none yet').click();
    await page.getByLabel('Add a remark').last().fill('It does so on the phone alone.');
    await page.getByLabel('Add a remark').last().press('Control+Enter');
    await page.getByText('Your text is still here').waitFor();
    for (const name of ['Rate', 'Together']) {
      await page.getByRole('button', { name, exact: true }).click();
      await leavePictures(page, `discussion-${name}-${width}`, themes);
      expect(await faultsInThemes(page, themes), name).toEqual([]);
    }
  });

  it('keeps what the host has not answered over a reload of the window, and no longer', async () => {
    const answered = Promise.withResolvers<null>();
    const requests = await openPage(page, 'evaluation', { ready: state(), answer: answered.promise });
    await page.locator('#item').waitFor();
    await page.keyboard.press('p');
    await expect.poll(() => sent(requests, 'answer')).toHaveLength(1);
    const kept = () => page.evaluate('window.keptByVsCode()');
    expect(await kept()).toEqual({
      selection: state().selection,
      writes: [{ method: 'answer', params: sent(requests, 'answer')[0] }],
    });
    answered.resolve(null);
    await expect.poll(kept).toEqual({ selection: state().selection, writes: [] });
  });

  it('sends again what was not answered before the window was reloaded, once it knows the record', async () => {
    const params = { evaluation: 'checkout/nielsen-10/ana', item: 'H01', change: { note: 'Half a sen' } };
    const kept = { selection: state().selection, writes: [{ method: 'answer', params }] };
    const requests = await openPage(page, 'evaluation', { ready: state() }, kept);
    await page.locator('#item').waitFor();
    expect(requests.slice(0, 3)).toEqual([
      { method: 'ready', params: null },
      { method: 'drawings', params: null },
      { method: 'answer', params },
    ]);
  });

  it('writes no text over a record that goes on after it: VS Code kept the page before its last letters', async () => {
    const named = { evaluation: 'checkout/nielsen-10/ana', item: 'H01' };
    const older = { ...named, change: { note: 'Half a sen' } };
    const newer = { ...named, change: { note: 'Half a sentence.' } };
    const kept = {
      selection: state().selection,
      writes: [older, newer].map((params) => ({ method: 'answer', params })),
    };
    const shown = state();
    const [subject] = shown.subjects;
    if (subject) subject.answers = { ...subject.answers, H01: { ...subject.answers.H01, note: 'Half a sentence' } };
    const requests = await openPage(page, 'evaluation', { ready: shown }, kept);
    await expect.poll(() => sent(requests, 'answer')).toEqual([newer]);
  });

  it('lets nobody lose their place or a letter who begins before the first answer of the host', async () => {
    const ready = Promise.withResolvers<EvaluationPageState>();
    await openPage(page, 'evaluation', { ready: ready.promise, machine: {}, answer: null, saveProblem: null });
    await changed(state());
    await page.locator('#item').waitFor();
    await page.keyboard.press('f');
    await page.keyboard.type('The price co');
    const answered = stateAnswered(page);
    ready.resolve(state());
    await answered;
    await page.keyboard.type('mes at the end');
    const title = page.getByLabel('What goes wrong');
    expect(await title.count()).toBe(1);
    expect(await title.inputValue()).toBe('The price comes at the end');
    expect(await page.locator('#item').innerText()).toContain('H01');
  });

  it('stays at the step that is shown when steps before it come or go', async () => {
    const claim = (...steps: string[]) =>
      state({ subjects: steps.map((step) => subject({ target: 'claim', step, evaluation: 'claim/nielsen-10/ana' })) });
    const requests = await openPage(page, 'evaluation', { ready: claim('find', 'file', 'letter') });
    await page.getByLabel('Page', { exact: true }).selectOption('1');
    await page.getByRole('heading', { name: 'claim, step: file' }).waitFor();
    await changed(claim('file', 'letter'));
    await page.getByRole('heading', { name: 'claim, step: file' }).waitFor();
    await page.keyboard.press('p');
    await expect
      .poll(() => sent(requests, 'answer'))
      .toEqual([{ evaluation: 'claim/nielsen-10/ana', step: 'file', item: 'H01', change: { verdict: 'pass' } }]);
  });
});
