import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, Place } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const click = (label: string, isLeaving = false) => ({
  type: 'click',
  selectors: [[`aria/${label}`]],
  offsetX: 1,
  offsetY: 1,
  ...(isLeaving && { assertedEvents: [{ type: 'navigation', url: '' }] }),
});
const recorded = {
  title: 'Buy a Lamp',
  selectorAttribute: 'data-testid',
  steps: [
    { type: 'setViewport', width: 1200, height: 800, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
    { type: 'navigate', url: 'http://localhost:3000/cart' },
    click('Check out', true),
    { type: 'change', selectors: [['aria/Password'], ['#pw']], value: 'hunter2' },
    click('\u001b[31mPay <script>'),
  ],
};
const file = (content: unknown = recorded) => {
  const name = path.join(place.workspace, 'recording.json');
  writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};
const journey = (...args: string[]) => cli(place, ['journey', ...args]);
const record = () => JSON.parse(place.recordText() ?? '{}');

describe('ux-audit journey', () => {
  it('imports a recording of DevTools as it is, without what was secret', async () => {
    const { code, stdout } = await journey('import', file());
    expect(code).toBe(0);
    expect(stdout).toContain('Imported buy-a-lamp: Check out → ');
    expect(stdout).toContain(
      'What was entered into “Password” is not kept: set JOURNEY_BUY_A_LAMP_PASSWORD to walk it.',
    );
    expect(stdout).not.toContain('\u001b');
    const kept = readFileSync(path.join(place.workspace, 'ux-audit', 'journeys', 'buy-a-lamp.json'), 'utf8');
    const value = `\${env:JOURNEY_BUY_A_LAMP_PASSWORD}`;
    expect(JSON.parse(kept)).toEqual({
      ...recorded,
      steps: recorded.steps.with(3, { ...recorded.steps[3], value } as never),
    });
    const all = readdirSync(path.join(place.workspace, 'ux-audit'), { recursive: true, withFileTypes: true });
    for (const entry of all.filter((one) => one.isFile()))
      expect(readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).not.toContain('hunter2');
    expect(record().targets['buy-a-lamp']).toMatchObject({
      kind: 'journey',
      origins: { local: 'http://localhost:3000' },
    });
    expect(record().targets['buy-a-lamp'].steps[0]).toBe('Check out');
    expect((await journey()).stdout).toMatch(/^buy-a-lamp +yes +– +Check out → /m);
  });

  it('keeps a journey’s recording unless it is to be replaced, and what people said of it', async () => {
    await cli(place, ['target', 'add', 'order', '--steps', 'a', 'b', '--stage', 'retention', '--owner', 'ana']);
    expect((await journey('import', file(), '--as', 'order')).code).toBe(0);
    expect(record().targets.order).toMatchObject({
      stage: 'retention',
      owner: 'ana',
      steps: ['Check out', expect.any(String)],
    });
    const again = await journey('import', file({ ...recorded, title: 'x' }), '--as', 'order');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('has a recording already')]);
    expect((await journey('import', file({ ...recorded, title: 'x' }), '--as', 'order', '--replace')).code).toBe(0);
    await cli(place, ['target', 'rename', 'order', 'buy']);
    expect((await journey()).stdout).toMatch(/^buy +yes/m);
    expect(
      (await cli(place, ['target', 'set', 'buy', '--environment', 'deployed', '--url', 'https://shop.example'])).code,
    ).toBe(0);
    expect(record().targets.buy.origins).toEqual({ local: 'http://localhost:3000', deployed: 'https://shop.example' });
  });

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['no recording', '{"steps":5}', 'is no recording: at title'],
    ['no address', { title: 'x', steps: [click('A')] }, 'opens no web address'],
    ['a name that cannot be', { ...recorded, title: '???' }, 'cannot be a name'],
  ])('refuses %s, and writes nothing', async (_, content, message) => {
    const { code, stderr } = await journey('import', file(content));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(place.recordText()).toBeUndefined();
  });

  it('walks no file with a secret in it, and does not repeat it', async () => {
    await journey('import', file(), '--as', 'order');
    writeFileSync(path.join(place.workspace, 'ux-audit', 'journeys', 'order.json'), JSON.stringify(recorded));
    const { code, stderr } = await journey('run', 'order');
    expect(code).toBe(5);
    expect(stderr).toContain('order.json holds what is entered into "Password" (steps.3), which looks secret.');
    expect(stderr).not.toContain('hunter2');
    expect((await journey()).stdout).toMatch(/^order +unreadable/m);
  });

  it('says what is missing before a browser starts', async () => {
    await journey('import', file(), '--as', 'order');
    const missing = await journey('run', 'order');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('the environment variable JOURNEY_ORDER_PASSWORD'),
    ]);
    expect((await journey('run', 'other')).stderr).toContain('The journey "other" has no recording');
    expect((await journey('run', 'order', '--environment', 'qa')).stderr).toContain(
      'has no address for qa (known: local)',
    );
    mkdirSync(path.join(place.workspace, 'ux-audit', 'journeys', 'folder.json'));
    expect((await journey()).code).toBe(0);
  });
});
