import { mkdirSync } from 'node:fs';
import path from 'node:path';

// audits that measure wait for one another by a lock in the temporary folder: those of another worker do not count here
const { TMPDIR, VITEST_POOL_ID } = process.env;
if (TMPDIR && VITEST_POOL_ID && path.basename(TMPDIR) !== VITEST_POOL_ID) {
  process.env.TMPDIR = path.join(TMPDIR, VITEST_POOL_ID);
  mkdirSync(process.env.TMPDIR, { recursive: true });
}
