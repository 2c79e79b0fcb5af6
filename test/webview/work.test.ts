import { describe, expect, it } from 'vitest';
import type { ShownTurn, WorkPageState } from '../../src/protocol/workPage';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, oneBrowser, openPage, packedSize } from './page';
import { looks } from './themes';

const evil = '<img src=x onerror="globalThis.hacked = true">';

function turn(change: Partial<ShownTurn>): ShownTurn {
  return {
    kind: 'answer',
    folder: 'file:///shop',
    target: 'checkout',
    checklist: 'nielsen-10',
    title: 'Checkout',
    about: 'Nielsen’s 10 heuristics',
    left: '3 of 10 items left',
    waiting: '',
    action: 'Go On',
    why: [],
    ...change,
  };
}

const nothing: WorkPageState = {
  me: 'ana',
  standing: { strong: 'Nothing is open for you.', rest: '' },
  due: [],
  unsent: [],
  sent: [],
  stale: [],
  joins: [],
  waits: [],
  pages: [],
  faults: [],
};

const all: WorkPageState = {
  ...nothing,
  standing: { strong: '3 things are open for you.', rest: 'bo and cleo wait for you. 1 evaluation is stale.' },
  due: [
    turn({ waiting: 'bo waits for you' }),
    turn({
      kind: 'rate',
      title: 'Home',
      target: 'home',
      about: 'Forms and checkout · round 2',
      left: '2 of 3 problems to rate',
      waiting: 'bo and cleo wait for you',
      action: 'Rate',
    }),
    turn({
      kind: 'agree',
      title: 'Order a bicycle',
      target: 'order',
      left: 'raters differ on 1 problem',
      action: 'Compare Ratings',
    }),
  ],
  stale: [
    turn({
      kind: 'again',
      title: 'Home',
      target: 'home',
      left: '2 items failed last time',
      action: 'Begin Round 2',
      why: [
        '2 files of site changed since commit 4f2c9d1 (2026-11-02): site/home.html, site/home.css.',
        'The checklist is at version 2 now; this evaluation is of version 1.',
      ],
    }),
  ],
  joins: [
    turn({
      kind: 'join',
      title: evil,
      target: 'account',
      left: 'not evaluated by you',
      why: ['dan alone has evaluated it.'],
      action: 'Evaluate It Too',
    }),
  ],
  waits: [
    { title: 'Checkout', about: 'Forms and checkout', text: 'bo has not submitted yet' },
    {
      title: 'A_page_of_one_very_long_name_that_nothing_breaks',
      about: 'House rules',
      text: `${evil} has problems to rate`,
    },
  ],
  unsent: [
    {
      folder: 'file:///shop',
      checklist: 'nielsen-10',
      targets: ['home', 'account'],
      title: `Home, ${evil}`,
      about: 'Nielsen’s 10 heuristics',
    },
  ],
  sent: [true, false].map((hasMessage) => ({
    folder: 'file:///shop',
    checklist: 'house-rules',
    targets: ['home'],
    title: hasMessage ? 'Home' : evil,
    about: 'House rules',
    hasMessage,
  })),
  pages: [
    ...['Account', 'Checkout', 'Home', evil, 'A_page_of_one_very_long_name_that_nothing_breaks'].map((title) => ({
      folder: 'file:///shop',
      target: title.toLowerCase(),
      title,
      place: `/${title}.html`,
      about: 'not evaluated yet',
    })),
    { folder: 'file:///blog', target: 'home', title: 'blog: Home', place: '/', about: 'evaluated by 2 people' },
  ],
  faults: ['findings.json, line 12: this is not valid JSON.'],
};

/** One pixel; as a page looked at the end of its audit. */
const picture = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==';
const pictures = { account: picture, checkout: picture };

const states: Record<string, WorkPageState> = {
  nothing,
  all,
  sent: { ...nothing, standing: { strong: 'Your team has all that you submitted.', rest: '' }, sent: all.sent },
  waiting: { ...nothing, standing: { ...nothing.standing, rest: 'You wait for bo.' }, waits: all.waits.slice(0, 1) },
  stale: { ...nothing, standing: { ...nothing.standing, rest: '1 evaluation is stale.' }, stale: all.stale },
};

describe('the look of My Work', () => {
  const browser = oneBrowser();
  it.each(looks([320, 1200], 1200))(
    'has no accessibility violation and fits at %i px, whatever waits',
    async (width, themes) => {
      for (const [name, state] of Object.entries(states)) {
        const faults = await faultsOfLook(browser(), { name: `work-${name}`, themes, width }, async (page) => {
          await openPage(page, 'work', { ready: state, pictures });
          await page.getByRole('heading', { level: 1 }).waitFor();
        });
        expect(faults, name).toEqual([]);
      }
    },
  );

  it('stays small', () => {
    expect(packedSize('work')).toBeLessThan(20_000);
  });
});

describe('My Work', () => {
  const page = aPageEach();
  const region = (name: string) => page().getByRole('region', { name });

  it('says first how much waits, then what, with one button each', async () => {
    await openPage(page(), 'work', { pictures, ready: all });
    expect(await page().locator('.answer').innerText()).toBe(
      '3 things are open for you. bo and cleo wait for you. 1 evaluation is stale.',
    );
    expect(await region('Open for you').getByRole('listitem').count()).toBe(3);
    expect(await region('Open for you').getByRole('listitem').nth(1).innerText()).toMatch(
      /Home · Forms and checkout · round 2\s+2 of 3 problems to rate\s+bo and cleo wait for you\s+Rate/,
    );
    expect(await region('Stale').innerText()).toContain('The checklist is at version 2 now');
    expect(await region('You wait for others').innerText()).toContain('bo has not submitted yet');
    expect(await page().locator('button.primary').allInnerTexts()).toEqual(['Go On']);
    await page().getByText('findings.json, line 12').waitFor();
  });

  it('is walked with the keyboard, and asks the host for what a button does', async () => {
    const requests = await openPage(page(), 'work', { pictures, ready: all });
    await page().getByRole('button', { name: 'Evaluate a Page…' }).focus();
    for (const asked of ['answer', 'rate', 'agree', 'send', 'again', 'join']) {
      await page().keyboard.press('Tab');
      await page().keyboard.press('Enter');
      const expected = asked === 'send' ? { targets: ['home', 'account'] } : { kind: asked };
      await expect.poll(() => requests.at(-1)?.params).toMatchObject(expected);
    }
    expect(requests.find(({ method }) => method === 'act')).toEqual({
      method: 'act',
      params: { kind: 'answer', folder: 'file:///shop', target: 'checkout', checklist: 'nielsen-10' },
    });
  });

  it('shows what can be evaluated with its picture, and begins one sitting over what is ticked', async () => {
    const requests = await openPage(page(), 'work', { pictures, ready: all });
    const pages = region('Pages and journeys');
    const begin = pages.getByRole('button');
    expect(await begin.isDisabled()).toBe(true);
    await expect.poll(() => pages.getByRole('listitem').locator('img').count()).toBe(2);
    await pages.getByRole('checkbox', { name: /^Account/ }).focus();
    await page().keyboard.press('Space');
    await page().keyboard.press('Tab');
    await page().keyboard.press('Space');
    await begin.click();
    expect(await begin.innerText()).toBe('Evaluate 2 of Them…');
    expect(requests.at(-1)).toEqual({
      method: 'evaluate',
      params: { folder: 'file:///shop', targets: ['account', 'checkout'] },
    });
    await pages.getByRole('checkbox', { name: /^blog: Home/ }).check();
    expect(await begin.isDisabled()).toBe(true);
    await pages.getByText('A sitting is about pages of one folder.').waitFor();
  });

  it('says what the team has, and copies the message about it where there is one', async () => {
    const requests = await openPage(page(), 'work', { pictures, ready: states.sent });
    expect(await page().locator('.answer').innerText()).toBe('Your team has all that you submitted.');
    expect(await region('Sent').getByRole('listitem').count()).toBe(2);
    await region('Sent').getByRole('button').click(); // of one of the two
    const params = { folder: 'file:///shop', checklist: 'house-rules', targets: ['home'] };
    expect(requests.at(-1)).toEqual({ method: 'copyMessage', params });
  });

  it('says what to do where nothing waits', async () => {
    const requests = await openPage(page(), 'work', { pictures, ready: nothing });
    await page().getByRole('button', { name: 'Evaluate a Page…' }).click();
    expect(requests.at(-1)?.method).toBe('evaluate');
  });

  it('shows what could not be done, and stays', async () => {
    const fault = { message: 'That folder is no longer open.', next: 'Open it again.' };
    await openPage(page(), 'work', { pictures, ready: all, act: { fault } });
    await page().getByRole('button', { name: 'Rate: Home' }).click();
    await page().getByText('That folder is no longer open. Open it again.').waitFor();
    expect(await region('Open for you').getByRole('listitem').count()).toBe(3);
  });
});
