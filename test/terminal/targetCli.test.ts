import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../src/storage/runStore';
import { cli, Place } from '../engine/support';
import { measurement, report } from '../unit/core/audit/build';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const targets = () => JSON.parse(place.recordText() ?? '{}').targets;
const add = (...args: string[]) => cli(place, ['target', 'add', ...args]);

describe('ux-audit target', () => {
  it('adds pages and journeys, and lists them', async () => {
    expect((await cli(place, ['target'])).stdout).toContain('There is no target yet');
    expect((await add('list', '--url', 'https://shop.example/list?page=2&utm_source=x')).code).toBe(0);
    expect((await add('claim', '--steps', 'find', 'file')).code).toBe(0);
    expect(targets()).toEqual({
      claim: { kind: 'journey', steps: ['find', 'file'] },
      list: { kind: 'page', path: '/list', query: 'page=2', origins: { deployed: 'https://shop.example' } },
    });
    const { stdout } = await cli(place, ['target', 'list']);
    expect(stdout).toMatch(/^list +page +\/list\?page=2 +deployed +0 +0/m);
    expect(stdout).toMatch(/^claim +journey +find → file/m);
    expect((await add('list', '--url', 'https://shop.example/')).code).toBe(2);
    expect((await add('neither')).stderr).toContain(
      'A target is a page (--url), a journey (--steps) or a touchpoint (--channel).',
    );
  });

  it('adds touchpoints off the web, with stage and owner, which figures can be about and audits leave out', async () => {
    const words = ['--channel', 'phone', '--stage', 'retention', '--owner', 'ana'];
    expect((await add('hotline', ...words)).stdout).toBe('Added hotline.\n');
    expect(targets().hotline).toEqual({ kind: 'touchpoint', channel: 'phone', stage: 'retention', owner: 'ana' });
    expect((await cli(place, ['target', 'list'])).stdout).toMatch(/^hotline +touchpoint +phone +retention +ana +0 +0/m);
    expect((await add('other', '--channel', 'By Phone')).stderr).toContain('"By Phone" cannot be a channel');
    expect((await add('other', '--channel', 'phone', '--stage', 'late')).code).toBe(2);
    expect((await add('other', '--channel', 'phone', '--steps', 'call')).code).toBe(2);
    expect((await add('Hot Line', '--channel', 'phone')).stderr).toContain('cannot be a name');

    const table = path.join(place.workspace, 'nps.csv');
    writeFileSync(table, `date,nps\n${'2026-09-01,9\n'.repeat(6)}`);
    expect((await cli(place, ['outcomes', 'import', table, '--target', 'hotline'])).stderr).toBe('');
    const { stdout } = await cli(place, ['impact', '--all']);
    expect(stdout).toMatch(
      /retention: hotline \(phone\), owner ana; NPS® \+100 \(.*n 6\); 0 open findings; missing: a sub/,
    );
    const { touchpoints } = JSON.parse((await cli(place, ['impact', '--json'])).stdout);
    expect(touchpoints).toMatchObject([{ stage: 'retention', touchpoints: [{ target: 'hotline', owner: 'ana' }] }]);

    const named = await cli(place, ['audit', 'hotline']);
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('is a touchpoint, not a page')]);
    const all = await cli(place, ['audit', '--all']);
    expect(all.stderr).toContain('Left out: The target "hotline" is a touchpoint, not a page.');
    expect(all.stderr).toContain('The record has no page that could be audited.');
  });

  it('sets the stage and owner of a target, and takes them away', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay', '--stage', 'purchase');
    const set = (...args: string[]) => cli(place, ['target', 'set', 'pay', ...args]);
    expect((await set('--owner', 'ben')).stdout).toBe('ben takes care of pay now.\n');
    expect(targets().pay).toMatchObject({ kind: 'page', path: '/pay', stage: 'purchase', owner: 'ben' });
    await set('--stage', '', '--owner', '');
    expect(targets().pay).toEqual({ kind: 'page', path: '/pay', origins: { local: 'http://localhost:3000' } });
    expect((await set('--owner', 'ana@shop.example')).stderr).toContain('cannot be an owner');
  });

  it('moves a page, and keeps where else it is found', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay?step=1');
    await cli(place, ['target', 'set', 'pay', '--url', 'https://shop.example/checkout']);
    expect(targets().pay).toEqual({
      kind: 'page',
      path: '/checkout',
      origins: { local: 'http://localhost:3000', deployed: 'https://shop.example' },
    });
    expect((await cli(place, ['target', 'set', 'gone', '--url', 'https://shop.example/'])).code).toBe(2);
  });

  it('gives a target a title that people read, and takes it away', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay');
    await cli(place, ['target', 'set', 'pay', '--title', '  Pay\n by card ']);
    expect(targets().pay.title).toBe('Pay by card');
    await cli(place, ['target', 'set', 'pay', '--title', '']);
    expect(targets().pay).not.toHaveProperty('title');
    expect((await cli(place, ['target', 'set', 'pay'])).stderr).toContain('There is nothing to set.');
    expect((await cli(place, ['target', 'set', 'gone', '--title', 'x'])).code).toBe(2);
  });

  it('sets how targets are served: those that are named, those of a group, or all pages and journeys', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await add(name, '--url', `https://shop.example/product/${name}`);
    await add('order', '--steps', 'find', 'pay');
    await add('hotline', '--channel', 'phone');
    const set = (...args: string[]) => cli(place, ['target', 'set', ...args]);
    const served = () => Object.fromEntries(Object.keys(targets()).map((name) => [name, targets()[name].serve]));
    const dist = { folder: 'dist' };

    expect((await set('a', 'b', '--serve', 'dist')).stdout).toBe('Each of 2 targets (a, b) is served from dist now.\n');
    expect(served()).toEqual({ a: dist, b: dist });
    const start = { command: 'npm start -- --port {port}', url: 'http://localhost:{port}' };
    const byCommand = ['--serve-command', start.command, '--serve-url', start.url];
    expect((await set('--group', '/product/*', ...byCommand)).stdout).toBe(
      'Each of 4 targets (a, b, c and 1 more) is served by "npm start -- --port {port}" at http://localhost:{port} now.\n',
    );
    expect(served()).toEqual({ a: start, b: start, c: start, d: start });
    const all = JSON.parse((await set('--all', '--serve', 'dist', '--owner', 'ana', '--json')).stdout);
    expect(all).toEqual({ set: ['a', 'b', 'c', 'd', 'order'] });
    expect(served()).toEqual({ a: dist, b: dist, c: dist, d: dist, order: dist });
    expect(targets()).toMatchObject({ d: { owner: 'ana' }, order: { owner: 'ana' } });
    expect((await set('a', '--serve', '')).stdout).toBe('a is not served now.\n');
    expect(served()).toEqual({ b: dist, c: dist, d: dist, order: dist });
  });

  it('sets nothing where one of many cannot be set, and says what is wrong', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await add(name, '--url', `https://shop.example/product/${name}`);
    await add('hotline', '--channel', 'phone');
    const before = targets();
    const refused = async (...args: string[]) => {
      const { code, stderr } = await cli(place, ['target', 'set', ...args]);
      expect([code, targets()]).toEqual([2, before]);
      return stderr;
    };
    expect(await refused('a', 'gone', '--serve', 'dist')).toContain('There is no target "gone" in the record.');
    expect(await refused('a', 'hotline', '--serve', 'dist')).toContain('"hotline" is a touchpoint, not a page.');
    expect(await refused('--group', '/order/*', '--serve', 'dist')).toContain('Groups: /product/*.');
    expect(await refused('a', '--all', '--serve', 'dist')).toContain('three ways to choose targets');
    expect(await refused('--serve', 'dist')).toContain('Say which targets.');
    expect(await refused('--all', '--serve', '../dist')).toContain('../dist is outside the workspace.');
    expect(await refused('--all', '--serve-command', 'npm start')).toContain('together with --serve-url');
    expect(await refused('a', '--serve-command', 'npm start', '--serve-url', 'localhost')).toContain('a web address');
    expect(await refused('--all', '--serve', 'dist', '--login', 'typo')).toContain('There is no login "typo"');
    expect(await refused('--all', '--title', 'Shop')).toContain('--url and --title are of one target.');
  });

  it('keeps what shows that the right page was measured, as the newest audit saw it or as a person says', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay');
    const confirm = (...args: string[]) => cli(place, ['target', 'confirm', 'pay', ...args]);
    expect((await confirm()).stderr).toContain('No audit on this machine has seen what "pay" shows.');
    const whole = path.join(place.workspace, 'report.json');
    writeFileSync(whole, '{}');
    const proof = { url: 'http://localhost:3000/en/pay?token=x', heading: 'Pay\u001b[2J', status: 200 };
    const one = { ...measurement({ target: 'pay' }), proof };
    await new RunStore(path.join(place.workspace, 'ux-audit', 'runs')).add({ measurement: one, report: report([]) }, [
      whole,
    ]);
    const { stdout, stderr } = await confirm('--not', '#login');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('\u001b');
    expect(targets().pay.is).toEqual({ url: '/en/pay', heading: 'Pay\u001b[2J', not: '#login' });
    await confirm('--url', '/orders/*', '--selector', '#list');
    expect(targets().pay.is).toEqual({ url: '/orders/*', selector: '#list' });
    expect((await confirm('--none')).stdout).toBe('Nothing is confirmed of pay any more.\n');
    expect(targets().pay).not.toHaveProperty('is');
  });

  it('says of a page what to do where it asks for consent, and behind which login it is', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay');
    const consent = (...args: string[]) => cli(place, ['consent', 'pay', ...args]);
    expect((await consent('--click', '#settings', '--click', '#reject')).stdout).toContain('#settings, then #reject');
    expect(targets().pay.consent).toEqual({ click: ['#settings', '#reject'] });
    await consent('--keep');
    expect(targets().pay.consent).toEqual({ keep: true });
    expect((await consent('--keep', '--none')).code).toBe(2);
    await consent('--none');
    expect(targets().pay).not.toHaveProperty('consent');
    expect((await cli(place, ['target', 'set', 'pay', '--login', 'customer'])).stderr).toContain('no login "customer"');
    const record = JSON.parse(place.recordText() ?? '');
    place.writeRecord(JSON.stringify({ ...record, logins: { customer: { by: 'hand' } } }));
    expect((await cli(place, ['target', 'set', 'pay', '--login', 'customer'])).stdout).toBe(
      'pay is behind customer now.\n',
    );
    expect(targets().pay.login).toBe('customer');
    await cli(place, ['target', 'set', 'pay', '--login', '']);
    expect(targets().pay).not.toHaveProperty('login');
  });

  it('renames a target with its runs, figures, baseline and what agents propose', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay');
    const folder = path.join(place.workspace, 'ux-audit', 'runs');
    const whole = path.join(place.workspace, 'report.json');
    writeFileSync(whole, '{}');
    const runs = new RunStore(folder);
    const one = measurement({ target: 'pay' });
    await runs.add({ measurement: one, report: report([]) }, [whole]);
    await runs.add({ measurement: { ...one, target: 'other' }, report: report([]) }, [whole]);
    await cli(place, ['baseline', 'record', 'pay']);
    const table = path.join(place.workspace, 'nps.csv');
    writeFileSync(table, `date,nps\n${'2026-09-01,9\n'.repeat(6)}`);
    expect((await cli(place, ['outcomes', 'import', table, '--target', 'pay'])).stderr).toBe('');

    const proposed = { target: 'pay', title: 'x', note: 'y', on: '2026-11-28' };
    place.write('ux-audit/proposals.json', JSON.stringify({ schemaVersion: 1, findings: { one: proposed } }));

    const done = await cli(place, ['target', 'rename', 'pay', 'checkout']);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(Object.keys(targets())).toEqual(['checkout']);
    expect(existsSync(path.join(folder, 'pay'))).toBe(false);
    expect((await runs.read('checkout', one.id))?.measurement.target).toBe('checkout');
    expect((await runs.measurements()).map(({ target }) => target).sort()).toEqual(['checkout', 'other']);
    const beside = (name: string) => readFileSync(path.join(place.workspace, 'ux-audit', name), 'utf8');
    expect(Object.keys(JSON.parse(beside('measurements.json')).baseline)).toEqual(['checkout/local/mobile']);
    expect(JSON.parse(beside('proposals.json')).findings.one).toEqual({ ...proposed, target: 'checkout' });
    expect(beside('outcomes.json')).toMatch(/"checkout\/nps/);
    expect(beside('outcomes.json')).not.toMatch(/pay/);
  });

  it('removes a target, and asks before findings go with it', async () => {
    await add('pay', '--url', 'http://localhost:3000/pay');
    const kept = JSON.parse(place.recordText() ?? '{}');
    const id = 'pay/lighthouse/image-alt';
    const finding = {
      kind: 'automated',
      rule: 'lighthouse/image-alt',
      title: 'x',
      target: 'pay',
      state: { status: 'open' },
      id,
    };
    mkdirSync(path.dirname(place.record), { recursive: true });
    place.writeRecord(JSON.stringify({ ...kept, findings: { [id]: finding } }));
    const refused = await cli(place, ['target', 'remove', 'pay']);
    expect([refused.code, targets()]).toEqual([2, kept.targets]);
    expect(refused.stderr).toContain('would remove 1 finding and 0 evaluations');
    expect((await cli(place, ['target', 'remove', 'pay', '--yes'])).code).toBe(0);
    expect(JSON.parse(place.recordText() ?? '{}')).toMatchObject({ targets: {}, findings: {} });
  });
});
