/** Lighthouse's ids of what the catalogue of metrics knows under its own. */
export const labIds: Readonly<Record<string, string>> = {
  'first-contentful-paint': 'fcp',
  'largest-contentful-paint': 'lcp',
  'total-blocking-time': 'tbt',
  'cumulative-layout-shift': 'cls',
  'speed-index': 'speed_index',
};
