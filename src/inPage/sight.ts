import type { Wall } from '../core/audit/proof';

/** What a page shows, by which people tell which page it is. */
export interface Sight {
  heading?: string;
  password: boolean;
  wall?: Wall;
}

declare global {
  /** Put into a page once it has been measured. */
  var uxAuditSight: () => Sight;
}

/** The longest heading that is told. Characters. */
const LONGEST = 200;
/** From this part of the screen on, what asks for consent is a wall and no banner. */
const MOST = 0.5;
/** The screen is looked at in so many places across and down. */
const PLACES = 16;

/** Where well-known tools put what they ask for consent with. */
const tools: Record<string, string> = {
  OneTrust: '#onetrust-banner-sdk, #onetrust-pc-sdk, #onetrust-consent-sdk',
  Cookiebot: '#CybotCookiebotDialog',
  Usercentrics: '#usercentrics-root, #usercentrics-cmp-ui',
  Didomi: '#didomi-host',
  Quantcast: '.qc-cmp2-container, #qc-cmp2-container',
  TrustArc: '#truste-consent-track, .truste_box_overlay, .truste_overlay',
  Sourcepoint: '[id^="sp_message_container"]',
  Klaro: '.klaro',
  CookieYes: '.cky-consent-container, .cky-modal',
  Complianz: '#cmplz-cookiebanner-container, .cmplz-cookiebanner',
  Osano: '.osano-cm-window',
  iubenda: '#iubenda-cs-banner',
  Borlabs: '#BorlabsCookieBox',
  tarteaucitron: '#tarteaucitronRoot',
  Axeptio: '#axeptio_overlay',
  consentmanager: '#cmpwrapper, #cmpbox',
  'Google Privacy & messaging': '.fc-consent-root',
  Ketch: '#lanyard_root',
  CookieConsent: '#cc-main, #cookiescript_injected',
};
const about =
  /cookie|consent|privacy|gdpr|rgpd|dsgvo|datenschutz|einwillig|confidentialit|privacidad|privatsph|プライバシー|同意|隐私/i;
const answers = new RegExp(
  'accept|agree|allow|reject|decline|refuse|deny|got it|akzept|zustimm|ablehn|einverstanden|erlaub|autoris|aceptar|' +
    'rechaz|accett|rifiut|accepter|refuser|akkoord|weiger|aceitar|recusar|godk|afvis|hyväks|zgadz|akcept|odrzu|' +
    'souhlas|同意|拒否|接受|拒绝',
  'i',
);

const boxOf = (element: Element) => element.getBoundingClientRect();

function isVisible(element: Element): boolean {
  const { width, height } = boxOf(element);
  return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** The document and all open shadow trees in it. */
function roots(): (Document | ShadowRoot)[] {
  const found: (Document | ShadowRoot)[] = [document];
  for (const root of found)
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) found.push(shadowRoot);
  return found;
}

function textOf(element: Element): string {
  const inside = [...element.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot?.textContent ?? []);
  return [element.textContent ?? '', element.shadowRoot?.textContent ?? '', ...inside]
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function headingOf(all: readonly (Document | ShadowRoot)[]): string | undefined {
  const headings = all.flatMap((root) => [...root.querySelectorAll('h1, [role=heading][aria-level="1"]')]);
  const shown = headings.find((heading) => isVisible(heading) && textOf(heading) !== '');
  const text = (shown ? textOf(shown) : document.title.replace(/\s+/g, ' ').trim()).slice(0, LONGEST);
  return text === '' ? undefined : text;
}

/** The element at a place of the screen, and those that it is in, through shadow trees. */
function chainAt(x: number, y: number): Element[] {
  const chain: Element[] = [];
  let element: Element | null = document.elementFromPoint(x, y);
  while (element) {
    chain.push(element);
    const root = element.getRootNode();
    element = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return chain;
}

/** Whether an element lies over the page: a dialog, or what does not move with it. */
function isOver(element: Element): boolean {
  if (element === document.body || element === document.documentElement) return false;
  if (element.matches('dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]')) return true;
  return getComputedStyle(element).position === 'fixed';
}

/** Who asks for consent with an element; undefined when nobody does. */
function askerOf(element: Element): string | undefined {
  const tool = Object.entries(tools).find(([, selector]) => element.matches(selector))?.[0];
  if (tool !== undefined) return tool;
  if (!isOver(element) || !about.test(textOf(element))) return undefined;
  const buttons = [
    ...element.querySelectorAll('button, [role=button], a[href], input[type=submit], input[type=button]'),
  ];
  const says = (button: Element) =>
    `${textOf(button)} ${button.getAttribute('aria-label') ?? ''} ${button.getAttribute('value') ?? ''}`;
  return buttons.some((button) => answers.test(says(button))) ? 'a dialog' : undefined;
}

function wallOf(): Wall | undefined {
  const chains: Element[][] = [];
  for (let across = 0; across < PLACES; across += 1)
    for (let down = 0; down < PLACES; down += 1)
      chains.push(chainAt(((across + 0.5) / PLACES) * innerWidth, ((down + 0.5) / PLACES) * innerHeight));
  const known = new Map<Element, string | undefined>();
  const asks = (element: Element) => {
    if (!known.has(element)) known.set(element, askerOf(element));
    return known.get(element);
  };
  const [asker] = chains.flatMap((chain) => chain.filter((element) => asks(element) !== undefined));
  if (!asker) return undefined;
  const most = textOf(asker).length * 1.5;
  // what lies around it, such as a curtain, belongs to it; an app that lies over its own page does not
  const isOfWall = (chain: Element[]) =>
    chain.includes(asker) ||
    chain.some((element) => isOver(element) && textOf(element).length <= (element.contains(asker) ? most : 0));
  const covers = chains.filter(isOfWall).length / chains.length;
  return covers >= MOST ? { by: asks(asker) as string, covers: Math.round(covers * 100) / 100 } : undefined;
}

globalThis.uxAuditSight = () => {
  const all = roots();
  const heading = headingOf(all);
  const fields = all.flatMap((root) => [...root.querySelectorAll('input[type=password]')]);
  const wall = wallOf();
  return { password: fields.some(isVisible), ...(heading !== undefined && { heading }), ...(wall && { wall }) };
};
