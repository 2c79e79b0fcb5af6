/** Up to `good` Lighthouse's score is 0.9 or more, above `poor` it is below 0.5. Milliseconds; CLS has no unit. */
export interface Bands {
  good: number;
  poor: number;
}

/** The scoring of Lighthouse 13.5.0 (core/audits/metrics, `defaultOptions`: p10 and median). */
const bands: Record<'mobile' | 'desktop', Record<string, Bands>> = {
  mobile: {
    'first-contentful-paint': { good: 1800, poor: 3000 },
    'largest-contentful-paint': { good: 2500, poor: 4000 },
    'total-blocking-time': { good: 200, poor: 600 },
    'cumulative-layout-shift': { good: 0.1, poor: 0.25 },
    'speed-index': { good: 3387, poor: 5800 },
  },
  desktop: {
    'first-contentful-paint': { good: 934, poor: 1600 },
    'largest-contentful-paint': { good: 1200, poor: 2400 },
    'total-blocking-time': { good: 150, poor: 350 },
    'cumulative-layout-shift': { good: 0.1, poor: 0.25 },
    'speed-index': { good: 1311, poor: 2300 },
  },
};

/** Lighthouse's bands of a load metric, by its audit; undefined of one that it does not score. */
export function labBands(audit: string, formFactor: 'mobile' | 'desktop'): Bands | undefined {
  return bands[formFactor][audit];
}
