import { type AdviceTable, apg, mdn, tutorial, wcag } from './sources';

/** Headings, landmarks, lists and tables. */
export const structure: AdviceTable = {
  'heading-order': {
    title: 'Heading level skipped',
    why: 'Heard, the headings are a table of contents. A gap in their levels sounds like a missing chapter.',
    steps: [
      'Choose the level by depth: an `<h3>` belongs under an `<h2>`.',
      'Set the size with CSS, not with the level.',
    ],
    code: {
      language: 'html',
      before: '<h1>Cart</h1>\n<h4>Delivery</h4>',
      after: '<h1>Cart</h1>\n<h2 class="small">Delivery</h2>',
    },
    more: tutorial('page-structure/headings/', 'headings'),
  },
  'page-has-heading-one': {
    title: 'No main heading',
    why: 'Many who listen jump to the `<h1>` first to learn where they are and where the content begins.',
    steps: ['Make the title of the content an `<h1>`.', 'Let it say what this page is, not the name of the site.'],
    code: { language: 'html', before: '<div class="title">Your cart</div>', after: '<h1>Your cart</h1>' },
    more: tutorial('page-structure/headings/', 'headings'),
  },
  'p-as-heading': {
    title: 'Paragraph as heading',
    why: 'Bold or large text looks like a heading, but nobody who navigates by headings finds it.',
    steps: ['Replace the styled `<p>` with `<h2>` to `<h6>`, by its depth.', 'Move its look into the style sheet.'],
    code: { language: 'html', before: '<p><strong>Delivery</strong></p>', after: '<h2>Delivery</h2>' },
    standard: wcag('1.3.1'),
    more: tutorial('page-structure/headings/', 'headings'),
  },
  'landmark-one-main': {
    title: 'No main landmark',
    why: 'Screen readers have a key to jump to the main content. Here it leads nowhere.',
    steps: ['Wrap what is special to this page in one `<main>`.', 'Leave header, navigation and footer outside.'],
    code: { language: 'html', before: '<div id="content">…</div>', after: '<main id="content">…</main>' },
    more: apg('practices/landmark-regions/', 'landmarks'),
  },
  'landmark-no-duplicate-main': {
    title: 'More than one main',
    why: 'With two main areas, the key that jumps to the content may stop at the wrong one.',
    steps: [
      'Keep one `<main>`, and make the others `<section>` or `<div>`.',
      'In a single-page app, give views that are not shown `hidden`.',
    ],
    code: { language: 'html', before: '<main>…</main>\n<main>…</main>', after: '<main>…<section>…</section></main>' },
    more: apg('patterns/landmarks/examples/main.html', 'the main landmark'),
  },
  'landmark-main-is-top-level': {
    title: 'Main inside a landmark',
    why: 'Inside another landmark the main content looks like a part of it, such as of the navigation.',
    steps: ['Move `<main>` out of `<nav>`, `<aside>` and other landmarks.', 'Let it stand beside them in `<body>`.'],
    code: {
      language: 'html',
      before: '<aside><main>…</main></aside>',
      after: '<aside>…</aside>\n<main>…</main>',
    },
    more: apg('patterns/landmarks/examples/main.html', 'the main landmark'),
  },
  'landmark-no-duplicate-banner': {
    title: 'More than one page header',
    why: 'A page has one head of site. With two, people who jump by landmarks cannot tell which is it.',
    steps: [
      'Keep one `<header>` or `role="banner"` for the whole page.',
      'Put other headers into `<main>`, `<article>` or `<section>`, where they are no landmark.',
    ],
    code: {
      language: 'html',
      before: '<header>Shop</header>\n<header>Cart</header>\n<main>…</main>',
      after: '<header>Shop</header>\n<main><header>Cart</header>…</main>',
    },
    more: apg('patterns/landmarks/examples/banner.html', 'the banner landmark'),
  },
  'landmark-banner-is-top-level': {
    title: 'Page header nested',
    why: 'Within another landmark the page’s header is not found where people look for it.',
    steps: [
      'Move the element with `role="banner"` to the top of `<body>`.',
      'Or remove the role when it heads only a part.',
    ],
    code: {
      language: 'html',
      before: '<main><div role="banner">Shop</div></main>',
      after: '<header>Shop</header>\n<main>…</main>',
    },
    more: apg('patterns/landmarks/examples/banner.html', 'the banner landmark'),
  },
  'landmark-no-duplicate-contentinfo': {
    title: 'More than one page footer',
    why: 'Imprint, contact and help are looked for in the footer. With two, one is missed.',
    steps: [
      'Keep one `<footer>` or `role="contentinfo"` for the whole page.',
      'Put other footers into `<main>`, `<article>` or `<section>`.',
    ],
    code: {
      language: 'html',
      before: '<main>…</main>\n<footer>Help</footer>\n<footer>Contact</footer>',
      after: '<main>…</main>\n<footer>Help · Contact</footer>',
    },
    more: apg('patterns/landmarks/examples/contentinfo.html', 'the contentinfo landmark'),
  },
  'landmark-contentinfo-is-top-level': {
    title: 'Page footer nested',
    why: 'Within another landmark the page’s footer counts as a part of it and is hard to find.',
    steps: [
      'Move the element with `role="contentinfo"` to the end of `<body>`.',
      'Or remove the role when it closes only a part.',
    ],
    code: {
      language: 'html',
      before: '<main>…<div role="contentinfo">Contact</div></main>',
      after: '<main>…</main>\n<footer>Contact</footer>',
    },
    more: apg('patterns/landmarks/examples/contentinfo.html', 'the contentinfo landmark'),
  },
  'landmark-complementary-is-top-level': {
    title: 'Aside inside a landmark',
    why: 'Deep inside another landmark, side content is skipped together with it.',
    steps: ['Move `<aside>` out, beside `<main>`.', 'Make it a plain `<div>` when it belongs to the text around it.'],
    code: {
      language: 'html',
      before: '<nav>…<aside>Offers</aside></nav>',
      after: '<nav>…</nav>\n<aside>Offers</aside>',
    },
    more: apg('patterns/landmarks/examples/complementary.html', 'the complementary landmark'),
  },
  'landmark-unique': {
    title: 'Landmarks share a name',
    why: 'In the list of landmarks two entries read the same, so it takes a visit to each to tell them apart.',
    steps: [
      'Name each with `aria-label` or, better, `aria-labelledby` of its heading.',
      'Leave the role out of the name: “Shop”, not “Shop navigation”.',
    ],
    code: {
      language: 'html',
      before: '<nav>…</nav>\n<nav>…</nav>',
      after: '<nav aria-label="Shop">…</nav>\n<nav aria-label="Account">…</nav>',
    },
    more: tutorial('page-structure/labels/', 'naming parts of a page'),
  },
  region: {
    title: 'Content outside landmarks',
    why: 'Whoever jumps from landmark to landmark passes by this content without noticing it.',
    steps: [
      'Move it into `<header>`, `<nav>`, `<main>`, `<aside>` or `<footer>`.',
      'Most often a wrapper has to become `<main>`.',
    ],
    code: {
      language: 'html',
      before: '<body>\n  <p>Your cart is empty.</p>\n</body>',
      after: '<body>\n  <main><p>Your cart is empty.</p></main>\n</body>',
    },
    more: tutorial('page-structure/regions/', 'regions of a page'),
  },
  list: {
    title: 'List has stray children',
    why: 'A screen reader says how many items a list has. With other elements in it, the number is wrong or missing.',
    steps: ['Let only `<li>` stand directly in `<ul>` and `<ol>`.', 'Move wrappers and dividers into an `<li>`.'],
    code: {
      language: 'html',
      before: '<ul><div><li>Red</li></div></ul>',
      after: '<ul><li><div>Red</div></li></ul>',
    },
    standard: wcag('1.3.1'),
    more: tutorial('page-structure/content/', 'lists and other content'),
  },
  listitem: {
    title: 'List item outside a list',
    why: 'Alone, an item is announced without “1 of 5”, so how much follows is unknown.',
    steps: [
      'Put `<li>` directly into `<ul>`, `<ol>` or `<menu>`.',
      'Remove a role from the list that makes it something else.',
    ],
    code: {
      language: 'html',
      before: '<div><li>Red</li><li>Blue</li></div>',
      after: '<ul><li>Red</li><li>Blue</li></ul>',
    },
    standard: wcag('1.3.1'),
    more: tutorial('page-structure/content/', 'lists and other content'),
  },
  'definition-list': {
    title: 'Description list broken',
    why: 'Terms and descriptions fall apart for people who listen: which price belongs to which item is unclear.',
    steps: [
      'Let each group be `<dt>` first, then `<dd>`.',
      'Allow only these, or a `<div>` around each group, directly in `<dl>`.',
    ],
    code: {
      language: 'html',
      before: '<dl><p>Price</p><dd>5 €</dd></dl>',
      after: '<dl><dt>Price</dt><dd>5 €</dd></dl>',
    },
    standard: wcag('1.3.1'),
    more: mdn('Web/HTML/Reference/Elements/dl', 'the dl element'),
  },
  dlitem: {
    title: 'Term outside its list',
    why: 'Without a list around them, terms and descriptions are read as loose text.',
    steps: ['Wrap all `<dt>` and `<dd>` of a group of terms in one `<dl>`.', 'Use `<p>` where there is no pair.'],
    code: {
      language: 'html',
      before: '<dt>Price</dt><dd>5 €</dd>',
      after: '<dl><dt>Price</dt><dd>5 €</dd></dl>',
    },
    standard: wcag('1.3.1'),
    more: mdn('Web/HTML/Reference/Elements/dl', 'the dl element'),
  },
};
