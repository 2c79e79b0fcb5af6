/** Above this a picture is refused before it is read: a page cannot hand more to its host at once. Bytes. */
const MAX_PASTED = 5 * 1024 * 1024;

/** The kinds of pictures that the record keeps. */
const kept = /^image\/(png|jpeg)$/;

/** A picture as a data URL. @throws Error for people, when it is too large or cannot be read */
function dataUrlOf(blob: Blob): Promise<string> {
  if (blob.size > MAX_PASTED) {
    const megabytes = (blob.size / 1024 / 1024).toFixed(0);
    throw new Error(
      `The pasted picture has ${megabytes} MB; a picture in the repository may have 1 MB. Crop it to what matters.`,
    );
  }
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('The pasted picture could not be read.'));
    reader.readAsDataURL(blob);
  });
}

/** When a picture is pasted, hands it on instead of the text that a browser would make of it; text goes where it was pasted. */
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
