import { type AdviceTable, apg, mdn, wcag } from './sources';

const naming = apg('practices/names-and-descriptions/', 'names and descriptions');

/** What elements with an ARIA role are called. */
export const ariaNames: AdviceTable = {
  'aria-command-name': {
    title: 'ARIA control without name',
    why: 'A button, link or menu item of ARIA is announced by its role alone, so what it does stays unknown.',
    steps: ['Put text into it, or add `aria-label`.', 'Better still use `<button>` or `<a href>` with text.'],
    code: {
      language: 'html',
      before: '<div role="button" tabindex="0"><svg>…</svg></div>',
      after: '<button type="button" aria-label="Close"><svg aria-hidden="true">…</svg></button>',
    },
    standard: wcag('4.1.2'),
    more: naming,
  },
  'aria-dialog-name': {
    title: 'Dialog without name',
    why: 'A dialog opens and a screen reader says only “dialog”. What it asks has to be searched for.',
    steps: ['Let `aria-labelledby` name its heading.', 'Without a heading use `aria-label`.'],
    code: {
      language: 'html',
      before: '<div role="dialog"><h2>Delete item?</h2>…</div>',
      after: '<div role="dialog" aria-labelledby="t"><h2 id="t">Delete item?</h2>…</div>',
    },
    more: apg('patterns/dialog-modal/', 'dialogs'),
  },
  'aria-input-field-name': {
    title: 'ARIA field without name',
    why: 'A screen reader tells the kind of field, such as combobox or slider, but not what to enter.',
    steps: [
      'Let `aria-labelledby` name the visible label, or add `aria-label`.',
      'Prefer `<input>` and `<select>` with a `<label>`.',
    ],
    code: {
      language: 'html',
      before: '<span>City</span>\n<div role="combobox">…</div>',
      after: '<span id="city">City</span>\n<div role="combobox" aria-labelledby="city">…</div>',
    },
    standard: wcag('4.1.2'),
    more: naming,
  },
  'aria-meter-name': {
    title: 'Meter without name',
    why: 'A value is read out, but not what it measures.',
    steps: ['Add `aria-label` or `aria-labelledby`.', 'Or use `<meter>` with a `<label>`.'],
    code: {
      language: 'html',
      before: '<div role="meter" aria-valuenow="70" aria-valuemin="0" aria-valuemax="100"></div>',
      after: '<label for="space">Space used</label>\n<meter id="space" value="70" max="100">70 %</meter>',
    },
    standard: wcag('1.1.1'),
    more: apg('patterns/meter/', 'meters'),
  },
  'aria-progressbar-name': {
    title: 'Progress bar without name',
    why: 'A screen reader says how far it is, but not with what.',
    steps: ['Add `aria-label` or `aria-labelledby`.', 'Or use `<progress>` with a `<label>`.'],
    code: {
      language: 'html',
      before: '<div role="progressbar" aria-valuenow="40"></div>',
      after: '<div role="progressbar" aria-valuenow="40" aria-label="Upload"></div>',
    },
    standard: wcag('1.1.1'),
    more: mdn('Web/Accessibility/ARIA/Reference/Roles/progressbar_role', 'the progressbar role'),
  },
  'aria-tab-name': {
    title: 'Tab without name',
    why: 'A screen reader says “tab, 1 of 3” and not what it shows.',
    steps: ['Put text into each element with `role="tab"`.', 'If only an icon shows, add `aria-label`.'],
    code: {
      language: 'html',
      before: '<button role="tab"><svg>…</svg></button>',
      after: '<button role="tab"><svg aria-hidden="true">…</svg> Reviews</button>',
    },
    standard: wcag('4.1.2'),
    more: apg('patterns/tabs/', 'tabs'),
  },
  'aria-toggle-field-name': {
    title: 'ARIA toggle without name',
    why: 'A checkbox, radio or switch is announced as on or off, but not for what.',
    steps: [
      'Put the label into the element, or let `aria-labelledby` name it.',
      'Prefer `<input type="checkbox">` with a `<label>`.',
    ],
    code: {
      language: 'html',
      before: '<div role="switch" aria-checked="true"></div> Newsletter',
      after: '<div role="switch" aria-checked="true" aria-labelledby="n"></div>\n<span id="n">Newsletter</span>',
    },
    standard: wcag('4.1.2'),
    more: apg('patterns/switch/', 'switches'),
  },
  'aria-tooltip-name': {
    title: 'Tooltip without text',
    why: 'An explanation appears for the eye alone; a screen reader has nothing to read.',
    steps: ['Put the text into the element with `role="tooltip"`.', 'Let the control name it in `aria-describedby`.'],
    code: {
      language: 'html',
      before: '<div role="tooltip" id="tip"></div>',
      after: '<div role="tooltip" id="tip">Three digits on the back</div>',
    },
    standard: wcag('4.1.2'),
    more: apg('patterns/tooltip/', 'tooltips'),
  },
  'aria-treeitem-name': {
    title: 'Tree item without name',
    why: 'In a tree, people who listen hear a level and “collapsed”, but not of what.',
    steps: ['Put text into each element with `role="treeitem"`.', 'If only an icon shows, add `aria-label`.'],
    code: {
      language: 'html',
      before: '<li role="treeitem"><svg>…</svg></li>',
      after: '<li role="treeitem"><svg aria-hidden="true">…</svg> Shoes</li>',
    },
    more: apg('patterns/treeview/', 'trees'),
  },
  'aria-braille-equivalent': {
    title: 'Label for braille alone',
    why: 'The element has a text for braille displays, but none for speech, so the two disagree.',
    steps: [
      'Give it a name too, before `aria-braillelabel`.',
      'Add `aria-roledescription` where `aria-brailleroledescription` stands.',
      'Or remove the braille attribute: few pages need it.',
    ],
    code: {
      language: 'html',
      before: '<button aria-braillelabel="****"></button>',
      after: '<button aria-label="4 stars" aria-braillelabel="****"></button>',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/Accessibility/ARIA/Reference/Attributes/aria-braillelabel', 'aria-braillelabel'),
  },
};
