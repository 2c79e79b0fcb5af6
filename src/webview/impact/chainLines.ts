import { render, svg, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { evidenceWord } from '../../core/impact/grades';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { html } from '../shared/html';
import { nameOf } from './store';

/** What is drawn at the moment, and where. */
let lines: { paths: readonly ImpactPath[]; chosen: string | undefined; choose: (path: ImpactPath) => void } | undefined;
let board: Element | undefined;

const resized = new ResizeObserver(() => draw());

/** The picture of the lines between the metrics; it follows them when the page changes its size. */
export function drawnLines(
  paths: readonly ImpactPath[],
  chosen: string | undefined,
  choose: (path: ImpactPath) => void,
): TemplateResult {
  lines = { paths, chosen, choose };
  queueMicrotask(draw); // by then the metrics of this drawing stand in their places
  return html`<svg class="chain-lines" aria-hidden="true" ${ref(attach)}></svg>`;
}

function attach(element: Element | undefined): void {
  resized.disconnect();
  board = element;
  if (element) queueMicrotask(() => element.parentElement && resized.observe(element.parentElement));
}

/** Draws each line from where its two metrics stand now. */
function draw(): void {
  if (!(board instanceof SVGElement) || !board.isConnected || !lines) return;
  const { paths, chosen } = lines;
  const frame = board.getBoundingClientRect();
  if (frame.width === 0) return; // too narrow for lines: each metric says its relations in words
  const boxes = new Map(
    [...(board.parentElement?.querySelectorAll('[data-metric]') ?? [])].map((node) => [
      node.getAttribute('data-metric') ?? '',
      node.getBoundingClientRect(),
    ]),
  );
  const byTop = (side: 'ux' | 'cx') => (a: ImpactPath, b: ImpactPath) =>
    (boxes.get(a[side])?.top ?? 0) - (boxes.get(b[side])?.top ?? 0);
  const from = new Map([...Map.groupBy(paths, ({ ux }) => ux)].map(([id, of]) => [id, of.toSorted(byTop('cx'))]));
  const to = new Map([...Map.groupBy(paths, ({ cx }) => cx)].map(([id, of]) => [id, of.toSorted(byTop('ux'))]));
  const heightAt = (id: string, path: ImpactPath, list: readonly ImpactPath[] = []) => {
    const { top, height } = boxes.get(id) as DOMRect;
    return top - frame.top + (height * (list.indexOf(path) + 1)) / (list.length + 1);
  };
  const isOn = ({ ux, cx }: ImpactPath) => ux === chosen || cx === chosen;
  const drawing = paths
    .filter(({ ux, cx }) => boxes.has(ux) && boxes.has(cx))
    .toSorted((a, b) => Number(isOn(a)) - Number(isOn(b)))
    .map((path) => {
      const x1 = (boxes.get(path.ux) as DOMRect).right - frame.left;
      const x2 = (boxes.get(path.cx) as DOMRect).left - frame.left;
      const [y1, y2] = [heightAt(path.ux, path, from.get(path.ux)), heightAt(path.cx, path, to.get(path.cx))];
      const bend = (x2 - x1) / 2;
      return line(path, `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, isOn(path));
    });
  render(svg`${drawing}`, board as unknown as HTMLElement);
}

function line(path: ImpactPath, d: string, isOn: boolean): TemplateResult {
  const { ux, cx, links, grade } = path;
  const how = links.length > 0 ? evidenceWord(grade) : 'no relation found';
  const look = links.length > 0 ? path.line : 'none';
  return svg`<g class="chain-line ${look} ${isOn ? 'on' : ''}" @click=${() => lines?.choose(path)}>
    <title>${nameOf(ux)} and ${nameOf(cx)}: ${how}</title>
    <path class="hit" d=${d}></path><path d=${d}></path>
  </g>`;
}
