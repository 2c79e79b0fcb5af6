import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'parse5';

/** The most files of a site map that are read, and the most addresses. */
const MOST_FILES = 50;
const MOST_ADDRESSES = 50_000;
/** The longest file, unpacked: the protocol's own limit. Bytes. */
const MOST_BYTES = 50 * 1024 * 1024;
const WITHIN = 15_000;
/** How many redirects are followed, and how much of robots.txt is read. Characters. */
const MOST_HOPS = 3;
const MOST_ROBOTS = 500_000;

/** What the site maps of a site name. */
export interface SiteMaps {
  urls: string[];
  /** Whether more was there than is read. */
  isCut: boolean;
}

/**
 * Reads the site maps that `robots.txt` names, else `/sitemap.xml` (sitemaps.org, protocol 0.9: XML, also packed, and
 * indexes of further ones). A map that cannot be read names nothing.
 * @param headers sent to the site's own origin only
 */
export async function siteMaps(
  origin: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<SiteMaps> {
  const robots = await text(`${origin}/robots.txt`, origin, headers, signal);
  const lines = robots.slice(0, MOST_ROBOTS).split('\n');
  const named = lines.flatMap((line) => /^[ \t]*sitemap:[ \t]*(\S+)/i.exec(line)?.[1] ?? []);
  const open = named.length > 0 ? named : [`${origin}/sitemap.xml`];
  const read = new Set<string>();
  const urls = new Set<string>();
  for (let next = open.shift(); next !== undefined && read.size < MOST_FILES; next = open.shift()) {
    const file = URL.parse(next, origin);
    // a site map elsewhere would make the tool ask a site that nobody named
    if (!file || file.origin !== origin || read.has(file.href)) continue;
    read.add(file.href);
    const { pages, maps } = locationsOf(await text(file.href, origin, headers, signal));
    open.push(...maps);
    for (const page of pages) if (urls.size < MOST_ADDRESSES) urls.add(page);
  }
  return { urls: [...urls], isCut: open.length > 0 || urls.size >= MOST_ADDRESSES };
}

async function text(
  url: string,
  origin: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const limit = AbortSignal.any([AbortSignal.timeout(WITHIN), ...(signal ? [signal] : [])]);
    let answer = await fetch(url, { headers, signal: limit, redirect: 'manual' });
    for (let hop = 0; hop < MOST_HOPS && answer.status >= 300 && answer.status < 400; hop += 1) {
      const next = URL.parse(answer.headers.get('location') ?? '', url);
      if (next?.origin !== origin) return ''; // headers go to the site's own origin only
      answer = await fetch(next, { headers, signal: limit, redirect: 'manual' });
    }
    if (!answer.ok) return '';
    const bytes = await bytesOf(answer);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
    return plain.subarray(0, MOST_BYTES).toString('utf8');
  } catch (error) {
    if (signal?.aborted) throw error;
    return '';
  }
}

/** The body of an answer, as far as it is read. */
async function bytesOf(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    parts.push(part);
    size += part.byteLength;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(parts);
}

interface Node {
  nodeName: string;
  value?: string;
  childNodes?: Node[];
}

/** The pages of a site map, and further site maps of an index. */
function locationsOf(xml: string): { pages: string[]; maps: string[] } {
  const found: { pages: string[]; maps: string[] } = { pages: [], maps: [] };
  const root = parse(xml.replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')) as unknown as Node;
  const open: [node: Node, within: 'pages' | 'maps' | undefined][] = [[root, undefined]]; // any depth may be sent
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, within] = next;
    const inside = node.nodeName === 'url' ? 'pages' : node.nodeName === 'sitemap' ? 'maps' : within;
    if (node.nodeName === 'loc' && inside) {
      const told = (node.childNodes ?? []).map(({ value = '' }) => value).join('');
      if (told.trim() !== '') found[inside].push(told.trim());
    } else {
      for (const child of [...(node.childNodes ?? [])].reverse()) open.push([child, inside]);
    }
  }
  return found;
}
