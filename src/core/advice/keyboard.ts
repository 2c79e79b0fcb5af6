import { type AdviceTable, apg, mdn, w3c, wcag, webDev } from './sources';

/** The keyboard, frames, and what a check did not reach. */
export const keyboard: AdviceTable = {
  accesskeys: {
    title: 'Access key used twice',
    why: 'One key leads to two places, so it does not do what it says. It may also take a key from a screen reader.',
    steps: ['Remove `accesskey`: few people know or need it.', 'Or give each a character of its own.'],
    code: {
      language: 'html',
      before: '<a accesskey="s" href="/">Start</a>\n<a accesskey="s" href="/find">Find</a>',
      after: '<a href="/">Start</a>\n<a href="/find">Find</a>',
    },
    more: mdn('Web/HTML/Reference/Global_attributes/accesskey', 'the accesskey attribute'),
  },
  tabindex: {
    title: 'Tab order is forced',
    why: 'A `tabindex` above 0 sends the Tab key there first, and then back, so focus jumps around the page.',
    steps: [
      'Replace positive values with `0`, or remove them from links, buttons and fields.',
      'Put the elements into the HTML in the order in which people need them.',
    ],
    code: { language: 'html', before: '<input tabindex="3">', after: '<input>' },
    more: apg('practices/keyboard-interface/', 'the keyboard'),
  },
  'skip-link': {
    title: 'Skip link leads nowhere',
    why: 'People without a mouse press it to get past the menu, and stay where they were.',
    steps: [
      'Give the main content the `id` that the link names.',
      'Add `tabindex="-1"` to it, so that focus moves there.',
    ],
    code: {
      language: 'html',
      before: '<a href="#content">Skip to content</a>…<main>…</main>',
      after: '<a href="#content">Skip to content</a>…<main id="content" tabindex="-1">…</main>',
    },
    more: w3c('WAI/WCAG22/Techniques/general/G1', 'skip links'),
  },
  bypass: {
    title: 'No way to skip navigation',
    why: 'Without a mouse, people go through the same header and menu on each page before they reach the content.',
    steps: [
      'Wrap the content in `<main>`, and give its parts headings.',
      'Add a skip link as the first link of the page.',
    ],
    code: {
      language: 'html',
      before: '<body>\n  <div>…menu…</div>\n  <div>…</div>',
      after:
        '<body>\n  <a href="#content">Skip to content</a>\n  <nav>…</nav>\n  <main id="content" tabindex="-1">…</main>',
    },
    standard: wcag('2.4.1'),
    more: w3c('WAI/WCAG22/Techniques/general/G1', 'skip links'),
  },
  'focus-order-semantics': {
    title: 'Focus on a non-control',
    why: 'The Tab key stops here, but a screen reader cannot say what can be done.',
    steps: [
      'Make it a `<button>` or `<a href>` if something happens on it.',
      'Remove `tabindex` if nothing does.',
      'Give a control of your own a `role`, a name and keys.',
    ],
    code: {
      language: 'html',
      before: '<div tabindex="0" onclick="pay()">Pay</div>',
      after: '<button type="button" onclick="pay()">Pay</button>',
    },
    more: apg('practices/keyboard-interface/', 'the keyboard'),
  },
  'frame-focusable-content': {
    title: 'Frame skipped by keyboard',
    why: 'The frame holds links or fields, but `tabindex="-1"` keeps the keyboard from reaching them.',
    steps: ['Remove `tabindex="-1"` from the frame.', 'If nobody should use it, remove or hide the frame.'],
    code: {
      language: 'html',
      before: '<iframe tabindex="-1" src="/form" title="Order"></iframe>',
      after: '<iframe src="/form" title="Order"></iframe>',
    },
    standard: wcag('2.1.1'),
    more: mdn('Web/HTML/Reference/Elements/iframe', 'the iframe element'),
  },
  'scrollable-region-focusable': {
    title: 'Scrolling needs a mouse',
    why: 'In some browsers, such as Safari, the keyboard cannot scroll this area, so a part of it stays out of reach.',
    steps: [
      'Add `tabindex="0"`, and a `role="region"` with a name.',
      'Or let the area grow, so that it need not scroll.',
    ],
    code: {
      language: 'html',
      before: '<div class="scroll">…</div>',
      after: '<div class="scroll" tabindex="0" role="region" aria-label="Terms">…</div>',
    },
    standard: wcag('2.1.1'),
    more: webDev('control-focus-with-tabindex', 'focus and tabindex'),
  },
  'nested-interactive': {
    title: 'Control inside a control',
    why: 'Some screen readers do not announce the inner control, and its clicks get mixed with those of the outer one.',
    steps: [
      'Put the controls beside each other.',
      'To keep a card that is one large target, stretch its link over the card with CSS.',
    ],
    code: {
      language: 'html',
      before: '<div role="button">Item <a href="/item">Details</a></div>',
      after: '<button type="button">Item</button>\n<a href="/item">Details</a>',
    },
    standard: wcag('4.1.2'),
  },
  'frame-tested': {
    title: 'Frame was not checked',
    why: 'The check could not look into this frame. Problems in it are unknown, not absent.',
    steps: ['Audit the address of the frame as a page of its own.', 'Or load axe-core in the frame too.'],
  },
  'hidden-content': {
    title: 'Hidden part not checked',
    why: 'Content that is hidden now, such as a menu or dialog, was not looked at.',
    steps: ['Open it, then run the check again.', 'Import the results of both states together.'],
  },
};
