import { type Handler, page } from './support';

const after =
  (milliseconds: number, html: string): Handler =>
  (_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html), milliseconds);
  };

/** A shop of pages: the server takes its time before it answers. */
export function pagesShop(delays: { address: number; pay: number }): Record<string, string | Handler> {
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
        '<form action="/done"><label>Card number <input name="card" type="password"></label><button>Pay now</button></form>',
      ),
    ),
    '/done': page('Thank you', '<p id="receipt">Your order is on its way.</p>'),
  };
}

/** The same shop as one page: a script draws each step after a while. */
export function scriptShop(delays: { address: number; pay: number }): Record<string, string | Handler> {
  const script = `
    const main = document.querySelector('main');
    const steps = {
      '/address': [${delays.address}, '<label>Name <input name="name"></label><button onclick="go(\\'/pay\\')">Continue</button>'],
      '/pay': [${delays.pay}, '<label>Card number <input type="password"></label><button onclick="go(\\'/done\\')">Pay now</button>'],
      '/done': [0, '<p id="receipt">Your order is on its way.</p>'],
    };
    function go(to) {
      const [wait, html] = steps[to];
      setTimeout(() => { history.pushState({}, '', to); main.innerHTML = '<h1>' + to + '</h1>' + html; }, wait);
    }`;
  return { '/': page('Cart', `<button onclick="go('/address')">Check out</button><script>${script}</script>`) };
}
