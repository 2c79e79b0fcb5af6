import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import type { Serve } from '../core/record/record';
import { readRegular } from '../storage/readRegular';

const packageSchema = z.looseObject({
  scripts: z._default(z.record(z.string(), z.string()), {}),
  dependencies: z._default(z.record(z.string(), z.string()), {}),
  devDependencies: z._default(z.record(z.string(), z.string()), {}),
});
type Package = z.infer<typeof packageSchema>;

/** How a project builds and serves what its customers get. */
export interface ProductionBuild {
  /** The framework that its default ports and folders are of. */
  framework: string;
  /** Builds, where serving does not. */
  build?: string;
  /** As the record keeps it. */
  serve: Serve;
}

/** Frameworks whose own preview serves the built app, with its default port. The first that fits counts. */
const previews: { framework: string; package: string; script: RegExp; run: string; port: number }[] = [
  { framework: 'Next.js', package: 'next', script: /\bnext start\b/, run: 'next start', port: 3000 },
  { framework: 'Nuxt', package: 'nuxt', script: /\bnuxt preview\b/, run: 'nuxt preview', port: 3000 },
  { framework: 'Astro', package: 'astro', script: /\bastro preview\b/, run: 'astro preview', port: 4321 },
  {
    framework: 'React Router',
    package: '@react-router/serve',
    script: /\breact-router-serve\b/,
    run: 'react-router-serve ./build/server/index.js',
    port: 3000,
  },
  {
    framework: 'Remix',
    package: '@remix-run/serve',
    script: /\bremix-serve\b/,
    run: 'remix-serve ./build/server/index.js',
    port: 3000,
  },
  { framework: 'Gatsby', package: 'gatsby', script: /\bgatsby serve\b/, run: 'gatsby serve', port: 9000 },
  { framework: 'Vite', package: 'vite', script: /\bvite preview\b/, run: 'vite preview', port: 4173 },
];

/** Frameworks that build into a folder of files. */
const folders: { framework: string; package: string; folder: string }[] = [
  { framework: 'Create React App', package: 'react-scripts', folder: 'build' },
  { framework: 'Vue CLI', package: '@vue/cli-service', folder: 'dist' },
  { framework: 'Parcel', package: 'parcel', folder: 'dist' },
  { framework: 'Eleventy', package: '@11ty/eleventy', folder: '_site' },
  { framework: 'webpack', package: 'webpack', folder: 'dist' },
];

/** The package manager, by its lock file. */
const managers: [file: string, run: string, execute: string][] = [
  ['pnpm-lock.yaml', 'pnpm run', 'pnpm exec'],
  ['yarn.lock', 'yarn run', 'yarn run'],
  ['bun.lock', 'bun run', 'bun x'],
  ['bun.lockb', 'bun run', 'bun x'],
];

/**
 * How the project of a folder builds and serves its production build: from its scripts, else from the defaults of its
 * framework. Runs nothing.
 * @param root the workspace folder
 * @param folder the project's folder, relative to it
 * @returns undefined when nothing in it says so
 */
export async function productionBuild(root: string, folder = '.'): Promise<ProductionBuild | undefined> {
  const at = path.resolve(root, folder);
  const text = await readRegular(path.join(at, 'package.json')).then(String, () => undefined);
  const project = text === undefined ? undefined : packageSchema.safeParse(jsonOf(text)).data;
  if (!project || project.scripts.build === undefined) return undefined;
  const names = new Set(await readdir(at).catch(() => [] as string[]));
  const [, run = 'npm run', execute = 'npx --no-install'] = managers.find(([file]) => names.has(file)) ?? [];
  const enter = folder === '.' ? '' : `cd ${JSON.stringify(folder)} && `;
  return planOf(project, { build: `${enter}${run} build`, run, execute, folder });
}

function planOf(
  project: Package,
  { build, run, execute, folder }: { build: string; run: string; execute: string; folder: string },
): ProductionBuild | undefined {
  const has = (name: string) => name in project.dependencies || name in project.devDependencies;
  const angular = has('@angular/cli') ? { framework: 'Angular', folder: 'dist' } : undefined;
  const files = angular ?? folders.find((one) => has(one.package));
  const preview = previews.find((one) => has(one.package));
  if (preview && (preview.framework !== 'Vite' || !files || files.framework === 'webpack')) {
    const script = Object.entries(project.scripts).find(([, command]) => preview.script.test(command));
    const start = script ? `${run} ${script[0]}` : `${execute} ${preview.run}`;
    const port = /(?:--port[= ]|-p )(\d{2,5})/.exec(script?.[1] ?? '')?.[1] ?? String(preview.port);
    return {
      framework: preview.framework,
      serve: { command: `${build} && ${start}`, url: `http://localhost:${port}/` },
    };
  }
  if (!files) return undefined;
  return { framework: files.framework, build, serve: { folder: path.posix.join(folder, files.folder) } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
