import http from 'node:http';
import send from 'send';

/** Lets a server listen on loopback. @returns where it answers, and how to end it with all of its connections */
export async function listening(server, port = 0) {
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: actual } = server.address();
  return {
    origin: `http://localhost:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Serves a folder on loopback, as a development server would.
 *
 * @param {string} folder
 * @param {{ port?: number, before?: (request: http.IncomingMessage) => Promise<void> }} options `before` runs ahead of each answer
 * @returns {Promise<{ url: string, port: number, requests: string[], close: () => Promise<void> }>}
 */
export async function serve(folder, { port = 0, before } = {}) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    requests.push(request.url);
    await before?.(request);
    const { pathname } = new URL(request.url, 'http://localhost');
    send(request, pathname, { root: folder, cacheControl: false }).pipe(response);
  });
  const { origin, ...listens } = await listening(server, port);
  return { url: `${origin}/`, requests, ...listens };
}
