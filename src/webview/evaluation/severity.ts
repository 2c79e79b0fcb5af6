import { nothing, type TemplateResult } from 'lit-html';
import { suggestedSeverity } from '../../core/evaluation/problems';
import type { Rating } from '../../core/record/record';
import { severityText, severityWords } from '../../core/record/severity';
import { disclosure } from '../shared/disclosure';
import { quiet, select } from '../shared/elements';
import { html } from '../shared/html';

/** The five severities as buttons; keys 0 to 4 do the same. */
export function severityButtons(
  label: string,
  severity: number | undefined,
  give: (severity: number) => void,
  isDisabled = false,
): TemplateResult {
  const choice = (word: string, value: number) => html`<button
    aria-pressed=${severity === value ? 'true' : 'false'}
    aria-keyshortcuts=${value}
    ?disabled=${isDisabled}
    @click=${() => give(value)}
  >
    <kbd>${value}</kbd>${word}
  </button>`;
  return html`<div class="row severities" role="group" aria-label=${label}>${severityWords.map(choice)}</div>`;
}

const factors = [
  { name: 'frequency', label: 'Frequency', low: 'nobody', high: 'everybody' },
  { name: 'impact', label: 'Impact', low: 'none', high: 'cannot go on' },
  { name: 'persistence', label: 'Persistence', low: 'never again', high: 'every time' },
] as const;

/** Frequency, impact and persistence: they suggest a severity and never decide it. */
export function factorFields(
  prefix: string,
  rating: Partial<Rating> | undefined,
  isDisabled: boolean,
  set: (change: Partial<Rating>) => void,
): TemplateResult {
  const suggested = suggestedSeverity(rating ?? {});
  const says = suggested === undefined ? nothing : suggestion(suggested);
  return disclosure(
    { key: `${prefix} factors`, isOpen: suggested !== undefined },
    html`Why: frequency, impact, persistence ${quiet('optional')}`,
    () => html`<div class="fields">${factors.map(field)}</div>
      ${says}`,
  );

  function field({ name, label, low, high }: (typeof factors)[number]): TemplateResult {
    const options = [['', 'not said'] as const, ...[0, 1, 2, 3, 4].map((value) => [value, String(value)] as const)];
    const choose = (value: number | '') => set({ [name]: value === '' ? undefined : value });
    const about = { id: `${prefix}-${name}`, isDisabled };
    return html`<label class="field"
      >${label} ${quiet(`0 ${low}, 4 ${high}`)} ${select(options, rating?.[name] ?? '', choose, about)}
    </label>`;
  }
}

function suggestion(severity: number): TemplateResult {
  return html`<p class="quiet">
    Together they suggest ${severityText(severity)}; the severity is yours to say.
  </p>`;
}
