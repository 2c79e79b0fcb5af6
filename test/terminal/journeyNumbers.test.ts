import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JourneyRun } from '../../src/core/journey/journeyRun';
import { Workspace } from '../../src/workflow/workspace';
import { cli, Place, repository } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const steps = ['Product', 'Basket', 'Address', 'Order'];
/** Three walks: milliseconds of waiting in each step. */
const walks = [
  [210, 120, 40, 5_100],
  [190, 140, 50, 5_050],
  [200, 130, 45, 5_200],
];
/** Participants of different skill: seconds and errors of the steps they reached. The last two give up. */
const people = Array.from({ length: 9 }, (_, n) => {
  const reached = n < 7 ? 4 : n === 7 ? 3 : 4;
  return {
    name: `P${n + 1}`,
    seconds: [12 + n, 8 + 2 * n, 60 + 11 * n, 9 + n].slice(0, reached),
    errors: [0, n % 3 === 0 ? 1 : 0, n % 2, n > 4 ? 2 : 0].slice(0, reached),
    stops: n < 7 ? '' : (steps[reached - 1] as string),
  };
});

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const geometric = (values: readonly number[]) => Math.exp(total(values.map(Math.log)) / values.length);
const row = ({ name, seconds, errors, stops }: (typeof people)[number]) =>
  [
    ...[
      '2026-11-20',
      'order',
      name,
      'Order a plant',
      stops === '' ? 'yes' : 'no',
      String(total(seconds)),
      String(total(errors)),
    ],
    stops,
    seconds.map((value, index) => `${steps[index]}=${value}`).join('; '),
    errors.map((value, index) => `${steps[index]}=${value}`).join('; '),
  ].join(',');
const header = 'date,page,participant,task,success,seconds,errors,abandoned_at,step_seconds,step_errors';

describe('the numbers of a journey', () => {
  it('are the same true ones in the table of steps, the impact view and the report', async () => {
    mkdirSync(path.join(place.workspace, 'site'));
    cpSync(path.join(repository, 'media/sample-shop/order.json'), path.join(place.workspace, 'order.json'));
    expect((await cli(place, ['journey', 'import', 'order.json', '--as', 'order', '--serve', 'site'])).code).toBe(0);
    const run: JourneyRun = {
      id: '2026-11-20T10-00-00-000Z-local-desktop',
      target: 'order',
      environment: 'local',
      at: '2026-11-20T10:00:00.000Z',
      browser: 'Chrome 150.0.1',
      viewport: { width: 1200, height: 900 },
      tellsSoftNavigations: true,
      runner: 'recording',
      walks: walks.map((waiting) => ({
        disturbed: false,
        steps: waiting.map((ms, index) => ({
          name: steps[index] as string,
          outcome: 'reached',
          waiting: ms,
          until: 'expected',
          vitals: [],
          requests: 3,
          bytes: 1_000,
          errors: [],
        })),
      })),
    };
    await new Workspace(place.workspace).journeys.addRun(run);
    writeFileSync(path.join(place.workspace, 'sessions.csv'), `${[header, ...people.map(row)].join('\n')}\n`);
    const imported = await cli(place, ['outcomes', 'import', 'sessions.csv']);
    expect(imported.code, imported.stderr).toBe(0);

    const finished = people.filter(({ stops }) => stops === '');
    const told = JSON.parse((await cli(place, ['outcomes', 'steps', 'order', '--json'])).stdout);
    const [source] = told.sources ?? told;
    for (const [index, name] of steps.entries()) {
      const reached = people.filter(({ seconds }) => seconds.length > index);
      const step = source.steps.find((one: { name: string }) => one.name === name);
      expect(step).toMatchObject({
        reached: reached.length,
        stopped: reached.filter(({ stops }) => stops === name).length,
      });
      expect(step.seconds.value).toBeCloseTo(geometric(finished.map(({ seconds }) => seconds[index] as number)), 2);
      const erring = reached.filter(({ errors }) => (errors[index] as number) > 0).length;
      expect(step.erring.value).toBeCloseTo((100 * erring) / reached.length, 2);
    }

    const impact = JSON.parse((await cli(place, ['impact', '--json'])).stdout);
    const completion = JSON.stringify(impact).match(/"metric":"task_completion_rate"[^}]*"value":([\d.]+)/);
    expect(Number(completion?.[1])).toBeCloseTo((100 * finished.length) / people.length, 2);
    // no figure of a step passes for one of the journey
    expect(JSON.stringify(impact)).not.toContain('"step":"Order"');

    expect((await cli(place, ['export', '--html', 'report.html'])).code).toBe(0);
    const html = readFileSync(path.join(place.workspace, 'report.html'), 'utf8')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(html).toContain(`${finished.length} of ${people.length} people finish`);
    const [, , , order] = [0, 1, 2, 3].map((index) =>
      walks.map((waiting) => waiting[index] as number).sort((a, b) => a - b),
    );
    expect(html).toContain(`${((order?.[1] ?? 0) / 1000).toFixed(1)} s`);
    const totals = walks.map(total).sort((a, b) => a - b);
    expect(html).toContain(`${((totals[1] ?? 0) / 1000).toFixed(1)} s`);
  });
});
