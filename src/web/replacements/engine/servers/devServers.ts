/** The servers that a browser alone can find on a machine: none. */
export async function listeningDevServers(): Promise<[]> {
  return [];
}
