/**
 * The text of a file: UTF-8 or UTF-16 (with or without a byte order mark, which is left out), else Windows-1252. UTF-16
 * without a mark is known by its zero bytes, so its first two characters must be ASCII.
 */
export function decodedText(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes;
  const decode = (encoding: string) => new TextDecoder(encoding).decode(bytes);
  if (first === 0xff && second === 0xfe) return decode('utf-16le');
  if (first === 0xfe && second === 0xff) return decode('utf-16be');
  if (first && second === 0 && third && fourth === 0) return decode('utf-16le');
  if (first === 0 && second && third === 0 && fourth) return decode('utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode('windows-1252');
  }
}
