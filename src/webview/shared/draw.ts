/** The page's one way to draw itself, known to all of its files. */
let drawPage: () => void = () => {};
let isHeld = false;

export function onDraw(work: () => void): void {
  drawPage = () => {
    // a page without the focus takes it from no other editor
    const focused = document.hasFocus() ? document.activeElement : null;
    work();
    if (document.activeElement === document.body) keepFocus(focused);
  };
}

/** An element that moved to another place lost the focus there, and the next key would be lost too. */
function keepFocus(focused: Element | null): void {
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
}

export function redraw(): void {
  if (!isHeld) drawPage();
}

/** Does several changes and draws once. */
export function drawOnce<T>(changes: () => T): T {
  isHeld = true;
  try {
    return changes();
  } finally {
    isHeld = false;
    redraw();
  }
}

/** How the last request went. */
export const request = { doing: '', error: '' };

/** Runs a request; the page says what is under way and, in place, what went wrong. */
export async function ask<T>(work: () => Promise<T>, doing = ''): Promise<T | undefined> {
  Object.assign(request, { doing, error: '' });
  redraw();
  try {
    return await work();
  } catch (error) {
    request.error = (error as Error).message;
    return undefined;
  } finally {
    request.doing = '';
    redraw();
  }
}
