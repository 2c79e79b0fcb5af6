import { describe, expect, it } from 'vitest';
import { developmentBuild, type PageSignals } from '../../../../src/core/audit/developmentBuild';

/** What a page shows: addresses, then globals, marks and connections as words. */
function signals(given: Partial<PageSignals>): PageSignals {
  return { urls: [], globals: [], marks: [], sockets: [], ...given };
}
const hmr = { url: 'ws://localhost:5173/?token=x', protocol: 'vite-hmr' };
const at = (...paths: string[]) => paths.map((path) => `http://localhost:3000${path}`);
const hotMain = {
  urls: at('/main.js'),
  globals: ['webpackHotUpdateshop'],
  sockets: [{ url: 'ws://localhost:8080/ws' }],
};

describe('a development build is told by what the page shows', () => {
  it.each<[server: string, tool: string, shown: Partial<PageSignals>]>([
    [
      'Vite 8 with React',
      'Vite',
      { urls: at('/@vite/client', '/src/main.jsx', '/@react-refresh'), marks: ['react'], sockets: [hmr] },
    ],
    [
      'Vite 8 with Vue',
      'Vite',
      { urls: at('/@vite/client'), globals: ['__VUE_HMR_RUNTIME__', '__VUE__'], sockets: [hmr] },
    ],
    [
      'Vite 8 with Svelte',
      'Vite',
      { urls: at('/@vite/client'), globals: ['__svelte'], marks: ['svelte'], sockets: [hmr] },
    ],
    ['Vite behind another server', 'Vite', { urls: ['http://[::1]:5173/@vite/client', ...at('/app.css')] }],
    ['Vite with a base', 'Vite', { urls: at('/base/@vite/client?t=1') }],
    ['Vite 8, where only the connection is seen', 'Vite', { sockets: [hmr] }],
    [
      'Astro 7',
      'Astro',
      { urls: at('/@vite/client', '/@id/astro/runtime/client/dev-toolbar/entrypoint.js'), sockets: [hmr] },
    ],
    [
      'SvelteKit 3',
      'SvelteKit',
      { urls: at('/@vite/client'), globals: ['__sveltekit_dev'], marks: ['svelte'], sockets: [hmr] },
    ],
    ['Nuxt 4', 'Nuxt', { urls: at('/_nuxt/@vite/client'), globals: ['__NUXT_VERSION__'], sockets: [hmr] }],
    [
      'React Router 8',
      'React Router',
      { urls: at('/@vite/client'), globals: ['__reactRouterContext'], marks: ['react'] },
    ],
    ['Remix with Vite', 'Remix', { urls: at('/@vite/client'), globals: ['__remixContext'] }],
    ['Storybook with Vite', 'Storybook', { urls: at('/@vite/client'), globals: ['__STORYBOOK_PREVIEW__'] }],
    ['SolidStart', 'Vite', { urls: at('/_build/@vite/client') }],
    [
      'Angular 22',
      'Angular',
      { urls: at('/@vite/client', '/main.js'), globals: ['ng', 'ngDevMode'], marks: ['angular'] },
    ],
    ['Angular with webpack', 'webpack', { globals: ['webpackHotUpdateapp', 'ng'], marks: ['angular'] }],
    ['Next.js 16 with Turbopack', 'Next.js', { globals: ['__nextHmrInitialVersion', 'TURBOPACK'], marks: ['react'] }],
    [
      'Next.js 16 with webpack',
      'Next.js',
      { globals: ['webpackHotUpdate_N_E'], sockets: [{ url: 'ws://localhost:3000/_next/hmr?id=x' }] },
    ],
    ['Next.js 14', 'Next.js', { urls: at('/_next/static/development/_buildManifest.js'), marks: ['next'] }],
    ['webpack-dev-server 6', 'webpack', hotMain],
    ['webpack-dev-server 6 in production mode', 'webpack', hotMain],
    ['create-react-app 5', 'webpack', { ...hotMain, marks: ['react'] }],
    ['webpack-hot-middleware', 'webpack', { urls: at('/main.js', '/__webpack_hmr') }],
    ['Gatsby 5', 'Gatsby', { urls: at('/commons.js', '/__webpack_hmr'), globals: ['___loader'] }],
    ['a development build of webpack on a plain server', 'webpack', { marks: ['webpack'] }],
    [
      'Rsbuild 2',
      'Rsbuild',
      { globals: ['rspackHotUpdateshop'], sockets: [{ url: 'ws://localhost:3000/rsbuild-hmr?token=x' }] },
    ],
    [
      'Rspack 2',
      'Rspack',
      { globals: ['rspackHotUpdateshop'], sockets: [{ url: 'ws://localhost:8080/ws' }], marks: ['react'] },
    ],
    ['Parcel 2', 'Parcel', { globals: ['parcelRequire5b12'], marks: ['react', 'parcel'] }],
    [
      'a development bundle of React on a plain server',
      'React',
      { urls: at('/react-dom.development.js'), marks: ['react'] },
    ],
    [
      'a development bundle of Vue on a plain server',
      'Vue',
      { urls: at('/vue.global.js'), globals: ['__VUE_HMR_RUNTIME__'], marks: ['vue'] },
    ],
    ['a development build of Svelte on a plain server', 'Svelte', { marks: ['svelte'] }],
    ['a development build of Angular on a plain server', 'Angular', { globals: ['ng'], marks: ['angular'] }],
  ])('%s is one of %s', (_, tool, shown) => {
    const build = developmentBuild(signals(shown));
    expect(build?.tool).toBe(tool);
    expect(build?.because).toMatch(/^\w[^:]+'s development (?:server|build): \w.*[^.]$/);
  });

  it.each<[server: string, shown: Partial<PageSignals>]>([
    ['plain files', { urls: at('/app.js', '/style.css') }],
    ['vite preview', { urls: at('/assets/index-DJ_Wr40G.js') }],
    ['vite preview of Vue, with its devtools switched on', { globals: ['__VUE__'], marks: ['vue'] }],
    ['astro preview', { urls: at('/a.png') }],
    [
      'SvelteKit, built',
      { urls: at('/_app/immutable/entry/start.qXBcHQtR.js'), globals: ['__sveltekit_1j6skf3', '__svelte'] },
    ],
    ['Nuxt, built', { urls: at('/_nuxt/JQGkmU5k.js'), globals: ['__unctx__', '__VUE__'] }],
    ['React Router, built', { urls: at('/assets/entry.client-x.js'), globals: ['__reactRouterContext'] }],
    ['Angular, built', { urls: at('/main.js') }],
    [
      'next start',
      { urls: at('/_next/static/chunks/turbopack-x.js'), globals: ['TURBOPACK', '__next_f', '__webpack_hash__'] },
    ],
    ['webpack, built', { urls: at('/main.js'), globals: ['webpackChunkshop'] }],
    ['Rsbuild, built', { urls: at('/static/js/index.7e2b.js'), globals: ['rspackChunkshop'] }],
    ['Parcel, built', { globals: ['parcelRequire5b12'] }],
    ['Storybook, built', { globals: ['__STORYBOOK_PREVIEW__'] }],
    ['Gatsby, built', { globals: ['___loader', '___webpackCompilationHash'] }],
    ['live-server, which serves plain files', { sockets: [{ url: 'ws://localhost:8080//ws' }] }],
    [
      'browser-sync, which serves plain files',
      { urls: at('/browser-sync/browser-sync-client.js'), globals: ['___browserSync___'] },
    ],
    ['a page with a connection of its own', { sockets: [{ url: 'wss://shop.example/ws', protocol: 'graphql-ws' }] }],
    ['a page about Vite', { urls: at('/docs/@vite/client.html', '/assets/vite-client.js') }],
  ])('%s is none', (_, shown) => {
    expect(developmentBuild(signals(shown))).toBeUndefined();
  });
});
