import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './harness.mjs';

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Violations that axe-core finds in a webview's page, one line each. */
export async function violations(frame) {
  return frame.locator('html').evaluate(async (_, source) => {
    if (!window.axe) new Function(source)();
    const { violations: found } = await window.axe.run(document, { resultTypes: ['violations'], preload: false });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  }, axe);
}
