import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { marked } from '../../../src/delivery/comment';
import { deliveredLine } from '../../../src/delivery/deliver';
import { StandIn } from './standIn';
import { annotation, delivering, githubEnv, MARK, verdict } from './support';

let api: StandIn;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  api = await new StandIn().start();
  env = githubEnv(api.url);
});
afterEach(() => api.stop());

const comment = async (change = {}) => (await delivering(verdict(change), env)).at('comment');
const person = { author: '77', isBot: false };

describe('the comment on GitHub', () => {
  it('is written once, then left as it is, then updated in place', async () => {
    expect(await comment()).toEqual({
      place: 'comment on GitHub',
      outcome: 'written',
      url: 'https://github.test/o/r/pull/7#issuecomment-1000',
    });
    const before = api.writes.length;
    expect(await comment()).toMatchObject({ outcome: 'unchanged' });
    expect(api.writes).toHaveLength(before);
    expect(await comment({ comment: `${MARK}\nAll is well.` })).toMatchObject({ outcome: 'updated' });
    expect(api.comments.map(({ body }) => body)).toEqual([`${MARK}\nAll is well.`]);
  });

  it('gets the mark when the text lacks it', async () => {
    await comment({ comment: 'All is well.' });
    expect(api.comments[0]?.body).toBe(`${MARK}\nAll is well.`);
  });

  it('is one for each workspace of the repository', async () => {
    await comment();
    expect(await comment({ comment: marked('The shop.', 'apps/shop') })).toMatchObject({ outcome: 'written' });
    expect(await comment({ comment: marked('The shop, again.', 'apps/shop') })).toMatchObject({ outcome: 'updated' });
    expect(await comment()).toMatchObject({ outcome: 'unchanged' });
    expect(api.comments.map(({ body }) => body)).toEqual([
      `${MARK}\n### UX Audit: 1 new major problem`,
      '<!-- ux-audit apps/shop -->\nThe shop, again.',
    ]);
  });

  it('is found on the third page, and GitHub is asked for pages of 100', async () => {
    for (let n = 0; n < 230; n += 1) api.keep(`Comment ${n}`, person);
    const own = api.keep(`${MARK}\nOlder.`);
    expect(await comment()).toMatchObject({ outcome: 'updated' });
    expect(own.body).toContain('1 new major problem');
    expect(api.asked.filter(({ method }) => method === 'GET')).toHaveLength(3);
    expect(api.comments).toHaveLength(231);
  });

  it('takes the place of what somebody wrote into it by hand', async () => {
    const own = api.keep(`${MARK}\r\nI think this is wrong, see above.\r\n`);
    expect(await comment()).toMatchObject({ outcome: 'updated' });
    expect(own.body).toBe(`${MARK}\n### UX Audit: 1 new major problem`);
  });

  it.each([
    ['quotes the mark further down', `Look at this:\n${MARK}\n### UX Audit`],
    ['quotes it in its first line', `> ${MARK}\nWhat is this?`],
    ['has the mark in its first line among other words', `The mark is ${MARK}`],
  ])('is another than one that %s', async (_, body) => {
    const quoting = api.keep(body);
    expect(await comment()).toMatchObject({ outcome: 'written' });
    expect(quoting.body).toBe(body);
  });

  it("is another than a person's that begins with the mark, unless the token is that person's", async () => {
    const copied = api.keep(`${MARK}\nCopied.`, person);
    expect(await comment()).toMatchObject({ outcome: 'written' });
    expect(copied.body).toBe(`${MARK}\nCopied.`);
    api.comments = [copied];
    api.me = person.author;
    expect(await comment()).toMatchObject({ outcome: 'updated' });
    expect(api.comments).toEqual([{ ...copied, body: `${MARK}\n### UX Audit: 1 new major problem` }]);
  });

  it('is not written where the host does not tell whose token it is, since a second one would stay', async () => {
    api.keep(`${MARK}\nOurs.`, person);
    api.me = person.author;
    api.faults = [{ on: /^GET \/user$/, status: 500, times: 9, headers: { 'retry-after': '0' } }];
    expect(await comment()).toMatchObject({ outcome: 'left out' });
    expect(api.comments.map(({ body }) => body)).toEqual([`${MARK}\nOurs.`]);
  });

  it('is the oldest when there are several', async () => {
    const [younger, older] = [api.keep(`${MARK}\nYounger.`, { id: 30 }), api.keep(`${MARK}\nOlder.`, { id: 20 })];
    expect(await comment()).toMatchObject({ outcome: 'updated' });
    expect([older.body, younger.body]).toEqual([`${MARK}\n### UX Audit: 1 new major problem`, `${MARK}\nYounger.`]);
  });

  it('is one when two runs write their first at once', async () => {
    api.lists = 2;
    const both = await Promise.all([comment(), comment({ comment: `${MARK}\nThe other.` })]);
    expect(both.map((one) => one?.outcome).sort()).toEqual(['updated', 'written']);
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.id).toBe(1000);
  });

  it('is cut between two lines before it is too long for GitHub', async () => {
    const rows = Array.from({ length: 2500 }, (_, n) => `| page ${n} | ◆ 3 a problem |`).join('\n');
    const long = `${MARK}\n### Much\n\n<details><summary>Numbers</summary>\n\n| Page | New |\n|:--|:--|\n${rows}\n</details>`;
    expect(long.length).toBeGreaterThan(65_536);
    expect(await comment({ comment: long })).toMatchObject({ outcome: 'written' });
    const { body = '' } = api.comments[0] ?? {};
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body.startsWith(`${MARK}\n### Much`)).toBe(true);
    expect(body).toMatch(
      / a problem \|\n\n<\/details>\n\n\*\*Cut here:\*\* .*https:\/\/github\.test\/o\/r\/actions\/runs\/55/,
    );
    // the same once more is still the same
    expect(await comment({ comment: long })).toMatchObject({ outcome: 'unchanged' });
  });

  it('is left out, with what to do, where the token may only read', async () => {
    api.faults.push({ on: /^POST/, status: 403, body: { message: 'Resource not accessible by integration' } });
    const left = await comment();
    expect(left?.outcome).toBe('left out');
    expect(left?.why).toMatch(
      /403: Resource not accessible by integration\. .*second workflow.*github-forks-comment\.yml/,
    );
    expect(deliveredLine(left ?? { place: '', outcome: 'written' })).toMatch(
      /^comment on GitHub: left out\. GitHub answers/,
    );
  });

  it('is left out without a token, without a pull request and on an unknown host, and nothing is asked', async () => {
    const { GITHUB_TOKEN: _, ...tokenless } = env;
    expect((await delivering(verdict(), tokenless)).at('comment')?.why).toMatch(/no token.*GITHUB_TOKEN/);
    const push = { ...env, ...githubEnv(api.url, { ref: 'refs/heads/main' }) };
    expect((await delivering(verdict(), push)).at('comment')?.why).toMatch(/not about a pull request/);
    expect((await delivering(verdict(), {})).delivered).toMatchObject([
      { place: 'pull request', outcome: 'left out', why: expect.stringContaining('--artifact') },
    ]);
    expect(api.asked).toEqual([]);
  });
});

describe('a host that limits or fails', () => {
  it('is asked again after the time it names', async () => {
    api.faults.push({ on: /^POST/, status: 429, headers: { 'retry-after': '1' } });
    expect(await comment()).toMatchObject({ outcome: 'written' });
    const [first, second] = api.writes;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(api.comments).toHaveLength(1);
  });

  it.each([
    ['403 with retry-after', { 'retry-after': '0' }],
    ['403 with nothing remaining', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ])('by %s is a limit and not a refusal', async (_, headers) => {
    api.faults.push({
      on: /^POST/,
      status: 403,
      headers,
      body: { message: 'You have exceeded a secondary rate limit' },
    });
    expect(await comment()).toMatchObject({ outcome: 'written' });
  });

  it('for longer than a minute is not waited for', async () => {
    api.faults.push({ on: /^POST/, status: 429, headers: { 'retry-after': '61' } });
    expect((await comment())?.why).toMatch(/asks to wait 61 s \(rate limit\)/);
    expect(api.writes).toHaveLength(1);
  });

  it('without an end is given up', async () => {
    api.faults.push({ status: 429, headers: { 'retry-after': '0' }, times: 1000 });
    expect((await comment())?.why).toMatch(/rate limit/);
    expect(api.asked.length).toBeLessThan(20);
  });

  it('with 5xx is asked twice more', async () => {
    api.faults.push({ on: /^GET/, status: 502, times: 2, headers: { 'retry-after': '0' } });
    expect(await comment()).toMatchObject({ outcome: 'written' });
    api.faults = [{ on: /^GET/, status: 503, times: 9, headers: { 'retry-after': '0' } }];
    api.asked = [];
    expect((await comment())?.why).toBe('GitHub answers 503');
    expect(api.asked).toHaveLength(3);
  });

  it('that wrote a comment and then failed gets no second one', async () => {
    api.faults.push({ on: /^POST/, status: 502, done: true });
    expect(await comment()).toMatchObject({ outcome: 'unchanged' });
    expect(api.writes).toHaveLength(1);
    expect(api.comments).toHaveLength(1);
  });

  it('that leads to another origin with its next page does not get the token there', async () => {
    const other = await new StandIn().start();
    api.faults.push({ on: /^GET/, status: 200, body: [], headers: { link: `<${other.url}/steal>; rel="next"` } });
    expect((await comment())?.why).toMatch(/another host/);
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it('that is not there, or answers with something else, is told', async () => {
    const gone = await new StandIn().start();
    await gone.stop();
    env.GITHUB_API_URL = gone.url;
    expect((await comment())?.why).toBe('GitHub did not answer (ECONNREFUSED)');
    env.GITHUB_API_URL = api.url;
    api.faults.push({ on: /^GET/, status: 200, body: [{ unheard: 'of' }] });
    expect((await comment())?.why).toMatch(/form that is not known/);
  });
});

describe('a delivery that is cancelled', () => {
  it('asks nothing when it is so before it begins', async () => {
    const { delivered } = await delivering(verdict(), env, AbortSignal.abort());
    expect(delivered.map(({ outcome, why }) => `${outcome}: ${why}`)).toEqual(Array(3).fill('left out: Cancelled.'));
    expect(api.asked).toEqual([]);
  });

  it('stops while it waits for a host', async () => {
    api.faults.push({ on: /^GET/, status: 429, headers: { 'retry-after': '50' } });
    const stop = new AbortController();
    const delivery = delivering(verdict(), env, stop.signal);
    const asked = setInterval(() => api.asked.length > 0 && stop.abort(), 5);
    expect((await delivery).at('comment')).toMatchObject({ outcome: 'left out', why: 'Cancelled.' });
    clearInterval(asked);
  });
});

describe('the summary of the job', () => {
  const file = () => env.GITHUB_STEP_SUMMARY ?? '';

  it('is added to what the step wrote before', async () => {
    writeFileSync(file(), 'Built.\n');
    expect((await delivering(verdict(), env)).at('job summary')).toMatchObject({ outcome: 'written' });
    expect(readFileSync(file(), 'utf8')).toBe(`Built.\n\n${MARK}\n### UX Audit: 1 new major problem\n`);
  });

  it('has at most one MiB with what was there, in bytes', async () => {
    writeFileSync(file(), 'x'.repeat(500_000));
    const long = `${MARK}\n${'◆ a problem\n'.repeat(100_000)}`;
    expect((await delivering(verdict({ comment: long }), env)).at('job summary')).toMatchObject({ outcome: 'written' });
    const bytes = readFileSync(file()).length;
    expect(bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect((await delivering(verdict(), env)).at('job summary')).toMatchObject({ outcome: 'left out' });
  });
});

describe('annotations on GitHub', () => {
  it('are workflow commands that untrusted text cannot end or add to', async () => {
    const hostile = annotation({
      file: 'a,b:c%.tsx',
      title: 'Title: 100 %, ::set-env\nname=x',
      message: 'One\n::error::two\r\n\u001b[31m50 %',
    });
    const { printed } = await delivering(verdict({ annotations: [hostile] }), env);
    expect(printed).toEqual([
      '::error file=a%2Cb%3Ac%25.tsx,line=31,title=Title%3A 100 %25%2C %3A%3Aset-env name=x::' +
        'One%0A::error::two%0A\\u001b[31m50 %25',
    ]);
  });

  it('are ten of a level, the worst first, and the rest is counted', async () => {
    const all = Array.from({ length: 14 }, (_, n) => annotation({ line: n, severity: n === 13 ? 4 : 2 }));
    const { printed, at } = await delivering(verdict({ annotations: [...all, annotation({ level: 'notice' })] }), env);
    expect(printed.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(printed[0]).toContain('line=13,');
    expect(printed.filter((line) => line.startsWith('::notice'))).toHaveLength(1);
    expect(at('annotations')?.why).toBe('Not shown: 4 more of level error. GitHub shows 10 of each a step.');
  });
});
