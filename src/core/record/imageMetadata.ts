import { imageType } from './attachments';

/** The chunks of PNG besides the critical ones that decide how an image looks (PNG, third edition, 11.3). */
const shownChunks = new Set([
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'pHYs',
  'bKGD',
  'acTL',
  'fcTL',
  'fdAT',
]);

const SIGNATURE = 8;
/** Length, type and checksum of a chunk. */
const AROUND_CHUNK = 12;

/**
 * An image without what is in its file but not to be seen: where and when it was taken, a small copy of how it was
 * before, comments, and whatever follows its end. Its pixels, colours and orientation stay. The same bytes when there
 * is nothing of that, or when the file is built otherwise than its format says.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const kept = imageType(bytes) === 'image/png' ? keptOfPng(bytes) : keptOfJpeg(bytes);
  const length = kept?.reduce((sum, part) => sum + part.length, 0);
  if (!kept || length === bytes.length) return bytes;
  const image = new Uint8Array(length ?? 0);
  let at = 0;
  for (const part of kept) {
    image.set(part, at);
    at += part.length;
  }
  return image;
}

const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** The parts of a PNG that stay; undefined when it has no end. */
function keptOfPng(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, SIGNATURE)];
  for (let at = SIGNATURE; at + AROUND_CHUNK <= bytes.length; ) {
    const end = at + AROUND_CHUNK + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const type = textOf(bytes.subarray(at + 4, at + 8));
    if (/^[A-Z]/.test(type) || shownChunks.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return kept;
    at = end;
  }
  return undefined;
}

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];

/** The parts of a JPEG that stay; undefined when it has no end. */
function keptOfJpeg(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === EOI) return [...kept, bytes.subarray(at, at + 2)];
    if (at + 4 > bytes.length) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at, end);
    kept.push(...keptOfSegment(segment, marker));
    at = end;
    if (marker !== SOS) continue;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  return undefined;
}

/** What stays of a segment: of what applications wrote, that which decides the colours and the orientation. */
function keptOfSegment(segment: Uint8Array, marker: number): Uint8Array[] {
  if (marker === COM) return [];
  const isOfApplication = marker >= 0xe0 && marker <= 0xef;
  const name = textOf(segment.subarray(4, 16));
  if (!isOfApplication || /^(JFIF|ICC_PROFILE|Adobe)\0?/.test(name)) return [segment];
  const turned = name.startsWith('Exif\0\0') ? orientationOf(segment.subarray(10)) : 1;
  return turned === 1 ? [] : [exifOf(turned)];
}

/** Where the data of a scan end: at the next marker that is not part of them (ITU-T T.81, B.1.1.5). */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (bytes[at] === 0xff && !isData) return at;
  }
  return bytes.length;
}

const ORIENTATION = 0x0112;

/** The tag Orientation of Exif's first directory, 1 to 8; 1, as it is, where there is none. */
function orientationOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 10) return 1;
  const isLittle = tiff[0] === 0x49;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A segment of Exif that says the orientation alone. */
function exifOf(orientation: number): Uint8Array {
  const head = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1];
  return Uint8Array.of(...head, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
}
