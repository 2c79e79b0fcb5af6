import { HumanError } from '../errors';

/** The largest attachment. Bytes. */
export const MAX_ATTACHMENT = 300 * 1024;

const signatures = [
  { type: 'image/png', ending: '.png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', ending: '.jpg', bytes: [0xff, 0xd8, 0xff] },
] as const;

/** The type of an image by its first bytes, whatever its name says. */
export function imageType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | undefined {
  return signatures.find((known) => known.bytes.every((byte, index) => bytes[index] === byte))?.type;
}

/**
 * The file ending for an image that is to be attached.
 * @throws HumanError `attachment-not-picture`, `attachment-too-large`
 */
export function attachmentEnding(bytes: Uint8Array, name = 'The image'): string {
  const type = imageType(bytes);
  if (!type) {
    throw new HumanError('usage', 'attachment-not-picture', {
      what: `${name} is neither a PNG nor a JPEG image, whatever its name says.`,
      next: 'Save it as PNG or JPEG, or take a new screenshot.',
    });
  }
  if (bytes.length > MAX_ATTACHMENT) {
    throw new HumanError('usage', 'attachment-too-large', {
      what: `${name} has ${Math.ceil(bytes.length / 1024)} KB; at most ${MAX_ATTACHMENT / 1024} KB are kept.`,
      next: 'Crop it to what matters, or save it smaller.',
    });
  }
  return signatures.find((known) => known.type === type)?.ending ?? '';
}

/** The path of an attachment beside the record. */
export const attachmentPath = /^evidence\/[A-Za-z0-9._-]+\.(png|jpe?g)$/;

/** Whether a path in a finding's `evidence` names an attachment beside the record. */
export function isAttachment(path: string): boolean {
  return attachmentPath.test(path);
}
