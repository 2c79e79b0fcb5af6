/** The path of a file's address. @throws Error for other addresses */
export function fileURLToPath(url: string): string {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:') throw new Error(`not the address of a file: ${url}`);
  return decodeURIComponent(pathname);
}

export function pathToFileURL(file: string): URL {
  return new URL(`file://${file.split('/').map(encodeURIComponent).join('/')}`);
}
