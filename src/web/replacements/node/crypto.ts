import { sha256 } from '@noble/hashes/sha2.js';

export function randomBytes(count: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(count)));
}

/** A hash, as Node makes it: `createHash('sha256').update(…).digest('hex')`. */
export function createHash(_: 'sha256') {
  const hash = sha256.create();
  return {
    update(data: string | Uint8Array) {
      hash.update(typeof data === 'string' ? new TextEncoder().encode(data) : data);
      return this;
    },
    digest: (encoding: 'hex') => Buffer.from(hash.digest()).toString(encoding),
  };
}
