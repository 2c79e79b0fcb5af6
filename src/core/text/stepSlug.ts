import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { slugOf } from './slug';

/**
 * The name of a step for an id: `pay-now` of `Pay now`. Where letters are lost on the way, some digits of a hash keep
 * names apart that look alike then, such as those in other scripts.
 */
export function stepSlug(name: string): string {
  const slug = slugOf(name);
  if (slug !== '' && slug === name.trim().toLowerCase().replace(/\s+/g, '-')) return slug;
  return `${slug || 'step'}-${bytesToHex(sha256(utf8ToBytes(name))).slice(0, 6)}`;
}
