import { describe, expect, it } from 'vitest';
import { enabledPatches, patches } from '../../../src/engine/worker/patches/index.mts';
import { type Patch, patched } from '../../../src/engine/worker/patches/patch.mts';

const names = (off: string) => enabledPatches(off).map(({ name }) => name);
const all = patches.map(({ name }) => name);

describe('the switches of the patches', () => {
  it('leave all on, turn all off, or turn off those that are named', () => {
    const [first, second, ...others] = all;
    expect(names('')).toEqual(all);
    expect(names('all')).toEqual([]);
    expect(names(`${second},${first}`)).toEqual(others);
  });

  it('refuse a name that no patch has', () => {
    expect(() => names('benchmarkTwice')).toThrow(/No patch is named benchmarkTwice: choose from benchmarkOnce/);
  });
});

describe('a patch', () => {
  const patch: Patch = {
    name: 'louder',
    changes: [{ module: 'a/b.js', uses: { 'inWorker/memoize.ts': ['memoize'] }, replace: [['quiet', '$& loud']] }],
  };

  it('changes the module that it names and no other', () => {
    expect(patched('a/b.js', 'quiet', [patch])).toMatch(/^import \{ memoize \} from ".*memoize\.ts";\n\$& loud$/);
    expect(patched('a/c.js', 'quiet', [patch])).toBe('quiet');
  });

  it('brings its code into a CommonJS module too', () => {
    expect(patched('a/b.js', 'module.exports = "quiet"', [patch])).toMatch(/^const \{ memoize \} = require\(/);
  });

  it('fails the build when Lighthouse no longer contains the place', () => {
    expect(() => patched('a/b.js', 'silent', [patch])).toThrow('a/b.js of this Lighthouse does not contain quiet');
  });
});
