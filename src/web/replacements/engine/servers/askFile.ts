/** The files that a browser alone can ask of a server of this machine: none. */
export async function askFile(): Promise<undefined> {
  return undefined;
}
