import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A shop of two pages, the second of which takes a while to draw, and a journey over it. */
export function orderShop(folder) {
  const site = path.join(folder, 'shop');
  mkdirSync(site, { recursive: true });
  const page = (title, body) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
  writeFileSync(path.join(site, 'index.html'), page('Cart', '<h1>Cart</h1><a href="/pay.html">Check out</a>'));
  const thank = `document.body.insertAdjacentHTML('beforeend', '<p id="receipt">Thank you</p>')`;
  const script = `<script>function pay() { setTimeout(() => ${thank}, 700); }</script>`;
  const button = '<h1>Pay</h1><button onclick="pay()">Pay now</button>';
  writeFileSync(path.join(site, 'pay.html'), page('Pay', `${button}${script}`));
  const step = (name, expected) => ({
    type: 'customStep',
    name: 'ux-audit/step',
    parameters: { name, expect: expected },
  });
  const click = (...selectors) => ({ type: 'click', selectors, offsetX: 4, offsetY: 4 });
  const recording = {
    title: 'Order',
    steps: [
      {
        type: 'setViewport',
        width: 412,
        height: 823,
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
        isLandscape: false,
      },
      step('Cart', 'aria/Pay now'),
      { type: 'navigate', url: 'http://localhost/' },
      click('aria/Check out'),
      step('Pay', '#receipt'),
      click('aria/Pay now'),
    ],
  };
  const record = {
    schemaVersion: 1,
    targets: { order: { kind: 'journey', steps: ['Cart', 'Pay'], serve: { folder: 'shop' } } },
    evaluations: {},
    findings: {},
  };
  mkdirSync(path.join(folder, 'ux-audit/journeys'), { recursive: true });
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(record));
  writeFileSync(path.join(folder, 'ux-audit/journeys/order.json'), JSON.stringify(recording));
  return recording;
}
