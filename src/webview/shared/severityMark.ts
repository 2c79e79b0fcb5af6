import type { TemplateResult } from 'lit-html';
import { severityText } from '../../core/record/severity';
import { html } from './html';

/** The diamond of a severity with its digit, filled from 3: the same as in the tree and in reports. */
export function severityMark(severity: number | null | undefined): TemplateResult {
  const step = severity === null || severity === undefined ? undefined : Math.round(severity);
  const kind = step === undefined ? 'none' : `s${step}`;
  const name = `Severity ${severityText(severity ?? undefined)}`;
  return html`<svg class="severity ${kind}" viewBox="0 0 16 16" role="img" aria-label=${name}>
    <path d="M8 .9 15.1 8 8 15.1.9 8Z" />
    <text x="8" y="11" text-anchor="middle">${step ?? '?'}</text>
  </svg>`;
}
