import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { defaultTreeAdapter, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportedElements } from '../../src/core/sources/reportedElements';
import type { ReportedElement, SourcePosition } from '../../src/core/sources/sources';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { sourcesOf } from '../../src/workflow/sources';
import { Workspace } from '../../src/workflow/workspace';
import { isLong } from '../patience';
import { inHeadlessShell } from './headlessShell';
import { Place, page, repository, type Site, serve, workerFile } from './support';
import { type AppKind, appFolder, previewApp, serveApp } from './viteApps';

inHeadlessShell();

let place: Place;
let engine: AuditEngine;

beforeAll(async () => {
  place = new Place().enter();
  const browser = { path: (await findBrowser({})).path, sandbox: canSandbox() };
  engine = new AuditEngine({ worker: workerFile, browser });
});

afterAll(async () => {
  await engine.dispose();
  await place.leave();
});

interface Report {
  audits: Record<string, { score: unknown }>;
}

/** The whole report of one run, and the tool of a development build. */
async function audit(url: string, categories?: string[]): Promise<{ report: Report; tool: string | undefined }> {
  const { reports, set } = await engine.audit({ url, formFactor: 'desktop', runs: 1, categories });
  const report = JSON.parse(readFileSync(reports[0] as string, 'utf8')) as Report;
  expect(set.slices[0]?.audits.map(({ id }) => id)).toEqual(Object.keys(report.audits));
  return { report, tool: set.development?.tool };
}

/** The categories whose findings are about elements, and need no measured load. */
const ofElements = ['accessibility', 'best-practices', 'seo'];

/** The elements of a report's findings, each once. */
function findings(of: Report): ReportedElement[] {
  const failed = Object.keys(of.audits).filter(
    (id) => typeof of.audits[id]?.score === 'number' && of.audits[id]?.score !== 1,
  );
  const elements = failed.flatMap((id) => reportedElements(of, id));
  return [...new Map(elements.map((element) => [element.path, element])).values()];
}

/** A page in which each element names the line that it is written on. */
function marked(text: string): string {
  const tags: { end: number; line: number }[] = [];
  const visit = (node: Parameters<typeof defaultTreeAdapter.isElementNode>[0]): void => {
    const start =
      defaultTreeAdapter.isElementNode(node) && (node.sourceCodeLocation?.startTag ?? node.sourceCodeLocation);
    if (start && 'tagName' in node)
      tags.push({ end: start.startOffset + 1 + node.tagName.length, line: start.startLine });
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(text, { sourceCodeLocationInfo: true }));
  let [result, from] = ['', 0];
  for (const { end, line } of tags.sort((a, b) => a.end - b.end)) {
    result += `${text.slice(from, end)} data-line="${line}"`;
    from = end;
  }
  return result + text.slice(from);
}

describe.each([
  ['startbootstrap-sb-admin-2', ['index.html', ...(isLong ? ['tables.html', 'charts.html', 'buttons.html'] : [])]],
  ['startbootstrap-freelancer/dist', ['index.html']],
  ['startbootstrap-agency/dist', ['index.html']],
])('the findings of %s', (name, pages) => {
  const folder = path.join(repository, 'node_modules', name);
  let site: Site;

  beforeAll(async () => {
    const types: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
    site = await serve(
      new Proxy(
        {},
        {
          get: (_, pathname: string) => {
            const file = path.join(folder, pathname);
            if (!existsSync(file) || !statSync(file).isFile()) return undefined;
            if (file.endsWith('.html')) return marked(readFileSync(file, 'utf8'));
            return (_request: unknown, response: import('node:http').ServerResponse) =>
              response
                .writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
                .end(readFileSync(file));
          },
        },
      ),
    );
    mkdirSync(path.join(place.workspace, name), { recursive: true });
    for (const page of pages) cpSync(path.join(folder, page), path.join(place.workspace, name, page));
  });
  afterAll(() => site.close());

  it('lead to their exact lines, and never to a wrong one', async () => {
    let [right, all] = [0, 0];
    const wrong: string[] = [];
    for (const [index, page] of pages.entries()) {
      const { report, tool } = await audit(`${site.origin}/${page}`, index === 0 ? undefined : ofElements);
      expect(tool).toBeUndefined();
      const elements = findings(report);
      const plain = elements.map((element) => ({
        ...element,
        snippet: element.snippet?.replace(/ data-line="\d+"/, '') ?? '',
      }));
      const found = await sourcesOf(
        new Workspace(place.workspace),
        { path: `/${page}`, serve: { folder: name } },
        plain,
      );
      for (const [index, element] of elements.entries()) {
        const line = Number(/ data-line="(\d+)"/.exec(element.snippet ?? '')?.[1]);
        const position = found[index];
        const isExact = position?.by === 'exact';
        if (isExact && position.line !== line) wrong.push(`${page}:${position.line}, not ${line}: ${element.snippet}`);
        if (line) all += 1; // else a script made it
        if (isExact && position.line === line) right += 1;
      }
    }
    console.log(`${name}: ${right} of ${all} findings at their line, ${wrong.length} wrong`);
    expect(wrong).toEqual([]);
    expect(right / all).toBeGreaterThan(0.95);
  });
});

/** Where the elements of the apps are written, by their snippets: in the file of a component, on the line of a text. */
const written: [snippet: RegExp, component: string, text?: string][] = [
  [/^<html/, 'index.html', '<html'],
  [/^<meta name="viewport"/, 'index.html', 'name="viewport"'],
  [/^<a href="\/terms"/, 'App', '<a\n'],
  [/^<(?:main|h1|p|a|h5|footer)\b/, 'App'],
  [/^<(?:section|img|h4|button|svg|span)\b/, 'Card'],
  [/^<(?:form|input|select|div role)\b/, 'Search'],
];

/** Where an element of an app is written: file and line. */
function writtenAt(kind: AppKind, snippet: string): string {
  const [, component = '', text = /^<[^ >]+/.exec(snippet)?.[0] ?? ''] =
    written.find(([pattern]) => pattern.test(snippet)) ?? [];
  const endings = kind === 'react' ? ['jsx', 'tsx'] : [kind];
  const names = [component, ...endings.map((ending) => `src/${component}.${ending}`)];
  const file = names.find((name) => existsSync(path.join(appFolder(kind), name))) ?? '';
  const content = readFileSync(path.join(appFolder(kind), file), 'utf8');
  return `${file}:${content.slice(0, content.indexOf(text)).split('\n').length}`;
}

describe.each(['react', 'vue', 'svelte'] as const)('the findings of an app of %s that Vite serves', (kind) => {
  it('lead to the component that an element is written in', async () => {
    const site = await serveApp(kind, place);
    let found: (SourcePosition | undefined)[];
    let elements: ReportedElement[];
    try {
      const { report, tool } = await audit(site.url);
      expect(tool).toBe('Vite');
      elements = findings(report);
      found = await sourcesOf(new Workspace(appFolder(kind)), { path: '/' }, elements);
    } finally {
      await site.close();
    }
    const wrong: string[] = [];
    let right = 0;
    for (const [index, { snippet = '' }] of elements.entries()) {
      const expected = writtenAt(kind, snippet);
      const position = found[index];
      if (position && `${position.file}:${position.line}` === expected) right += 1;
      else if (position && position.by !== 'guess') wrong.push(`${snippet} at ${JSON.stringify(position)}`);
    }
    console.log(`${kind}: ${right} of ${elements.length} findings at their line, ${wrong.length} wrong`);
    expect(wrong).toEqual([]);
    expect(right / elements.length).toBeGreaterThanOrEqual(0.9);
  });
});

it('a built app that Vite previews is no development build, and names no sources', async () => {
  const site = await previewApp('react', place);
  try {
    const { report, tool } = await audit(site.url, ['accessibility']);
    expect(tool).toBeUndefined();
    expect(findings(report).length).toBeGreaterThan(5);
    expect(findings(report).filter(({ source }) => source)).toEqual([]);
    expect(findings(report).filter(({ trail }) => trail === undefined)).toEqual([]);
  } finally {
    await site.close();
  }
});

it('a page that lies about itself is audited all the same', async () => {
  const lies = `<script>
    for (const element of document.querySelectorAll('img')) {
      element.__reactFiber$x = { _debugOwner: null, get _debugStack() { throw new Error('trap'); } };
      element.__vnode = { ctx: { type: { __file: '../../../../etc/passwd' } } };
    }
    Object.defineProperty(window, 'parcelRequireX', { get() { throw new Error('trap'); } });
    Map.prototype.set = Array.prototype.sort = () => 'no'; JSON.stringify = () => '{';
  </script>`;
  const deep = `${'<div>'.repeat(400)}deep${'</div>'.repeat(400)}`;
  const site = await serve({ '/': page('Lies', lies), '/deep': page('Deep', deep) });
  try {
    for (const path of ['/', '/deep']) {
      const { report } = await audit(`${site.origin}${path}`, ['accessibility']);
      const elements = findings(report);
      expect(elements.length).toBeGreaterThan(0);
      const found = await sourcesOf(new Workspace(place.workspace), { path }, elements);
      for (const position of found) expect(position?.file ?? '').not.toMatch(/passwd|\.\./);
    }
  } finally {
    await site.close();
  }
});
