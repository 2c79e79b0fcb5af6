import { type AdviceTable, apg, mdn, tutorial, w3c, wcag } from './sources';

/** What buttons, links, frames, headings, fields and the page are called. */
export const names: AdviceTable = {
  'button-name': {
    title: 'Button without name',
    why: 'A screen reader says only “button”, and voice control has no word to press it by.',
    steps: [
      'Put the action into the button as text.',
      'If only an icon shows, add `aria-label` with the action, and hide the icon with `aria-hidden`.',
    ],
    code: {
      language: 'html',
      before: '<button><svg>…</svg></button>',
      after: '<button aria-label="Close"><svg aria-hidden="true">…</svg></button>',
    },
    standard: wcag('4.1.2'),
    more: apg('practices/names-and-descriptions/', 'names and descriptions'),
  },
  'input-button-name': {
    title: 'Input button without name',
    why: 'A screen reader says only “button”, so what happens on pressing it is a guess.',
    steps: ['Put the action into `value`.', 'Say what is done: “Send order” rather than “Submit”.'],
    code: { language: 'html', before: '<input type="button">', after: '<input type="button" value="Apply voucher">' },
    standard: wcag('4.1.2'),
    more: mdn('Web/HTML/Reference/Elements/input/button', 'input buttons'),
  },
  'summary-name': {
    title: 'Summary without name',
    why: 'The control that opens this part is announced without saying what it opens.',
    steps: ['Write a short heading for the hidden part into `<summary>`.', 'Give an icon in it a text of its own.'],
    code: {
      language: 'html',
      before: '<details><summary></summary>…</details>',
      after: '<details><summary>Delivery times</summary>…</details>',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/HTML/Reference/Elements/summary', 'the summary element'),
  },
  'link-name': {
    title: 'Link without name',
    why: 'A screen reader says only “link” or spells the address. Where it leads stays unknown.',
    steps: [
      'Put a text into the link that says where it leads.',
      'If the link is an image, give the image an `alt` with the destination.',
      'If it is an icon, add `aria-label`.',
    ],
    code: {
      language: 'html',
      before: '<a href="/cart"><svg>…</svg></a>',
      after: '<a href="/cart" aria-label="Cart"><svg aria-hidden="true">…</svg></a>',
    },
    standard: wcag('2.4.4'),
    more: apg('practices/names-and-descriptions/', 'names and descriptions'),
  },
  'identical-links-same-purpose': {
    title: 'Same name, other target',
    why: 'In a list of links, two with the same words look like one, but they lead to different places.',
    steps: [
      'Let each name say what differs: “Invoice of May” rather than “Download”.',
      'If they mean the same, let both lead to one address.',
    ],
    code: {
      language: 'html',
      before: '<a href="/may.pdf">Download</a>\n<a href="/june.pdf">Download</a>',
      after: '<a href="/may.pdf">Invoice of May</a>\n<a href="/june.pdf">Invoice of June</a>',
    },
    standard: wcag('2.4.9'),
  },
  'label-content-name-mismatch': {
    title: 'Name lacks visible text',
    why: 'People who speak to their computer say the words they see. Where the name has others, nothing happens.',
    steps: [
      'Remove `aria-label` where the visible text is enough.',
      'Otherwise begin it with exactly the visible words.',
    ],
    code: {
      language: 'html',
      before: '<button aria-label="Submit form">Send order</button>',
      after: '<button aria-label="Send order of 3 items">Send order</button>',
    },
    standard: wcag('2.5.3'),
  },
  'frame-title': {
    title: 'Frame without title',
    why: 'A screen reader announces a frame and cannot say what is in it, so people have to enter it to find out.',
    steps: [
      'Say in `title` what the frame holds.',
      'Hide a frame that shows nothing with `aria-hidden` and `tabindex="-1"`.',
    ],
    code: {
      language: 'html',
      before: '<iframe src="/map"></iframe>',
      after: '<iframe src="/map" title="Map of our shops"></iframe>',
    },
    standard: wcag('4.1.2'),
    more: mdn('Web/HTML/Reference/Elements/iframe', 'the iframe element'),
  },
  'frame-title-unique': {
    title: 'Frames share a title',
    why: 'Frames that are called the same cannot be told apart in a list of frames.',
    steps: [
      'Give each `<iframe>` a `title` that says what is special about its content.',
      'Merge frames that show the same.',
    ],
    code: {
      language: 'html',
      before: '<iframe title="Video" src="/a"></iframe>\n<iframe title="Video" src="/b"></iframe>',
      after: '<iframe title="Video: set-up" src="/a"></iframe>\n<iframe title="Video: care" src="/b"></iframe>',
    },
    standard: wcag('4.1.2'),
  },
  'document-title': {
    title: 'Page without title',
    why: 'Tabs, bookmarks, search results and screen readers give the title first. Without it, pages look the same.',
    steps: [
      'Add a `<title>` to `<head>`: first what this page is, then the name of the site.',
      'Change it when a single-page app shows another view.',
    ],
    code: {
      language: 'html',
      before: '<head></head>',
      after: '<head><title>Your cart – Sample Shop</title></head>',
    },
    standard: wcag('2.4.2'),
    more: mdn('Web/HTML/Reference/Elements/title', 'the title element'),
  },
  'empty-heading': {
    title: 'Empty heading',
    why: 'People who jump from heading to heading land on one that says nothing.',
    steps: [
      'Put the text of the section into it, or remove it.',
      'Make space with CSS, not with an empty heading.',
      'If it holds an image alone, give that an `alt`.',
    ],
    code: { language: 'html', before: '<h2></h2>', after: '<h2>Payment</h2>' },
    more: tutorial('page-structure/headings/', 'headings'),
  },
  'empty-table-header': {
    title: 'Empty table header',
    why: 'A screen reader names the header with each cell. Here the numbers stand without one.',
    steps: [
      'Write what the column or row holds into the `<th>`.',
      'If it should not be seen, hide the text visually, not with `display: none`.',
      'Make an empty corner a `<td>`.',
    ],
    code: { language: 'html', before: '<th></th>', after: '<th><span class="visually-hidden">Actions</span></th>' },
    more: tutorial('tables/', 'tables'),
  },
  label: {
    title: 'Field without label',
    why: 'A screen reader cannot say what belongs into the field, and voice control cannot find it.',
    steps: [
      'Add a visible `<label>` whose `for` is the `id` of the field.',
      'Keep a placeholder as an example only: it vanishes while typing.',
      'Where no label can be seen, use `aria-label`.',
    ],
    code: {
      language: 'html',
      before: '<input type="email" placeholder="Email">',
      after: '<label for="email">Email</label>\n<input type="email" id="email">',
    },
    standard: wcag('4.1.2'),
    more: tutorial('forms/labels/', 'labels of form fields'),
  },
  'label-title-only': {
    title: 'Label cannot be seen',
    why: 'The field has only a hidden label or a tooltip. Those who see it, or use touch or a keyboard, have to guess.',
    steps: ['Add a `<label>` that stays visible.', 'Keep `title` and `aria-describedby` for hints.'],
    code: {
      language: 'html',
      before: '<input title="Postcode">',
      after: '<label for="postcode">Postcode</label>\n<input id="postcode">',
    },
    more: tutorial('forms/labels/', 'labels of form fields'),
  },
  'select-name': {
    title: 'Dropdown without label',
    why: 'A screen reader reads the choice that is set, but not what is being chosen.',
    steps: ['Add a `<label>` whose `for` is the `id` of the `<select>`.', 'Do not use the first option as a label.'],
    code: {
      language: 'html',
      before: '<select>…</select>',
      after: '<label for="country">Country</label>\n<select id="country">…</select>',
    },
    standard: wcag('4.1.2'),
    more: tutorial('forms/labels/', 'labels of form fields'),
  },
  'form-field-multiple-labels': {
    title: 'Field with several labels',
    why: 'Some screen readers read only the first label, some the last, so a part of the question may be lost.',
    steps: ['Keep one `<label>` for the field.', 'Move hints to an element that `aria-describedby` names.'],
    code: {
      language: 'html',
      before: '<label for="pin">PIN</label>\n<label for="pin">4 digits</label>\n<input id="pin">',
      after: '<label for="pin">PIN</label>\n<input id="pin" aria-describedby="hint">\n<p id="hint">4 digits</p>',
    },
    standard: wcag('3.3.2'),
    more: tutorial('forms/instructions/', 'instructions of forms'),
  },
  'autocomplete-valid': {
    title: 'Autocomplete value wrong',
    why: 'The browser cannot fill in what it knows. Those who type slowly or forget such data have to do it by hand.',
    steps: [
      'Use a value of the HTML standard, such as `email`, `given-name` or `postal-code`.',
      'Let it fit the field: no `email` on a field for numbers.',
    ],
    code: {
      language: 'html',
      before: '<input name="tel" autocomplete="phone-number">',
      after: '<input name="tel" autocomplete="tel">',
    },
    standard: wcag('1.3.5'),
    more: mdn('Web/HTML/Reference/Attributes/autocomplete', 'values of autocomplete'),
  },
  'html-has-lang': {
    title: 'Page language missing',
    why: 'A screen reader reads the page with the voice of another language, which can make it unintelligible.',
    steps: [
      'Add `lang` with the page’s language to `<html>`.',
      'Set it on the server or template, so that every page has it.',
    ],
    code: { language: 'html', before: '<html>', after: '<html lang="en">' },
    standard: wcag('3.1.1'),
    more: w3c('International/questions/qa-html-language-declarations', 'declaring the language'),
  },
  'html-lang-valid': {
    title: 'Page language not valid',
    why: 'No program knows this language code, so a screen reader reads with the wrong voice.',
    steps: [
      'Use a code of the IANA registry, such as `en`, `de` or `pt-BR`.',
      'Join parts with a hyphen, not an underscore.',
    ],
    code: { language: 'html', before: '<html lang="english">', after: '<html lang="en">' },
    standard: wcag('3.1.1'),
    more: w3c('International/questions/qa-choosing-language-tags', 'choosing a language tag'),
  },
  'html-xml-lang-mismatch': {
    title: 'Page languages disagree',
    why: '`lang` and `xml:lang` name different languages, so each program picks its own voice.',
    steps: ['Remove `xml:lang`, unless the page is served as XHTML.', 'Otherwise give both the same language.'],
    code: { language: 'html', before: '<html lang="de" xml:lang="en">', after: '<html lang="de">' },
    standard: wcag('3.1.1'),
    more: w3c('International/questions/qa-html-language-declarations', 'declaring the language'),
  },
  'valid-lang': {
    title: 'Language code not valid',
    why: 'A part in another language is read with the voice of the page, since its code is unknown.',
    steps: ['Use a code of the IANA registry, such as `fr`.', 'Remove `lang` where the language is that of the page.'],
    code: {
      language: 'html',
      before: '<q lang="french">C’est la vie</q>',
      after: '<q lang="fr">C’est la vie</q>',
    },
    standard: wcag('3.1.2'),
    more: w3c('International/questions/qa-choosing-language-tags', 'choosing a language tag'),
  },
};
