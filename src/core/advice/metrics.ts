import { type AdviceTable, insight, lighthouse, webDev } from './sources';

/** What people feel of a load: the metrics, and what breaks them down. Limits are Lighthouse 13.5's and web.dev's. */
export const metrics: AdviceTable = {
  'largest-contentful-paint': {
    title: 'Main content comes late',
    why: 'People wait in front of an unfinished page, and some leave. Good is 2.5 s or less for three of four visits.',
    steps: [
      'Find the LCP element in the report: most often an image or heading.',
      'Mend its causes first: a slow server, blocked first paint, an image that is found late or is too heavy.',
      'Audit again; the metric follows its causes.',
    ],
    more: webDev('optimize-lcp', 'improve LCP'),
  },
  'largest-contentful-paint-element': {
    title: 'Main content is held up',
    why: 'One part of the wait for the largest element is long. That part says what to mend.',
    steps: [
      'Server: shorten the answer time and redirects.',
      'Load delay: let the HTML name the image, with `fetchpriority="high"`.',
      'Load duration: make the image smaller.',
      'Render delay: remove scripts and styles that block.',
    ],
    more: insight('lcp-breakdown', 'parts of LCP'),
  },
  'total-blocking-time': {
    title: 'Load blocks input',
    why: 'While scripts run, taps and keys wait. Good is 200 ms or less on a phone, of what tasks take beyond 50 ms.',
    steps: [
      'Find the longest tasks and their scripts in the report.',
      'Send less JavaScript: unused code and third parties first.',
      'Split what remains, so that the browser can answer between the parts.',
    ],
    more: webDev('tbt', 'total blocking time'),
  },
  'cumulative-layout-shift': {
    title: 'Layout is unstable',
    why: 'Content moves while people read or tap, so they lose the line or hit the wrong thing. Good is 0.1 or less.',
    steps: [
      'Look at which elements moved, and what appeared above them.',
      'Give images, ads and embeds their space from the start.',
      'Insert new content below, or after an action.',
    ],
    more: webDev('optimize-cls', 'improve CLS'),
  },
  'first-contentful-paint': {
    title: 'First content comes late',
    why: 'Until then the page is blank, and it is unclear whether it works. Good is 1.8 s or less on a phone.',
    steps: [
      'Shorten the server’s answer.',
      'Remove scripts and styles that block the first paint.',
      'Let text show before its font arrives.',
    ],
    more: webDev('fcp', 'first contentful paint'),
  },
  'speed-index': {
    title: 'Page fills in slowly',
    why: 'What is in view appears bit by bit, so people have to wait. Good is about 3.4 s or less on a phone.',
    steps: [
      'Mend what delays the first and the largest content.',
      'Send the HTML of what is in view from the server.',
      'Run scripts later.',
    ],
    more: lighthouse('performance/speed-index/', 'speed index'),
  },
  interactive: {
    title: 'Page is ready late',
    why: 'It looks finished, but does not react yet. Lighthouse calls about 3.8 s or less on a phone good.',
    steps: [
      'Load scripts that are not needed at once after the first action.',
      'Split long tasks.',
      'Remove third parties that nobody needs.',
    ],
    more: lighthouse('performance/interactive/', 'time to interactive'),
  },
  'max-potential-fid': {
    title: 'First tap may wait long',
    why: 'A tap at the worst moment waits for the longest task. Lighthouse calls 130 ms or less good.',
    steps: [
      'Find the longest task in a performance recording.',
      'Split it, or move it into a worker.',
      'Delay it until it is needed.',
    ],
    code: {
      language: 'js',
      before: 'for (const item of items) show(item);',
      after: 'for (const item of items) {\n  show(item);\n  await scheduler.yield();\n}',
    },
    more: webDev('optimize-long-tasks', 'long tasks'),
  },
  'interaction-to-next-paint': {
    title: 'Slow reaction to input',
    why: 'After a tap or key nothing happens for a while, so people press again. Good is 200 ms or less.',
    steps: [
      'Look at the longest part: waiting, handling or drawing.',
      'Waiting: split long tasks that run at that time.',
      'Handling: show the change first, do the rest later.',
      'Drawing: change fewer elements at once.',
    ],
    code: {
      language: 'js',
      before: 'button.onclick = () => { save(); show(); };',
      after: 'button.onclick = async () => {\n  show();\n  await scheduler.yield();\n  save();\n};',
    },
    more: webDev('optimize-inp', 'improve INP'),
  },
  'cls-culprits-insight': {
    title: 'Content jumps on load',
    why: 'Something arrives late and pushes the rest away, so people lose the line or tap the wrong thing.',
    steps: [
      'Look at the elements that are listed and what came before them.',
      'Reserve space for images, ads and frames.',
      'Match the size of the fallback font, and animate with `transform` only.',
    ],
    code: {
      language: 'css',
      before: '.banner { }',
      after: '.banner { min-height: 90px }',
    },
    more: insight('cls-culprit', 'causes of layout shifts'),
  },
  'long-tasks': {
    title: 'Long tasks',
    why: 'A task over 50 ms keeps the browser from answering taps and keys until it ends.',
    steps: [
      'Begin with the longest that is listed, and with your own script.',
      'Yield between parts of it.',
      'Move computing into a worker.',
    ],
    code: {
      language: 'js',
      before: 'rows.forEach(render);',
      after: 'for (const row of rows) {\n  render(row);\n  await scheduler.yield();\n}',
    },
    more: webDev('optimize-long-tasks', 'long tasks'),
  },
  'mainthread-work-breakdown': {
    title: 'Main thread too busy',
    why: 'The browser works so long on the page that it reacts late, most of all on cheap phones.',
    steps: [
      'See which kind of work leads: script, style, layout or drawing.',
      'Script: send less of it. Style and layout: fewer elements and simpler selectors.',
      'Audit again after each change.',
    ],
    more: lighthouse('performance/mainthread-work-breakdown/', 'main-thread work'),
  },
  'bootup-time': {
    title: 'Scripts run too long',
    why: 'While scripts start, the page is deaf to taps. It also drains the battery.',
    steps: [
      'Begin with the script at the top of the list.',
      'Load what is not needed at once with `import()`, on the action that needs it.',
      'Remove libraries whose work the browser does itself.',
    ],
    code: {
      language: 'js',
      before: "import { openChart } from './chart.js';",
      after: "button.onclick = async () => (await import('./chart.js')).openChart();",
    },
    more: lighthouse('performance/bootup-time/', 'script run time'),
  },
  'dom-size-insight': {
    title: 'Too many elements',
    why: 'Each change of the page has to go through all of them, so it reacts late and takes much memory.',
    steps: [
      'Show long lists in pages, or only the rows in view.',
      'Remove wrappers that do nothing.',
      'Put `content-visibility: auto` on parts far below.',
    ],
    code: {
      language: 'css',
      before: '.comments { }',
      after: '.comments { content-visibility: auto; contain-intrinsic-size: auto 800px }',
    },
    more: insight('dom-size', 'the number of elements'),
  },
  'forced-reflow-insight': {
    title: 'Script forces layout',
    why: 'A script changes the page and asks for sizes at once, so the browser computes the layout over and over.',
    steps: [
      'Read all sizes first, then write.',
      'Write in `requestAnimationFrame`.',
      'Use `ResizeObserver` rather than asking in a loop.',
    ],
    code: {
      language: 'js',
      before: 'for (const row of rows) row.classList.toggle("tall", list.offsetHeight > 400);',
      after: 'const isTall = list.offsetHeight > 400;\nfor (const row of rows) row.classList.toggle("tall", isTall);',
    },
    more: insight('forced-reflow', 'forced reflow'),
  },
  'non-composited-animations': {
    title: 'Animation is not smooth',
    why: 'Each frame needs layout or drawing, so the movement stutters on slow devices.',
    steps: ['Animate `transform` and `opacity` only.', 'Respect `prefers-reduced-motion`.'],
    code: {
      language: 'css',
      before: '@keyframes in { from { left: -100% } to { left: 0 } }',
      after: '@keyframes in { from { transform: translateX(-100%) } to { transform: none } }',
    },
    more: lighthouse('performance/non-composited-animations/', 'animations that are not composited'),
  },
  'uses-passive-event-listeners': {
    title: 'Scrolling waits for script',
    why: 'The browser has to ask a listener before it scrolls, so the page sticks to the finger.',
    steps: [
      'Add `{ passive: true }` to listeners of `touchstart`, `touchmove` and `wheel`.',
      'Leave it out where they call `preventDefault()`.',
    ],
    code: {
      language: 'js',
      before: "list.addEventListener('touchmove', track);",
      after: "list.addEventListener('touchmove', track, { passive: true });",
    },
    more: lighthouse('best-practices/uses-passive-event-listeners/', 'passive listeners'),
  },
  'no-document-write': {
    title: 'Script uses document.write',
    why: 'Such a script can hold up the whole page for seconds on a slow connection.',
    steps: [
      'Load the script with `async` or `defer` instead.',
      'Insert content with `append()`.',
      'Ask the vendor of a third-party script for an asynchronous one.',
    ],
    code: {
      language: 'js',
      before: "document.write('<p>Offer</p>');",
      after: "const offer = document.createElement('p');\noffer.textContent = 'Offer';\nmain.append(offer);",
    },
    more: lighthouse('best-practices/no-document-write/', 'document.write'),
  },
};
