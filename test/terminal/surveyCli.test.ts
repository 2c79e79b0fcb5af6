import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { emptyRecord } from '../../src/core/record/record';
import { cli, cliFile, Place } from '../engine/support';
import { eventually } from '../patience';

let place: Place;
beforeEach(() => {
  place = new Place();
  place.writeRecord(canonicalText(emptyRecord()));
});
afterEach(() => place.leave());

const table = (name = 'nps') => path.join(place.workspace, 'ux-audit', 'answers', `${name}.csv`);
const id = (n: number) => n.toString(16).padStart(32, '0');
const today = new Date().toISOString().slice(0, 10);
const answer = (n: number, change: object = {}) => ({
  survey: 'nps',
  id: id(n),
  date: today,
  target: '',
  segment: '',
  values: [n % 11],
  comment: '',
  ...change,
});

/** Runs `survey collect` while `use` runs; gives what it printed. */
async function collecting(args: string[], use: (url: string) => Promise<void>): Promise<string> {
  const child = spawn(process.execPath, [cliFile, 'survey', 'collect', '--port', '0', ...args], {
    cwd: place.workspace,
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    const url = await eventually(() => /http:\S+?:\d+\//.exec(said)?.[0], `an address in: ${said}`);
    await use(url);
  } finally {
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }
  return said;
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }).then(({ status }) => status);

/** A request with headers that fetch does not let one set. */
const asked = (url: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    const request = http.request(`${url}answers`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end(JSON.stringify(answer(1)));
  });

describe('ux-audit survey', () => {
  it('writes a page and says how to put it into a site', async () => {
    const options = ['--name', 'ACME <b>Shop</b>', '--endpoint', 'https://shop.example/a'];
    const done = await cli(place, ['survey', 'new', 'nps', ...options]);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain('<iframe src="survey-nps.html"');
    const page = readFileSync(path.join(place.workspace, 'survey-nps.html'), 'utf8');
    expect(page).toContain('recommend ACME &lt;b&gt;Shop&lt;/b&gt; to a friend');
    expect(page).toContain('connect-src https://shop.example;');
  });

  it.each([
    [['--endpoint', 'http://shop.example/a'], 'no address that answers can be sent to'],
    [['--lang', 'de'], 'English only'],
    [['--segment', 'buyer', 'buyer'], 'each once'],
    [['--target', '../x'], 'no name of a page'],
    [['--name', 'ACME', '--texts', 'package.json'], 'could not be read'],
  ])('refuses %j and says what to do', async (args, why) => {
    const done = await cli(place, ['survey', 'new', 'nps', ...args]);
    expect(done).toMatchObject({ code: 2 });
    expect(done.stderr).toContain(why);
    expect(existsSync(path.join(place.workspace, 'survey-nps.html'))).toBe(false);
  });

  it('takes a translation as a whole', async () => {
    const { stdout } = await cli(place, ['survey', 'texts', 'ces']);
    const texts = { ...JSON.parse(stdout), questions: ['Es war einfach.'], send: 'Senden' };
    const file = path.join(place.workspace, 'de.json');
    writeFileSync(file, JSON.stringify(texts));
    expect((await cli(place, ['survey', 'new', 'ces', '--lang', 'de', '--texts', file])).code).toBe(0);
    const page = readFileSync(path.join(place.workspace, 'survey-ces.html'), 'utf8');
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('Es war einfach.');
    writeFileSync(file, JSON.stringify({ ...texts, questions: [] }));
    expect((await cli(place, ['survey', 'new', 'ces', '--lang', 'de', '--texts', file])).code).toBe(2);
  });

  it('collects answers, each once, over restarts, out of commits, and imports them without a question', async () => {
    execFileSync('git', ['init', '-q'], { cwd: place.workspace });
    await collecting([], async (url) => {
      for (let n = 0; n < 8; n += 1)
        expect(await post(url, answer(n, { comment: 'ask ana@example.com \u001b[31m' }))).toBe(204);
      expect(await post(url, answer(3))).toBe(204);
    });
    const said = await collecting([], async (url) => expect(await post(url, answer(4))).toBe(204));
    expect(said).toContain('8 answers in');
    expect(readFileSync(table(), 'utf8').trimEnd().split('\r\n')).toHaveLength(9);
    const status = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: place.workspace, encoding: 'utf8' });
    expect(status).not.toContain('answers');
    expect(readFileSync(table(), 'utf8')).not.toContain('\u001b');
    appendFileSync(table(), readFileSync(table(), 'utf8').split('\r\n')[1] ?? ''); // of two files put together
    const done = JSON.parse((await cli(place, ['outcomes', 'import', table(), '--json'])).stdout);
    expect(done).toMatchObject({ kind: 'survey', good: 8, questions: [], written: true });
    expect(done.outcomes).toEqual([expect.objectContaining({ metric: 'nps', n: 8, value: -87.5 })]);
    expect(readFileSync(path.join(place.workspace, 'ux-audit/outcomes.json'), 'utf8')).not.toContain('ana@');
  });

  it('asks nothing at the import of any instrument, even where no answer reaches the end of its scale', async () => {
    await collecting([], async (url) => {
      for (const [survey, count] of Object.entries({ csat: 1, 'umux-lite': 2, sus: 10, ces: 1, seq: 1 }))
        for (let n = 0; n < 5; n += 1)
          expect(await post(url, answer(n, { survey, values: Array(count).fill(2) }))).toBe(204);
    });
    for (const survey of ['csat', 'umux-lite', 'sus', 'ces', 'seq']) {
      const done = JSON.parse((await cli(place, ['outcomes', 'import', table(survey), '--json', '--dry-run'])).stdout);
      expect(done, survey).toMatchObject({ good: 5, questions: [], outcomes: [{ n: 5 }] });
    }
  });

  it('refuses what is no answer, is too long, or comes from a page elsewhere', async () => {
    await collecting([], async (url) => {
      expect(await post(url, answer(1, { values: [99] }))).toBe(400);
      expect(await post(url, '{')).toBe(400);
      expect(await post(url, 'null')).toBe(400);
      expect(await post(url, answer(1, { comment: 'x'.repeat(20_000) }))).toBe(413);
      expect(await post(url, answer(1), { 'content-type': 'text/plain' })).toBe(415);
      const json = { 'content-type': 'application/json' };
      expect(await asked(url, { ...json, origin: 'https://elsewhere.example' })).toBe(403);
      expect(await asked(url, { ...json, origin: 'null' })).toBe(403);
      expect(await asked(url, { ...json, host: 'elsewhere.example' })).toBe(403);
      expect(existsSync(table())).toBe(false);
      expect(await asked(url, { ...json, origin: 'http://localhost:3000' })).toBe(204);
    });
  });

  it('takes the day of a device whose clock is right, and its own for any other', async () => {
    await collecting([], async (url) => {
      expect(await post(url, answer(1, { date: '2026-01-31' }))).toBe(204);
      expect(await post(url, answer(2, { date: '2099-01-31' }))).toBe(204);
      expect(await post(url, answer(3, { date: '2026-02-31' }))).toBe(204);
    });
    const days = [...readFileSync(table(), 'utf8').matchAll(/^"0[^,]+,"([^"]+)"/gm)].map(([, day]) => day);
    expect(days).toEqual(['2026-01-31', expect.not.stringContaining('2099'), expect.not.stringContaining('02-31')]);
  });

  it('says 500 while a row cannot be stored, so that the page sends it again', async () => {
    await collecting([], async (url) => {
      mkdirSync(table(), { recursive: true }); // a folder where the table should be
      expect(await post(url, answer(1))).toBe(500);
      rmSync(table(), { recursive: true });
      expect(await post(url, answer(1))).toBe(204);
    });
    expect(readFileSync(table(), 'utf8')).toContain(id(1));
  });

  it('drops a row that a crash cut off, and leaves a foreign table alone', async () => {
    await collecting([], async (url) => expect(await post(url, answer(1))).toBe(204));
    appendFileSync(table(), `"${id(2)}","2026-`);
    await collecting([], async (url) => expect(await post(url, answer(2))).toBe(204));
    const lines = readFileSync(table(), 'utf8').split('\r\n');
    expect(lines[2]).toBe(`"${id(2)}","${today}","","",2,""`);
    writeFileSync(table('csat'), 'a,b\r\n1,2\r\n');
    const csat = answer(1, { survey: 'csat', values: [5] });
    const said = await collecting([], async (url) => expect(await post(url, csat)).toBe(500));
    expect(said).toContain('holds another table');
    expect(readFileSync(table('csat'), 'utf8')).toBe('a,b\r\n1,2\r\n');
  });

  it('does not serve a file that is no survey, or sends its answers elsewhere', async () => {
    const file = path.join(place.workspace, 'page.html');
    writeFileSync(file, '<h1>x</h1>');
    expect((await cli(place, ['survey', 'collect', file])).stderr).toContain('is no survey of ux-audit');
    await cli(place, ['survey', 'new', 'nps', '--out', file, '--endpoint', 'https://shop.example/a']);
    expect((await cli(place, ['survey', 'collect', file])).stderr).toContain(
      'sends its answers to https://shop.example',
    );
  });

  it('plans from the own figure where there is one, and says so', async () => {
    const before = JSON.parse((await cli(place, ['survey', 'plan', 'nps', '--margin', '10', '--json'])).stdout);
    expect(before).toMatchObject({ spread: { basis: 'worst case' }, intervals: [{ margin: 10, answers: 387 }] });
    await collecting([], async (url) => {
      for (let n = 0; n < 20; n += 1) expect(await post(url, answer(n, { values: [n < 10 ? 9 : 7] }))).toBe(204);
    });
    await cli(place, ['outcomes', 'import', table()]);
    const { stdout } = await cli(place, ['survey', 'plan', 'nps', '--margin', '10']);
    expect(stdout).toMatch(/standard deviation of 50 points; known from your own Net Promoter Score.* n 20\./);
    expect((await cli(place, ['survey', 'plan', 'nps', '--margin', '0'])).code).toBe(2);
    expect((await cli(place, ['survey', 'plan', 'nps', '--margin', 'x'])).code).toBe(2);
  });
});
