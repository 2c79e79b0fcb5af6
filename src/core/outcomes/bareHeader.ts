/** A header as letters and digits alone, without the scale or unit that it ends with in brackets. */
export function bareHeader(header: string): string {
  const name = header.replace(/[([][^)\]]*[)\]]\s*$/, '') || header;
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
