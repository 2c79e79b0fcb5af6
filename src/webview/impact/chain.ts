import { nothing, svg, type TemplateResult } from 'lit-html';
import { type Chain, type ChainBand, type ChainNode, chainOf } from '../../core/impact/chain';
import { evidenceWord } from '../../core/impact/grades';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { valueText } from '../../core/impact/impactText';
import { type Stage, stages } from '../../core/record/stages';
import { counted } from '../../core/text/counted';
import { disclose } from '../shared/disclosure';
import { redraw } from '../shared/draw';
import { button, icon, quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { ratingIcon } from '../shared/rating';
import { drawnLines } from './chainLines';
import { detail } from './detail';
import { narrow } from './narrow';
import { relationKey } from './relation';
import { allPaths, change, choose, nameOf, type Shown, ui } from './store';
import { evidenceKey, lineSample } from './study';
import { stateMark } from './valueLine';

/** The chain from what the team makes to what customers do and say, and the panel of what is chosen on it. */
export function chain(shown: Shown): TemplateResult {
  const { metric: chosen, filter } = ui;
  const all = chainOf(shown.view, allPaths, filter.stage);
  const bands = all.bands.map((band) => ({ ...band, ux: cut(band, 'ux'), cx: cut(band, 'cx') }));
  const panel = chosen ? detail(chosen, shown) : nothing;
  const isIn = new Set(bands.flatMap(({ ux, cx }) => [...ux.listed, ...cx.listed]).map(({ metric }) => metric.id));
  const drawn = all.relations.filter(({ ux, cx }) => isIn.has(ux) && isIn.has(cx));
  const isBelow = narrow.matches && chosen !== undefined && isIn.has(chosen);
  const close = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && ui.metric !== undefined) choose(undefined);
  };
  return html`<section aria-labelledby="chain-title" class="chain-page" @keydown=${close}>
    <h2 id="chain-title" class="visually-hidden">Chain</h2>
    <div class="chain-bar">${stageFilter()}</div>
    <div class="chain-keys">
      ${evidenceKey}
      <p class="legend small" aria-hidden="true">
        <span class="mark">${marks(['consideration', 'purchase'])} stages that a metric counts in</span>
      </p>
    </div>
    <div class="chain-split ${chosen ? 'chosen' : ''}">
      <div>
        <div class="chain">
          ${drawnLines(drawn, chosen, chooseLine)}
          <div class="chain-ends quiet small" aria-hidden="true">
            <span>UX: what we make</span><span>Customers: what they do and say</span>
          </div>
          ${bands.map((band) => bandRow(band, { drawn, panel: isBelow ? panel : nothing }))}
        </div>
        ${asList(drawn)} ${drawer(all.rest)}
      </div>
      ${isBelow ? nothing : panel}
    </div>
  </section>`;
}

function chooseLine({ ux, cx }: ImpactPath): void {
  disclose(relationKey({ ux, cx }));
  choose(ux, cx);
}

function stageFilter(): TemplateResult {
  const choice = (stage: Stage | undefined, label: string) =>
    button(label, () => change({ filter: { ...ui.filter, stage } }), {
      isPressed: ui.filter.stage === stage,
    });
  return html`<div class="segments" role="group" aria-label="Stage">
    ${choice(undefined, 'all stages')} ${stages.map((stage) => choice(stage, stage))}
  </div>`;
}

/** The most metrics of a side that a band shows at first: those with a value, and those that only studies lead to. */
const KNOWN = 9;
const LED = 3;
/** The sides of bands that are shown whole. */
const whole = new Set<string>();

/** What a band shows of a side, and the button for the rest. */
interface Side {
  listed: ChainNode[];
  more: TemplateResult | typeof nothing;
}

function cut(band: ChainBand, side: 'ux' | 'cx'): Side {
  const key = `${band.level} ${side}`;
  let [known, led] = [0, 0];
  const isFirst = ({ metric, values }: ChainNode) => {
    const isAmong = values.length > 0 ? known < KNOWN : led < LED;
    if (values.length > 0) known += 1;
    else led += 1;
    return isAmong || metric.id === ui.metric;
  };
  const listed = whole.has(key) ? band[side] : band[side].filter(isFirst);
  const rest = band[side].length - listed.length;
  const showAll = () => {
    whole.add(key);
    redraw();
  };
  const name = `Show ${rest} more: ${band.title}, ${side === 'ux' ? 'UX' : 'customers'}`;
  return { listed, more: rest > 0 ? button(`${rest} more`, showAll, { kind: 'link small', name }) : nothing };
}

type Below = { drawn: readonly ImpactPath[]; panel: TemplateResult | typeof nothing };

function bandRow({ title, ux, cx }: Omit<ChainBand, 'ux' | 'cx'> & { ux: Side; cx: Side }, below: Below) {
  return html`<section class="chain-band" aria-label=${title}>
    <h3>${title}</h3>
    ${column('UX', ux, below)} ${column('Customers', cx, below)}
  </section>`;
}

function column(title: string, { listed, more }: Side, below: Below): TemplateResult {
  const text = title === 'UX' ? 'Nothing measured here yet.' : 'No study leads here.';
  const none = html`<p class="quiet small">${text}</p>`;
  return html`<div class="chain-side">
    <h4 class="quiet small">${title}</h4>
    ${listed.length === 0 ? none : html`<ul class="nodes">${listed.map((node) => nodeRow(node, below))}</ul>`} ${more}
  </div>`;
}

function nodeRow(node: ChainNode, { drawn, panel }: Below): TemplateResult {
  const { metric, values, where } = node;
  const { id, name } = metric;
  const isChosen = id === ui.metric;
  const isJoined = drawn.some(({ ux, cx }) => (ux === ui.metric && cx === id) || (cx === ui.metric && ux === id));
  const looks = ['node', isChosen ? 'on' : '', isJoined ? 'joined' : '', values.length > 0 ? '' : 'unlit'];
  const [first] = values;
  const figure = first
    ? html`<span class="node-figure number">${valueText(first)}</span>`
    : html`<span class="quiet small">not known</span>`;
  return html`<li>
    <button
      type="button"
      class=${looks.filter(Boolean).join(' ')}
      aria-pressed=${isChosen ? 'true' : 'false'}
      data-metric=${id}
      @click=${() => choose(isChosen ? undefined : id)}
    >
      <span class="node-head"
        >${first ? ratingIcon(first.verdict) : nothing}<span class="node-name">${name}</span>${figure}</span
      >
      <span class="node-foot quiet small"
        ><span>${where} ${first ? stateMark(first.state) : nothing}</span>${stageMarks(metric.stages)}</span
      >
      ${isJoined ? html`<span class="visually-hidden">, joined to the chosen metric</span>` : nothing}
      ${relationWords(id, drawn)}
    </button>
    ${isChosen ? panel : nothing}
  </li>`;
}

/** The relations of a UX metric in words, where no lines are drawn. */
function relationWords(id: string, drawn: readonly ImpactPath[]): TemplateResult | typeof nothing {
  const byLine = Map.groupBy(
    drawn.filter(({ ux, links }) => ux === id && links.length > 0),
    ({ grade }) => evidenceWord(grade),
  );
  if (byLine.size === 0) return nothing;
  return html`<span class="node-relations small">
    ${[...byLine].map(
      ([word, of]) =>
        html`<span
          >${lineSample(of[0]?.line ?? 'dotted')} ${of.map(({ cx }) => nameOf(cx)).join(', ')} ${quiet(word)}</span
        >`,
    )}
  </span>`;
}

/** Five small marks, filled where the metric counts; the words for a screen reader. */
function stageMarks(of: readonly string[]): TemplateResult {
  const said = of.join(', ');
  return html`<span class="stage-marks" title=${said}
    >${marks(of)}<span class="visually-hidden">counts in ${said}</span></span
  >`;
}

function marks(of: readonly string[]): TemplateResult {
  const mark = (stage: Stage, at: number) =>
    svg`<rect class=${of.includes(stage) ? 'is' : ''} x=${at * 11 + 0.5} y="0.5" width="8" height="4" rx="1"></rect>`;
  return html`<svg class="marks" viewBox="0 0 54 5" width="54" height="5" aria-hidden="true">${stages.map(mark)}</svg>`;
}

/** The lines as a table, for those who do not see them and for print. */
function asList(drawn: readonly ImpactPath[]): TemplateResult | typeof nothing {
  if (drawn.length === 0) return nothing;
  const row = (path: ImpactPath) => {
    const { ux, cx, links, counterEvidence, grade } = path;
    const of = [
      ...(links.length > 0 ? [counted(links.length, 'study', 'studies')] : []),
      ...(counterEvidence.length > 0 ? [`${counterEvidence.length} against`] : []),
    ];
    const text = of.join(', ');
    const name = `${text} of ${nameOf(ux)} and ${nameOf(cx)}`;
    return html`<tr>
      <td>${nameOf(ux)}</td>
      <td>${nameOf(cx)}</td>
      <td>${links.length > 0 ? evidenceWord(grade) : 'no relation found'}</td>
      <td>${button(text, () => chooseLine(path), { kind: 'link', name })}</td>
    </tr>`;
  };
  return html`<details class="as-list">
    <summary>The same as a table: ${counted(drawn.length, 'relation')}</summary>
    ${scrollTable('Relations', ['UX', 'Customers', 'How it is known', 'Studies'], drawn.map(row))}
  </details>`;
}

/** What has no value and nothing known leads to, each with its way in. */
function drawer(rest: Chain['rest']): TemplateResult | typeof nothing {
  if (rest.length === 0) return nothing;
  const entry = ({ metric, how }: Chain['rest'][number]) =>
    html`<li>
      <button type="button" class="link" data-metric=${metric.id} @click=${() => choose(metric.id)}>
        ${metric.name}
      </button>
      ${quiet(how)}
    </li>`;
  return html`<details class="drawer">
    <summary>${icon('add')} What could be measured <span class="count">${rest.length}</span></summary>
    <ul class="ways small">
      ${rest.map(entry)}
    </ul>
  </details>`;
}
