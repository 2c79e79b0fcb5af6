import { nothing, svg, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { counted } from '../../core/text/counted';
import type { PageMap, ShownState, SubjectState } from '../../protocol/evaluationPage';
import { ask, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { problemText } from './changes';
import { elementSearch } from './elementSearch';
import {
  attachedPart,
  boxOf,
  drawnMarks,
  type Mark,
  type Point,
  pictureWith,
  type Shape,
  shapes,
  sizeOn,
} from './marks';
import { errors } from './notices';
import {
  addMark,
  allMarks,
  closePane,
  elementAt,
  isAttached,
  isMarked,
  markElement,
  markedProblem,
  marksOf,
  pane,
  rememberAttached,
  removeMark,
  shownNow,
  type Taken,
  takenOf,
  takePicture,
} from './pane';
import { focusProblem } from './problem';
import { host, isOpen, named, nameOf, subjectNow, ui } from './ui';

/** From this width on the page stands beside the form; in a narrower window it covers it. */
const beside = matchMedia('(min-width: 900px)');
beside.addEventListener('change', redraw);
/** The pointer must move so far for a mark to be drawn and not an element to be marked. CSS pixels. */
const DRAG = 6;

/** Whether the page stands beside the form now. */
export function isBeside(): boolean {
  return pane.isOpen && ui.view === 'form' && beside.matches;
}

/** The page as a picture, beside the form or over it. */
export function pagePane(): TemplateResult | typeof nothing {
  const subject = subjectNow();
  if (!pane.isOpen || ui.view !== 'form' || !subject) return nothing;
  if (pane.preview) return preview(pane.preview);
  if (beside.matches) return html`<aside class="page-pane" aria-labelledby="pane-title">${contents(subject)}</aside>`;
  return html`<dialog class="page-pane" @close=${closed} aria-labelledby="pane-title">${contents(subject)}</dialog>`;
}

/** A dialog that is closed by Esc. One that a wider window replaces is not closed by a person. */
function closed(event: Event): void {
  if ((event.target as HTMLElement).isConnected && !beside.matches) closePane();
}

function contents(subject: SubjectState): TemplateResult {
  return html`<div class="pane-head">
      <h2 id="pane-title">${nameOf(subject)}</h2>
      ${button('', closePane, { icon: 'close', name: 'Close the picture of the page' })}
    </div>
    ${beside.matches ? nothing : html`${errors()}<p role="status" class="quiet">${request.doing}</p>`}
    ${pane.isByHand ? byHand() : shown(subject, takenOf(subject))}`;
}

function shown(subject: SubjectState, taken: Taken | undefined): TemplateResult {
  return html`${stateChoice(subject, taken)} ${taken ? withPicture(subject, taken) : empty(subject)}`;
}

function empty(subject: SubjectState): TemplateResult {
  const take = () => takePicture(subject);
  if (request.doing) return html`<p class="quiet">${request.doing}</p>`;
  return html`<p>
      A picture of ${nameOf(subject)} stands here, to look at while you answer and to show where problems are.
    </p>
    <div class="row">${button('Take a picture', take, { icon: 'device-camera', kind: 'primary' })}</div>`;
}

/** What a person does while the page is open in a browser. */
function byHand(): TemplateResult {
  const take = () => ask(() => host.takeNow(), 'Taking a picture of the page…');
  return html`<p>Bring the page to the state that you want in the browser. Then take the picture here.</p>
    <div class="row">${button('Take the picture', take, { icon: 'device-camera', kind: 'primary' })}</div>`;
}

const stateNames = {
  open: 'as it opens',
  hand: 'as I leave it in a browser…',
};
const afterStep = ({ step }: SubjectState) => `after the step “${step}”`;
const screens = [
  ['mobile', 'phone'],
  ['desktop', 'desktop'],
] as const;

function stateChoice(subject: SubjectState, taken: Taken | undefined): TemplateResult {
  const shows = shownNow(subject);
  const states = subject.shows.map(
    (state) => [state, state === 'step' ? afterStep(subject) : stateNames[state]] as const,
  );
  const change = (next: Partial<Pick<typeof pane, 'shows' | 'formFactor'>>) => {
    Object.assign(pane, next);
    redraw();
  };
  const isDisabled = request.doing !== '';
  const isTaken = taken?.shows === shows && (shows === 'step' || taken.formFactor === pane.formFactor);
  const label = taken === undefined ? nothing : isTaken ? 'Take again' : 'Take this picture';
  const take = button(label, () => takePicture(subject), {
    icon: 'device-camera',
    isDisabled,
    ...(!isTaken && { kind: 'primary' }),
  });
  const changeScreen = (formFactor: Taken['formFactor']) => {
    change({ formFactor });
    if (taken?.shows === 'open' && shows === 'open' && !isMarked(taken.map)) void takePicture(subject);
  };
  const live = async () => {
    await ask(() => host.showPage({ ...named(subject), beside: true }), 'Opening the page…');
    if (!request.error) closePane(); // the live page takes its place, and leaves no room for both
  };
  const openLive = button('Live', live, { icon: 'split-horizontal', name: 'Open the live page beside', isDisabled });
  return html`<div class="row">
    ${select<ShownState>(states, shows, (state) => change({ shows: state }), { label: 'What it shows', isDisabled })}
    ${shows === 'step' ? nothing : select(screens, pane.formFactor, changeScreen, { label: 'Screen' })}
    ${taken ? take : nothing} ${taken ? fullSize() : nothing}
    ${subject.url ? openLive : nothing}
  </div>`;
}

function fullSize(): TemplateResult {
  const toggle = () => {
    pane.isFullSize = !pane.isFullSize;
    redraw();
  };
  return button('Full size', toggle, { icon: 'zoom-in', isPressed: pane.isFullSize });
}

function withPicture(subject: SubjectState, { map }: Taken): TemplateResult {
  const problem = markedProblem(subject);
  const cut =
    map.shownTo < map.height
      ? notice('info', `The page is ${map.height} pixels high; the first ${map.shownTo} are shown.`)
      : nothing;
  const left = map.isCut ? notice('info', `The first ${map.elements.length} elements can be pointed at.`) : nothing;
  return html`${isOpen() ? tools(subject, map, problem) : nothing} ${cut} ${left} ${frame(subject, map, problem)}
  ${problem === undefined || !isOpen() ? nothing : markList(problem, map)}`;
}

const toolLooks: Record<Shape, { label: string; icon: string; does: string }> = {
  box: { label: 'Box', icon: 'primitive-square', does: 'Click an element, or drag a box, to mark it.' },
  arrow: { label: 'Arrow', icon: 'arrow-small-right', does: 'Click an element, or drag an arrow to it.' },
  cover: { label: 'Cover', icon: 'eye-closed', does: 'Click an element, or drag over what nobody else should see.' },
};

function tools(subject: SubjectState, map: PageMap, problem: string | undefined): TemplateResult {
  const choose = (tool: Shape) => () => {
    pane.tool = tool;
    redraw();
  };
  const title = problem === undefined ? '' : problemText(problem).title || 'the problem in hand';
  const whose = problem === undefined ? 'A mark begins a new problem here.' : `Marks show where: ${title}.`;
  const buttons = shapes.map((tool) => {
    const { label, icon: name } = toolLooks[tool];
    return button(label, choose(tool), { icon: name, isPressed: pane.tool === tool });
  });
  return html`<div class="row" role="group" aria-label="What is drawn">${buttons}</div>
    <p class="quiet">${toolLooks[pane.tool].does} ${whose}</p>
    ${elementSearch(map, () => mark(subject, map))}`;
}

/** Marks the chosen element, and puts the cursor into a problem that this begins. */
function mark(subject: SubjectState, map: PageMap): void {
  const element = map.elements[pane.at];
  if (!element) return;
  begin(markElement(subject, map, element));
}

function begin(problem: string | undefined): void {
  redraw();
  if (problem !== undefined && beside.matches) focusProblem(problem);
}

function markList(problem: string, map: PageMap): TemplateResult | typeof nothing {
  const all = allMarks(problem).filter((mark) => mark.map === map || mark.shape !== 'cover');
  if (all.length === 0) return nothing;
  const isHere = all.some((mark) => mark.map === map);
  const names = { box: 'Box', arrow: 'Arrow', cover: 'Cover' };
  const row = (each: Mark, index: number) => {
    const name = each.element?.name ?? `${names[each.shape]} drawn by hand`;
    const remove = button('', () => removeMark(problem, each), { icon: 'close', name: `Remove: ${name}` });
    const covered = each.shape === 'cover' && each.element ? 'Covered: ' : '';
    const earlier = each.map === map ? nothing : quiet(' on an earlier picture');
    return html`<li><span>${index + 1}. ${covered}${name}${earlier}</span>${remove}</li>`;
  };
  const attached = isAttached(problem) ? html`${icon('check')} Attached.` : nothing;
  const attach = () => ask(() => look(problem, map), 'Drawing the picture…');
  const isDisabled = request.doing !== '';
  const attachLook = { icon: 'device-camera', isDisabled, ...(!isAttached(problem) && { kind: 'primary' }) };
  const attachButton = button('Attach the picture…', attach, attachLook);
  return html`<ul class="marks">${all.map(row)}</ul>
    <div class="actions">
      ${isHere ? attachButton : nothing}
      ${beside.matches ? nothing : button('Done', closePane)}
      <span role="status" class="quiet">${attached}</span>
    </div>`;
}

/** The picture, with the element under the pointer and the marks. */
function frame(subject: SubjectState, map: PageMap, problem: string | undefined): TemplateResult {
  const now = map.elements[pane.at];
  const all = [...marksOf(problem, map), ...(pane.drawing ? [pane.drawing] : [])];
  const canMark = isOpen();
  const handle = (work: (event: PointerEvent, at: Point) => void) => (event: PointerEvent) =>
    canMark ? work(event, pointOn(event, map)) : undefined;
  return html`<div class="picture-frame" tabindex="0" role="region" aria-label="Picture of ${nameOf(subject)}">
    <div
      class="picture ${canMark ? 'can-mark' : ''} ${pane.isFullSize ? 'full-size' : ''}"
      @pointerdown=${handle((event, at) => startDrawing(event, at, map))}
      @pointermove=${handle((event, at) => move(event, at, map))}
      @pointerup=${handle((event, at) => endDrawing(event, at, subject, map))}
      @pointercancel=${() => Object.assign(pane, { drawing: undefined })}
    >
      ${guard([map], () => slices(map, nameOf(subject)))}
      ${svg`<svg viewBox="0 0 ${map.width} ${map.shownTo}" aria-hidden="true">
        ${now ? svg`<rect class="now" x=${now.x} y=${now.y} width=${now.width} height=${now.height} />` : nothing}
        ${drawnMarks(all, sizeOn(map))}
      </svg>`}
    </div>
  </div>`;
}

function slices({ width, slices }: PageMap, name: string): TemplateResult[] {
  const alt = (index: number) => (index === 0 ? `The page ${name}` : '');
  return slices.map(
    ({ data, height }, index) =>
      html`<img src=${data} width=${width} height=${height} alt=${alt(index)} draggable="false" />`,
  );
}

function pointOn(event: PointerEvent, map: PageMap): Point {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const scale = map.width / box.width;
  return { x: Math.round((event.clientX - box.left) * scale), y: Math.round((event.clientY - box.top) * scale) };
}

function startDrawing(event: PointerEvent, at: Point, map: PageMap): void {
  if (event.button !== 0) return;
  (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  pane.drawing = { shape: pane.tool, map, from: at, to: at };
}

function move(_: PointerEvent, at: Point, map: PageMap): void {
  const { drawing } = pane;
  if (drawing) pane.drawing = { ...drawing, to: at };
  const index = drawing && isDragged(drawing) ? -1 : elementAt(map, at);
  if (index === pane.at && !drawing) return;
  pane.at = index;
  redraw();
}

function isDragged(drawn: Mark): boolean {
  const { width, height } = boxOf(drawn);
  return Math.hypot(width, height) > DRAG;
}

function endDrawing(_: PointerEvent, at: Point, subject: SubjectState, map: PageMap): void {
  const { drawing } = pane;
  pane.drawing = undefined;
  if (!drawing) return;
  const drawn = { ...drawing, to: at };
  if (isDragged(drawn)) {
    begin(addMark(subject, drawn));
  } else {
    pane.at = elementAt(map, at);
    mark(subject, map);
  }
}

/** Shows the picture as it would be attached. */
async function look(problem: string, map: PageMap): Promise<void> {
  const images = [...document.querySelectorAll<HTMLImageElement>('.picture img')];
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  const frame = document.querySelector('.picture-frame');
  const scale = map.width / (document.querySelector('.picture')?.clientWidth || map.width);
  const inSight = { top: (frame?.scrollTop ?? 0) * scale, height: (frame?.clientHeight ?? 600) * scale };
  const all = marksOf(problem, map);
  pane.preview = {
    problem,
    count: all.length,
    marks: allMarks(problem),
    data: await pictureWith(map, images, all, attachedPart(map, all, inSight)),
  };
}

function preview({ problem, count, data, marks }: NonNullable<typeof pane.preview>): TemplateResult {
  const back = () => {
    pane.preview = undefined;
    redraw();
  };
  const attach = async () => {
    await ask(() => host.pasteImage({ id: problem, data, checked: true }), 'Attaching the picture…');
    if (request.error) return;
    rememberAttached(problem, marks);
    back();
  };
  return html`<dialog class="preview" @close=${back} aria-labelledby="preview-title">
    <h2 id="preview-title">Attach this picture?</h2>
    <p>
      It is saved beside the record, and others see it. Check that it shows nothing private: fields for passwords,
      cards, e-mail and phone are painted over; draw a cover over anything else.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="The picture">
      <img src=${data} alt="The part of the page with ${counted(count, 'mark')}" />
    </div>
    <div class="actions">
      ${button('Attach', attach, { kind: 'primary', icon: 'check', isDisabled: request.doing !== '', isFirst: true })}
      ${button('Back', back)}
    </div>
    ${request.error ? html`<p role="alert">${icon('error')} ${request.error}</p>` : nothing}
  </dialog>`;
}
