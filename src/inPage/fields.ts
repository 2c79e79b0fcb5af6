import { isCardNumber, isSecretName } from '../core/journey/secrets';

/** Inputs that hold no text: pressing a key in them does something else than writing. */
const noText = ['button', 'submit', 'reset', 'image', 'checkbox', 'radio', 'file', 'hidden'];
/** Fields whose content the browser itself knows to be secret (HTML, autofill detail tokens). */
const secretTokens = /(^|\s)(cc-(number|csc|exp|exp-month|exp-year)|(current|new)-password|one-time-code)(\s|$)/;

/** A field that people fill in or choose from. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The field that an element is; undefined of anything else, also of boxes, buttons and what is hidden. */
export function fieldOf(element: EventTarget | null | undefined): Field | undefined {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return element;
  return element instanceof HTMLInputElement && !noText.includes(element.type) ? element : undefined;
}

/** Whether people write into an element that is no field. */
export function isEditable(element: EventTarget | null | undefined): boolean {
  return element instanceof HTMLElement && element.isContentEditable;
}

/** Fields that were a password's once, since a page may show what was entered. */
const passwords = new WeakSet<Element>();

/** Notes whether a field is a password's now. */
export function noteField(field: Field): void {
  if (field instanceof HTMLInputElement && field.type === 'password') passwords.add(field);
}

/** Whether the content of a field must stay in the page: a password, what is on a card, a code for one time. */
export function isSecretField(field: Field): boolean {
  noteField(field);
  if (field instanceof HTMLSelectElement) return secretTokens.test(field.autocomplete);
  const isOfCode = field instanceof HTMLInputElement && field.maxLength === 1; // a box for one digit of a code
  if (passwords.has(field) || isOfCode || secretTokens.test(field.autocomplete)) return true;
  const labels = [...(field.labels ?? [])].map(({ textContent }) => textContent ?? '');
  const names = [field.name, field.id, field.placeholder, field.getAttribute('aria-label') ?? '', ...labels];
  return names.some(isSecretName) || isCardNumber(field.value);
}
