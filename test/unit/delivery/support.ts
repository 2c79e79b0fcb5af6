import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deliver, deliverArtifact } from '../../../src/delivery/deliver';
import type { Annotation, Verdict } from '../../../src/delivery/verdict';

export const MARK = '<!-- ux-audit -->';

export const annotation = (change: Partial<Annotation> = {}): Annotation => ({
  file: 'src/CardForm.tsx',
  line: 31,
  level: 'error',
  title: 'Card number has no label',
  message: 'A field without a label.',
  fingerprint: 'f1',
  rule: 'label',
  severity: 3,
  ...change,
});

export const verdict = (change: Partial<Verdict> = {}): Verdict => ({
  comment: `${MARK}\n### UX Audit: 1 new major problem\n`,
  failed: true,
  annotations: [],
  accessibility: [],
  summaryTitle: '1 new major problem',
  ...change,
});

export const folder = (): string => mkdtempSync(path.join(os.tmpdir(), 'ux-audit-delivery-'));

/** The environment of a job of GitHub Actions, whose API is the stand-in; the event is that of a pull request. */
export function githubEnv(url: string, event: unknown = { pull_request: { number: 7 } }): NodeJS.ProcessEnv {
  const made = folder();
  const file = path.join(made, 'event.json');
  writeFileSync(file, JSON.stringify(event));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_RUN_ID: '55',
    GITHUB_EVENT_PATH: file,
    GITHUB_STEP_SUMMARY: path.join(made, 'summary.md'),
    GITHUB_TOKEN: 'a-planted-secret',
  };
}

/** Delivers and gives what was printed along with it. */
export async function delivering(what: Verdict | string, env: NodeJS.ProcessEnv, signal?: AbortSignal) {
  const printed: string[] = [];
  const options = { env, cwd: folder(), print: (line: string) => printed.push(line), ...(signal && { signal }) };
  const delivered = typeof what === 'string' ? await deliverArtifact(what, options) : await deliver(what, options);
  const at = (place: string) => delivered.find((one) => one.place.startsWith(place));
  return { delivered, printed, at };
}
