import type { PlacedElement } from '../../protocol/workerMessages';

/** The parts of a page's globals that the function below uses, since it runs in the page. */
interface PageNode {
  nodeType: number;
  data?: string;
  childNodes: Iterable<PageNode>;
}
interface PageElement extends PageNode {
  localName: string;
  id: string;
  type?: string;
  labels?: Iterable<PageElement> | null;
  /** The drawing that it is a part of. */
  ownerSVGElement?: PageElement | null;
  parentElement: PageElement | null;
  children: Iterable<PageElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  checkVisibility(options: object): boolean;
  closest(selector: string): PageElement | null;
}
declare function getComputedStyle(element: PageElement): { overflowX: string; overflowY: string };
declare const document: {
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { length: number };
};
declare const CSS: { escape(text: string): string };
declare const scrollX: number;
declare const scrollY: number;

/**
 * Lists the elements that people see, in document order: where each is, a selector, and a name of what it is and says,
 * such as Button “Pay now”. What people entered is never part of a name. Runs in the page, and changes nothing there.
 * @param most how many elements are listed
 * @param lowest elements that begin below are left out. CSS pixels
 * @param mask CSS selectors of what nobody else should read, so that no name repeats it
 */
export function placedElements(most: number, lowest: number, mask: string[]): PlacedElement[] {
  const written = ['[contenteditable]', '[role=textbox]', '[role=searchbox]'];
  /** Smaller elements cannot be pointed at. CSS pixels. */
  const smallest = 6;
  /** The longest text in a name. Characters. */
  const longest = 60;
  const words: Record<string, string> = {
    a: 'Link',
    article: 'Article',
    aside: 'Side part',
    audio: 'Sound',
    button: 'Button',
    canvas: 'Drawing',
    dialog: 'Dialog',
    fieldset: 'Group of fields',
    footer: 'Foot of the page',
    form: 'Form',
    header: 'Head of the page',
    iframe: 'Embedded page',
    img: 'Picture',
    label: 'Label',
    legend: 'Label',
    main: 'Main part',
    nav: 'Navigation',
    ol: 'List',
    picture: 'Picture',
    progress: 'Progress',
    select: 'Drop-down list',
    summary: 'Button',
    svg: 'Picture',
    table: 'Table',
    td: 'Cell',
    textarea: 'Field',
    th: 'Cell',
    ul: 'List',
    video: 'Video',
  };
  const roles: Record<string, string> = {
    alert: 'Message',
    alertdialog: 'Dialog',
    banner: 'Head of the page',
    button: 'Button',
    checkbox: 'Checkbox',
    combobox: 'Drop-down list',
    contentinfo: 'Foot of the page',
    dialog: 'Dialog',
    form: 'Form',
    heading: 'Heading',
    img: 'Picture',
    link: 'Link',
    list: 'List',
    listbox: 'Drop-down list',
    main: 'Main part',
    menu: 'Menu',
    menuitem: 'Menu item',
    navigation: 'Navigation',
    option: 'Option',
    progressbar: 'Progress',
    radio: 'Option',
    search: 'Search',
    searchbox: 'Field',
    slider: 'Slider',
    spinbutton: 'Field',
    status: 'Message',
    switch: 'Switch',
    tab: 'Tab',
    table: 'Table',
    textbox: 'Field',
    tooltip: 'Hint',
  };
  const inputs: Record<string, string> = {
    button: 'Button',
    checkbox: 'Checkbox',
    file: 'Field for a file',
    image: 'Button',
    radio: 'Option',
    range: 'Slider',
    reset: 'Button',
    submit: 'Button',
  };

  /** Whether an element of no size shows nothing of what is in it. */
  const isClosed = (element: PageElement): boolean => {
    const { width, height } = element.getBoundingClientRect();
    if (width >= 1 && height >= 1) return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    return overflowX !== 'visible' || overflowY !== 'visible';
  };

  const isShown = (element: PageElement) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    !isClosed(element);

  const isIn = (element: PageElement, selectors: string[]): boolean =>
    selectors.some((selector) => {
      try {
        return element.closest(selector) !== null;
      } catch {
        return false; // the record holds an invalid selector
      }
    });

  /** Whether the text of an element must not be read. */
  const isUnread = (element: PageElement): boolean => isIn(element, mask) || isIn(element, written);

  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();

  /** The first words that are seen in an element. */
  const seenText = (element: PageElement): string => {
    let text = '';
    const add = (node: PageNode): void => {
      if (text.length > longest) return;
      if (node.nodeType === 3) text = tidy(`${text} ${node.data}`);
      if (node.nodeType !== 1) return;
      const child = node as PageElement;
      const isText = !/^(?:script|style|noscript|template|textarea|select|title)$/.test(child.localName);
      if (!isText || !isShown(child) || isUnread(child)) return;
      for (const each of child.childNodes) add(each);
    };
    if (!isUnread(element)) for (const each of element.childNodes) add(each);
    return text;
  };

  const hasOwnText = (element: PageElement): boolean => {
    for (const { nodeType, data } of element.childNodes) if (nodeType === 3 && tidy(data) !== '') return true;
    return false;
  };

  /** What an element is, in a word; '' for one that only lays out others. */
  const wordOf = (element: PageElement): string => {
    const { localName, type = '' } = element;
    const role = roles[element.getAttribute('role') ?? ''];
    if (role) return role;
    if (localName === 'input') return inputs[type] ?? 'Field';
    if (/^h[1-6]$/.test(localName)) return 'Heading';
    if (localName === 'a' && !element.hasAttribute('href')) return hasOwnText(element) ? 'Text' : '';
    return words[localName] ?? (hasOwnText(element) ? 'Text' : '');
  };

  const saidOf = (element: PageElement): string => {
    const ids = tidy(element.getAttribute('aria-labelledby')).split(' ');
    const labelled = ids.map((id) => document.getElementById(id)).flatMap((each) => (each ? [seenText(each)] : []));
    const isButton = element.localName === 'input' && /^(?:button|submit|reset)$/.test(element.type ?? '');
    const labels = [...(element.labels ?? [])].map(seenText);
    const attribute = (name: string) => (isIn(element, mask) ? '' : element.getAttribute(name));
    const texts = [
      labelled.join(' '),
      attribute('aria-label'),
      labels.join(' '),
      attribute('alt'),
      isButton ? attribute('value') : '',
      seenText(element),
      attribute('placeholder'),
      attribute('title'),
    ];
    const said = texts.map(tidy).find((text) => text !== '') ?? '';
    return said.length > longest ? `${said.slice(0, longest - 1)}…` : said;
  };

  const selectorOf = (element: PageElement): string => {
    const steps: string[] = [];
    let node: PageElement | null = element;
    while (node && node.localName !== 'html') {
      if (node.id && document.querySelectorAll(`#${CSS.escape(node.id)}`).length === 1) {
        steps.unshift(`#${CSS.escape(node.id)}`);
        break;
      }
      let position = 0;
      let alike = 0;
      for (const sibling of node.parentElement?.children ?? []) {
        if (sibling.localName !== node.localName) continue;
        alike += 1;
        if (sibling === node) position = alike;
      }
      const name = CSS.escape(node.localName);
      steps.unshift(alike > 1 ? `${name}:nth-of-type(${position})` : name);
      node = node.parentElement;
    }
    return steps.join(' > ');
  };

  const found: PlacedElement[] = [];
  const boxes = new Map<PageElement, string>();
  const closed = new Set<PageElement>();
  for (const element of document.querySelectorAll('body *')) {
    if (found.length >= most) break;
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + scrollX, top + scrollY];
    const box = `${left} ${top} ${width} ${height}`;
    boxes.set(element, box);
    const parent = element.parentElement;
    if (isClosed(element) || (parent && closed.has(parent))) {
      closed.add(element);
      continue;
    }
    if (width < smallest || height < smallest || y > lowest || x + width < 0 || y + height < 0) continue;
    if (element.ownerSVGElement || !isShown(element)) continue;
    const word = wordOf(element);
    if (word === '' && parent && boxes.get(parent) === box) continue; // it lays out what its parent already shows
    const said = saidOf(element);
    const name = said === '' ? word || 'Area' : `${word || 'Area'} “${said}”`;
    found.push({ selector: selectorOf(element), name, x, y, width, height });
  }
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return found.map((element) => {
    const { name } = element;
    const of = counts.get(name) ?? 1;
    const at = (seen.get(name) ?? 0) + 1;
    seen.set(name, at);
    return of > 1 ? { ...element, name: `${name} (${at} of ${of})` } : element;
  });
}
