import { nothing, type TemplateResult } from 'lit-html';
import { definitionsOf, metrics, scaleText } from '../../core/metrics/metrics';
import type { FigureText } from '../../protocol/impactPage';
import { button, select } from '../shared/elements';
import { html } from '../shared/html';
import { ask, change, host, metricOf, ui } from './store';

/** Shows the form for one figure. */
export function typeFigure(): void {
  change({ typing: { metric: 'nps', target: ui.filter.target ?? '' } });
}

/** A form for one figure with its period, n and source. */
export function figureForm(): TemplateResult | typeof nothing {
  if (!ui.typing) return nothing;
  return html`<section class="card import" aria-labelledby="typing-title">
    <h2 id="typing-title" tabindex="-1">Type a figure</h2>
    <form @submit=${record}>
      ${fields(ui.typing)}
      <p class="actions">
        <button class="primary" type="submit">Record</button>
        ${button('Cancel', () => change({ typing: undefined }))}
      </p>
    </form>
  </section>`;
}

function fields({ metric, target }: NonNullable<typeof ui.typing>): TemplateResult {
  const known = metricOf(metric);
  const scales = known ? definitionsOf(known).map(({ scale }) => scaleText(scale)) : [];
  const value = scales.length > 0 ? `Value (${scales.join(' or ')})` : 'Value';
  const variants = Object.keys(known?.variants ?? {});
  return html`<div class="fields">
    ${metricChoice(metric, target)} ${field(value, 'value', '')}
    ${field('First day of its period', 'from', '2026-07-01')} ${field('Last day', 'to', '2026-09-30')}
    ${field('n: answers, attempts or visits', 'n', 'leave empty if not known')}
    ${field('Where it comes from', 'source', 'support survey, third quarter')}
    ${field('Page or journey', 'target', 'whole product', target)}
    ${field('Group of people', 'segment', 'all together; or buyers, for instance')}
    ${variants.length > 0 ? field('Version', 'variant', variants.join(' or ')) : nothing}
    ${known?.scale.unit.includes('currency') ? field('Currency', 'unit', 'EUR') : nothing}
  </div>`;
}

function field(label: string, name: keyof FigureText, hint: string, value = ''): TemplateResult {
  return html`<label class="field">${label}<input name=${name} placeholder=${hint} .value=${value} /></label>`;
}

function metricChoice(metric: string, target: string): TemplateResult {
  const options = metrics
    .filter(({ obtained }) => obtained.includes('entered'))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name, kind }) => [id, `${name} (${kind === 'ux' ? 'UX' : 'customers'})`] as const);
  const choose = (id: string) => change({ typing: { metric: id, target } });
  return html`<label class="field">Metric ${select(options, metric, choose, { name: 'metric' })}</label>`;
}

function record(event: Event): void {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  const text = (name: keyof FigureText) => String(form.get(name) ?? '').trim();
  const figure: FigureText = {
    metric: text('metric'),
    value: text('value'),
    from: text('from'),
    to: text('to'),
    n: text('n'),
    source: text('source'),
    target: text('target'),
    variant: text('variant'),
    segment: text('segment'),
    unit: text('unit'),
  };
  void ask(async () => {
    await host?.addFigure(figure);
    change({ typing: undefined });
  }, 'Recorded in outcomes.json.');
}
