import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentId, instrumentIds } from '../../src/core/survey/instruments';
import { surveyPage } from '../../src/core/survey/surveyPage';
import { previewTable, readFigures } from '../../src/workflow/importFigures';
import { type SurveyWish, surveyChoice } from '../../src/workflow/surveys';
import { eventually, PATIENCE } from '../patience';
import { leavePicture, oneBrowser } from './page';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const built = {
  script: readFileSync(path.join(root, 'dist/webview/survey.js'), 'utf8'),
  style: readFileSync(path.join(root, 'dist/webview/survey.css'), 'utf8'),
};
const browser = oneBrowser();

interface Received {
  id: string;
  values: number[];
  comment: string;
  segment: string;
}

/** A receiver that does with each request what `behave` says, and the survey's page beside it. */
let html = '';
let behave: (times: number) => number | 'never' | 'cut' | 'late' = () => 204;
let requests: Received[] = [];
let stored: Map<string, Received>;
let server: http.Server;
let origin = '';
let page: Page;

beforeEach(async () => {
  [behave, requests, stored] = [() => 204, [], new Map()];
  server = http.createServer(async (request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    let text = '';
    for await (const part of request) text += part;
    const answer = JSON.parse(text) as Received;
    requests.push(answer);
    const does = behave(requests.length);
    if (does === 204 || does === 'late') stored.set(answer.id, answer);
    if (does === 'cut' || does === 'late')
      request.socket.destroy(); // late: it was stored, and nobody is told
    else if (does !== 'never') response.writeHead(does).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  page = await browser().newPage({ bypassCSP: false });
  page.setDefaultTimeout(PATIENCE);
});
afterEach(async () => {
  await page.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const pageOf = (wish: SurveyWish) => surveyPage(surveyChoice(wish), built);
const thanks = (text: RegExp) => page.getByRole('status').getByText(text).waitFor();

async function open(wish: SurveyWish, query = ''): Promise<void> {
  html = pageOf(wish);
  await page.goto(`${origin}/${query}`);
}

describe('a survey page', () => {
  it.each(instrumentIds)('of %s is below 10 KB gzip, whatever it has', (instrument) => {
    const whole = pageOf({
      instrument,
      name: instrument === 'seq' ? '' : 'ACME Shop',
      segments: ['buyer', 'user'],
      hasComment: true,
      endpoint: 'https://shop.example/survey',
    });
    expect(gzipSync(whole).length).toBeLessThan(10 * 1024);
    expect(whole).not.toMatch(/\(\?<[=!]/); // which Safari before 16.4 does not read
    expect(whole).not.toMatch(/cookie|https?:\/\/(?!shop\.example)/);
  });

  it('is answered by keyboard alone, says who it is about, and nothing is chosen ahead', async () => {
    await open({ instrument: 'nps', name: 'ACME Shop', segments: ['buyer', 'user'], hasComment: true });
    const scale = page.getByRole('group', { name: 'How likely is it that you would recommend ACME Shop' });
    await scale.waitFor();
    expect(await page.locator('input:checked').count()).toBe(0);
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Please choose an answer.').waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('0');
    expect(requests).toEqual([]);
    await page.keyboard.press('Space');
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowRight');
    expect(await page.getByText('Please choose an answer.').isVisible()).toBe(false);
    await page.keyboard.press('Tab'); // to the segments
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab'); // to the comment
    await page.keyboard.type('=1+1 <b>x</b>');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await thanks(/has arrived/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('done');
    expect([...stored.values()]).toEqual([
      expect.objectContaining({ values: [9], segment: 'buyer', comment: '=1+1 <b>x</b>' }),
    ]);
    expect(Object.keys(stored.values().next().value ?? {}).sort()).toEqual(
      ['comment', 'date', 'id', 'segment', 'survey', 'target', 'values'], // nothing of the person or the device
    );
    expect(await page.evaluate(() => [document.cookie, localStorage.length])).toEqual(['', 0]);
  });

  it('names the ends of a scale to a screen reader', async () => {
    await open({ instrument: 'seq' });
    await page.getByRole('radio', { name: '1 Very difficult', exact: true }).waitFor();
    expect(await page.getByRole('radio', { name: '7 Very easy', exact: true }).count()).toBe(1);
    expect(await page.getByRole('radio', { name: '4', exact: true }).count()).toBe(1);
  });

  it('takes the segment from its address, and no other than those it knows', async () => {
    await open({ instrument: 'seq', segments: ['buyer', 'user'] }, '?segment=user');
    expect(await page.getByRole('group', { name: /describes you/ }).isVisible()).toBe(false);
    await page.getByRole('radio', { name: '4' }).check({ force: true });
    await page.getByRole('button', { name: 'Send' }).click();
    await thanks(/has arrived/);
    expect([...stored.values()][0]?.segment).toBe('user');
    await open({ instrument: 'seq', segments: ['buyer', 'user'] }, '?segment==cmd()');
    expect(await page.getByRole('group', { name: /describes you/ }).isVisible()).toBe(true);
  });

  it('takes the colours that a team writes into the file', async () => {
    html = pageOf({ instrument: 'nps' }).replace(/--survey-accent: ?#0a5cad/, '--survey-accent:#7a0045');
    await page.goto(origin);
    const send = page.getByRole('button', { name: 'Send' });
    expect(await send.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(122, 0, 69)');
  });

  it('shows hostile texts as they are', async () => {
    const evil = '</script><img src=x onerror="document.title=1"><b>x</b> {name} $&';
    html = surveyPage(
      { ...surveyChoice({ instrument: 'nps', name: evil, hasComment: true }), segments: [evil], target: evil },
      built,
    );
    await page.goto(origin);
    await page.getByText(evil, { exact: false }).first().waitFor();
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.title()).toBe('One question');
  });
});

async function answer(value: string): Promise<void> {
  await page.getByRole('radio', { name: value }).check({ force: true });
  await page.getByRole('button', { name: 'Send' }).click();
}

describe('an answer arrives once', () => {
  it.each([
    ['answers 500', 500 as const],
    ['answers 403', 403 as const],
    ['cuts the connection', 'cut' as const],
    ['stores it and says nothing of it', 'late' as const],
  ])('after a receiver that %s', async (_, does) => {
    behave = (times) => (times <= 2 ? does : 204);
    await open({ instrument: 'seq' });
    await answer('4');
    await thanks(/kept on this device/);
    await thanks(/has arrived/);
    expect(requests).toHaveLength(3);
    expect([...stored.values()]).toHaveLength(1);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it('after a receiver that is slow, which is not waited for', async () => {
    behave = (times) => (times === 1 ? 'never' : 204);
    html = pageOf({ instrument: 'seq' });
    await page.clock.install();
    await page.goto(origin);
    await answer('4');
    await eventually(() => requests.length === 1, 'the first request');
    await page.clock.fastForward(2_000);
    await thanks(/kept on this device/);
    await page.clock.fastForward(9_000);
    await eventually(async () => {
      await page.clock.fastForward(1_000);
      return stored.size === 1;
    }, 'the answer');
    await thanks(/has arrived/);
  });

  it('when the page was closed before, and the next visitor opens it', async () => {
    behave = () => 500;
    await open({ instrument: 'seq' });
    await answer('4');
    await thanks(/kept on this device/);
    expect(stored.size).toBe(0);
    behave = () => 204;
    await page.reload();
    await eventually(() => stored.size === 1, 'the kept answer');
    expect(await page.locator('#said').textContent()).toBe(''); // it was not theirs
    await answer('5');
    await eventually(() => stored.size === 2, 'the second answer');
    expect([...stored.values()].map(({ values }) => values[0])).toEqual([4, 5]);
  });

  it('even where the browser keeps nothing, as long as the page is open', async () => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    behave = (times) => (times === 1 ? 500 : 204);
    await open({ instrument: 'seq' });
    await answer('4');
    await thanks(/has arrived/);
    expect(stored.size).toBe(1);
  });
});

it('gives the person at a kiosk a file that imports as it is, and lets them empty the device', async () => {
  behave = () => 500;
  await open({ instrument: 'csat', hasComment: true }, '?kiosk');
  for (const value of ['3', '4', '4', '2', '4']) {
    await answer(value);
    await page.getByRole('button', { name: 'Next person' }).click();
  }
  await page.getByLabel(/main reason/).fill('=HYPERLINK("x")');
  await answer('1 Very dissatisfied');
  await page.getByText('Answers kept on this device: 6').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save kept answers' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('csat-kept.csv');
  const bytes = readFileSync(await download.path());
  expect(bytes.toString()).toContain(`"'=HYPERLINK(""x"")"`);
  const on = new Date().toISOString().slice(0, 10);
  expect((await previewTable(bytes, 'csat-kept.csv')).personal).toEqual([]);
  const { figures, questions } = await readFigures(bytes, 'csat-kept.csv', { on, by: 'quarter' });
  expect(questions).toEqual([]);
  expect(figures).toEqual([expect.objectContaining({ metric: 'csat', n: 6, value: 50 })]);
  await page.getByRole('button', { name: 'Delete the saved answers' }).click();
  await page.getByText('Answers kept on this device: 0').waitFor();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each([
    ['nps', 320],
    ['nps', 800],
    ['sus', 320],
    ['umux-lite', 1400],
    ['csat', 320, 'answered'],
  ] as [InstrumentId, number, string?][])(
    '%s at %i px %s has no accessibility violation and does not scroll sideways',
    async (instrument, width, answered) => {
      const look = await browser().newPage({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true }); // for axe
      try {
        await look.setContent(
          pageOf({ instrument, name: 'ACME Shop', segments: ['buyer', 'user'], hasComment: true }).replace(
            'id="kiosk" hidden',
            'id="kiosk"',
          ),
        );
        await look.getByRole('radio').nth(2).check({ force: true });
        await look.getByRole('button', { name: 'Send' }).waitFor();
        if (answered) await look.getByRole('button', { name: 'Send' }).click();
        await look.evaluate(() => {
          for (const one of document.querySelectorAll('.missing')) one.removeAttribute('hidden');
        });
        await look.evaluate(axe);
        const violations = await look.evaluate(async () => {
          const { violations: found } = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
            }
          ).axe.run();
          return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
        });
        expect(violations).toEqual([]);
        const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await look.evaluate(wider)).toBeLessThanOrEqual(0);
        await leavePicture(look, `survey-${instrument}-${colorScheme}-${width}${answered ?? ''}`);
      } finally {
        await look.close();
      }
    },
  );
});
