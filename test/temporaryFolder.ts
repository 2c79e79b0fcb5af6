import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Gives all tests of a run one temporary folder, and removes it after them. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-'));
  chmodSync(folder, 0o711); // some tests run a program as somebody else
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
