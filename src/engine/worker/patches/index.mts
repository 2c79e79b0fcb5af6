import { benchmarkOnce } from './benchmarkOnce.mts';
import { memoizeFrames } from './memoizeFrames.mts';
import { memoizeMessages } from './memoizeMessages.mts';
import type { Patch } from './patch.mts';
import { quietScreenshot } from './quietScreenshot.mts';

/** Every patch, in the order in which they are applied. */
export const patches: readonly Patch[] = [benchmarkOnce, quietScreenshot, memoizeMessages, memoizeFrames];

/**
 * The patches to build with. The environment variable UX_AUDIT_PATCHES_OFF switches them off: `all`, or names separated
 * by commas.
 *
 * @throws Error when no patch has a given name
 */
export function enabledPatches(off = process.env.UX_AUDIT_PATCHES_OFF ?? ''): readonly Patch[] {
  if (off === 'all') return [];
  const names = off.split(',').filter(Boolean);
  const unknown = names.find((name) => !patches.some((patch) => patch.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `No patch is named ${unknown}: choose from ${patches.map(({ name }) => name).join(', ')}, or "all".`,
    );
  }
  return patches.filter(({ name }) => !names.includes(name));
}
