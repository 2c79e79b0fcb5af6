import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inHeadlessShell } from './headlessShell';
import { cli, Place, page, serve } from './support';

inHeadlessShell();

describe('journeys on several machines', () => {
  it('are walked in parts, and merged as if one machine had walked them', async () => {
    const place = new Place();
    const site = await serve({
      '/': page('Start', '<a id="on" href="/pay">On</a>'),
      '/pay': page('Pay', '<p id="receipt">Paid</p>'),
    });
    try {
      const steps = (end: string) => [
        { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Open', expect: '#on' } },
        { type: 'navigate', url: `${site.origin}/` },
        { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Pay', expect: end } },
        { type: 'click', selectors: ['#on'], offsetX: 1, offsetY: 1 },
      ];
      for (const [name, end] of [
        ['broken', '#gone'],
        ['order', '#receipt'],
      ] as const) {
        const file = place.write(`${name}.json`, JSON.stringify({ title: name, steps: steps(end) }));
        await cli(place, ['journey', 'import', file, '--as', name]);
      }
      const before = place.recordText();
      const run = ['journey', 'run', '--all', '--runs', '1'];
      const [one, two] = [path.join(place.root, 'one'), path.join(place.root, 'two')];
      const first = await cli(place, [...run, '--shard', '1/2', '--out', one]);
      expect([first.code, first.stdout], first.stderr).toEqual([4, expect.stringContaining('walked-broken-')]);
      expect((await cli(place, [...run, '--shard', '2/2', '--out', two])).code).toBe(0);
      expect(place.recordText()).toBe(before);

      const alone = await cli(place, ['merge-runs', one, '--out', path.join(place.root, 'part'), '--json']);
      expect(JSON.parse(alone.stdout).journeys).toEqual({ walked: ['broken'], notWalked: ['order'] });
      const merged = await cli(place, ['merge-runs', path.join(place.root, 'part'), two, '--json']);
      expect(merged.code, merged.stderr).toBe(0);
      const { journeys, changes } = JSON.parse(merged.stdout);
      expect(journeys).toEqual({ walked: ['broken', 'order'], notWalked: [] });
      expect(changes).toMatchObject([{ id: 'broken/journey/pay-fails', change: 'new' }]);
      const { findings } = JSON.parse(place.recordText() ?? '');
      expect(findings['broken/journey/pay-fails']).toMatchObject({ where: { step: 'Pay' }, state: { severity: 3 } });
      expect(findings['broken/journey/pay-fails'].evidence).toHaveLength(1);
      const { journeys: known } = JSON.parse((await cli(place, ['journey', 'list', '--json'])).stdout);
      expect(known.map(({ run: walked }: { run?: object }) => walked !== undefined)).toEqual([true, true]);
      const text = place.recordText();
      expect((await cli(place, ['merge-runs', one, two])).code).toBe(0); // again
      expect(place.recordText()).toBe(text);
      expect((await cli(place, ['merge-runs', one, path.join(place.root, 'part')])).stderr).toContain('there twice');
    } finally {
      await site.close();
      await place.leave();
    }
  });
});
