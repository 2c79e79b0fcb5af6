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
  const row = attemptRow({ date: today(), target: 'shop', participant, success, seq: 6, count });
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
        .filter((line) => line.endsWith('"Cart=0; Address=1"')),
    ).toHaveLength(2);
    await workspace.sessions.begin({ target: 'shop', participant: 'P3', at: '2026-01-01T00:00:00.000Z' });
    const { lost } = JSON.parse((await cli(place, ['session', 'list', '--json'])).stdout);
    expect(lost).toMatchObject({ participant: 'P3', target: 'shop' });
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
});
