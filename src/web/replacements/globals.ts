type Encoding = 'utf8' | 'base64' | 'hex';

const BLOCK = 0x8000;

/** The part of Node's `Buffer` that is used where no machine is. */
class Bytes extends Uint8Array {
  override toString(encoding: Encoding = 'utf8'): string {
    if (encoding === 'hex') return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (encoding === 'utf8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this);
    let binary = '';
    for (let at = 0; at < this.length; at += BLOCK) binary += String.fromCharCode(...this.subarray(at, at + BLOCK));
    return btoa(binary);
  }
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'base64') return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TextEncoder().encode(text);
}

const from = (data: string | Uint8Array, encoding: Encoding = 'utf8') =>
  new Bytes(typeof data === 'string' ? bytesOf(data, encoding) : data);

/** Stands for Node's own where the bundle names it. */
export const Buffer = {
  from,
  alloc: (size: number) => new Bytes(size),
  byteLength: (text: string) => new TextEncoder().encode(text).length,
};

export const process = { platform: 'browser', env: {}, cwd: () => '/' };

export const setImmediate = (work: () => void) => setTimeout(work);
