import path from 'node:path';
import { createServer, type PluginOption } from 'vite';
import { type Place, repository } from './support';

export type AppKind = 'react' | 'vue' | 'svelte';

const plugins: Record<AppKind, () => Promise<PluginOption>> = {
  react: async () => (await import('@vitejs/plugin-react')).default(),
  vue: async () => (await import('@vitejs/plugin-vue')).default(),
  svelte: async () => (await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false }),
};

/** The folder of a small app. */
export const appFolder = (kind: AppKind): string => path.join(repository, 'test', 'fixtures', 'apps', kind);

/** Starts Vite's development server for a small app; what it keeps goes into the place. */
export async function serveApp(kind: AppKind, place: Place, root = appFolder(kind)) {
  const server = await createServer({
    root,
    configFile: false,
    plugins: [await plugins[kind]()],
    cacheDir: path.join(place.root, 'vite'),
    server: { port: 0, host: '127.0.0.1' },
    logLevel: 'silent',
  });
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  return { url, close: () => server.close() };
}
