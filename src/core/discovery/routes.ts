/** Routes of a framework, as its files name them. */
export interface Routes {
  framework: string;
  /** Paths without parameters. */
  paths: string[];
  /** Routes with parameters, whose values the files do not tell. */
  open: string[];
}

interface Framework {
  name: string;
  /** The package that tells it. */
  package: string;
  /** The file of a page, below the workspace; its first group is the route. */
  file: RegExp;
}

/** The file routes of frameworks, by their documentation of 2026. */
const frameworks: Framework[] = [
  { name: 'Next.js', package: 'next', file: /^(?:src\/)?app\/((?:.+\/)?)page\.(?:tsx|jsx|ts|js|mdx)$/ },
  { name: 'Next.js', package: 'next', file: /^(?:src\/)?pages\/((?!api\/)(?!_).+)\.(?:tsx|jsx|mdx)$/ },
  { name: 'Nuxt', package: 'nuxt', file: /^(?:app\/)?pages\/(.+)\.vue$/ },
  { name: 'SvelteKit', package: '@sveltejs/kit', file: /^src\/routes\/((?:.+\/)?)\+page\.svelte$/ },
  { name: 'Astro', package: 'astro', file: /^src\/pages\/(.+)\.(?:astro|md|mdx|html)$/ },
];

/** Whether a file may be a route, so that others need not be listed. */
export const routeFolders = ['app', 'pages', 'src'];

/**
 * The routes that files of a workspace name.
 * @param packages names of its dependencies
 * @param files paths below it, with forward slashes
 */
export function routesOf(packages: readonly string[], files: readonly string[]): Routes[] {
  const used = frameworks.filter((one) => packages.includes(one.package));
  const found = new Map<string, Routes>();
  for (const { name, file } of used) {
    const routes = found.get(name) ?? { framework: name, paths: [], open: [] };
    found.set(name, routes);
    for (const path of files) {
      const [, route] = file.exec(path) ?? [];
      if (route === undefined) continue;
      const text = pathOf(route);
      if (text === undefined) continue;
      const list = /[[\]]/.test(text) ? routes.open : routes.paths;
      if (!list.includes(text)) list.push(text);
    }
  }
  return [...found.values()].map(({ framework, paths, open }) => ({
    framework,
    paths: paths.sort(),
    open: open.sort(),
  }));
}

/** The path of a route; undefined for a part that is no page of its own, such as a slot. */
function pathOf(route: string): string | undefined {
  const parts = route.split('/').filter((part) => part !== '' && !/^\(.*\)$/.test(part));
  if (parts.some((part) => part.startsWith('@') || part.startsWith('_') || /^\(\.+\)/.test(part))) return undefined;
  if (parts.at(-1) === 'index') parts.pop();
  return `/${parts.join('/')}`;
}
