import type { Action } from '../../src/core/journey/recording';
import { type Handler, page } from './support';

type Pages = Record<string, string | Handler>;

const after =
  (milliseconds: number, html: string): Handler =>
  (_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html), milliseconds);
  };

/** A shop of pages: the server takes its time before it answers. Delays in milliseconds. */
export function pagesShop(delays: { address: number; pay: number }): Pages {
  return {
    '/': page('Cart', '<a href="/address">Check out</a>'),
    '/address': after(
      delays.address,
      page('Address', '<form action="/pay"><label>Name <input name="name"></label><button>Continue</button></form>'),
    ),
    '/pay': after(
      delays.pay,
      page(
        'Pay',
        '<form action="/done"><label>Card <input name="card" type="password"></label><button>Pay now</button></form>',
      ),
    ),
    '/done': page('Thank you', '<p id="receipt">Your order is on its way.</p>'),
  };
}

/** The same shop as one page: a script draws each step after a while. */
export function scriptShop(delays: { address: number; pay: number }): Pages {
  const script = `
    const main = document.querySelector('main');
    const steps = {
      '/address': [${delays.address}, '<label>Name <input></label><button onclick="go(\\'/pay\\')">Continue</button>'],
      '/pay': [${delays.pay}, '<label>Card <input type="password"></label><button onclick="go(\\'/done\\')">Pay now</button>'],
      '/done': [0, '<p id="receipt">Your order is on its way.</p>'],
    };
    function go(to) {
      const [wait, html] = steps[to];
      setTimeout(() => { history.pushState({}, '', to); main.innerHTML = '<h1>' + to + '</h1>' + html; }, wait);
    }`;
  return { '/': page('Cart', `<button onclick="go('/address')">Check out</button><script>${script}</script>`) };
}

/** A recording's action. */
export const step = (name: string, expect?: string): Action => ({
  type: 'customStep',
  name: 'ux-audit/step',
  parameters: { name, ...(expect !== undefined && { expect }) },
});
export const open = (path = '/'): Action => ({ type: 'navigate', url: `http://shop.example${path}` });
export const click = (...selectors: (string | string[])[]): Action => ({
  type: 'click',
  selectors,
  offsetX: 4,
  offsetY: 4,
});
export const enter = (selector: string, value: string): Action => ({ type: 'change', selectors: [selector], value });
const key = (name: string): Action[] => [
  { type: 'keyDown', key: name },
  { type: 'keyUp', key: name },
];

/** The actions in either shop, with the delayed answers at the end of the first two steps. */
export const shopActions: Action[] = [
  step('Cart', 'aria/Name'),
  open(),
  click('aria/Check out'),
  step('Address', 'aria/Card'),
  enter('aria/Name', 'Ada'),
  click('aria/Continue'),
  step('Pay', '#receipt'),
  enter('aria/Card', '1234'),
  click('aria/Pay now'),
];

/** A site with a journey over it; `#end` is visible at the end of the last step. */
export interface Case {
  pages: Pages;
  actions: Action[];
}

const ended = (script = '') => `document.body.insertAdjacentHTML('beforeend', '<p id=end>done</p>');${script}`;
const site = (body: string, more: Pages = {}): Pages => ({ '/': page('Start', body), ...more });
const two = (first: Action[], second: Action[], between: string): Action[] => [
  step('First', between),
  open(),
  ...first,
  step('Second', '#end'),
  ...second,
];
const end = page('End', '<p id="end">done</p>');

/** What recordings are made of, each a site of its own. */
export const cases: Record<string, Case> = {
  'pages of a server': {
    pages: { ...pagesShop({ address: 100, pay: 200 }), '/done': end },
    actions: shopActions.map((action) => (action.name ? { ...action } : action)).with(6, step('Pay', '#end')),
  },
  'one page with a script': {
    pages: scriptShop({ address: 100, pay: 200 }),
    actions: shopActions,
  },
  'a route in the fragment': {
    pages: site(
      `<a href="#two">Two</a><div id="view"></div><script>onhashchange = () => setTimeout(() =>
        document.querySelector('#view').innerHTML = '<button onclick="${'this.insertAdjacentHTML(&quot;afterend&quot;, &quot;<p id=end>x</p>&quot;)'}">Go</button>', 150)</script>`,
    ),
    actions: two([click('aria/Two')], [click('aria/Go')], 'aria/Go'),
  },
  'a frame': {
    pages: site('<iframe src="/inner" title="inner"></iframe>', {
      '/inner': page(
        'Inner',
        `<button id="in" onclick="this.hidden = true; document.body.append(Object.assign(document.createElement('a'), { href: '/end', target: '_top', textContent: 'Leave' }))">In</button>`,
      ),
      '/end': end,
    }),
    actions: two([{ ...click('aria/In', '#in'), frame: [0] }], [{ ...click('aria/Leave'), frame: [0] }], 'aria/Leave'),
  },
  'shadow roots': {
    pages: site(
      `<x-form></x-form><script>customElements.define('x-form', class extends HTMLElement { connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<x-field></x-field>'; } });
        customElements.define('x-field', class extends HTMLElement { connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<button>Deep</button><input>';
        root.querySelector('button').onclick = () => root.querySelector('input').insertAdjacentHTML('afterend', '<b>shown</b>');
        root.querySelector('input').onchange = () => { ${ended()} }; } })</script>`,
    ),
    actions: two(
      [click(['x-form', 'x-field', 'button'])],
      [{ type: 'change', selectors: [['x-form', 'x-field', 'input']], value: 'a' }, click('h1')],
      'pierce/b',
    ),
  },
  'a dialog of the browser': {
    pages: site(
      `<button onclick="if (confirm('Sure?')) this.outerHTML = '<button id=two onclick=\\'alert(1); document.title = 2; this.id = &quot;end&quot;\\'>Two</button>'">One</button>`,
    ),
    actions: two([click('aria/One')], [click('#two')], '#two'),
  },
  'a dialog of the page': {
    pages: site(
      `<button onclick="document.querySelector('dialog').showModal()">Open</button><dialog><button id="close" onclick="this.closest('dialog').close(); ${ended().replaceAll("'", '&#39;')}">Close</button></dialog>`,
    ),
    actions: two([click('aria/Open')], [click('aria/Close')], '#close'),
  },
  'a file to upload': {
    pages: site(
      `<input type="file" style="display: none" aria-label="Photo" onchange="document.querySelector('#name').textContent = this.files[0].name; document.querySelector('button').disabled = false"><p id="name"></p><button disabled onclick="this.id = 'end'">Send</button>`,
    ),
    actions: two([enter('input[type=file]', 'C:\\fakepath\\cat.jpg')], [click('aria/Send')], 'text/cat.jpg'),
  },
  'a menu that opens under the pointer': {
    pages: site(
      `<style>ul ul { display: none } li:hover ul { display: block }</style><ul><li id="menu">Products<ul><li><a href="/shoes">Shoes</a></li></ul></li></ul>`,
      { '/shoes': page('Shoes', `<button onclick="this.id = 'end'">Buy</button>`) },
    ),
    actions: two([{ type: 'hover', selectors: ['#menu'] }, click('aria/Shoes')], [click('aria/Buy')], 'aria/Buy'),
  },
  'the keyboard alone': {
    pages: site('<a href="/form">Go</a>', {
      '/form': page('Form', '<form action="/end"><input autofocus name="q"><button>Search</button></form>'),
      '/end': end,
    }),
    actions: two([...key('Tab'), ...key('Enter')], [...key('a'), ...key('Enter')], 'input'),
  },
  'another window': {
    pages: site('<a href="/other" target="_blank">Other</a>', {
      '/other': page('Other', `<button onclick="opener?.x; this.id = 'end'">Here</button>`),
    }),
    actions: [
      step('First'),
      open(),
      click('aria/Other'),
      step('Second'),
      { ...click('aria/Here'), target: 'http://shop.example/other' },
      { type: 'waitForElement', selectors: ['#end'], target: 'http://shop.example/other' },
    ],
  },
  'lists and boxes': {
    pages: site(
      `<select aria-label="Size"><option value="s">S<option value="l">L</select><label><input type="checkbox" onchange="show()"> Terms</label><button id="next" hidden onclick="this.id='end'">Next</button><script>function show() { document.querySelector('#next').hidden = document.querySelector('select').value !== 'l' }</script>`,
    ),
    actions: two([enter('aria/Size', 'l'), click('aria/Terms')], [click('aria/Next')], '#next'),
  },
  'a button that is enabled late': {
    pages: site(
      `<input aria-label="Name" oninput="setTimeout(() => document.querySelector('button').disabled = false, 400)"><button disabled onclick="this.textContent = 'Done'; this.id = 'end'">Send</button>`,
    ),
    actions: two([enter('aria/Name', 'Ada')], [click('aria/Send')], 'aria/Send'),
  },
  'suggestions that come late': {
    pages: site(
      `<input aria-label="Town" oninput="setTimeout(() => towns.innerHTML = '<li role=option id=york>York', 300)"><ul id="towns" onclick="${ended().replaceAll("'", '&#39;')}"></ul>`,
    ),
    actions: two([enter('aria/Town', 'Yo')], [click('#york')], '#york'),
  },
  redirects: {
    pages: site('<a href="/a">Next</a>', {
      '/a': (_, response) => response.writeHead(302, { location: '/b' }).end(),
      '/b': (_, response) => response.writeHead(303, { location: '/c' }).end(),
      '/c': page('C', '<form method="post" action="/d"><button>Post</button></form>'),
      '/d': (_, response) => response.writeHead(303, { location: '/end' }).end(),
      '/end': end,
    }),
    actions: two([click('aria/Next')], [click('aria/Post')], 'aria/Post'),
  },
  'far below': {
    pages: site(
      `<div style="height: 4000px"></div><button onclick="this.nextElementSibling.hidden = false">Far</button><button id="more" hidden onclick="this.id = 'end'">Further</button>`,
    ),
    actions: two([{ type: 'scroll', x: 0, y: 3000 }, click('aria/Far')], [click('#more')], '#more'),
  },
  'a double click and a date': {
    pages: site(
      `<p id="twice" ondblclick="document.querySelector('input').hidden = false">Edit</p><input type="date" hidden onchange="this.value === '2027-01-31' && this.insertAdjacentHTML('afterend', '<p id=end>x</p>')">`,
    ),
    actions: two([{ ...click('#twice'), type: 'doubleClick' }], [enter('input', '2027-01-31'), click('h1')], 'input'),
  },
  'a navigation by a timer': {
    pages: site(`<button onclick="setTimeout(() => location.href = '/two', 300)">Save</button>`, {
      '/two': page('Two', `<button onclick="this.id = 'end'">Save</button>`),
    }),
    actions: [
      step('First'),
      open(),
      { ...click('aria/Save'), assertedEvents: [{ type: 'navigation', url: 'http://shop.example/two' }] },
      step('Second', '#end'),
      click('aria/Save'),
    ],
  },
  'a page that never rests': {
    pages: site(
      `<p id="clock"></p><script>setInterval(() => document.querySelector('#clock').textContent = performance.now(), 50)</script><button onclick="setTimeout(() => this.nextElementSibling.hidden = false, 200)">Ask</button><button id="answer" hidden onclick="this.id = 'end'">Answer</button>`,
    ),
    actions: two([click('aria/Ask')], [click('#answer')], '#answer'),
  },
  'text that is typed into an editor': {
    pages: site(
      `<div id="editor" contenteditable oninput="this.textContent.includes('hi') && (document.querySelector('button').hidden = false)">x</div><button hidden onclick="this.id = 'end'">Publish</button>`,
    ),
    actions: two([click('#editor'), ...key('h'), ...key('i')], [click('aria/Publish')], 'aria/Publish'),
  },
};
