/** The parts of a page's globals that the function below uses, since it runs in the page. */
interface PageNode {
  nodeType: number;
  nodeName: string;
  data?: string;
  childNodes: Iterable<PageNode>;
}
interface PageElement extends PageNode {
  localName: string;
  attributes: Iterable<{ name: string; value: string }>;
  shadowRoot: PageNode | null;
}
/** What frameworks leave on the elements of development builds. */
interface Fiber {
  _debugSource?: { fileName?: unknown; lineNumber?: unknown; columnNumber?: unknown };
  _debugStack?: { stack?: unknown };
  _debugOwner?: Fiber | null;
  /** Of a component that ran on the server. */
  debugStack?: { stack?: unknown };
  owner?: Fiber | null;
}
interface Expandos extends Record<string, unknown> {
  __svelte_meta?: { loc?: { file?: unknown; line?: unknown; column?: unknown } };
  __vnode?: { ctx?: { type?: { __file?: unknown } }; props?: Record<string, unknown> };
}
declare const document: PageNode & { scripts: Iterable<{ src: string }> };
declare const window: Record<string, unknown>;
declare const performance: { getEntriesByType(type: 'resource'): { name: string }[] };

/** An element: index of its parent (-1 for none), step of Lighthouse's path, index among its siblings, digests. */
export type ReadNode = [parent: number, step: string, index: number, whole: string, bare: string];

/** What a framework says of an element's source; counts from 1. */
export interface ReadSource {
  node: number;
  file?: string;
  line?: number;
  column?: number;
  /** Indexes of stacks that its making left, the element's own first, then those of its owners. */
  stacks?: number[];
}

/** What is read of a page. All of it is the page's word. */
export interface PageReading {
  nodes: ReadNode[];
  sources: ReadSource[];
  stacks: string[];
  urls: string[];
  globals: string[];
  marks: string[];
}

/** The limits of a reading. */
export interface ReadLimits {
  nodes: number;
  /** Of texts and attributes. */
  characters: number;
  sources: number;
  urls: number;
}

/**
 * Reads digests of the page's elements (core/sources/digests.ts), what a development build says of their sources, and
 * what tells the tool that made the build. Runs in the page, and changes nothing there.
 */
export function readPage(limits: ReadLimits): PageReading {
  const uncounted = /^(?:style|nonce|title|tabindex|hidden|open|disabled|data-.*|aria-.*)$/;
  const unread = /^(?:script|style|noscript|template|title)$/;
  const nodes: ReadNode[] = [];
  const sources: ReadSource[] = [];
  const stacks = new Map<string, number>();
  const marks = new Set<string>();
  let characters = 0;

  const digestOf = (text: string): string => {
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    characters += text.length;
    if (characters > limits.characters) throw new Error('too large');
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      high = Math.imul(high ^ unit, 2654435761);
      low = Math.imul(low ^ unit, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
  };

  const stackAt = (stack: unknown): number[] => {
    if (typeof stack !== 'string') return [];
    const text = stack.slice(0, 2_000);
    const known = stacks.get(text) ?? stacks.size;
    stacks.set(text, known);
    return [known];
  };

  type Place = Omit<ReadSource, 'node'>;
  const place = (file: unknown, line: unknown, column: unknown): Place | undefined => {
    if (typeof file !== 'string' || file === '') return undefined;
    if (!(Number(line) >= 1)) return { file };
    return { file, line: Number(line), ...(Number(column) >= 1 && { column: Number(column) }) };
  };

  /** Splits `file:line:column`. */
  const placeOf = (text: unknown): Place | undefined => {
    const [, file, line, column] = /^(.+?)(?::(\d+))?(?::(\d+))?(?::[\w-]+)?$/.exec(String(text)) ?? [];
    return place(file, line, column);
  };

  const placeOfFiber = (fiber: Fiber): Place | undefined => {
    if ('_debugOwner' in fiber) marks.add('react');
    const { fileName, lineNumber, columnNumber } = fiber._debugSource ?? {};
    if (fileName !== undefined) return place(fileName, lineNumber, columnNumber);
    const made = stackAt(fiber._debugStack?.stack);
    let owner = fiber._debugOwner;
    for (let depth = 0; owner && depth < 4; depth += 1) {
      made.push(...stackAt((owner._debugStack ?? owner.debugStack)?.stack));
      owner = owner._debugOwner ?? owner.owner;
    }
    return made.length > 0 ? { stacks: made } : undefined;
  };

  const placeOfElement = (element: Expandos, attributes: Map<string, string>): Place | undefined => {
    const get = (name: string) => attributes.get(name);
    const [line, column] = (get('data-astro-source-loc') ?? '').split(':');
    const relative = get('data-inspector-relative-path');
    const inspected = get('data-insp-path') ?? get('data-v-inspector') ?? get('data-source');
    const { __svelte_meta: svelte, __vnode: vue } = element;
    if (svelte) marks.add('svelte');
    if (vue) marks.add('vue');
    const fiber = Object.keys(element).find((key) => /^__react(?:Fiber|InternalInstance)\$/.test(key));
    const ofReact = fiber === undefined ? undefined : placeOfFiber(element[fiber] as Fiber);
    return (
      place(get('data-astro-source-file'), line, column) ??
      place(relative, get('data-inspector-line'), get('data-inspector-column')) ??
      (/:\d+/.test(inspected ?? '') ? placeOf(inspected) : undefined) ??
      (svelte && place(svelte.loc?.file, svelte.loc?.line, Number(svelte.loc?.column) + 1)) ??
      (vue?.props?.__v_inspector ? placeOf(vue.props.__v_inspector) : undefined) ??
      (vue && place(vue.ctx?.type?.__file, 0, 0)) ??
      ofReact
    );
  };

  const visit = (element: PageElement, parent: number, step: number, index: number): ReadNode => {
    if (nodes.length >= limits.nodes) throw new Error('too large');
    const at = nodes.length;
    const row: ReadNode = [parent, `${step},${element.nodeName}`, index, '', ''];
    nodes.push(row);
    const attributes = new Map<string, string>();
    for (const { name, value } of element.attributes) attributes.set(name.toLowerCase(), value);
    try {
      const source = placeOfElement(element as unknown as Expandos, attributes);
      if (source && sources.length < limits.sources) sources.push({ node: at, ...source });
    } catch {
      // a page may put anything there
    }
    const name = element.localName.toLowerCase();
    const inside = visitAll(element, at);
    const [whole, bare] = unread.test(name) ? ['', ''] : inside;
    if (element.shadowRoot) {
      const shadow = nodes.length;
      nodes.push([at, 'a,#document-fragment', 0, '', '']);
      visitAll(element.shadowRoot, shadow);
    }
    const counted = [...attributes].filter(([attribute]) => !uncounted.test(attribute));
    const listed = counted.map(([attribute, value]) => `${attribute}=${value}`).sort();
    row[3] = digestOf(`${name}\n${listed.join('\n')}\n${whole}`);
    row[4] = digestOf(`${name}\n${listed.filter((one) => !one.startsWith('class=')).join('\n')}\n${bare}`);
    return row;
  };

  const visitAll = (parent: PageNode, at: number): [whole: string, bare: string] => {
    let whole = '';
    let bare = '';
    let step = 0;
    let index = 0;
    for (const child of parent.childNodes) {
      if (child.nodeType === 1) {
        const inside = visit(child as PageElement, at, step, index);
        whole += `<${inside[3]}>`;
        bare += `<${inside[4]}>`;
        index += 1;
      } else if (child.nodeType === 3) {
        const text = (child.data ?? '').replace(/\s+/g, '');
        whole += text;
        bare += text;
        if (text === '') continue; // Lighthouse does not count it
      }
      step += 1;
    }
    return [whole, bare];
  };

  try {
    visitAll(document, -1);
  } catch {
    nodes.length = 0; // too large, or too deep
    sources.length = 0;
  }
  const names = Object.getOwnPropertyNames(window);
  const isParcelHot = names.some(
    (name) => name.startsWith('parcelRequire') && 'hotData' in ((window[name] ?? {}) as object),
  );
  if (isParcelHot) marks.add('parcel');
  if (typeof (window.ng as { getComponent?: unknown } | undefined)?.getComponent === 'function') marks.add('angular');
  if ((window.__NEXT_DATA__ as { buildId?: unknown } | undefined)?.buildId === 'development') marks.add('next');
  const urls = [
    ...[...document.scripts].map(({ src }) => src),
    ...performance.getEntriesByType('resource').map(({ name }) => name),
  ];
  return {
    nodes,
    sources,
    stacks: [...stacks.keys()],
    urls: [...new Set(urls)].filter((url) => url !== '' && !url.startsWith('data:')).slice(0, limits.urls),
    globals: names
      .filter((name) => /^(?:_|webpack|parcel|rspack|turbopack|ng|Solid|astro|nuxt)/i.test(name))
      .slice(0, 200),
    marks: [...marks],
  };
}
