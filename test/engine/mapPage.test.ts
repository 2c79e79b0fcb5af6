import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { type MapPageOptions, type MappedPage, mapPage } from '../../src/workflow/mapPage';
import { Workspace } from '../../src/workflow/workspace';
import { eventually } from '../patience';
import { inHeadlessShell } from './headlessShell';
import { click, enter, open, pagesShop, step } from './journeySites';
import { Place, page, type Site, serve, workerFile } from './support';

inHeadlessShell();

/** The pictures of whole pages with the places of their elements, as evaluators see them. */
let place: Place;
let site: Site;
let workspace: Workspace;
let engine: AuditEngine;
let browser: Awaited<ReturnType<typeof puppeteer.launch>>;

const form = `<form><label>Your e-mail <input type="email" value="jo@example.com"></label>
  <label>Card <input type="text" name="cardNumber" value="4111 1111"></label>
  <input placeholder="Voucher" value="SECRET"><p class="person" title="Jane Doe">Jane Doe, 4 Hill Road</p>
  <div contenteditable>Jane Doe writes</div>
  <button>Pay <span style="display: none">hidden</span>now</button><button aria-label="Close">×</button>
  <div style="width: 0; overflow: hidden"><a href="/x" style="position: relative">Folded away</a></div>
  <a href="/help">Help</a><a href="/help">Help</a><div class="wrap"><div class="wrap"><img alt="A lamp" width="90" height="60"
  src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="></div></div></form>`;
const block = (colour: string, height: number) => `<div style="background: ${colour}; height: ${height}px"></div>`;
const styled = (body: string) =>
  `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Page</title>
   <style>body { margin: 0 }</style>${body}</html>`;

/** A page that folds its navigation away when its window changes for the `time`-th time. */
const folding = (time: number) =>
  styled(
    `<nav id="side" style="float: left; width: 104px; height: 600px; background: rgb(0, 0, 255)">Side</nav>
     <h1 style="margin: 0; overflow: hidden; height: 900px; background: rgb(255, 0, 0)">Main</h1>
     <script>let times = 0;
     addEventListener('resize', () => { times += 1; if (times === ${time}) document.getElementById('side').remove(); });
     </script>`,
  );

beforeAll(async () => {
  place = new Place().enter();
  site = await serve({
    ...pagesShop({ address: 100, pay: 100 }),
    '/form': page('Checkout', form),
    '/tall': styled(
      `${block('rgb(255, 0, 0)', 4_500)}<div style="height: 100vh; background: rgb(0, 0, 255)"></div>
       ${block('rgb(0, 128, 0)', 4_000)}<div id="late" style="height: 300px">waiting</div>
       <script>new IntersectionObserver(([seen]) => {
         if (seen.isIntersecting) document.getElementById('late').textContent = 'loaded when seen';
       }).observe(document.getElementById('late'));</script>`,
    ),
    '/app': styled(
      `<div style="height: 100vh; overflow: auto">${block('rgb(255, 0, 0)', 3_000)}<p>The end of the app</p></div>`,
    ),
    '/folds': folding(1),
    '/folds-late': folding(2),
    '/right': styled(
      `<p style="position: absolute; right: 0; margin: 0; width: 60px; height: 120px; background: rgb(0, 0, 255)">Right</p>
       ${block('rgb(255, 0, 0)', 3_000)}`,
    ),
    '/bar': styled(
      `${block('rgb(255, 0, 0)', 3_000)}
       <div style="position: fixed; bottom: 0; left: 0; right: 0; height: 100px; background: rgb(0, 0, 255)">
       <input name="card" value="4111" style="width: 300px; height: 60px"></div>`,
    ),
    '/menu': page(
      'Menu',
      `<button onclick="this.after(Object.assign(document.createElement('p'), { textContent: 'Opened' }))">Open</button>`,
    ),
  });
  const target = (path: string) => ({ kind: 'page', path, origins: { local: site.origin } });
  place.writeRecord(
    JSON.stringify({
      schemaVersion: 1,
      settings: { mask: ['.person'] },
      targets: {
        form: target('/form'),
        tall: target('/tall'),
        app: target('/app'),
        folds: target('/folds'),
        'folds-late': target('/folds-late'),
        right: target('/right'),
        bar: target('/bar'),
        menu: target('/menu'),
        order: { kind: 'journey', steps: ['Cart', 'Pay', 'Lost'], origins: { local: site.origin } },
      },
      findings: {},
      evaluations: {},
    }),
  );
  place.write(
    'ux-audit/journeys/order.json',
    JSON.stringify({
      title: 'Order',
      steps: [
        step('Cart'),
        open(),
        click('aria/Check out'),
        step('Pay'),
        enter('input[name=name]', '${' + 'env:JOURNEY_BUYER}'),
        click('aria/Continue'),
        step('Lost'),
        click('aria/Nowhere'),
      ],
      timeout: 2_000,
    }),
  );
  workspace = new Workspace(place.workspace, 'ux-audit/findings.json');
  const { path } = await findBrowser({});
  engine = new AuditEngine({ worker: workerFile, browser: { path, sandbox: canSandbox() } });
  browser = await puppeteer.launch({ executablePath: path, args: canSandbox() ? [] : ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await engine?.dispose();
  await site?.close();
  place.leave();
});

async function mapped(target: string, more: Partial<MapPageOptions> = {}): Promise<MappedPage> {
  const { record } = await workspace.record.read();
  return mapPage({ workspace, engine, record, target, formFactor: 'mobile', environment: {}, ...more });
}

/** The colour of the picture at a point of the page, as red, green and blue. */
async function colourAt({ slices }: MappedPage, x: number, y: number): Promise<number[]> {
  const slice = slices.find(({ top, height }) => y >= top && y < top + height);
  const tab = await browser.newPage();
  const colour = await tab.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(slice?.data ?? '')};
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(${x}, ${y - (slice?.top ?? 0)}, 1, 1).data.slice(0, 3)];
  })()`);
  await tab.close();
  return colour as number[];
}

const near = (colour: number[], wanted: number[]) =>
  expect(
    Math.max(...colour.map((value, index) => Math.abs(value - (wanted[index] as number)))),
    String(colour),
  ).toBeLessThan(12);

describe('the map of a page', () => {
  it('names elements by what people see, and never by what they entered', async () => {
    const { elements, viewport } = await mapped('form');
    const names = elements.map(({ name }) => name);
    expect(viewport).toEqual({ width: 412, height: 823 });
    expect(names).toEqual(
      expect.arrayContaining([
        'Heading “Checkout”',
        'Field “Your e-mail”',
        'Field “Voucher”',
        'Button “Pay now”',
        'Button “Close”',
        'Link “Help” (1 of 2)',
        'Link “Help” (2 of 2)',
        'Picture “A lamp”',
      ]),
    );
    expect(names.join('\n')).not.toMatch(/SECRET|4111|jo@|Folded|Jane/);
    expect(names.filter((name) => name.startsWith('Area')).length).toBeLessThan(2); // what only lays out is left out
  });

  it('covers private inputs on the picture, and those that the team names', async () => {
    const map = await mapped('form');
    const { x, y, width, height } = map.elements.find(({ name }) => name === 'Field “Your e-mail”') as never as {
      [key: string]: number;
    } as { x: number; y: number; width: number; height: number };
    near(await colourAt(map, Math.round(x + width / 2), Math.round(y + height / 2)), [0x77, 0x77, 0x77]);
  });

  it('shows a page of any height in slices, in which everything is where its elements are', async () => {
    const map = await mapped('tall');
    expect(map.height).toBe(4_500 + 823 + 4_000 + 300);
    expect(map.shownTo).toBe(map.height);
    expect(map.slices.map(({ top, height }) => [top, height])).toEqual([
      [0, 2_000],
      [2_000, 2_000],
      [4_000, 2_000],
      [6_000, 2_000],
      [8_000, 1_623],
    ]);
    near(await colourAt(map, 200, 4_480), [255, 0, 0]);
    near(await colourAt(map, 200, 4_520), [0, 0, 255]);
    near(await colourAt(map, 200, 5_300), [0, 0, 255]);
    near(await colourAt(map, 200, 5_345), [0, 128, 0]);
    expect(map.elements.find(({ selector }) => selector === '#late')?.name).toBe('Text “loaded when seen”');
  });

  it('places elements where the picture shows them, on a page that changes as its window does', async () => {
    for (const page of ['folds', 'folds-late']) {
      const map = await mapped(page);
      const isThere = map.elements.some(({ name }) => name.includes('Side'));
      near(await colourAt(map, 50, 300), isThere ? [0, 0, 255] : [255, 0, 0]);
      const [main] = map.elements.filter(({ name }) => name.includes('Main'));
      expect(main?.x, page).toBe(isThere ? 104 : 0);
    }
  });

  it('places elements where the picture shows them on a page that scrolls', async () => {
    const map = await mapped('right', { formFactor: 'desktop' });
    const right = map.elements.find(({ name }) => name === 'Text “Right”');
    expect([map.width, right?.x]).toEqual([1350, 1290]);
    near(await colourAt(map, 1_296, 90), [0, 0, 255]);
    near(await colourAt(map, 1_342, 90), [0, 0, 255]);
  });

  it('shows what is fixed to the screen once, where its elements are, and covers it there', async () => {
    const map = await mapped('bar', { formFactor: 'desktop' });
    expect(map.elements.find(({ name }) => name === 'Field')?.y).toBe(840);
    near(await colourAt(map, 40, 870), [119, 119, 119]);
    near(await colourAt(map, 600, 890), [0, 0, 255]);
    for (const y of [1_990, 2_990]) near(await colourAt(map, 600, y), [255, 0, 0]);
  });

  it('shows all of a page whose main part scrolls in place of the page', async () => {
    const map = await mapped('app', { formFactor: 'desktop' });
    expect(map.height).toBeGreaterThan(3_000);
    expect(map.viewport).toEqual({ width: 1350, height: 940 });
    near(await colourAt(map, 400, 2_900), [255, 0, 0]);
    expect(map.elements.map(({ name }) => name)).toContain('Text “The end of the app”');
  });

  it('shows the state after a step of a journey, and says why there is none', async () => {
    const after = await mapped('order', { step: 'Pay', environment: { JOURNEY_BUYER: 'Jo' } });
    expect(after.elements.map(({ name }) => name)).toContain('Button “Pay now”');
    await expect(mapped('order', { step: 'Lost', environment: { JOURNEY_BUYER: 'Jo' } })).rejects.toMatchObject({
      code: 'step-failed',
      message: expect.stringContaining('“Lost”'),
    });
    await expect(mapped('order', { step: 'Gone', environment: { JOURNEY_BUYER: 'Jo' } })).rejects.toMatchObject({
      code: 'step-unknown',
    });
    await expect(mapped('order', { step: 'Pay' })).rejects.toMatchObject({ code: 'variable-missing' });
  });

  it('shows the page as a person leaves it, and takes nothing when they give up', async () => {
    const stop = new AbortController();
    const taken = mapped('menu', { byHand: true, isVisible: false, stop: stop.signal });
    const asked = () => site.requests.some(({ url }) => url === '/menu');
    await eventually(asked, 'the page is open');
    stop.abort();
    expect((await taken).elements.map(({ name }) => name)).toContain('Button “Open”');
    const signal = AbortSignal.abort();
    await expect(mapped('menu', { byHand: true, isVisible: false, signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
