import { describe, expect, it } from 'vitest';
import { Moderation } from '../../src/core/journey/moderation';
import type { SessionEvent } from '../../src/core/journey/sessionCount';
import { sessionView } from '../../src/core/journey/sessionView';
import type { SessionPageState } from '../../src/protocol/sessionPage';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, oneBrowser, openPage } from './page';
import { looks } from './themes';

const evil = '<img src=x onerror="globalThis.hacked = true">';

type Happened = [second: number, type: SessionEvent['type']];
const begun: Happened[] = [
  [0, 'agreed'],
  [5, 'begun'],
];

/** The state of a page after these things have happened to P3. */
function stateAfter(happened: Happened[], now: number, more: Partial<SessionPageState> = {}): SessionPageState {
  const moderation = new Moderation(['Cart', `Address ${evil}`, 'Pay'], () => {});
  for (const [second, type] of happened) moderation.hear({ type } as SessionEvent, second * 1_000);
  const tasks = {
    scenario: `Your running shoes are worn out. Buy new ones for at most 80 €. ${evil}`,
    success: 'The receipt is shown.',
    timeLimit: 300,
  };
  return {
    title: 'Checkout',
    view: sessionView({ moderation, tasks, participant: 'P3' }, now * 1_000),
    outcome: null,
    fault: null,
    attempts: 2,
    notes: [],
    ...more,
  };
}

const notes: SessionPageState['notes'] = [
  {
    step: 'Cart',
    people: 1,
    of: 3,
    notes: [{ key: 'aaaaaa', participant: 'P1', text: 'Counts the shoes', hasPicture: false }],
  },
  {
    step: `Address ${evil}`,
    people: 2,
    of: 3,
    notes: [
      { key: 'bbbbbb', participant: 'P1', text: `Looks for the postcode ${evil}`, hasPicture: true },
      { key: 'cccccc', participant: 'P3', text: 'Types the town into the postcode', hasPicture: true },
    ],
  },
];
const seen: Happened[] = [
  [30, 'click'],
  [31, 'reached'],
  [40, 'error'],
  [44, 'refused'],
];
const outcome = 'P3: done in 95 s (7 s of it waiting for pages), 12 clicks, 2 errors.';
const states = {
  consent: stateAfter([], 0),
  task: stateAfter([[0, 'agreed']], 3),
  running: stateAfter([...begun, ...seen], 83, { notes }),
  late: stateAfter([...begun, ...seen, [400, 'left']], 420),
  paused: stateAfter([...begun, ...seen, [60, 'paused']], 83),
  questions: stateAfter([...begun, ...seen, [100, 'ended']], 110, { notes }),
  over: stateAfter([...begun, ...seen, [100, 'ended']], 110, { notes, outcome }),
};

describe('the look of the page of a task session', () => {
  const browser = oneBrowser();
  it.each(looks([320, 600, 1400], 600))(
    'has no accessibility violation and fits at %i px, whatever happens',
    async (width, themes) => {
      for (const [name, ready] of Object.entries(states)) {
        const faults = await faultsOfLook(browser(), { name: `session-${name}`, themes, width }, async (page) => {
          await openPage(page, 'session', { ready });
          await page.getByRole('heading', { level: 1 }).waitFor();
          for (const box of await page.getByRole('checkbox').all()) await box.check();
        });
        expect(faults, name).toEqual([]);
      }
    },
  );
});

describe('the page of a task session', () => {
  const page = aPageEach();
  const where = () => page().locator('#where');

  it('says where the participant is, and offers only what can be done then', async () => {
    await openPage(page(), 'session', { ready: states.consent });
    expect(await where().innerText()).toBe('P3 reads in their browser what is counted, and agrees or not.');
    expect(await page().getByRole('group', { name: 'What happened' }).count()).toBe(0);
    await page().evaluate((state) => window.postMessage({ kind: 'event', name: 'state', data: state }), states.running);
    await page().getByText('P3 does the task, at').waitFor();
    expect(
      await page()
        .getByRole('group', { name: 'What happened' })
        .getByRole('button')
        .allInnerTexts()
        .then((texts) => texts.map((text) => text.split('\n')[0])),
    ).toEqual(['Done', 'Gave Up', '+1 Error', '+1 Assist', 'Pause']);
    expect(await page().locator('.time').innerText()).toMatch(/^1:1[89] time on task, limit 5:00$/);
    expect(await page().getByRole('row', { name: /Pay/ }).innerText()).toMatch(/Pay\s+–\s+–/);
  });

  it('hears single keys, and none that do not fit or that are typed into a note', async () => {
    const answers = { ready: states.running, act: states.running, note: states.running };
    const requests = await openPage(page(), 'session', answers);
    await where().waitFor();
    for (const key of ['s', 'e', 'k', 'A']) await page().keyboard.press(key);
    await page().keyboard.press('n');
    await page().keyboard.type('Does not see Done');
    await page().keyboard.press('Enter');
    await page().waitForFunction(() => (document.getElementById('note') as HTMLInputElement).value === '');
    await page().keyboard.press('Escape');
    await page().keyboard.press('d');
    await page().getByRole('button', { name: 'Pause' }).click();
    expect(requests.slice(1)).toEqual([
      { method: 'act', params: { doing: 'error' } },
      { method: 'act', params: { doing: 'assist' } },
      { method: 'note', params: { text: 'Does not see Done' } },
      { method: 'act', params: { doing: 'done' } },
      { method: 'act', params: { doing: 'pause' } },
    ]);
  });

  it('keeps what was typed when a note cannot be kept, and says why', async () => {
    const fault = { message: 'The disk is full.', next: 'Free some space.' };
    await openPage(page(), 'session', { ready: states.running, note: { fault } });
    await page().locator('#note').fill('Hesitates');
    await page().getByRole('button', { name: 'Keep Note' }).click();
    await page().getByText('The disk is full. Free some space.').waitFor();
    expect(await page().locator('#note').inputValue()).toBe('Hesitates');
  });

  it('tells time that does not pass from time that does', async () => {
    await openPage(page(), 'session', { ready: states.late });
    expect(await page().locator('.time').innerText()).toMatch(/6:35/);
    await page().getByText('Over the limit by 1:35.').waitFor();
    await page().getByText('The clock is held: no page of theirs is in sight.').waitFor();
  });

  it('corrects a wrong key: the last count, and how the task ended', async () => {
    const moderation = new Moderation(['Cart'], () => {});
    for (const [second, type] of begun) moderation.hear({ type } as SessionEvent, second * 1_000);
    moderation.act('error', 20_000);
    const tasks = { scenario: 'Buy.', success: 'Bought.' };
    const now = () => sessionView({ moderation, tasks, participant: 'P3' }, 32_000);
    const requests = await openPage(page(), 'session', { ready: { ...states.running, view: now() } });
    await page().getByRole('button', { name: 'Undo error' }).click();
    moderation.act('undo', 32_000);
    moderation.act('gave up', 32_000);
    moderation.hear({ type: 'ended' }, 32_000);
    await page().evaluate((state) => window.postMessage({ kind: 'event', name: 'state', data: state }), {
      ...states.running,
      view: now(),
    });
    await page().getByText('Given up after 0:27; the clock stands.').waitFor();
    await page().getByRole('button', { name: 'No: Done' }).click();
    expect(await page().getByRole('button', { name: /Undo/ }).count()).toBe(0);
    expect(requests.slice(1).map(({ params }) => params)).toEqual([{ doing: 'undo' }, { doing: 'done' }]);
  });

  it('shows while a session runs only what was noted about this participant', async () => {
    await openPage(page(), 'session', { ready: states.running });
    await page().getByText('Types the town into the postcode').waitFor();
    expect(await page().getByText('Counts the shoes').count()).toBe(0);
    expect(await page().getByRole('checkbox').count()).toBe(0);
  });

  it('leads on after a session, and makes one finding of several notes', async () => {
    const made = { id: 'checkout/observed/x', people: 2, of: 3, pictures: ['a.png'] };
    const requests = await openPage(page(), 'session', { ready: states.over, makeFinding: made });
    await page().getByText('P3: done in 95 s').waitFor();
    await page().getByLabel('Looks for the postcode').check();
    await page().getByLabel('Types the town').check();
    await page().getByLabel('What is wrong').fill('The postcode is hard to find');
    await page().getByLabel('Severity').selectOption('3: major');
    await page().getByRole('button', { name: 'Make a Finding of 2 Notes' }).click();
    await page()
      .getByText('Recorded: seen with 2 of 3 participants. Look at its pictures before you share it.')
      .waitFor();
    await page().getByRole('button', { name: 'Show Finding' }).click();
    await page().getByRole('button', { name: 'Next Participant' }).click();
    expect(requests.slice(1)).toEqual([
      {
        method: 'makeFinding',
        params: { keys: ['bbbbbb', 'cccccc'], title: 'The postcode is hard to find', severity: 3 },
      },
      { method: 'showFinding', params: { id: made.id } },
      { method: 'next', params: null },
    ]);
  });
});
