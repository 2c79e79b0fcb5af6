import { HumanError } from '../errors';

/**
 * Makes sure that a text is not the pointer that Git LFS leaves in the place of a file.
 * @param name what the error calls the file
 * @throws HumanError `lfs-pointer`
 */
export function ensureNoLfsPointer(text: string, name: string): void {
  if (!/^\uFEFF?version https:\/\/git-lfs\.github\.com\/spec\//.test(text)) return;
  throw new HumanError('record', 'lfs-pointer', {
    what: `${name} is a pointer of Git LFS; the file itself is not here.`,
    next: 'Bring it: git lfs pull. To compare and merge it, keep it in git itself (git lfs untrack).',
  });
}
