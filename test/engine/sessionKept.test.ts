import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionColumns } from '../../src/core/journey/sessionRow';
import { findBrowser } from '../../src/engine/browsers/findBrowser';
import { Workspace } from '../../src/workflow/workspace';
import { eventually } from '../patience';
import {
  browserProcesses,
  cli,
  filesBelow,
  Place,
  page,
  processesNaming,
  type RunningCli,
  type Site,
  serve,
  startCli,
} from './support';

let place: Place;
let site: Site;
let workspace: Workspace;
beforeEach(async () => {
  place = new Place();
  site = await serve({
    '/': page('Start', '<a id="on" href="/pay">On</a>'),
    '/pay': page('Pay', '<input id="field">'),
  });
  const steps = [
    { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Cart', expect: '#field' } },
    { type: 'navigate', url: `${site.origin}/` },
    { type: 'click', selectors: ['#on'], offsetX: 1, offsetY: 1 },
    { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Pay', expect: '#never' } },
    { type: 'click', selectors: ['#field'], offsetX: 1, offsetY: 1 },
  ];
  await cli(place, [
    'journey',
    'import',
    place.write('shop.json', JSON.stringify({ title: 'Shop', steps })),
    '--as',
    'shop',
  ]);
  const tasks = { scenario: 'Buy shoes.', success: 'Bought.', timeLimit: 1, questions: [] };
  place.write('ux-audit/journeys/shop.tasks.json', JSON.stringify(tasks));
  workspace = new Workspace(place.workspace, 'ux-audit/findings.json');
});
afterEach(async () => {
  await place.leave();
  await site.close();
});

interface Session {
  running: RunningCli;
  browser: Browser;
  type(line: string): void;
  says(text: string): Promise<unknown>;
}

/** Begins a session in a browser that this test can reach as a participant does. */
async function begun(): Promise<Session> {
  const { path: program } = await findBrowser({ setting: '' });
  const wrapper = path.join(place.root, 'browser.sh');
  writeFileSync(wrapper, `#!/bin/sh\nexec '${program}' "$@" --remote-debugging-port=0\n`);
  chmodSync(wrapper, 0o755);
  const args = ['session', 'run', 'shop', '--headless', '--browser', wrapper, '--participant', 'P1'];
  const running = startCli(place, args, { types: true });
  const said = () => running.stdout() + running.stderr();
  const says = (text: string) => eventually(() => said().includes(text), `it does not say ${text}: ${said()}`);
  const port = () =>
    filesBelow(place.temporary)
      .filter((file) => path.basename(file) === 'DevToolsActivePort')
      .map((file) => /^(\d+)\n/.exec(readFileSync(file, 'utf8'))?.[1])[0]; // it is there before it is written
  const browserURL = `http://127.0.0.1:${await eventually(port, `the browser has no port: ${said()}`)}`;
  const browser = await puppeteer.connect({ browserURL, defaultViewport: null });
  const participant = await eventually(async () => {
    for (const one of await browser.pages()) if (await one.$('button[value="agree"]').catch(() => null)) return one;
    return undefined;
  }, 'nobody is asked to agree');
  expect(await participant.evaluate('document.visibilityState')).toBe('visible');
  await participant.click('button[value="agree"]');
  await (await participant.waitForSelector('button[value="start"]'))?.click();
  await says('The task runs; first step: Cart');
  await (await participant.waitForSelector('#on'))?.click();
  await says('Step: Pay');
  return { running, browser, type: (line) => running.child.stdin?.write(`${line}\n`), says };
}

/** The one attempt that was kept, by column. */
async function kept(): Promise<Record<string, string>> {
  const lines = await workspace.sessions.attempts();
  expect(lines).toHaveLength(1);
  const cells = [...(lines[0] ?? '').matchAll(/"([^"]*)"/g)].map(([, cell = '']) => cell);
  return Object.fromEntries(sessionColumns.map((column, index) => [column, cells[index] ?? '']));
}

const SECRET = 'Zq7-secret';
const seen = { target: 'shop', participant: 'P1', clicks: '1', errors: '1' };

describe.skipIf(process.platform === 'win32')('a task session that does not end as it should', () => {
  it('is kept when the moderator stops it, with its notes and their pictures', async () => {
    const { running, browser, type, says } = await begun();
    type('error');
    await says('1 error');
    await says('The time of 1 s is over.');
    const shop = await eventually(async () => {
      for (const one of await browser.pages()) if (await one.$('#field').catch(() => null)) return one;
      return undefined;
    }, 'the shop is not shown');
    await shop.type('#field', SECRET);
    type('note Looks for the price');
    await says('Noted.');
    expect(await workspace.sessions.notes()).toMatchObject([
      { participant: 'P1', step: 'Pay', text: 'Looks for the price' },
    ]);
    await eventually(async () => (await workspace.sessions.notes())[0]?.picture, 'there is no picture');
    running.child.kill('SIGINT');
    const { stdout, code } = await running.ended;
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('P1: cut off by the moderator after');
    expect(await kept()).toMatchObject({ ...seen, success: '', abandoned_at: '', ended: 'stopped' });
    expect((await kept()).step_errors).toBe('Cart=0; Pay=1');
    expect(Number((await kept()).seconds)).toBeGreaterThanOrEqual(1);
    expect(existsSync(path.join(place.workspace, 'ux-audit', 'runs', 'session-running.json'))).toBe(false);
    await browser.disconnect();
    await place.isClean();
    const holding = filesBelow(place.root).filter((file) => readFileSync(file).includes(SECRET));
    expect(holding).toEqual([]); // what they type is nowhere on the disk
  });

  it('asks the moderator when the participant closes the browser', async () => {
    const { running, browser, type, says } = await begun();
    type('error');
    await says('1 error');
    await browser.close();
    await says('The browser was closed. How did the task end?');
    type('done');
    expect((await running.ended).stdout).toContain('P1: done in');
    expect(await kept()).toMatchObject({ ...seen, success: 'yes', abandoned_at: '', ended: 'done' });
  });

  it.each(['closed', 'killed'])('is not done when nobody says so after the browser was %s', async (how) => {
    const { running, browser, type, says } = await begun();
    type('error');
    await says('1 error');
    running.child.stdin?.end();
    if (how === 'closed') await browser.close();
    else for (const { pid } of browserProcesses(place.temporary)) process.kill(pid, 'SIGKILL');
    expect((await running.ended).stdout).toContain('P1: not done, the browser was closed after');
    expect(await kept()).toMatchObject({ ...seen, success: 'no', abandoned_at: 'Pay', ended: 'closed' });
  });

  it('is kept when the program is killed, and told by the next command', async () => {
    const { running, browser, type, says } = await begun();
    type('error');
    await says('1 error');
    await says('The time of 1 s is over.');
    const file = path.join(place.workspace, 'ux-audit', 'runs', 'session-running.json');
    await eventually(() => /Pay=1/.test(readFileSync(file, 'utf8')), 'the error is not on the disk');
    running.child.kill('SIGKILL');
    await running.ended;
    const { stdout } = await cli(place, ['session', 'list']);
    expect(stdout).toContain('The last attempt (P1, shop) was cut off. It is kept as far as it came');
    expect(await kept()).toMatchObject({ ...seen, success: '', step_errors: 'Cart=0; Pay=1', ended: 'cut off' });
    await browser.disconnect();
  });

  it('is kept when the worker dies, and says why', async () => {
    const { running, type, says } = await begun();
    type('error');
    await says('1 error');
    for (const { pid } of processesNaming(place.temporary).filter(({ command }) => command.includes('auditWorker')))
      process.kill(pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.ended;
    expect(stdout).toContain('P1: cut off by an error after');
    expect(stderr).toContain('The audit process ended');
    expect(code).not.toBe(0);
    expect(await kept()).toMatchObject({ ...seen, success: '', ended: 'cut off' });
  });
});
