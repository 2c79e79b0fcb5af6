import { type MetricType, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';

/**
 * Runs in each document of a page that is walked, before the page's own scripts. It tells the worker the times of
 * trusted input and the vitals, in the page's own clock, and changes nothing of the page.
 */
declare global {
  /** The worker's ear, except in frames of other sites. */
  var uxAuditHear: ((told: string) => void) | undefined;
  /** The worker's ear for frames of other sites. It is deaf while a document begins. */
  var uxAuditHearFrame: (told: string) => void;
  /** When the document changed last: milliseconds since 1970 in the page's clock. */
  var uxAuditLastChange: number;
}

const tell = (told: object) => {
  try {
    (globalThis.uxAuditHear ?? globalThis.uxAuditHearFrame)(JSON.stringify(told));
  } catch {
    // the worker has gone
  }
};

for (const type of ['click', 'keydown', 'input', 'change'])
  addEventListener(
    type,
    (event) => {
      if (event.isTrusted) tell({ input: performance.timeOrigin + event.timeStamp });
    },
    { capture: true, passive: true },
  );

const now = () => performance.timeOrigin + performance.now();
globalThis.uxAuditLastChange = now();
new MutationObserver(() => {
  globalThis.uxAuditLastChange = now();
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

if (window === top) {
  const options = { reportAllChanges: true, reportSoftNavs: true };
  const hear = ({ name, value, navigationType, navigationId, navigationURL }: MetricType) => {
    const page = (navigationURL === undefined ? undefined : URL.parse(navigationURL, location.href)) ?? location;
    const navigation = navigationType === 'soft-navigation' ? 'soft' : 'hard';
    const key = `${performance.timeOrigin} ${navigationId}`;
    tell({ vital: { name: name.toLowerCase(), value, key, page: page.pathname, navigation } });
  };
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on(hear, options);
  tell({ tellsSoftNavigations: PerformanceObserver.supportedEntryTypes.includes('soft-navigation') });
}
