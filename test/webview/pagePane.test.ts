import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PageMap } from '../../src/protocol/evaluationPage';
import { evaluationState as state, evaluatedSubject as subject } from './evaluationStates';
import { faultsInThemes, leavePictures } from './faultsOfLook';
import { aPageEach, leavePicture, oneBrowser, openPage } from './page';
import { allThemes, looks } from './themes';

const SIZE = { width: 412, height: 2_400 };

const shop = `<style>
  body { margin: 0; font: 16px sans-serif; color: #222 } header { background: #14324a; color: #fff; padding: 14px }
  h1 { font-size: 24px; margin: 16px } section { margin: 16px; padding: 12px; border: 1px solid #bbb; height: 180px }
  button { padding: 10px 18px; background: #14324a; color: #fff; border: 0 } label { display: block; margin: 8px 0 }
</style><header>Lantern</header><h1>Checkout</h1>
<section><label>Your name <input></label><label>Street <input></label><button>Pay now</button></section>
${'<section><h2>A lamp</h2><p>Warm light for the evening.</p><button>Add</button></section>'.repeat(8)}`;

let map: PageMap;
const browser = oneBrowser();

describe('the page beside the form', () => {
  let page: Page;
  const newPage = aPageEach({ viewport: { width: 1300, height: 800 } });
  beforeAll(async () => {
    const drawn = await browser().newPage({ viewport: SIZE });
    await drawn.setContent(shop);
    const slice = async (top: number, height: number) => {
      const jpeg = await drawn.screenshot({ type: 'jpeg', clip: { x: 0, y: top, width: SIZE.width, height } });
      return { top, height, data: `data:image/jpeg;base64,${jpeg.toString('base64')}` };
    };
    const boxOf = async (selector: string, name: string) => {
      const box = await drawn.locator(selector).first().boundingBox();
      return { selector, name, ...(box as { x: number; y: number; width: number; height: number }) };
    };
    map = {
      ...SIZE,
      viewport: { width: 412, height: 823 },
      shownTo: SIZE.height,
      isCut: false,
      elements: [
        { ...(await boxOf('body', 'Area “Lantern Checkout Pay now Add”')) },
        await boxOf('h1', 'Heading “Checkout”'),
        await boxOf('section:nth-of-type(1)', 'Form “Your name”'),
        await boxOf('section:nth-of-type(1) input', 'Field “Your name”'),
        await boxOf('section:nth-of-type(1) button', 'Button “Pay now”'),
        await boxOf('section:nth-of-type(8) button', 'Button “Add” (7 of 8)'),
      ],
      slices: [await slice(0, 2_000), await slice(2_000, 400)],
    };
    await drawn.close();
  });
  beforeEach(() => {
    page = newPage();
  });

  const opened = async (shown = state(), answers: Record<string, unknown> = {}) => {
    const requests = await openPage(page, 'evaluation', { ready: shown, machine: {}, map: () => map, ...answers });
    await page.locator('h1').waitFor();
    return requests;
  };
  const sent = (requests: { method: string; params: unknown }[], method: string) =>
    requests.filter((request) => request.method === method).map(({ params }) => params as Record<string, never>);
  const picture = () => page.getByRole('region', { name: 'Picture of checkout' });
  /** Where a point of the page is in the window, once it is in sight. */
  const at = async (x: number, y: number) => {
    const box = (await page.locator('.picture').boundingBox()) as { x: number; y: number; width: number };
    const scale = box.width / SIZE.width;
    return [box.x + x * scale, box.y + y * scale] as const;
  };
  const where = (requests: { method: string; params: unknown }[]) => {
    const parts = sent(requests, 'saveProblem').map(({ problem }) => (problem as unknown as { where?: object }).where);
    return Object.assign({}, ...parts);
  };

  it('takes a picture when it is asked for, and not before; the same key puts it away', async () => {
    const requests = await opened();
    expect(sent(requests, 'map')).toEqual([]);
    await page.keyboard.press('b');
    await picture().waitFor();
    expect(sent(requests, 'map')).toEqual([
      { evaluation: 'checkout/nielsen-10/ana', formFactor: 'mobile', shows: 'open' },
    ]);
    await page.keyboard.press('b');
    await picture().waitFor({ state: 'detached' });
    await page.keyboard.press('b');
    await picture().waitFor();
    expect(sent(requests, 'map')).toHaveLength(1); // it was kept
  });

  it('begins a problem at the element that is clicked, named by what people see', async () => {
    const requests = await opened();
    await page.keyboard.press('b');
    await picture().waitFor();
    const { x, y, width, height } = map.elements[4] as { x: number; y: number; width: number; height: number };
    await page.mouse.click(...(await at(x + width / 2, y + height / 2)));
    await page.getByLabel('What goes wrong').waitFor();
    expect(where(requests)).toEqual({
      element: 'Button “Pay now”',
      selector: 'section:nth-of-type(1) button',
      viewport: '412x823',
    });
    await page.keyboard.type('It is unclear what is paid'); // the cursor is in the title
    await page.getByText('Marks show where: It is unclear what is paid.').waitFor();
  });

  it('shows the picture as large as the page where one asks for it, and marks what is clicked there', async () => {
    await opened(state(), { map: () => ({ ...map, width: 1_350 }) });
    await page.keyboard.press('b');
    await picture().waitFor();
    expect((await page.locator('.picture').boundingBox())?.width).toBeLessThan(1_000);
    await page.getByRole('button', { name: 'Full size' }).click();
    const box = (await page.locator('.picture').boundingBox()) as { x: number; y: number; width: number };
    expect(box.width).toBe(1_350);
    const { x, y } = map.elements[4] as { x: number; y: number };
    await page.mouse.click(box.x + x + 5, box.y + y + 5);
    await page.getByText('1. Button “Pay now”').waitFor();
  });

  it('finds elements by keyboard as its hint says: type, arrows, Enter; several places of one problem', async () => {
    const requests = await opened();
    await page.keyboard.press('b');
    await page.keyboard.press('a');
    await page.keyboard.type('Buttons look alike');
    const search = page.getByRole('combobox', { name: /Find an element/ });
    await search.fill('button');
    await search.press('ArrowDown');
    await expect.poll(() => search.getAttribute('aria-activedescendant')).toBe('element-5');
    await search.press('ArrowUp');
    await search.press('Enter');
    await search.press('ArrowDown');
    await search.press('Enter');
    const both = ['Button “Pay now”', 'Button “Add” (7 of 8)'];
    expect(where(requests)).toMatchObject({
      element: both.join('; '),
      selector: 'section:nth-of-type(1) button, section:nth-of-type(8) button',
    });
    expect(await page.locator('.marks li').allInnerTexts()).toEqual([`1. ${both[0]}`, `2. ${both[1]}`]);
    await page.getByRole('button', { name: 'Cover', exact: true }).click();
    await search.fill('your name');
    await search.press('Enter'); // the form, which the first button is in, is no place of the problem
    await expect.poll(() => page.locator('.marks li').last().innerText()).toMatch(/^3\. Covered: /);
    expect(where(requests)).toMatchObject({ element: `Button; ${both[1]}` });
    await page.getByRole('button', { name: `Remove: ${both[0]}` }).click();
    expect(where(requests)).toMatchObject({ element: both[1] });
  });

  it('keeps what an element says out of the record where it is covered', async () => {
    const requests = await opened();
    await page.keyboard.press('b');
    await page.keyboard.press('a');
    await page.keyboard.type('The form shows my name');
    const search = page.getByRole('combobox', { name: /Find an element/ });
    await search.fill('form');
    await search.press('Enter');
    expect(where(requests)).toMatchObject({ element: 'Form “Your name”' });
    await page.getByRole('button', { name: 'Cover', exact: true }).click();
    await search.fill('field');
    await search.press('Enter');
    await expect.poll(() => where(requests)).toMatchObject({ element: 'Form', selector: 'section:nth-of-type(1)' });
  });

  it('keeps the words that a person wrote about the place', async () => {
    const requests = await opened();
    await page.keyboard.press('a');
    await page.keyboard.type('Too small');
    await page.getByRole('textbox', { name: /^Element/ }).fill('the small print');
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.getByRole('combobox', { name: /Find an element/ }).fill('pay');
    await page.keyboard.press('Enter');
    expect(where(requests)).toMatchObject({ element: 'the small print', selector: 'section:nth-of-type(1) button' });
  });

  it('draws boxes, arrows and covers, and shows what is attached before it is', async () => {
    const requests = await opened();
    await page.keyboard.press('b');
    await page.keyboard.press('a');
    await page.keyboard.type('Nobody sees this');
    await picture().waitFor();
    const drag = async (tool: string, from: [number, number], to: [number, number]) => {
      await page.getByRole('button', { name: tool, exact: true }).click();
      await page.mouse.move(...(await at(...from)));
      await page.mouse.down();
      await page.mouse.move(...(await at(...to)), { steps: 4 });
      await page.mouse.up();
    };
    await drag('Box', [60, 110], [300, 160]);
    await drag('Arrow', [330, 60], [200, 200]);
    await drag('Cover', [100, 230], [260, 260]);
    expect(await page.locator('.marks li').allInnerTexts()).toEqual([
      '1. Box drawn by hand',
      '2. Arrow drawn by hand',
      '3. Cover drawn by hand',
    ]);
    await page.getByRole('button', { name: 'Attach the picture…' }).click();
    await page.getByRole('heading', { name: 'Attach this picture?' }).waitFor();
    expect(sent(requests, 'pasteImage')).toEqual([]);
    await leavePicture(page, 'page-pane-preview', { fullPage: false });
    const colours = await page.evaluate(async () => {
      const image = document.querySelector('dialog img') as HTMLImageElement;
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(image, 0, 0);
      const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
      return { size: [canvas.width, canvas.height], edge: at(60, 135), covered: at(180, 245) };
    });
    expect(colours).toEqual({ size: [412, 420], edge: [0xd6, 0x00, 0x6c], covered: [0x77, 0x77, 0x77] });
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    await page.getByRole('heading', { name: 'Attach this picture?' }).waitFor({ state: 'detached' });
    expect(sent(requests, 'pasteImage')).toEqual([
      {
        id: expect.stringContaining('checkout/nielsen-10/'),
        data: expect.stringMatching(/^data:image/),
        checked: true,
      },
    ]);
  });

  it('says which marks nobody else will see, leads to them, and counts them on submitting', async () => {
    const requests = await opened(state(), { pasteImage: null, submit: { submitted: false } });
    await page.keyboard.press('b');
    await picture().waitFor();
    const { x, y } = map.elements[4] as { x: number; y: number };
    await page.mouse.click(...(await at(x + 5, y + 5)));
    await page.keyboard.type('It is unclear what is paid');
    const missing = page.locator('.notice').filter({ hasText: 'Marks of 1 problem are not attached' });
    expect(await missing.count()).toBe(0); // the picture and its button stand beside
    await page.getByRole('button', { name: /^Next/ }).click();
    await leavePictures(page, 'page-pane-unattached', allThemes, { fullPage: false });
    expect(await faultsInThemes(page, allThemes)).toEqual([]);
    await page.getByRole('button', { name: 'Submit…' }).click();
    await expect.poll(() => sent(requests, 'submit').at(-1)).toMatchObject({ unattached: 1 });
    await missing.getByRole('button', { name: 'It is unclear what is paid' }).click();
    await missing.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Attach the picture…' }).click();
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    await page.getByText('Attached.').waitFor();
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByRole('button', { name: 'Submit…' }).click();
    await expect.poll(() => sent(requests, 'submit').at(-1)).toMatchObject({ unattached: 0 });
    expect(await missing.count()).toBe(0);
  });

  it('takes marks of elements over to a new picture, and leaves what was drawn with the old one', async () => {
    const moved = { ...map, elements: map.elements.map((element) => ({ ...element, x: element.x + 40 })) };
    await opened(state(), {
      map: ({ formFactor }: { formFactor: string }) => (formFactor === 'desktop' ? moved : map),
    });
    await page.keyboard.press('b');
    await page.keyboard.press('a');
    await page.keyboard.type('Buttons look alike');
    const search = page.getByRole('combobox', { name: /Find an element/ });
    await search.fill('pay');
    await search.press('Enter');
    await page.getByRole('button', { name: 'Cover', exact: true }).click();
    await page.mouse.move(...(await at(60, 110)));
    await page.mouse.down();
    await page.mouse.move(...(await at(300, 160)), { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator('.marks li').count()).toBe(2);
    await page.getByLabel('Screen', { exact: true }).first().selectOption('desktop');
    await page.getByRole('button', { name: 'Take this picture' }).click(); // by itself only where nothing is marked
    await expect.poll(() => page.locator('.marks li').allInnerTexts()).toEqual(['1. Button “Pay now”']);
    const left = Number(await page.locator('.picture g.box rect').getAttribute('x'));
    expect(left).toBeCloseTo((moved.elements[4]?.x ?? 0) - 5, 0);
  });

  it('offers the state after a step first, and of a page that is submitted only looking', async () => {
    const step = subject({ target: 'order', step: 'Pay', shows: ['step', 'open', 'hand'], status: 'submitted' });
    const taken = Promise.withResolvers<PageMap>();
    const byHand = ({ shows }: { shows: string }) => (shows === 'hand' ? taken.promise : map);
    const takeNow = () => taken.resolve(map);
    const requests = await opened(state({ subjects: [step] }), { map: byHand, takeNow });
    await page.keyboard.press('b');
    await page.getByRole('region', { name: 'Picture of order, step: Pay' }).waitFor();
    expect(sent(requests, 'map')).toMatchObject([{ step: 'Pay', shows: 'step' }]);
    expect(await page.getByRole('button', { name: 'Box', exact: true }).count()).toBe(0);
    await page.getByLabel('What it shows').selectOption('as I leave it in a browser…');
    await page.getByRole('button', { name: 'Take this picture' }).click();
    await expect.poll(() => sent(requests, 'map').at(-1)).toMatchObject({ shows: 'hand', formFactor: 'mobile' });
    await page.getByText('Bring the page to the state that you want').waitFor();
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await page.getByRole('button', { name: 'Take again' }).waitFor();
  });

  it.each(looks([320, 1300], 1300))('has no accessibility violation at %i px', async (width, themes) => {
    await page.setViewportSize({ width, height: 800 });
    await opened();
    await page.keyboard.press('f');
    await page.keyboard.type('Pay now does not say what is paid');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Page beside' }).click();
    await picture().waitFor();
    const search = page.getByRole('combobox', { name: /Find an element/ });
    await search.fill('pay');
    await search.press('Enter');
    await search.fill('');
    await leavePictures(page, `page-pane-${width}`, themes, { fullPage: false });
    expect(await faultsInThemes(page, themes)).toEqual([]);
  });
});
