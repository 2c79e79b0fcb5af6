import type { Action } from '../core/journey/recording';
import { type Field, fieldOf, isEditable, isSecretField, noteField } from './fields';
import { hoversFor, pointerCame, pointerUsed, watchShown } from './hover';
import { listen, wayOfFrame } from './listener';
import { selectorsOf, usedElement } from './selectors';

/**
 * Runs in each document of a page while a person shows a journey, before the page's own scripts. It tells the worker
 * what the person does, as actions of the Recorder. What is entered into a secret field never leaves the page.
 */
declare global {
  /** The worker's ear. */
  var uxAuditTell: (told: string) => void;
  var uxAuditRecords: boolean | undefined;
}

type Told = Omit<Action, 'target' | 'frame'> & { isSecret?: boolean };

const tell = (actions: Told[]) => send({ actions });
const send = (told: object) => {
  try {
    globalThis.uxAuditTell(JSON.stringify({ ...told, frame: wayOfFrame(), document: performance.timeOrigin }));
  } catch {
    // the worker has gone
  }
};

/** What fields held when people came to them or when it was told last. */
const known = new WeakMap<Field, string>();

function tellField(field: Field): void {
  const before = known.get(field) ?? ('defaultValue' in field ? field.defaultValue : undefined);
  if (field.value === before) return;
  known.set(field, field.value);
  const isSecret = isSecretField(field);
  const selectors = selectorsOf(field);
  tell([{ type: 'change', selectors, ...(isSecret ? { isSecret } : { value: field.value }) }]);
}

/** Tells what was written into the field that has the focus, before something else is told. */
function tellWritten(): void {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const field = fieldOf(focused);
  if (field && !(field instanceof HTMLSelectElement)) tellField(field);
}

/** What was pressed, and its selectors before the page changed it. */
let pressed: { element: Element; selectors: Action['selectors']; hovers: Action[] } | undefined;

function pointedAt(element: Element) {
  const hovers = hoversFor(element).map((over): Action => ({ type: 'hover', selectors: selectorsOf(over) }));
  return { element, selectors: selectorsOf(element), hovers };
}

/** What a click on an element is for: the box of a label, where it can be seen. */
function meant(element: Element): Element {
  const used = usedElement(element);
  const control = used instanceof HTMLLabelElement ? used.control : null;
  return control?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ? control : used;
}

/** Whether the browser itself shows something for a click that a script cannot use: a list, a choice of files. */
function opensChooser(element: Element): boolean {
  const control = element instanceof HTMLLabelElement ? element.control : element;
  if (control instanceof HTMLInputElement && control.type === 'file') return true;
  return element instanceof HTMLSelectElement || element instanceof HTMLOptionElement;
}

function clicked(type: 'click' | 'doubleClick', given: Element, event: MouseEvent): void {
  const element = meant(given);
  if (opensChooser(element)) return;
  const { hovers, selectors } = pressed?.element === element ? pressed : pointedAt(element);
  pressed = undefined;
  pointerUsed();
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  const isWithin = x >= 0 && y >= 0 && x < width && y < height;
  const [offsetX, offsetY] = isWithin ? [x, y] : [width / 2, height / 2];
  const click = { type, selectors, offsetX: Math.round(offsetX), offsetY: Math.round(offsetY) };
  tell(type === 'click' ? [...hovers, click] : [click]);
}

const modifiers = ['Control', 'Alt', 'Meta', 'Shift'] as const;
const named = /^(Enter|Escape|Tab|Backspace|Delete|Home|End|Page(Up|Down)|Arrow(Up|Down|Left|Right))$/;

function keyPressed(element: Element | undefined, event: KeyboardEvent): void {
  const { key } = event;
  const isShortcut = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
  if (!(named.test(key) || [...key].length === 1)) return;
  if (isShortcut && /^[acvxyz]$/i.test(key)) return; // edits a text
  if (!isShortcut && isWritten(element, key)) return;
  tellWritten();
  pointerUsed();
  const isLetter = [...key].length === 1;
  const held = modifiers.filter((name) => event.getModifierState(name) && !(name === 'Shift' && isLetter));
  tell([
    ...(isShortcut || held.includes('Shift') ? held : []).map((name) => ({ type: 'keyDown', key: name })),
    { type: 'keyDown', key },
    { type: 'keyUp', key },
    ...(isShortcut || held.includes('Shift') ? held : []).map((name) => ({ type: 'keyUp', key: name })),
  ]);
}

/** Whether a key only changes what a field holds, which is told as a whole. */
function isWritten(element: Element | undefined, key: string): boolean {
  const field = fieldOf(element);
  if (!field) return false;
  if (key === 'Tab' || key === 'Escape') return false;
  if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) return true;
  if (key === 'Enter') return false;
  const offers = field.matches('[role="combobox"], [aria-autocomplete], [aria-controls], [aria-owns], [aria-haspopup]');
  return !(offers && (key === 'ArrowDown' || key === 'ArrowUp'));
}

function changed(element: Element): void {
  if (element instanceof HTMLInputElement && element.type === 'file') {
    const [file] = element.files ?? [];
    if (file) tell([{ type: 'change', selectors: selectorsOf(element), value: file.name }]);
    return;
  }
  const field = fieldOf(element);
  if (field) tellField(field);
}

if (!globalThis.uxAuditRecords) {
  globalThis.uxAuditRecords = true;
  watchShown();
  listen({
    came: pointerCame,
    pressed: (element, { button }) => {
      tellWritten();
      pressed = button === 0 ? pointedAt(meant(element)) : undefined;
    },
    clicked: (element, event) => clicked('click', element, event),
    clickedTwice: (element, event) => clicked('doubleClick', element, event),
    key: keyPressed,
    focused: (element) => {
      const field = fieldOf(element);
      if (!field) return;
      noteField(field);
      if (!known.has(field)) known.set(field, field.value);
    },
    wrote: (element) => {
      if (fieldOf(element) || isEditable(element)) send({ writes: true });
    },
    changed,
  });
}
