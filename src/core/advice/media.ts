import { type AdviceTable, mdn, tutorial, w3c, wcag } from './sources';

/** Images, video and sound. */
export const media: AdviceTable = {
  'image-alt': {
    title: 'Image without alt text',
    why: 'A screen reader says nothing here, or spells out a file name. What the image shows or links to is lost.',
    steps: [
      'Say in `alt` what the image tells a reader here, not what it looks like.',
      'Give decoration an empty `alt=""`, so that it is skipped.',
      'In a link or button, name the destination or action.',
    ],
    code: {
      language: 'html',
      before: '<img src="/chart.png">',
      after: '<img src="/chart.png" alt="Sales doubled from 2024 to 2025">',
    },
    standard: wcag('1.1.1'),
    more: tutorial('images/decision-tree/', 'which alt text an image needs'),
  },
  'area-alt': {
    title: 'Image map area unnamed',
    why: 'Each area of an image map is a link. Without a name, a screen reader cannot tell where it leads.',
    steps: [
      'Give each `<area href>` an `alt` that names its destination.',
      'Give the map’s `<img>` an `alt` of its own.',
    ],
    code: {
      language: 'html',
      before: '<area shape="rect" coords="0,0,80,40" href="/north">',
      after: '<area shape="rect" coords="0,0,80,40" href="/north" alt="Shops in the north">',
    },
    standard: wcag('2.4.4'),
    more: tutorial('images/imagemap/', 'image maps'),
  },
  'object-alt': {
    title: 'Embedded object unnamed',
    why: 'A screen reader meets an embedded file and cannot say what it is.',
    steps: [
      'Name it with `aria-label` or `title`.',
      'Put the same information inside `<object>` for browsers that cannot show the file.',
    ],
    code: {
      language: 'html',
      before: '<object data="/plan.svg"></object>',
      after: '<object data="/plan.svg" aria-label="Floor plan">\n  <p>The entrance is on the left.</p>\n</object>',
    },
    standard: wcag('1.1.1'),
    more: mdn('Web/HTML/Reference/Elements/object', 'the object element'),
  },
  'svg-img-alt': {
    title: 'SVG without name',
    why: 'This drawing is announced as an image, but nobody who listens learns what it shows.',
    steps: [
      'Name it: a `<title>` as first child, referenced by `aria-labelledby`, or `aria-label`.',
      'Hide it with `aria-hidden="true"` when it is decoration or text beside it says the same.',
    ],
    code: {
      language: 'html',
      before: '<svg role="img">…</svg>',
      after: '<svg role="img" aria-labelledby="t">\n  <title id="t">Delivery by bike</title>…\n</svg>',
    },
    standard: wcag('1.1.1'),
    more: mdn('Web/SVG/Reference/Element/title', 'the title of an SVG'),
  },
  'role-img-alt': {
    title: 'Image role without name',
    why: 'The role makes a screen reader say “image” and hides what is inside. Without a name nothing is left.',
    steps: [
      'Describe the whole with `aria-label` or `aria-labelledby`.',
      'Use `aria-hidden="true"` instead when it is decoration.',
    ],
    code: {
      language: 'html',
      before: '<span role="img">★★★★☆</span>',
      after: '<span role="img" aria-label="4 of 5 stars">★★★★☆</span>',
    },
    standard: wcag('1.1.1'),
    more: mdn('Web/Accessibility/ARIA/Reference/Roles/img_role', 'the img role'),
  },
  'input-image-alt': {
    title: 'Image button without alt',
    why: 'The button is announced without saying what it does, so nobody who cannot see it dares to press it.',
    steps: ['Put the action into `alt`, such as “Search”.', 'Do not describe the picture: “magnifier” is no action.'],
    code: {
      language: 'html',
      before: '<input type="image" src="/search.png">',
      after: '<input type="image" src="/search.png" alt="Search">',
    },
    standard: wcag('1.1.1'),
    more: tutorial('images/functional/', 'images that do something'),
  },
  'image-redundant-alt': {
    title: 'Alt text repeats the text',
    why: 'A screen reader says the same words twice in a row, which slows down everyone who listens.',
    steps: [
      'Empty the `alt` when the text beside the image says it all.',
      'Or let the `alt` add what the text does not say.',
    ],
    code: {
      language: 'html',
      before: '<a href="/"><img src="/home.svg" alt="Home"> Home</a>',
      after: '<a href="/"><img src="/home.svg" alt=""> Home</a>',
    },
    more: tutorial('images/decorative/', 'decorative images'),
  },
  'server-side-image-map': {
    title: 'Server-side image map',
    why: 'Only the place of a mouse click decides where this leads, so a keyboard or screen reader cannot use it.',
    steps: [
      'Replace `ismap` with a `<map>` that has an `<area href alt>` for each place.',
      'Or offer the same destinations as plain links.',
    ],
    code: {
      language: 'html',
      before: '<a href="/map"><img src="/map.png" alt="Regions" ismap></a>',
      after:
        '<img src="/map.png" alt="Regions" usemap="#regions">\n<map name="regions">\n' +
        '  <area shape="rect" coords="0,0,80,40" href="/north" alt="North">\n</map>',
    },
    standard: wcag('2.1.1'),
    more: tutorial('images/imagemap/', 'image maps'),
  },
  'video-caption': {
    title: 'Video without captions',
    why: 'People who are deaf, or who watch without sound, miss everything that is said.',
    steps: [
      'Add a `<track kind="captions">` with speech and the sounds that matter.',
      'Correct captions that a machine wrote before you publish them.',
      'Keep the captions in the language that is spoken.',
    ],
    code: {
      language: 'html',
      before: '<video src="/tour.mp4" controls></video>',
      after:
        '<video src="/tour.mp4" controls>\n' +
        '  <track kind="captions" src="/tour.en.vtt" srclang="en" label="English">\n</video>',
    },
    standard: wcag('1.2.2'),
    more: w3c('WAI/media/av/captions/', 'captions'),
  },
  'audio-caption': {
    title: 'Audio without transcript',
    why: 'People who are deaf get nothing from a recording of sound alone.',
    steps: [
      'Put a transcript beside the player: who speaks, what they say, and the sounds that matter.',
      'Link to it when it is long.',
    ],
    standard: wcag('1.2.1'),
    more: w3c('WAI/media/av/transcripts/', 'transcripts'),
  },
  'no-autoplay-audio': {
    title: 'Sound plays by itself',
    why: 'Sound that starts alone and lasts more than 3 s drowns out a screen reader, and startles everyone else.',
    steps: [
      'Remove `autoplay`, or add `muted`.',
      'If it must play, put a control to stop or mute it at the start of the page.',
    ],
    code: {
      language: 'html',
      before: '<video src="/intro.mp4" autoplay></video>',
      after: '<video src="/intro.mp4" autoplay muted controls></video>',
    },
    standard: wcag('1.4.2'),
    more: mdn('Web/Media/Guides/Autoplay', 'autoplay of media'),
  },
  blink: {
    title: 'Text blinks',
    why: 'Blinking draws the eye away from everything else, and some people cannot read on while it lasts.',
    steps: ['Replace `<blink>` with still text.', 'Set off what matters with weight, size or a border.'],
    code: { language: 'html', before: '<blink>Sale</blink>', after: '<strong>Sale</strong>' },
    standard: wcag('2.2.2'),
  },
  marquee: {
    title: 'Text scrolls by itself',
    why: 'Moving text is gone before slow readers finish, and links in it are hard to hit.',
    steps: [
      'Show the text still: replace `<marquee>` with a paragraph or list.',
      'If it has to move, offer a button that pauses it.',
    ],
    code: {
      language: 'html',
      before: '<marquee>Closed on Monday</marquee>',
      after: '<p>Closed on Monday</p>',
    },
    standard: wcag('2.2.2'),
    more: mdn('Web/HTML/Reference/Elements/marquee', 'the marquee element'),
  },
};
