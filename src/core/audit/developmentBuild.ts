/** What a page, and the browser that loaded it, show of what built and served it. All of it is the page's word. */
export interface PageSignals {
  /** Addresses of what the page loaded. */
  urls: readonly string[];
  /** Names of its globals that tools set. */
  globals: readonly string[];
  /** Names of libraries and tools that left what only their development builds leave (engine/worker). */
  marks: readonly string[];
  sockets: readonly { url: string; protocol?: string | undefined }[];
}

/** The tool that made a development build, and what shows it. */
export interface DevelopmentBuild {
  tool: string;
  /** One sentence, without a full stop. */
  because: string;
}

const isViteClient = (url: string): boolean => /\/@vite\/client(?:[?#]|$)/.test(url);

type Sign = (signals: PageSignals) => string | undefined;

const loads =
  (pattern: RegExp, what: string): Sign =>
  ({ urls }) =>
    urls.some((url) => pattern.test(url)) ? `the page loads ${what}` : undefined;
const connects =
  (pattern: RegExp, what: string): Sign =>
  ({ sockets }) =>
    sockets.some(({ url }) => pattern.test(url)) ? `the page is connected to ${what}` : undefined;
const sets =
  (pattern: RegExp): Sign =>
  ({ globals }) => {
    const name = globals.find((one) => pattern.test(one));
    return name === undefined ? undefined : `the page has the global ${/^\w{0,60}/.exec(name)}`;
  };
const marked =
  (mark: string, what: string): Sign =>
  ({ marks }) =>
    marks.includes(mark) ? what : undefined;
const vite: Sign = ({ urls, sockets }) => {
  if (urls.some(isViteClient)) return 'the page loads /@vite/client';
  return sockets.some(({ protocol }) => protocol === 'vite-hmr') ? 'the page is connected to vite-hmr' : undefined;
};
/** A framework that Vite serves. */
const onVite =
  (framework: Sign): Sign =>
  (signals) =>
    framework(signals) && vite(signals);

/** Tools with what shows them, the more special first. */
const tools: [tool: string, whose: string, sign: Sign][] = [
  ['Next.js', "Next.js's development server", sets(/^__nextHmrInitialVersion$/)],
  ['Next.js', "Next.js's development server", connects(/\/_next\/(?:webpack-)?hmr\b/, '/_next/hmr')],
  ['Next.js', "Next.js's development server", loads(/\/_next\/static\/development\//, '/_next/static/development')],
  ['Next.js', "Next.js's development server", marked('next', 'the page names the build "development"')],
  ['Nuxt', "Nuxt's development server", onVite(loads(/\/_nuxt\/@vite\/client/, 'Nuxt'))],
  ['Astro', "Astro's development server", onVite(loads(/\/@id\/astro\/|\.astro\?astro&/, 'Astro'))],
  ['SvelteKit', "SvelteKit's development server", onVite(sets(/^__sveltekit_/))],
  ['React Router', "React Router's development server", onVite(sets(/^__reactRouterContext$/))],
  ['Remix', "Remix's development server", onVite(sets(/^__remixContext$/))],
  ['Storybook', "Storybook's development server", onVite(sets(/^__STORYBOOK_/))],
  ['Angular', "Angular's development server", onVite(marked('angular', 'Angular'))],
  ['Vite', "Vite's development server", vite],
  ['Rsbuild', "Rsbuild's development server", connects(/\/rsbuild-hmr\b/, '/rsbuild-hmr')],
  ['Rspack', "Rspack's development server", sets(/^rspackHotUpdate/)],
  ['Parcel', "Parcel's development server", marked('parcel', 'the page has data for hot updates in parcelRequire')],
  ['Gatsby', "Gatsby's development server", (signals) => sets(/^___loader$/)(signals) && hotMiddleware(signals)],
  ['webpack', "webpack's development server", sets(/^webpackHotUpdate/)],
  ['webpack', "webpack's development server", (signals) => hotMiddleware(signals)],
  ['webpack', "webpack's development build", marked('webpack', 'its modules are texts that are evaluated')],
  ['Angular', "Angular's development build", marked('angular', 'the page has the global ng with its debugging tools')],
  ['React', "React's development build", marked('react', 'its elements say which component made them')],
  ['Vue', "Vue's development build", sets(/^__VUE_HMR_RUNTIME__$/)],
  ['Svelte', "Svelte's development build", marked('svelte', 'its elements say where they are written')],
];

function hotMiddleware(signals: PageSignals): string | undefined {
  return loads(/\/__webpack_hmr(?:[?#]|$)/, '/__webpack_hmr')(signals);
}

/**
 * Tells a development build, whose numbers are not those that visitors get: it is larger, slower, and loads in more
 * parts. A server that reloads plain files when they change, such as live-server, serves what is published: no build.
 *
 * @returns undefined when nothing shows one, such as for `vite preview`
 */
export function developmentBuild(signals: PageSignals): DevelopmentBuild | undefined {
  for (const [tool, whose, sign] of tools) {
    const because = sign(signals);
    if (because !== undefined) return { tool, because: `${whose}: ${because}` };
  }
  return undefined;
}
