import { type AdviceTable, apg, mdn, wcag } from './sources';

const firstRules = apg('practices/read-me-first/', 'no ARIA is better than bad ARIA');
const roles = mdn('Web/Accessibility/ARIA/Reference/Roles', 'ARIA roles');
const attributes = mdn('Web/Accessibility/ARIA/Reference/Attributes', 'ARIA attributes');

/** How ARIA is used. */
export const aria: AdviceTable = {
  'aria-allowed-attr': {
    title: 'ARIA attribute not allowed',
    why: 'The role does not know this attribute. Screen readers drop it, or announce a state that is not there.',
    steps: ['Remove the attribute.', 'Or choose the role that it belongs to, such as `switch` for `aria-checked`.'],
    code: {
      language: 'html',
      before: '<button aria-checked="true">Dark mode</button>',
      after: '<button role="switch" aria-checked="true">Dark mode</button>',
    },
    standard: wcag('4.1.2'),
    more: attributes,
  },
  'aria-prohibited-attr': {
    title: 'ARIA attribute forbidden',
    why: 'Elements without a role, such as `<div>` and `<span>`, may not have a name. Most screen readers ignore it.',
    steps: [
      'Remove `aria-label` or `aria-labelledby`.',
      'Say it in text instead, hidden visually if need be.',
      'Or give the element a role that fits, such as `group` or `img`.',
    ],
    code: {
      language: 'html',
      before: '<span aria-label="3 new messages">3</span>',
      after: '<span>3<span class="visually-hidden"> new messages</span></span>',
    },
    standard: wcag('4.1.2'),
    more: apg('practices/names-and-descriptions/', 'names and descriptions'),
  },
  'aria-conditional-attr': {
    title: 'ARIA attribute conflicts',
    why: 'Here the attribute contradicts what the browser says itself, so a wrong state may be announced.',
    steps: [
      'On `<input type="checkbox">` set `checked` or `indeterminate`, not `aria-checked`.',
      'Use `aria-expanded`, `aria-level` and others on table rows only inside `role="treegrid"`.',
    ],
    code: {
      language: 'html',
      before: '<input type="checkbox" aria-checked="true">',
      after: '<input type="checkbox" checked>',
    },
    standard: wcag('4.1.2'),
    more: attributes,
  },
  'aria-allowed-role': {
    title: 'Role does not fit element',
    why: 'The role hides what the element is, so its keys and its announcement no longer match.',
    steps: ['Remove the role, or move it to a `<div>`.', 'Use the element that has this role by itself.'],
    code: {
      language: 'html',
      before: '<a href="/pay" role="heading">Pay</a>',
      after: '<h2><a href="/pay">Pay</a></h2>',
    },
    more: firstRules,
  },
  'aria-deprecated-role': {
    title: 'Outdated ARIA role',
    why: 'The role is being removed from the standard, so screen readers stop supporting it.',
    steps: ['Replace it: `directory` with `list`, for example.', 'Or remove it and use plain HTML.'],
    code: { language: 'html', before: '<ul role="directory">…</ul>', after: '<ul>…</ul>' },
    standard: wcag('4.1.2'),
    more: roles,
  },
  'aria-hidden-body': {
    title: 'Whole page is hidden',
    why: 'For a screen reader the page is empty, although it looks complete.',
    steps: [
      'Remove `aria-hidden="true"` from `<body>`.',
      'To block the page behind a dialog, use `<dialog>` with `showModal()`, or `inert` on what lies behind.',
      'Check that closing a dialog removes what opening it set.',
    ],
    code: { language: 'html', before: '<body aria-hidden="true">', after: '<body>' },
    standard: wcag('4.1.2'),
    more: mdn('Web/Accessibility/ARIA/Reference/Attributes/aria-hidden', 'aria-hidden'),
  },
  'aria-hidden-focus': {
    title: 'Hidden but focusable',
    why: 'The Tab key stops on something that a screen reader does not know, so focus seems to be lost.',
    steps: [
      'Take the focus away too: `inert`, `hidden` or `display: none`.',
      'Or remove `aria-hidden`, if it can be seen and used.',
    ],
    code: {
      language: 'html',
      before: '<div aria-hidden="true"><a href="/help">Help</a></div>',
      after: '<div inert><a href="/help">Help</a></div>',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/Accessibility/ARIA/Reference/Attributes/aria-hidden', 'aria-hidden'),
  },
  'aria-required-attr': {
    title: 'ARIA state missing',
    why: 'The role promises a state or value that is not given, such as whether a box is ticked.',
    steps: [
      'Add the attribute the role needs, and update it with each change.',
      'Prefer the HTML element, which does both.',
    ],
    code: {
      language: 'html',
      before: '<div role="checkbox" tabindex="0">Gift wrap</div>',
      after: '<label><input type="checkbox"> Gift wrap</label>',
    },
    standard: wcag('4.1.2'),
    more: roles,
  },
  'aria-required-children': {
    title: 'ARIA child roles missing',
    why: 'A list, menu or table of ARIA without its parts is announced as empty or not at all.',
    steps: [
      'Give the children the roles that belong: `option` in `listbox`, `tab` in `tablist`.',
      'Give wrappers between them `role="presentation"`.',
      'Or remove the outer role.',
    ],
    code: {
      language: 'html',
      before: '<div role="tablist"><button>Reviews</button></div>',
      after: '<div role="tablist"><button role="tab">Reviews</button></div>',
    },
    standard: wcag('1.3.1'),
    more: roles,
  },
  'aria-required-parent': {
    title: 'ARIA parent role missing',
    why: 'Alone, such an element is announced without its place, as in “2 of 5”.',
    steps: [
      'Put it into the parent that belongs: `tab` into `tablist`.',
      'Give wrappers between them `role="presentation"`.',
      'Or remove the role.',
    ],
    code: {
      language: 'html',
      before: '<div><button role="tab">Reviews</button></div>',
      after: '<div role="tablist"><button role="tab">Reviews</button></div>',
    },
    standard: wcag('1.3.1'),
    more: roles,
  },
  'aria-roles': {
    title: 'Unknown ARIA role',
    why: 'No program knows this role, so the element is announced as what it was before, or as nothing.',
    steps: ['Correct the spelling of the role.', 'Or remove it and use the HTML element.'],
    code: { language: 'html', before: '<div role="buton">Pay</div>', after: '<button type="button">Pay</button>' },
    standard: wcag('4.1.2'),
    more: roles,
  },
  'aria-roledescription': {
    title: 'Role text without role',
    why: '`aria-roledescription` renames a role. On an element without one it is lost or misleads.',
    steps: ['Remove it: people know the standard words.', 'Or give the element a role first.'],
    code: {
      language: 'html',
      before: '<div aria-roledescription="slide">…</div>',
      after: '<div role="group" aria-roledescription="slide">…</div>',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/Accessibility/ARIA/Reference/Attributes/aria-roledescription', 'aria-roledescription'),
  },
  'aria-text': {
    title: 'Control in text role',
    why: '`role="text"` turns everything inside into plain text. A link in it has focus, but is not announced.',
    steps: ['Remove `role="text"`.', 'Or move links and buttons out of it.'],
    code: {
      language: 'html',
      before: '<p role="text">See <a href="/terms">terms</a></p>',
      after: '<p>See <a href="/terms">terms</a></p>',
    },
    more: firstRules,
  },
  'aria-valid-attr': {
    title: 'Unknown ARIA attribute',
    why: 'No program knows an attribute of this name, so what it should say is lost.',
    steps: [
      'Correct the spelling, such as `aria-labeledby` to `aria-labelledby`.',
      'Use `data-…` for values of your own.',
    ],
    code: {
      language: 'html',
      before: '<input aria-labeledby="city">',
      after: '<input aria-labelledby="city">',
    },
    standard: wcag('4.1.2'),
    more: attributes,
  },
  'aria-valid-attr-value': {
    title: 'ARIA value not valid',
    why: 'A value that is not allowed, or an id that does not exist, leaves a state or name unsaid.',
    steps: [
      'Use the values that the attribute knows, such as `true` and `false`.',
      'Check that each id named by `aria-labelledby`, `aria-controls` and others is on the page.',
    ],
    code: {
      language: 'html',
      before: '<button aria-expanded="open">Menu</button>',
      after: '<button aria-expanded="true">Menu</button>',
    },
    standard: wcag('4.1.2'),
    more: attributes,
  },
  'presentation-role-conflict': {
    title: 'Hidden role stays exposed',
    why: 'It is marked as decoration, but focus or an ARIA attribute brings it back, differently in each browser.',
    steps: [
      'Remove `tabindex` and ARIA attributes if it is decoration.',
      'Remove `role="none"` or `role="presentation"`, or the empty `alt`, if it is not.',
    ],
    code: {
      language: 'html',
      before: '<img src="/line.svg" alt="" aria-label="Line">',
      after: '<img src="/line.svg" alt="">',
    },
    more: mdn('Web/Accessibility/ARIA/Reference/Roles/presentation_role', 'the presentation role'),
  },
  'duplicate-id-aria': {
    title: 'Referenced id used twice',
    why: 'A label or description points at an id that two elements have. The wrong one may be read.',
    steps: ['Give each element an id of its own.', 'In components, make ids from a counter or `useId()`.'],
    code: {
      language: 'html',
      before: '<p id="hint">Digits</p><p id="hint">Letters</p>\n<input aria-describedby="hint">',
      after: '<p id="digits">Digits</p><p id="letters">Letters</p>\n<input aria-describedby="letters">',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/HTML/Reference/Global_attributes/id', 'the id attribute'),
  },
  'duplicate-id-active': {
    title: 'Focusable id used twice',
    why: 'Labels, links and scripts that name this id reach only the first of the controls.',
    steps: ['Give each control an id of its own.', 'Adapt the labels and scripts that name it.'],
    code: {
      language: 'html',
      before: '<button id="buy">Red</button>\n<button id="buy">Blue</button>',
      after: '<button id="buy-red">Red</button>\n<button id="buy-blue">Blue</button>',
    },
    more: mdn('Web/HTML/Reference/Global_attributes/id', 'the id attribute'),
  },
  'duplicate-id': {
    title: 'Id used twice',
    why: 'Styles, scripts and links by this id meet the first element alone.',
    steps: ['Give each element an id of its own.', 'Use a class where several elements share something.'],
    code: {
      language: 'html',
      before: '<div id="card">…</div>\n<div id="card">…</div>',
      after: '<div class="card">…</div>\n<div class="card">…</div>',
    },
    more: mdn('Web/HTML/Reference/Global_attributes/id', 'the id attribute'),
  },
};
