import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionCount, type SessionEvent } from '../../src/core/journey/sessionCount';
import { attemptRow } from '../../src/core/journey/sessionRow';
import { today } from '../../src/workflow/localDate';
import { Workspace } from '../../src/workflow/workspace';
import { cli, Place } from '../engine/support';

const recording = {
  title: 'Shop',
  steps: [
    { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Cart', expect: '#address' } },
    { type: 'navigate', url: 'http://127.0.0.1:9/' },
    { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Address', expect: '#end' } },
    { type: 'click', selectors: ['#pay'], offsetX: 1, offsetY: 1 },
  ],
};

let place: Place;
let workspace: Workspace;
beforeEach(async () => {
  place = new Place();
  mkdirSync(place.workspace, { recursive: true });
  const file = path.join(place.workspace, 'shop.json');
  writeFileSync(file, JSON.stringify(recording));
  await cli(place, ['journey', 'import', file, '--as', 'shop']);
  workspace = new Workspace(place.workspace, 'ux-audit/findings.json');
});
afterEach(() => place.leave());

/** Keeps an attempt of a participant who needs 20 s for the first step and `pay` seconds for the second. */
async function attempt(participant: string, pay: number, success: boolean): Promise<void> {
  const count = new SessionCount(['Cart', 'Address']);
  const events: [number, string][] = [
    [0, 'begun'],
    [20_000, 'reached'],
    [21_000, 'error'],
    [20_000 + pay * 1_000, ...((success ? ['reached'] : ['key']) as [string])],
    [20_000 + pay * 1_000, 'ended'],
  ];
  for (const [at, type] of events) count.add({ type } as SessionEvent, at);
  const row = attemptRow({
    date: today(),
    target: 'shop',
    participant,
    ending: success ? 'done' : 'gave up',
    seq: 6,
    count,
  });
  await workspace.sessions.addAttempt(row);
}

describe('task sessions on this machine', () => {
  it('give figures through the import, none from fewer than five people, and forget a participant', async () => {
    for (const [index, pay] of [30, 40, 50, 60, 70].entries()) await attempt(`P${index + 1}`, pay, index > 0);
    const table = 'ux-audit/runs/sessions.csv';
    const imported = await cli(place, ['outcomes', 'import', table]);
    expect(imported.code, imported.stdout + imported.stderr).toBe(0);
    expect(imported.stdout).toMatch(/shop\/task_completion_rate\/\S+ = 80, n 5/);
    expect(imported.stdout).toMatch(/shop\/abandonment_rate@Address\/\S+ = 20, n 5/);

    await workspace.sessions.addNote({
      at: '2026-01-01T00:00:00.000Z',
      target: 'shop',
      participant: 'P2',
      text: 'Lost',
    });
    const before = JSON.parse((await cli(place, ['session', 'list', '--json'])).stdout);
    expect([before.attempts, before.notes.length]).toEqual([5, 1]);
    const { stdout } = await cli(place, ['session', 'delete', 'P2']);
    expect(stdout).toContain('Removed 2 lines of P2.');
    expect(readFileSync(path.join(place.workspace, table), 'utf8')).not.toContain('"P2"');
    const after = JSON.parse((await cli(place, ['session', 'list', '--json'])).stdout);
    expect([after.attempts, after.notes.length]).toEqual([4, 0]);
    const again = await cli(place, ['outcomes', 'import', table, '--source', 'four people']);
    expect(again.stdout).toContain('A figure of fewer than 5 people is not kept');
  });

  it('keep whole rows after one that a crash cut off, and say which attempt was lost', async () => {
    await attempt('P1', 30, true);
    const file = workspace.sessions.table;
    writeFileSync(file, `${readFileSync(file, 'utf8')}"2026-01-0`);
    await attempt('P2', 30, true);
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.endsWith('"Cart=0; Address=1","done"')),
    ).toHaveLength(2);
  });

  it('keep an attempt that a crash ended as far as it came, and count it in no rate', async () => {
    for (const [index, pay] of [30, 40, 50, 60, 70].entries()) await attempt(`P${index + 1}`, pay, index > 0);
    const count = new SessionCount(['Cart', 'Address']);
    count.add({ type: 'begun' }, 0);
    count.add({ type: 'reached' }, 20_000);
    count.add({ type: 'error' }, 21_000);
    count.until(34_000);
    const about = { target: 'shop', participant: 'P6' };
    const row = attemptRow({ ...about, date: today(), ending: 'cut off', count });
    const left = { ...about, at: '2026-01-01T00:00:00.000Z', row };
    await workspace.sessions.keepRunning(left);

    const { stdout } = await cli(place, ['session', 'list']);
    expect(stdout).toContain('The last attempt (P6, shop) was cut off. It is kept as far as it came');
    expect(stdout).toContain('6 attempts');
    const kept = (await workspace.sessions.attempts()).at(-1);
    expect(kept).toContain('"P6","shop","","34","0","1"');
    expect(kept).toContain('"Cart=20; Address=14","Cart=0; Address=1","cut off"');
    const imported = await cli(place, ['outcomes', 'import', 'ux-audit/runs/sessions.csv']);
    expect(imported.stdout).toMatch(/shop\/task_completion_rate\/\S+ = 80, n 5/);
    expect(imported.stdout).toMatch(/shop\/abandonment_rate@Address\/\S+ = 20, n 5/);
    expect(imported.stdout).toContain('1 attempts do not say whether they succeeded');

    await workspace.sessions.keepRunning(left); // as after a crash between the table and the end
    expect((await cli(place, ['session', 'list'])).stdout).toContain('6 attempts');
  });

  it('take a task from the journey, and no name of a person', async () => {
    expect((await cli(place, ['session', 'tasks', 'shop'])).stdout).toContain('Written:');
    expect(await workspace.journeys.tasks('shop')).toMatchObject({ start: '/', questions: ['seq', 'umux-lite'] });
    const file = workspace.journeys.tasksFile('shop');
    writeFileSync(file, JSON.stringify({ scenario: 'Buy shoes.', success: 'Bought.', mine: 1 }));
    expect((await cli(place, ['session', 'tasks', 'shop'])).stdout).toContain('It is there already');
    writeFileSync(file, '{"scenario": 1}');
    const wrong = await cli(place, ['session', 'run', 'shop', '--headless', '--participant', 'Ada']);
    expect(wrong.stderr).toContain('no names of people');
    expect(wrong.code).toBe(2);
  });

  it('make one finding of several notes, with its step and "2 of 4", and without participants', async () => {
    for (const [index, pay] of [30, 40, 50].entries()) await attempt(`P${index + 1}`, pay, true);
    const note = (participant: string, step: string, text: string) =>
      workspace.sessions.addNote({ at: '2026-01-01T00:00:00.000Z', target: 'shop', participant, step, text });
    const picture = await note('P1', 'Address', 'P1 looks for the postcode');
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    writeFileSync(`${picture}.png`, png);
    await note('P2', 'Address', '\u001b[31mSearches the postcode');
    await note('P4', 'Address', 'Reads the help');
    await note('P3', 'Cart', 'Counts the shoes');

    const listed = (await cli(place, ['session', 'notes', 'shop'])).stdout;
    expect(listed).toMatch(/Cart: 1 of 3 participants\n.*Counts the shoes.*\n.*Address: 3 of 4 participants\n/);
    expect(listed).not.toContain('\u001b');
    const steps = JSON.parse((await cli(place, ['session', 'notes', 'shop', '--json'])).stdout);
    const keys = steps[1].notes.slice(0, 2).map(({ key }: { key: string }) => key);
    const make = (...more: string[]) =>
      cli(place, ['session', 'finding', 'shop', ...keys, '--title', 'The postcode is hard to find', ...more]);
    const made = await make('--severity', '3', '--json');
    expect(made.code, made.stderr).toBe(0);
    const { id, people, of, pictures } = JSON.parse(made.stdout);
    expect([people, of, pictures.length]).toEqual([2, 4, 1]);
    expect(readFileSync(path.join(place.workspace, 'ux-audit', pictures[0]))).toEqual(png);
    const finding = (await workspace.record.read()).record.findings[id];
    expect(finding).toMatchObject({
      kind: 'observed',
      where: { step: 'Address' },
      state: { status: 'open', severity: 3 },
      seenWith: { people: 2, of: 4 },
      evidence: pictures,
    });
    expect(finding?.note).toContain('a participant looks for the postcode\n');
    expect(JSON.stringify(finding)).not.toMatch(/P\d/);
    expect((await cli(place, ['findings', 'show', id])).stdout).toContain('seen with 2 of 4 participants');
    expect((await cli(place, ['validate'])).code).toBe(0);
    const markdown = readFileSync(path.join(place.workspace, 'ux-audit', 'findings.md'), 'utf8');
    expect(markdown).toContain('seen with 2 of 4 participants · step Address');

    keys.push(steps[1].notes[2].key);
    expect(JSON.parse((await make('--json')).stdout)).toMatchObject({ id, people: 3, of: 4 });
    expect((await cli(place, ['session', 'finding', 'shop', 'ffffff', '--title', 'x'])).stderr).toContain('no note');

    const { stdout } = await cli(place, ['session', 'delete', 'P1']);
    expect(stdout).toContain('Findings that were made of their notes stay');
    expect(() => readFileSync(`${picture}.png`)).toThrow();
    expect((await workspace.record.read()).record.findings[id]?.seenWith).toEqual({ people: 3, of: 4 });
  });
});
