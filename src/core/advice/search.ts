import { type AdviceTable, chrome, lighthouse } from './sources';

/** What search engines and assistants find. */
export const search: AdviceTable = {
  'is-crawlable': {
    title: 'Hidden from search',
    why: 'Search engines are told to leave this page out, so nobody finds it there. On a test site that is right.',
    steps: [
      'Remove `noindex` from `<meta name="robots">` and from the header `X-Robots-Tag`.',
      'Remove the path from `Disallow` in robots.txt.',
      'If it should stay hidden, accept the finding.',
    ],
    code: {
      language: 'html',
      before: '<meta name="robots" content="noindex">',
      after: '<meta name="robots" content="index, follow">',
    },
    more: lighthouse('seo/is-crawlable/', 'pages that are not indexed'),
  },
  'meta-description': {
    title: 'Page description missing',
    why: 'Search results may show this text below the title. Without it they take some words of the page.',
    steps: ['Add one or two sentences that say what this page offers.', 'Write each page its own.'],
    code: {
      language: 'html',
      before: '<head>…</head>',
      after: '<head><meta name="description" content="Running shoes for wide feet, with free returns.">…</head>',
    },
    more: lighthouse('seo/meta-description/', 'the description'),
  },
  'http-status-code': {
    title: 'Page answers with error',
    why: 'The server says 4xx or 5xx, so search engines drop the page although people may see content.',
    steps: [
      'Look up in the server’s log why it answers so.',
      'Answer 200 when the page is there.',
      'Redirect when it has moved.',
    ],
    code: { language: 'http', before: 'HTTP/1.1 404 Not Found', after: 'HTTP/1.1 200 OK' },
    more: lighthouse('seo/http-status-code/', 'status codes'),
  },
  'link-text': {
    title: 'Link text says nothing',
    why: 'Outside its sentence it says nothing, neither to search engines nor to people who jump from link to link.',
    steps: ['Put the name of the destination into the link.', 'Leave out “click here”.'],
    code: {
      language: 'html',
      before: 'For sizes <a href="/sizes">click here</a>.',
      after: 'See the <a href="/sizes">table of sizes</a>.',
    },
    more: lighthouse('seo/link-text/', 'descriptive link text'),
  },
  'crawlable-anchors': {
    title: 'Link without address',
    why: 'Only a script knows where it leads. Search engines cannot follow, nor can a new tab.',
    steps: ['Put the address into `href`; a script may still handle the click.', 'Use `<button>` for what is no page.'],
    code: { language: 'html', before: '<a onclick="go(\'/cart\')">Cart</a>', after: '<a href="/cart">Cart</a>' },
  },
  'robots-txt': {
    title: 'robots.txt has errors',
    why: 'Search engines may ignore rules they cannot read, and so hide pages or show what should be hidden.',
    steps: [
      'Correct the lines that are listed: `name: value`, one each.',
      'Put `User-agent` before its rules.',
      'Let the server answer 200 or 404, not 500.',
    ],
    code: { language: 'http', before: 'Disallow /admin', after: 'User-agent: *\nDisallow: /admin' },
    more: lighthouse('seo/invalid-robots-txt/', 'robots.txt'),
  },
  hreflang: {
    title: 'hreflang not valid',
    why: 'People may find the page in a language they do not read.',
    steps: [
      'Use a language code, with a region if need be: `en`, `pt-BR`, or `x-default`.',
      'Give whole addresses with `https:`.',
      'Let the versions link to each other.',
    ],
    code: {
      language: 'html',
      before: '<link rel="alternate" hreflang="english" href="/en">',
      after: '<link rel="alternate" hreflang="en" href="https://shop.example/en">',
    },
    more: lighthouse('seo/hreflang/', 'hreflang'),
  },
  canonical: {
    title: 'Canonical link not valid',
    why: 'Search engines cannot tell which of several addresses to show, so a copy may win.',
    steps: [
      'Keep one `<link rel="canonical">` with a whole address.',
      'Let it name this page’s own main address, not the start page.',
    ],
    code: {
      language: 'html',
      before: '<link rel="canonical" href="/cart">',
      after: '<link rel="canonical" href="https://shop.example/cart">',
    },
    more: lighthouse('seo/canonical/', 'the canonical address'),
  },
  plugins: {
    title: 'Content needs a plugin',
    why: 'Today’s browsers have no plugins, so this content is not shown, nor found by search.',
    steps: ['Replace it with `<video>`, `<audio>`, `<canvas>` or plain HTML.', 'Remove it if it is no longer needed.'],
    code: {
      language: 'html',
      before: '<embed type="application/x-shockwave-flash" src="/tour.swf">',
      after: '<video src="/tour.mp4" controls></video>',
    },
  },
  'llms-txt': {
    title: 'llms.txt is incomplete',
    why: 'Language models read this file to learn about the site. Without a title or links it tells them little.',
    steps: [
      'Begin with one heading: `# Name of the site`.',
      'Add links in Markdown to the pages that matter.',
      'Or remove the file: nobody has to have it.',
    ],
    more: lighthouse('agentic-browsing/llms-txt', 'llms.txt'),
  },
  'ard-schema': {
    title: 'ai-catalog.json not valid',
    why: 'Agents look into this file for what the site offers them, and reject it as it is.',
    steps: [
      'Correct each field that is listed.',
      'Serve it with status 200 as JSON.',
      'Or remove it, and the links to it.',
    ],
  },
  'webmcp-schema-validity': {
    title: 'WebMCP tool not valid',
    why: 'Assistants cannot use the form, since its description lacks something.',
    steps: ['Give the form both `toolname` and `tooldescription`.', 'Give each field a `name` and a label.'],
    code: {
      language: 'html',
      before: '<form toolname="find">…</form>',
      after: '<form toolname="find" tooldescription="Finds products by name">…</form>',
    },
    more: chrome('ai/webmcp', 'WebMCP'),
  },
  'font-size': {
    title: 'Text too small to read',
    why: 'Below 12 px most people have to zoom on a phone before they can read.',
    steps: [
      'Set body text to 16 px, and nothing below 12 px.',
      'Use `rem`, so that text follows the reader’s own size.',
    ],
    code: { language: 'css', before: 'body { font-size: 10px }', after: 'body { font-size: 1rem }' },
    more: lighthouse('seo/font-size/', 'legible font sizes'),
  },
  'agent-accessibility-tree': {
    title: 'Page unclear to agents',
    why: 'Assistants that use a page for someone read it as a screen reader does. What has no name they cannot use.',
    steps: [
      'Look at the rules that failed: each is a finding of accessibility too.',
      'Begin with names of buttons, links and fields.',
      'Then correct roles and ARIA attributes.',
    ],
    more: lighthouse('agentic-browsing/accessibility-for-agents', 'accessibility for agents'),
  },
};
