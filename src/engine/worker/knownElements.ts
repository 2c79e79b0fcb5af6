import { writeTrail } from '../../core/sources/digests';
import { HtmlFile } from '../../core/sources/htmlElements';
import { type KnownElement, reportedElements } from '../../core/sources/reportedElements';
import type { DeclaredSource } from '../../core/sources/sources';
import { sourceOfStack } from '../../core/sources/stackFrames';
import type { ReadPage } from './pageReader';

/** The most elements of a report that are described, and the most steps up from each. */
const MAX_ELEMENTS = 3_000;
const MAX_STEPS = 16;

/** What was read of the elements that a report names, by their paths. */
export function knownElements(read: ReadPage, report: unknown): Record<string, KnownElement> {
  const at = new Map(read.nodes.map(([parent, step], index) => [`${parent} ${step}`, index]));
  const nodeAt = (path: string): number | undefined =>
    path
      .match(/[^,]+,[^,]+/g)
      ?.reduce<number | undefined>((node, step) => (node === undefined ? node : at.get(`${node} ${step}`)), -1);
  const isOnly = [3, 4].map((kind) => {
    const counts = Map.groupBy(read.nodes, (node) => node[kind]);
    return (digest: string) => counts.get(digest)?.length === 1;
  });
  const sources = new Map(read.sources.map((source) => [source.node, source]));
  const ofStack = new Map<number, DeclaredSource | undefined>();
  const html = read.html === undefined ? undefined : new HtmlFile(read.html);

  const trailOf = (node: number): string => {
    const steps = [];
    for (let index = node; index >= 0 && steps.length < MAX_STEPS; ) {
      const [parent, , among, whole, bare] = read.nodes[index] as ReadPage['nodes'][number];
      steps.push({ whole: isOnly[0]?.(whole) ? whole : '', bare: isOnly[1]?.(bare) ? bare : '', index: among });
      index = parent;
    }
    return writeTrail(steps);
  };
  const sourceOf = (node: number): DeclaredSource | undefined => {
    const { file, line, column, stacks = [] } = sources.get(node) ?? {};
    if (file !== undefined)
      return { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }), by: 'framework' };
    for (const stack of stacks) {
      if (!ofStack.has(stack)) ofStack.set(stack, sourceOfStack(read.stacks[stack] ?? '', read.maps));
      const found = ofStack.get(stack);
      if (found) return found;
    }
    return undefined;
  };

  const known: Record<string, KnownElement> = {};
  for (const element of reportedElements(report).slice(0, MAX_ELEMENTS)) {
    const { path } = element;
    const node = path === undefined ? undefined : nodeAt(path);
    if (path === undefined || node === undefined || Object.hasOwn(known, path)) continue;
    const trail = trailOf(node);
    const sent = html?.find({ ...element, trail });
    const source = (typeof sent === 'object' ? astroSource(sent.attributes) : undefined) ?? sourceOf(node);
    known[path] = { trail, ...(source && { source }) };
  }
  return known;
}

function astroSource(attributes: ReadonlyMap<string, string>): DeclaredSource | undefined {
  const file = attributes.get('data-astro-source-file');
  const [line, column] = (attributes.get('data-astro-source-loc') ?? '').split(':').map(Number);
  return file === undefined || !line ? undefined : { file, line, ...(column && { column }), by: 'framework' };
}
