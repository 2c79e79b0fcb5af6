import { type AdviceTable, insight, lighthouse, mdn, webDev } from './sources';

/** What is fetched, when, and how much of it. */
export const load: AdviceTable = {
  'document-latency-insight': {
    title: 'Page document comes late',
    why: 'Nothing can load before the HTML is here, so every wait for it is added to everything else.',
    steps: [
      'See which check failed: redirects, the server’s answer or compression.',
      'Link to the final address, so that nothing redirects.',
      'Cache the page near its readers, and find what the server waits for.',
      'Compress HTML with Brotli or gzip.',
    ],
    more: insight('document-latency', 'latency of the document'),
  },
  'server-response-time': {
    title: 'Server answers slowly',
    why: 'The screen stays blank until the first byte is here. Lighthouse counts more than 600 ms as too slow.',
    steps: [
      'Measure where the time goes: `Server-Timing` shows it in the browser.',
      'Cache whole pages or slow queries.',
      'Serve from a place near your readers (CDN).',
    ],
    code: {
      language: 'http',
      before: 'HTTP/1.1 200 OK',
      after: 'HTTP/1.1 200 OK\nServer-Timing: db;dur=420, render;dur=90',
    },
    more: webDev('optimize-ttfb', 'time to first byte'),
  },
  redirects: {
    title: 'Page redirects first',
    why: 'Each redirect costs a round trip before anything loads, most on mobile networks.',
    steps: [
      'Link to the final address: HTTPS, host and slash as the server wants them.',
      'Merge chains into one redirect.',
    ],
    code: {
      language: 'html',
      before: '<a href="http://shop.example/cart">Cart</a>',
      after: '<a href="https://www.shop.example/cart/">Cart</a>',
    },
    more: lighthouse('performance/redirects/', 'redirects'),
  },
  'uses-text-compression': {
    title: 'Text sent uncompressed',
    why: 'HTML, CSS and JavaScript compress well. Sent as they are, they cost everyone time and data.',
    steps: [
      'Switch on Brotli or gzip in the server or CDN.',
      'Check that `Content-Encoding` comes with each text file.',
    ],
    code: {
      language: 'http',
      before: 'Content-Type: text/css',
      after: 'Content-Type: text/css\nContent-Encoding: br\nVary: Accept-Encoding',
    },
    more: mdn('Web/HTTP/Guides/Compression', 'compression in HTTP'),
  },
  'cache-insight': {
    title: 'Cached too briefly',
    why: 'People who come back load files again that have not changed.',
    steps: [
      'Put a hash into the names of files, such as `app.3f2a.js`.',
      'Let such files stay for a year.',
      'Leave the HTML to be checked each time: `no-cache`.',
    ],
    code: {
      language: 'http',
      before: 'Cache-Control: max-age=600',
      after: 'Cache-Control: public, max-age=31536000, immutable',
    },
    more: insight('cache', 'cache lifetimes'),
  },
  'modern-http-insight': {
    title: 'Old HTTP version',
    why: 'HTTP/1.1 fetches few files at a time, so the others queue.',
    steps: [
      'Switch on HTTP/2 or HTTP/3 in the server.',
      'Or put a CDN that has it in front.',
      'Then check the protocol column of the network panel.',
    ],
    more: insight('modern-http', 'modern HTTP'),
  },
  'network-dependency-tree-insight': {
    title: 'Requests wait in a chain',
    why: 'One file names the next, which names another. Each link costs a round trip before the page can be shown.',
    steps: [
      'Look at the longest chain, and name its last files in the HTML with `preload`.',
      'Replace `@import` in CSS with `<link>`.',
      'Add `preconnect` for at most 4 other origins that are needed early.',
    ],
    code: {
      language: 'html',
      before: '<style>@import "/fonts.css";</style>',
      after: '<link rel="stylesheet" href="/fonts.css">\n<link rel="preload" as="font" href="/text.woff2" crossorigin>',
    },
    more: insight('network-dependency-tree', 'chains of requests'),
  },
  'render-blocking-insight': {
    title: 'First paint is blocked',
    why: 'The browser shows nothing until these files are here, so the page stays blank.',
    steps: [
      'Load scripts with `defer` or `type="module"`.',
      'Put the styles of what is in view into the HTML.',
      'Load the other styles later, or split them by `media`.',
    ],
    code: {
      language: 'html',
      before: '<script src="/app.js"></script>',
      after: '<script src="/app.js" defer></script>',
    },
    more: insight('render-blocking', 'what blocks rendering'),
  },
  'lcp-discovery-insight': {
    title: 'Main image is found late',
    why: 'The largest image starts to load only after other files, so the page looks unfinished for longer.',
    steps: [
      'Put it into the HTML as `<img>`, not into CSS or script.',
      'Add `fetchpriority="high"`.',
      'Remove `loading="lazy"` from it.',
    ],
    code: {
      language: 'html',
      before: '<img src="/hero.webp" alt="…" loading="lazy">',
      after: '<img src="/hero.webp" alt="…" fetchpriority="high">',
    },
    more: insight('lcp-discovery', 'finding the LCP image'),
  },
  'image-delivery-insight': {
    title: 'Images too heavy',
    why: 'Images make up most of many pages. Too large ones cost time and data, and show nothing more.',
    steps: [
      'Offer sizes that fit the screen with `srcset` and `sizes`.',
      'Save as AVIF or WebP, compressed until a loss can be seen.',
      'Replace animated GIFs with video.',
    ],
    code: {
      language: 'html',
      before: '<img src="/photo-4000.jpg" alt="…">',
      after: '<img src="/photo-800.avif" srcset="/photo-800.avif 800w, /photo-1600.avif 1600w" sizes="50vw" alt="…">',
    },
    more: insight('image-delivery', 'delivery of images'),
  },
  'offscreen-images': {
    title: 'Images load too early',
    why: 'Images far below compete with what people want to see first.',
    steps: ['Add `loading="lazy"` to images below the first screen.', 'Leave it off those in view.'],
    code: {
      language: 'html',
      before: '<img src="/footer.webp" alt="…" width="600" height="400">',
      after: '<img src="/footer.webp" alt="…" width="600" height="400" loading="lazy">',
    },
    more: webDev('browser-level-image-lazy-loading', 'lazy loading'),
  },
  'unsized-images': {
    title: 'Image without size',
    why: 'The browser cannot keep space for the image, so the text below jumps when it arrives.',
    steps: [
      'Add `width` and `height` in pixels: they give the ratio.',
      'Set `height: auto` in CSS, so that it can still shrink.',
    ],
    code: {
      language: 'html',
      before: '<img src="/photo.webp" alt="…">',
      after: '<img src="/photo.webp" alt="…" width="800" height="600">',
    },
    more: webDev('optimize-cls', 'images without dimensions'),
  },
  'font-display-insight': {
    title: 'Text waits for its font',
    why: 'For up to 3 s people see no text, although it has long been here.',
    steps: [
      'Set `font-display: swap` or `optional` in `@font-face`.',
      'Preload the fonts of what is in view.',
      'Adjust the fallback with `size-adjust`, so that nothing jumps.',
    ],
    code: {
      language: 'css',
      before: '@font-face { font-family: Text; src: url(/text.woff2) }',
      after: '@font-face { font-family: Text; src: url(/text.woff2); font-display: swap }',
    },
    more: insight('font-display', 'font-display'),
  },
  'third-parties-insight': {
    title: 'Third parties slow it down',
    why: 'Code of others takes time and data that the page itself needs, and you cannot mend it.',
    steps: [
      'Ask of each whether somebody still uses it, and remove the rest.',
      'Load those that stay after the page, or on the action that needs them.',
      'Show a still image in place of a video or map until it is pressed.',
    ],
    more: insight('third-parties', 'third parties'),
  },
  'duplicated-javascript-insight': {
    title: 'JavaScript sent twice',
    why: 'The same module is in several bundles, so everyone loads and runs it more than once.',
    steps: [
      'Find who asks for which version: `npm ls NAME`.',
      'Bring all to one version: `npm dedupe`.',
      'Let the bundler make shared chunks.',
    ],
    more: insight('duplicated-javascript', 'duplicated JavaScript'),
  },
  'legacy-javascript-insight': {
    title: 'Code for old browsers',
    why: 'Replacements for what browsers have long had make scripts larger for everyone.',
    steps: [
      'Set the browsers you support, such as `baseline widely available`.',
      'Remove polyfills that these do not need.',
      'Ask the same of libraries that bring their own.',
    ],
    code: {
      language: 'js',
      before: "presets: [['@babel/preset-env', { targets: 'ie 11' }]]",
      after: "presets: [['@babel/preset-env', { targets: 'baseline widely available' }]]",
    },
    more: insight('legacy-javascript', 'legacy JavaScript'),
  },
  'unused-javascript': {
    title: 'Unused JavaScript',
    why: 'Much of the code that people load does not run here, but delays what does.',
    steps: [
      'Look at the Coverage panel for what is not used.',
      'Split by page or feature with `import()`.',
      'Import single functions, not whole libraries.',
    ],
    code: {
      language: 'js',
      before: "import _ from 'lodash';",
      after: "import debounce from 'lodash/debounce.js';",
    },
    more: lighthouse('performance/unused-javascript/', 'unused JavaScript'),
  },
  'unused-css-rules': {
    title: 'Unused CSS',
    why: 'Style sheets hold up the first paint, also with rules that this page does not use.',
    steps: [
      'Find unused rules in the Coverage panel.',
      'Split style sheets by page or component.',
      'Let the build remove classes that nothing uses.',
    ],
    more: lighthouse('performance/unused-css-rules/', 'unused CSS'),
  },
  'unminified-javascript': {
    title: 'JavaScript not minified',
    why: 'Comments and long names are sent to everyone and read by nobody.',
    steps: ['Switch on minifying in the build for production.', 'Take the `.min.js` of libraries that you link.'],
    code: {
      language: 'html',
      before: '<script src="/lib.js" defer></script>',
      after: '<script src="/lib.min.js" defer></script>',
    },
    more: lighthouse('performance/unminified-javascript/', 'minifying JavaScript'),
  },
  'unminified-css': {
    title: 'CSS not minified',
    why: 'Spaces and comments make style sheets larger, and the first paint waits for them.',
    steps: ['Switch on minifying in the build for production.', 'Take the `.min.css` of libraries that you link.'],
    code: {
      language: 'html',
      before: '<link rel="stylesheet" href="/lib.css">',
      after: '<link rel="stylesheet" href="/lib.min.css">',
    },
    more: lighthouse('performance/unminified-css/', 'minifying CSS'),
  },
  'total-byte-weight': {
    title: 'Page too heavy',
    why: 'People pay for each megabyte and wait for it. Lighthouse counts from about 2.7 MB on as too much.',
    steps: [
      'Begin with the largest files of the list, most often images and video.',
      'Then scripts and fonts that nothing uses.',
      'Set a limit in your build.',
    ],
    more: lighthouse('performance/total-byte-weight/', 'size of a page'),
  },
  'bf-cache': {
    title: 'Back button reloads page',
    why: 'Going back could be instant. Something on the page makes the browser load it anew.',
    steps: [
      'Look at the reasons that are listed; some are yours to mend, some the browser’s.',
      'Replace `unload` with `pagehide`.',
      'Remove `Cache-Control: no-store` where nothing is secret, and close connections on `pagehide`.',
    ],
    code: {
      language: 'js',
      before: "addEventListener('unload', save);",
      after: "addEventListener('pagehide', save);",
    },
    more: webDev('bfcache', 'the back/forward cache'),
  },
  'viewport-insight': {
    title: 'Not set up for phones',
    why: 'Phones show the page as on a desktop, tiny, and taps may wait up to 300 ms for a second one.',
    steps: ['Add a viewport tag to `<head>`.', 'Check that nothing is wider than the screen.'],
    code: {
      language: 'html',
      before: '<head></head>',
      after: '<head><meta name="viewport" content="width=device-width, initial-scale=1"></head>',
    },
    more: insight('viewport', 'the viewport'),
  },
};
