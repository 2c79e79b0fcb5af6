import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, Place, page, type Site, serve, startCli } from './support';

let place: Place;
let site: Site;
beforeEach(async () => {
  place = new Place();
  site = await serve({
    '/': page(
      'Start',
      `<style>#menu ul { display: none } #menu:hover > ul { display: block }</style>
       <ul><li id="menu">Products<ul><li><button id="shoes" onclick="history.pushState({}, '', '/shoes')">Shoes</button></li></ul></li></ul>
       <div><div style="position: absolute; top: 500px"><a class="css-1x2y3z" href="/two">Next</a></div></div>`,
    ),
    '/two': page('Two', '<button>Done</button>'),
  });
});
afterEach(async () => {
  await site.close();
  place.leave();
});

const env = { CHROME_PATH: process.env.CHROME_PATH };
const fileOf = (name: string) => path.join(place.workspace, 'ux-audit', 'journeys', `${name}.json`);

async function imported(steps: object[]): Promise<void> {
  const file = path.join(place.workspace, 'recording.json');
  mkdirSync(place.workspace, { recursive: true });
  writeFileSync(file, JSON.stringify({ title: 'Shop', extra: { kept: true }, steps }));
  const { code, stderr } = await cli(place, ['journey', 'import', file, '--as', 'shop'], { env });
  expect(stderr, stderr).toBe('');
  expect(code).toBe(0);
}

describe('checking a recording', () => {
  it('says what is weak or missing, mends it when asked, and then has nothing to say', async () => {
    await imported([
      { type: 'navigate', url: `${site.origin}/` },
      { type: 'click', target: 'main', selectors: ['#shoes'], offsetX: 4, offsetY: 4, timeout: 1500, note: 'kept' },
      {
        type: 'click',
        target: 'main',
        selectors: ['.css-1x2y3z', 'xpath//html/body/main/div/div/a'],
        offsetX: 4,
        offsetY: 4,
      },
      { type: 'click', target: 'main', selectors: ['aria/Done'], offsetX: 4, offsetY: 4 },
    ]);
    const before = readFileSync(fileOf('shop'), 'utf8');
    const looked = await cli(place, ['journey', 'check', 'shop', '--json'], { env });
    expect(looked.code, looked.stdout).toBe(0);
    const { actions, ...said } = JSON.parse(looked.stdout);
    expect(said).toMatchObject({ journey: 'shop', replays: true, fixed: false });
    expect(actions.map(({ navigation }: { navigation?: string }) => navigation ?? '-')).toEqual([
      'hard',
      'soft',
      'hard',
      '-',
    ]);
    expect(actions.map(({ isWeak }: { isWeak: boolean }) => isWeak)).toEqual([false, false, true, false]);
    expect(actions[1].hovers[0][0]).toBe('#menu');
    expect(actions[2].better[0]).toBe('aria/Next[role="link"]');
    expect(actions[2].isUnexpected).toBe(true);
    expect(readFileSync(fileOf('shop'), 'utf8')).toBe(before); // looking writes nothing

    const fixed = await cli(place, ['journey', 'check', 'shop', '--fix'], { env });
    expect(fixed.stdout).toContain('The recording was mended');
    const mended = JSON.parse(readFileSync(fileOf('shop'), 'utf8'));
    expect(mended.extra).toEqual({ kept: true });
    expect(mended.steps.map(({ type }: { type: string }) => type)).toEqual([
      'navigate',
      'hover',
      'click',
      'click',
      'click',
    ]);
    expect(mended.steps[2].note).toBe('kept');
    expect(mended.steps[3].selectors.at(-1)).toBe('xpath//html/body/main/div/div/a');
    const again = await cli(place, ['journey', 'check', 'shop'], { env });
    expect(again.stdout).toContain('shop replays');
    expect(again.stdout).toContain('No selector is weak.');
  });

  it('says where a recording does not replay', async () => {
    await imported([
      { type: 'navigate', url: `${site.origin}/` },
      { type: 'click', selectors: ['#gone'], offsetX: 1, offsetY: 1, timeout: 1000 },
    ]);
    const { code, stdout } = await cli(place, ['journey', 'check', 'shop'], { env });
    expect(stdout).toContain('shop does not replay');
    expect(code).toBe(4);
  });
});

describe('recording from the terminal', () => {
  it('ends with Ctrl+C, and keeps nothing where nothing was done', async () => {
    const args = ['journey', 'record', 'shop', '--url', site.origin, '--headless'];
    const running = startCli(place, args, { env });
    const stop = () => {
      if (!running.stderr().includes('open http')) return;
      running.child.stderr?.off('data', stop); // a second signal would end it at once
      running.child.kill('SIGINT');
    };
    running.child.stderr?.on('data', stop);
    const { code, stderr } = await running.ended;
    expect(stderr).toContain('Press Enter or close the window to end.');
    expect(stderr).toContain('Nothing was done');
    expect(code).toBe(2);
  });
});
