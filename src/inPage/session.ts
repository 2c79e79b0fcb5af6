import type { SessionEvent } from '../core/journey/sessionCount';
import { fieldOf, isEditable } from './fields';
import { listen } from './listener';

/**
 * Runs in each document of a participant's browser. It tells the worker that something happened and never what: no
 * text, no key, no name of an element. It changes nothing of the page.
 */
declare global {
  /** The worker's ear. */
  var uxAuditHappened: (told: string) => void;
  var uxAuditCounts: boolean | undefined;
}

/** A click after which nothing happens for so long is dead. Milliseconds. */
const DEAD = 1_000;

const tell = (event: SessionEvent) => {
  try {
    globalThis.uxAuditHappened(JSON.stringify(event));
  } catch {
    // the worker has gone
  }
};

/** When something happened last that a person may see, in the page's clock. */
let happened = -1;
const happens = () => {
  happened = performance.now();
};

/** Whether a change is that of a picture (engine/worker/screenshot.ts), which nobody did. */
function isCover({ addedNodes, removedNodes }: MutationRecord): boolean {
  const changed = [...addedNodes, ...removedNodes];
  return changed.length > 0 && changed.every(({ nodeName }) => nodeName === 'UX-AUDIT-COVER');
}

/** Tells of a click that nothing follows. A field that has the focus already waits for keys. */
function watchClick(element: Element): void {
  if (fieldOf(element) || isEditable(element)) return;
  const clicked = performance.now();
  setTimeout(() => {
    if (happened < clicked) tell({ type: 'dead-click' });
  }, DEAD);
}

if (!globalThis.uxAuditCounts) {
  globalThis.uxAuditCounts = true;
  new MutationObserver((records) => records.every(isCover) || happens()).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  for (const type of ['input', 'change', 'focusin', 'scroll', 'popstate', 'hashchange', 'beforeunload', 'pagehide'])
    addEventListener(type, happens, { capture: true, passive: true });
  // the browser's own report of errors comes again when a page is shown again
  addEventListener('error', (event) => event instanceof ErrorEvent && tell({ type: 'script-error' }));
  addEventListener('unhandledrejection', () => tell({ type: 'script-error' }));
  listen({
    clicked: (element, { screenX, screenY }) => {
      tell({ type: 'click', x: screenX, y: screenY });
      watchClick(element);
    },
    key: (_, { key }) => {
      if (!['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(key)) tell({ type: 'key' });
    },
    refused: () => {
      happens(); // the browser says why
      tell({ type: 'refused' });
    },
  });
  if (window === top) {
    document.addEventListener('visibilitychange', () =>
      tell({ type: document.visibilityState === 'hidden' ? 'left' : 'returned' }),
    );
    const { navigation } = globalThis;
    const wentTo = (type: string | null | undefined, from: NavigationHistoryEntry | null | undefined) => {
      const now = navigation.currentEntry?.index ?? 0;
      if (type === 'traverse' && (from?.index ?? now + 1) > now) tell({ type: 'back' }); // from elsewhere: not known
    };
    addEventListener('pageshow', () => wentTo(navigation.activation?.navigationType, navigation.activation?.from));
    navigation.addEventListener('currententrychange', ({ navigationType, from }) => wentTo(navigationType, from));
  }
}
