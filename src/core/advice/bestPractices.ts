import { type AdviceTable, chrome, lighthouse, mdn, webDev } from './sources';

/** Safety, trust, and what browsers expect. */
export const bestPractices: AdviceTable = {
  'is-on-https': {
    title: 'Not served over HTTPS',
    why: 'Others on the network can read and change what is sent. Browsers warn, and withhold features.',
    steps: [
      'Get a certificate, such as from Let’s Encrypt, and serve all over HTTPS.',
      'Load images, scripts and frames over `https:` too.',
    ],
    code: {
      language: 'html',
      before: '<img src="http://cdn.example/a.png" alt="…">',
      after: '<img src="https://cdn.example/a.png" alt="…">',
    },
    more: lighthouse('pwa/is-on-https/', 'HTTPS'),
  },
  'redirects-http': {
    title: 'HTTP is not redirected',
    why: 'People who type the address or follow an old link stay on the unsafe version.',
    steps: ['Answer each `http:` address with a permanent redirect to `https:`.', 'Keep path and query.'],
    code: {
      language: 'http',
      before: 'HTTP/1.1 200 OK',
      after: 'HTTP/1.1 301 Moved Permanently\nLocation: https://shop.example/cart',
    },
    more: lighthouse('pwa/redirects-http/', 'redirecting HTTP'),
  },
  'geolocation-on-start': {
    title: 'Asks location on load',
    why: 'Before people know what for, most refuse, and the browser remembers that.',
    steps: ['Ask on a press, such as “Shops near me”.', 'Say first what the place is used for.'],
    code: {
      language: 'js',
      before: 'navigator.geolocation.getCurrentPosition(show);',
      after: 'near.onclick = () => navigator.geolocation.getCurrentPosition(show);',
    },
    more: lighthouse('best-practices/geolocation-on-start/', 'asking for the location'),
  },
  'notification-on-start': {
    title: 'Asks to notify on load',
    why: 'Before people know what for, most refuse, and asking again is no longer possible.',
    steps: ['Ask on a press, such as “Tell me when it ships”.', 'Say first what will be sent, and how often.'],
    code: {
      language: 'js',
      before: 'Notification.requestPermission();',
      after: 'notify.onclick = () => Notification.requestPermission();',
    },
    more: lighthouse('best-practices/notification-on-start/', 'asking to notify'),
  },
  'csp-xss': {
    title: 'Scripts not restricted',
    why: 'If someone manages to inject a script, the browser runs it. A content security policy would stop it.',
    steps: [
      'Begin with `Content-Security-Policy-Report-Only` and read the reports.',
      'Allow scripts by nonce or hash, with `strict-dynamic`.',
      "Add `object-src 'none'` and `base-uri 'none'`.",
    ],
    code: {
      language: 'http',
      before: "Content-Security-Policy: script-src * 'unsafe-inline'",
      after:
        "Content-Security-Policy: script-src 'nonce-{random}' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
    },
    more: webDev('strict-csp', 'a strict content security policy'),
  },
  'has-hsts': {
    title: 'HTTPS is not enforced',
    why: 'The first request can still go over HTTP, where others can intercept it.',
    steps: [
      'Send `Strict-Transport-Security`, at first with a short `max-age`.',
      'Raise it to a year once every subdomain has HTTPS.',
    ],
    code: {
      language: 'http',
      before: 'HTTP/1.1 200 OK',
      after: 'HTTP/1.1 200 OK\nStrict-Transport-Security: max-age=31536000; includeSubDomains',
    },
    more: lighthouse('best-practices/has-hsts', 'strict transport security'),
  },
  'origin-isolation': {
    title: 'Window not isolated',
    why: 'A page that opens yours, or that yours opens, keeps a handle on its window and can lead it elsewhere.',
    steps: [
      'Send `Cross-Origin-Opener-Policy: same-origin`.',
      'Use `same-origin-allow-popups` where sign-in or payment opens a window.',
    ],
    code: {
      language: 'http',
      before: 'HTTP/1.1 200 OK',
      after: 'HTTP/1.1 200 OK\nCross-Origin-Opener-Policy: same-origin',
    },
    more: webDev('why-coop-coep', 'opener policy'),
  },
  'clickjacking-mitigation': {
    title: 'Page can be framed',
    why: 'Another site can show this page unseen and let people click on it without knowing.',
    steps: ['Forbid it with `frame-ancestors`.', 'Name the sites that may embed the page, if there are any.'],
    code: {
      language: 'http',
      before: 'HTTP/1.1 200 OK',
      after: "HTTP/1.1 200 OK\nContent-Security-Policy: frame-ancestors 'self'",
    },
    more: lighthouse('best-practices/clickjacking-mitigation', 'clickjacking'),
  },
  'trusted-types-xss': {
    title: 'Unsafe HTML not blocked',
    why: 'Text that a visitor controls may reach `innerHTML` and become code.',
    steps: [
      'Send `require-trusted-types-for`, at first as report only.',
      'Replace `innerHTML` with `textContent` where there is no markup.',
    ],
    code: { language: 'js', before: 'name.innerHTML = input.value;', after: 'name.textContent = input.value;' },
    more: lighthouse('best-practices/trusted-types-xss', 'trusted types'),
  },
  'no-vulnerable-libraries': {
    title: 'Library with known holes',
    why: 'Attackers look for pages with versions whose weaknesses are published.',
    steps: [
      'Update the library that is listed.',
      'Let the build warn: `npm audit`.',
      'Remove it if the browser does the same by now.',
    ],
    more: lighthouse('best-practices/no-vulnerable-libraries/', 'vulnerable libraries'),
  },
  'paste-preventing-inputs': {
    title: 'Pasting is blocked',
    why: 'Password managers stop working, and people have to type what they could paste. Weaker passwords follow.',
    steps: ['Remove `preventDefault()` from listeners of `paste`.', 'Check the value after it is entered instead.'],
    code: {
      language: 'js',
      before: 'field.onpaste = (event) => event.preventDefault();',
      after: 'field.onchange = () => check(field.value);',
    },
    more: lighthouse('best-practices/paste-preventing-inputs/', 'pasting into fields'),
  },
  'image-aspect-ratio': {
    title: 'Image is distorted',
    why: 'The picture is squeezed or stretched: goods look wrong and people doubt the page.',
    steps: ['Set one of width and height, and the other to `auto`.', 'Or crop with `object-fit: cover`.'],
    code: {
      language: 'css',
      before: 'img { width: 300px; height: 300px }',
      after: 'img { width: 300px; height: 300px; object-fit: cover }',
    },
    more: lighthouse('best-practices/image-aspect-ratio/', 'the ratio of images'),
  },
  'image-size-responsive': {
    title: 'Image is blurry',
    why: 'The file has too few pixels for its place, so it looks soft on sharp screens.',
    steps: ['Offer a file of at least twice the shown size with `srcset`.', 'Use SVG for drawings and logos.'],
    code: {
      language: 'html',
      before: '<img src="/a-300.webp" width="300" height="200" alt="…">',
      after: '<img src="/a-300.webp" srcset="/a-600.webp 2x" width="300" height="200" alt="…">',
    },
    more: webDev('serve-responsive-images', 'responsive images'),
  },
  doctype: {
    title: 'Doctype missing',
    why: 'Browsers then imitate those of the nineties, and the layout differs between them.',
    steps: [
      'Begin the file with `<!doctype html>`, before anything else.',
      'Check that no template prints text above it.',
    ],
    code: { language: 'html', before: '<html lang="en">…', after: '<!doctype html>\n<html lang="en">…' },
    more: lighthouse('best-practices/doctype/', 'the doctype'),
  },
  charset: {
    title: 'Charset missing or late',
    why: 'Letters such as ä or € may show as signs that nobody can read.',
    steps: [
      'Put `<meta charset="utf-8">` first into `<head>`, within the first 1024 bytes.',
      'Or send it with `Content-Type`.',
    ],
    code: {
      language: 'html',
      before: '<head><title>Café</title></head>',
      after: '<head><meta charset="utf-8"><title>Café</title></head>',
    },
    more: lighthouse('best-practices/charset/', 'the character encoding'),
  },
  deprecations: {
    title: 'Outdated browser API',
    why: 'Browsers are going to remove what this page uses. Then it breaks, or parts of it.',
    steps: [
      'Look at which call and file is named.',
      'Replace it as the browser’s message says.',
      'In a library, update or report it.',
    ],
    more: lighthouse('best-practices/deprecations/', 'deprecated APIs'),
  },
  'third-party-cookies': {
    title: 'Third-party cookies',
    why: 'Some browsers block them, so that sign-in or videos of others fail. They also follow people across sites.',
    steps: [
      'Remove what sets them if nobody needs it.',
      'Ask the vendor for a way without, or for `Partitioned` cookies.',
      'Test the page with such cookies blocked.',
    ],
    code: {
      language: 'http',
      before: 'Set-Cookie: cart=1; SameSite=None; Secure',
      after: 'Set-Cookie: cart=1; SameSite=None; Secure; Partitioned',
    },
    more: mdn('Web/Privacy/Guides/Third-party_cookies', 'third-party cookies'),
  },
  'errors-in-console': {
    title: 'Errors in the console',
    why: 'A script stopped or a file is missing. Something on the page may not work, without anyone noticing.',
    steps: [
      'Open the console and begin with the first error: others often follow from it.',
      'Correct addresses that answer 404.',
      'Collect errors of visitors too.',
    ],
    more: lighthouse('best-practices/errors-in-console/', 'errors in the console'),
  },
  'valid-source-maps': {
    title: 'Source maps missing',
    why: 'Errors in large scripts point at minified code, so finding their cause takes long.',
    steps: ['Switch on source maps in the build.', 'If the source is secret, serve them to your own network only.'],
    code: {
      language: 'js',
      before: "await build({ entryPoints: ['app.ts'], minify: true });",
      after: "await build({ entryPoints: ['app.ts'], minify: true, sourcemap: true });",
    },
    more: chrome('devtools/javascript/source-maps/', 'source maps'),
  },
  'inspector-issues': {
    title: 'Browser reports issues',
    why: 'The browser blocked something or is going to, such as a cookie, a file or a frame.',
    steps: ['Open the Issues panel of DevTools, which explains each.', 'Begin with those that block something.'],
    more: chrome('devtools/issues/', 'the Issues panel'),
  },
};
