import { html, type TemplateResult } from 'lit-html';
import type { Verdict } from '../../core/evaluation/evaluation';

export const looks: Record<Verdict | 'none', { icon: string; word: string; key: string; tone: string }> = {
  pass: { icon: 'check', word: 'pass', key: 'P', tone: 'good' },
  fail: { icon: 'error', word: 'fail', key: 'F', tone: 'poor' },
  'n/a': { icon: 'dash', word: 'not applicable', key: 'N', tone: 'quiet' },
  unsure: { icon: 'question', word: 'unsure', key: 'U', tone: 'fair' },
  none: { icon: 'circle-large-outline', word: 'not looked at', key: '', tone: 'quiet' },
};

export function lookOf(verdict: string | undefined): (typeof looks)['none'] {
  return looks[(verdict ?? 'none') as Verdict] ?? looks.none;
}

export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
