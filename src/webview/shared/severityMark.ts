import type { TemplateResult } from 'lit-html';
import { severityText } from '../../core/record/severity';
import { html } from './html';

/** The diamond of a severity with its digit, filled from 3: the same as in the tree and in reports. */
export function severityMark(severity: number | null | undefined): TemplateResult {
  const name = `Severity ${severityText(severity ?? undefined)}`;
  return html`<span role="img" aria-label=${name}>${diamond(severity)}</span>`;
}

/** The diamond with the severity in words beside it, which say that its digit is no count. */
export function severityInWords(severity: number | null | undefined): TemplateResult {
  return html`<span class="mark">${diamond(severity)} ${severityText(severity ?? undefined)}</span>`;
}

function diamond(severity: number | null | undefined): TemplateResult {
  const step = severity === null || severity === undefined ? undefined : Math.round(severity);
  return html`<svg class="severity ${step === undefined ? 'none' : `s${step}`}" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M8 .9 15.1 8 8 15.1.9 8Z" />
    <text x="8" y="11" text-anchor="middle">${step ?? '?'}</text>
  </svg>`;
}
