import http from 'node:http';
import { listeningPorts } from './listeningPorts';

/** The default ports of development servers and previews. */
const usualPorts = [
  1234, 1313, 3000, 3001, 3002, 3003, 4000, 4173, 4200, 4321, 5000, 5173, 5174, 5175, 5500, 6006, 8000, 8080, 8081,
  8088, 8888, 9000, 9090,
];

/** A server on this machine that answers with a page. */
export interface DevServer {
  url: string;
  title: string;
}

const MAX_BODY = 16_384;
/** So many ports on which something listens are tried besides the known ones. */
const MAX_LISTENING = 60;

/** Where ports come from besides those that are given. */
export interface PortSources {
  usual?: readonly number[];
  listening?: () => Promise<number[]>;
}

function probe(port: number, timeout: number): Promise<DevServer | undefined> {
  return new Promise((resolve) => {
    const url = `http://localhost:${port}/`;
    // a server of another kind may send something again and again
    const signal = AbortSignal.timeout(4 * timeout);
    const options = { agent: false, timeout, signal, headers: { accept: 'text/html' } };
    const request = http.get(url, options, (response) => {
      if (!/^text\/html/.test(response.headers['content-type'] ?? '')) {
        response.destroy();
        return resolve(undefined);
      }
      let body = '';
      const done = () => {
        response.destroy();
        resolve({ url, title: /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim().slice(0, 80) ?? '' });
      };
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
        if (body.length > MAX_BODY || /<\/title>/i.test(body)) done();
      });
      response.on('end', done);
      response.on('error', done);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

/**
 * Finds the pages that answer on this machine now: on the usual ports of development servers, and where the system says
 * that something listens.
 * @param ports further ports to try, such as those of known targets
 */
export async function listeningDevServers(
  ports: readonly number[] = [],
  timeout = 500,
  { usual = usualPorts, listening = listeningPorts }: PortSources = {},
): Promise<DevServer[]> {
  const known = new Set([...ports, ...usual]);
  const others = (await listening()).filter((port) => !known.has(port)).slice(0, MAX_LISTENING);
  const all = [...known, ...others];
  const found = await Promise.all(all.map((port) => probe(port, timeout)));
  return found.filter((server) => server !== undefined);
}
