import { HumanError } from '../core/errors';

/** The lowest Node that runs Lighthouse 13, from its package.json. */
export const MIN_NODE = '22.19.0';

/** @throws HumanError `node-too-old` when this Node cannot run Lighthouse. */
export function checkNode(version = process.versions.node): void {
  if (version.localeCompare(MIN_NODE, 'en', { numeric: true }) >= 0) return;
  throw new HumanError('environment', 'node-too-old', {
    what: `Node ${version} is too old for Lighthouse 13, which needs ${MIN_NODE} or newer.`,
    next: 'Install a newer Node (nodejs.org) or update VS Code to 1.105 or newer.',
  });
}
