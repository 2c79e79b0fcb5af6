import { MAX_ATTACHMENT } from '../../core/record/attachments';

/** Above this a pasted picture is not even read. Bytes. */
const MAX_PASTED = 50 * 1024 * 1024;

/** The kinds of pictures that the record keeps. */
const kept = /^image\/(png|jpeg)$/;

/**
 * A picture as a data URL, as JPEG where it would be too large.
 * @param name what messages call it
 * @throws Error for people, when it cannot be made small enough
 */
export async function dataUrlOf(blob: Blob, name = 'The pasted picture'): Promise<string> {
  if (blob.size > MAX_PASTED) throw new Error(tooLarge(blob, name));
  const small = blob.size <= MAX_ATTACHMENT ? blob : await smaller(blob, name);
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(`${name} could not be read.`));
    reader.readAsDataURL(small);
  });
}

function tooLarge({ size }: Blob, name: string): string {
  const [has, limit] = [Math.ceil(size / 1024), MAX_ATTACHMENT / 1024];
  return `${name} has ${has} KB, and more than ${limit} KB even as JPEG. Crop it to what matters.`;
}

/** The same picture as JPEG, at the best quality that is small enough. */
async function smaller(blob: Blob, name: string): Promise<Blob> {
  const picture = await createImageBitmap(blob).catch(() => {
    throw new Error(`${name} could not be read.`);
  });
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  for (const quality of [0.8, 0.6, 0.4]) {
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (jpeg.size <= MAX_ATTACHMENT) return jpeg;
  }
  throw new Error(tooLarge(blob, name));
}

/** Hands on a pasted picture instead of the text that a browser would make of it; pasted text goes where it should. */
export function pastePicture(event: ClipboardEvent, take: (read: () => Promise<string>) => void): void {
  const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => kept.test(type));
  if (!file) return;
  event.preventDefault();
  take(async () => dataUrlOf(file));
}

/** The picture in the clipboard as a data URL. @throws Error for people, when there is none or it may not be read */
export async function pictureInClipboard(): Promise<string> {
  const items = await navigator.clipboard.read().catch(() => {
    throw new Error(
      'The clipboard may not be read here. Put the cursor into a note of an evaluation and paste there (Ctrl+V).',
    );
  });
  for (const item of items) {
    const type = item.types.find((name) => kept.test(name));
    if (type) return dataUrlOf(await item.getType(type));
  }
  throw new Error('There is no picture in the clipboard. Copy a screenshot first.');
}
