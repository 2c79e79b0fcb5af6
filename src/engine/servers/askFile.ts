import { isLoopback } from '../../core/record/targets';

/** So long is waited for a file of a server on this machine. Milliseconds. */
const PATIENCE = 1_000;

/** A file as a server answers it. */
export interface AnsweredFile {
  text: string;
  /** The address of its source map, where the server names it in a header. */
  map?: string;
}

/**
 * Asks a server on this machine for a script, a style or a source map. Sends no credentials and follows no redirect.
 * @param largest bytes
 * @returns undefined when it is no server of this machine, or when it does not answer in time with such a file
 */
export async function askFile(url: string, largest: number): Promise<AnsweredFile | undefined> {
  if (!/^https?:/.test(url) || !URL.canParse(url) || !isLoopback(new URL(url).hostname)) return undefined;
  const asking = new AbortController();
  const timer = setTimeout(() => asking.abort(), PATIENCE);
  try {
    const response = await fetch(url, { redirect: 'error', signal: asking.signal });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      parts.push(part);
      size += part.length;
      if (size > largest) break;
    }
    // servers of development answer unknown addresses with their page
    const isPage = /^text\/html\b/i.test(response.headers.get('content-type') ?? '');
    if (!response.ok || isPage || size > largest) return undefined;
    const map = response.headers.get('sourcemap');
    return { text: Buffer.concat(parts).toString('utf8'), ...(map !== null && { map }) };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    asking.abort();
  }
}
