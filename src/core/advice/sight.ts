import { type AdviceTable, mdn, w3c, wcag, webDev } from './sources';

/** Colours, sizes and what moves by itself: what people see, touch and have time for. */
export const sight: AdviceTable = {
  'color-contrast': {
    title: 'Contrast too low',
    why: 'The text is too pale for people with low vision, and for everyone in sunlight or on a poor screen.',
    steps: [
      'Darken the text or lighten its ground to 4.5:1, or 3:1 from 24 px, or 18.66 px bold.',
      'Change the colour where it is defined, such as a variable, and the other places follow.',
      'Check hover, focus and dark mode too.',
    ],
    code: {
      language: 'css',
      before: '.hint { color: #999; background: #fff } /* 2.8:1 */',
      after: '.hint { color: #595959; background: #fff } /* 7.0:1 */',
    },
    standard: wcag('1.4.3'),
    more: webDev('color-and-contrast-accessibility', 'colour and contrast'),
  },
  'color-contrast-enhanced': {
    title: 'Contrast below level AAA',
    why: 'The text is legible for most, but not for many people with strongly reduced sight.',
    steps: [
      'Raise the contrast to 7:1, or 4.5:1 from 24 px, or 18.66 px bold.',
      'Begin with long texts; level AAA is rarely asked for everywhere.',
    ],
    code: {
      language: 'css',
      before: 'p { color: #767676; background: #fff } /* 4.5:1 */',
      after: 'p { color: #595959; background: #fff } /* 7.0:1 */',
    },
    standard: wcag('1.4.6'),
  },
  'link-in-text-block': {
    title: 'Link marked by colour only',
    why: 'Whoever sees colours poorly cannot find the link within its sentence.',
    steps: [
      'Underline links in running text.',
      'Or give them 3:1 of contrast to the text around, and an underline on hover and focus.',
    ],
    code: {
      language: 'css',
      before: 'p a { color: #36c; text-decoration: none }',
      after: 'p a { color: #36c; text-decoration: underline }',
    },
    standard: wcag('1.4.1'),
    more: w3c('WAI/WCAG22/Techniques/general/G183', '3:1 contrast for links in text'),
  },
  'meta-viewport': {
    title: 'Zoom is blocked',
    why: 'People who need larger text cannot pinch the page open. They have to be able to reach at least 200 %.',
    steps: ['Remove `user-scalable=no` from the viewport tag.', 'Remove `maximum-scale`, or set it to 5 or more.'],
    code: {
      language: 'html',
      before: '<meta name="viewport" content="width=device-width, maximum-scale=1">',
      after: '<meta name="viewport" content="width=device-width, initial-scale=1">',
    },
    standard: wcag('1.4.4'),
    more: mdn('Web/HTML/Reference/Elements/meta/name/viewport', 'the viewport tag'),
  },
  'meta-viewport-large': {
    title: 'Zoom is limited',
    why: 'The page can be enlarged, but not to the 500 % that people with very low vision use.',
    steps: ['Remove `maximum-scale` from the viewport tag.', 'If it is needed, set it to 5 or more.'],
    code: {
      language: 'html',
      before: '<meta name="viewport" content="width=device-width, maximum-scale=3">',
      after: '<meta name="viewport" content="width=device-width, initial-scale=1">',
    },
    more: mdn('Web/HTML/Reference/Elements/meta/name/viewport', 'the viewport tag'),
  },
  'target-size': {
    title: 'Tap target too small',
    why: 'A finger or an unsteady hand hits the neighbour. Targets need 24 by 24 CSS px, or as much room around them.',
    steps: [
      'Enlarge the target with padding, not just its icon.',
      'Or move it away: circles of 24 px on small targets may not touch another target.',
      'On phones aim for 48 px.',
    ],
    code: {
      language: 'css',
      before: '.close { width: 16px; height: 16px }',
      after: '.close { min-width: 24px; min-height: 24px; padding: 4px }',
    },
    standard: wcag('2.5.8'),
    more: webDev('accessible-tap-targets', 'tap targets'),
  },
  'avoid-inline-spacing': {
    title: 'Text spacing is locked',
    why: 'Readers with dyslexia or low vision widen the spacing of text. An inline `!important` overrules them.',
    steps: [
      'Remove `!important` from line height, letter spacing and word spacing in `style`.',
      'Move these values to the style sheet.',
    ],
    code: {
      language: 'html',
      before: '<p style="line-height: 1.2 !important">…</p>',
      after: '<p class="compact">…</p>',
    },
    standard: wcag('1.4.12'),
  },
  'css-orientation-lock': {
    title: 'Screen rotation is locked',
    why: 'A phone or tablet that is fixed to a wheelchair cannot be turned. There the page stands on its side.',
    steps: [
      'Remove the rotation by about 90° from media queries on `orientation`.',
      'Let the layout adapt to both orientations.',
    ],
    code: {
      language: 'css',
      before: '@media (orientation: portrait) {\n  body { transform: rotate(90deg) }\n}',
      after: '@media (orientation: portrait) {\n  main { grid-template-columns: 1fr }\n}',
    },
    standard: wcag('1.3.4'),
  },
  'meta-refresh': {
    title: 'Page reloads by itself',
    why: 'The page changes before slow readers finish, and a screen reader starts again at the top.',
    steps: [
      'Remove `<meta http-equiv="refresh">`.',
      'To lead elsewhere, let the server answer with a redirect.',
      'For fresh data, update a part of the page, or offer a button.',
    ],
    code: {
      language: 'html',
      before: '<meta http-equiv="refresh" content="30">',
      after: '<button type="button">Show new results</button>',
    },
    standard: wcag('2.2.1'),
    more: w3c('WAI/WCAG22/Techniques/failures/F41', 'why timed refresh fails'),
  },
  'meta-refresh-no-exceptions': {
    title: 'Timed page refresh',
    why: 'Even after a long delay a page that changes alone interrupts whoever is still reading.',
    steps: ['Remove `<meta http-equiv="refresh">`.', 'Let people ask for the change, such as with a button or link.'],
    code: {
      language: 'html',
      before: '<meta http-equiv="refresh" content="80000">',
      after: '<button type="button">Reload</button>',
    },
    standard: wcag('2.2.4'),
  },
};
