import path from 'node:path';
import { build, createServer, type InlineConfig, type PluginOption, preview } from 'vite';
import { type Place, repository } from './support';

export type AppKind = 'react' | 'vue' | 'svelte';

const plugins: Record<AppKind, () => Promise<PluginOption>> = {
  react: async () => (await import('@vitejs/plugin-react')).default(),
  vue: async () => (await import('@vitejs/plugin-vue')).default(),
  svelte: async () => (await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false }),
};

/** The folder of a small app. */
export const appFolder = (kind: AppKind): string => path.join(repository, 'test', 'fixtures', 'apps', kind);

/** The configuration of a small app; what Vite keeps and builds goes into the place. */
async function configOf(kind: AppKind, place: Place): Promise<InlineConfig> {
  return {
    root: appFolder(kind),
    configFile: false,
    plugins: [await plugins[kind]()],
    cacheDir: path.join(place.root, 'vite'),
    build: { outDir: path.join(place.root, 'built', kind) },
    logLevel: 'silent',
  };
}

interface RunningApp {
  url: string;
  close(): Promise<unknown>;
}

/** Starts Vite's development server for a small app. */
export async function serveApp(kind: AppKind, place: Place): Promise<RunningApp> {
  const server = await createServer({ ...(await configOf(kind, place)), server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  return { url, close: () => server.close() };
}

/** Builds a small app for production and serves what was built. */
export async function previewApp(kind: AppKind, place: Place): Promise<RunningApp> {
  const config = { ...(await configOf(kind, place)), mode: 'production' };
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production'; // tests have another, which Vite takes over
  try {
    await build(config);
  } finally {
    process.env.NODE_ENV = environment;
  }
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
  const [url = ''] = server.resolvedUrls?.local ?? [];
  return { url, close: () => server.close() };
}
