import { setTimeout as delay } from 'node:timers/promises';
import type { TraceMap } from '@jridgewell/trace-mapping';
import type { CDPSession, HTTPResponse, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import { readSourceMap } from '../../core/sources/sourceMaps';
import { scriptsOf } from '../../core/sources/stackFrames';
import { evaluateIn } from './evaluateIn';
import { type PageReading, type ReadLimits, readPage } from './inPage';

const limits: ReadLimits = { nodes: 30_000, characters: 8_000_000, sources: 10_000, urls: 600 };
const name = z.string().check(z.maxLength(2_000));
const index = z.int().check(z.gte(0));
/** What a page says may be anything. */
const readingSchema = z.object({
  nodes: z.array(z.tuple([z.int().check(z.gte(-1)), name, index, name, name])).check(z.maxLength(limits.nodes)),
  sources: z.array(
    z.object({
      node: index,
      file: z.optional(name),
      line: z.optional(z.int()),
      column: z.optional(z.int()),
      stacks: z.optional(z.array(index)),
    }),
  ),
  stacks: z.array(name),
  urls: z.array(z.string()),
  globals: z.array(name),
  marks: z.array(name),
});

/** How long the page may take to be read. Milliseconds. */
const READ_WITHIN = 10_000;
/** The most source maps that are read, and the longest of them. */
const MAX_MAPS = 200;
const MAX_MAP = 32 * 1024 * 1024;

/** What was read of a page, with the source maps of the scripts that made its elements. */
export interface ReadPage extends PageReading {
  maps: Map<string, TraceMap>;
  /** The page as the server sent it, where it names sources that scripts of the page remove. */
  html?: string;
}

/**
 * Reads a page once its recording has ended. Lighthouse's own way in, a gatherer with an audit, does not serve: it
 * drops audits of no category, and its last gatherers load the page again.
 */
export class PageReader {
  private answer?: HTTPResponse;
  private reading?: Promise<ReadPage | undefined>;

  constructor(private readonly page: Page) {
    page.on('response', (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !this.reading)
        this.answer = response;
    });
  }

  /** Begins to read. The page must not be measured any more. */
  begin(): void {
    this.reading ??= Promise.race([this.read(), timeout(READ_WITHIN)]).catch(() => undefined);
  }

  /** What was read; undefined when nothing could be. */
  async end(): Promise<ReadPage | undefined> {
    return this.reading;
  }

  private async read(): Promise<ReadPage> {
    const reading: PageReading = readingSchema.parse(await evaluateIn(this.page, readPage, limits));
    const [maps, html] = await Promise.all([
      this.sourceMaps(scriptsOf(reading.stacks)).catch(() => new Map<string, TraceMap>()),
      this.sentHtml(reading).catch(() => undefined),
    ]);
    return { ...reading, maps, ...(html !== undefined && { html }) };
  }

  /** Astro's toolbar removes from the page what the server says of sources. */
  private async sentHtml({ urls }: PageReading): Promise<string | undefined> {
    if (!urls.some((url) => url.includes('/@vite/client'))) return undefined;
    const html = await this.answer?.text();
    return html?.includes('data-astro-source-file') ? html : undefined;
  }

  private async sourceMaps(scripts: ReadonlySet<string>): Promise<Map<string, TraceMap>> {
    const maps = new Map<string, TraceMap>();
    if (scripts.size === 0) return maps;
    const session = await this.page.createCDPSession();
    try {
      const addresses = new Map<string, string>();
      session.on('Debugger.scriptParsed', ({ url, sourceMapURL }) => {
        if (sourceMapURL && scripts.has(url) && addresses.size < MAX_MAPS) addresses.set(url, sourceMapURL);
      });
      await session.send('Debugger.enable'); // lists the scripts that there are
      await session.send('Debugger.disable');
      for (const [script, address] of addresses) {
        const url = URL.parse(address, script)?.href;
        const json = url && (await textAt(session, url).catch(() => undefined));
        const map = json ? readSourceMap(json, address.startsWith('data:') ? script : url) : undefined;
        if (map) maps.set(script, map);
      }
    } finally {
      await session.detach().catch(() => {});
    }
    return maps;
  }
}

function timeout(within: number): Promise<undefined> {
  return delay(within, undefined, { ref: false });
}

/** The text at an address, as the page would load it. */
async function textAt(session: CDPSession, url: string): Promise<string | undefined> {
  if (url.startsWith('data:')) {
    const [head = '', data = ''] = [url.slice(0, url.indexOf(',')), url.slice(url.indexOf(',') + 1)];
    return /;base64$/i.test(head) ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data);
  }
  if (!/^https?:/.test(url)) return undefined;
  const { frameTree } = await session.send('Page.getFrameTree');
  const { resource } = await session.send('Network.loadNetworkResource', {
    frameId: frameTree.frame.id,
    url,
    options: { disableCache: false, includeCredentials: true },
  });
  if (!resource.success || resource.stream === undefined) return undefined;
  let text = Buffer.alloc(0);
  for (;;) {
    const { data, base64Encoded, eof } = await session.send('IO.read', { handle: resource.stream });
    text = Buffer.concat([text, Buffer.from(data, base64Encoded ? 'base64' : 'utf8')]);
    if (text.length > MAX_MAP) return undefined;
    if (eof) return text.toString('utf8');
  }
}
