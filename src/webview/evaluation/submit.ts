import type { TemplateResult } from 'lit-html';
import { ask } from '../shared/draw';
import { button } from '../shared/elements';
import { show } from './navigation';
import { host, ui } from './ui';
import { unattachedPlaces } from './unattached';

/** Submits all drafts of the form, once the person agrees. */
export function submitButton(label = 'Submit…'): TemplateResult {
  return button(label, submitDrafts, { icon: 'check-all', kind: 'primary' });
}

async function submitDrafts(): Promise<void> {
  const drafts = (ui.state?.subjects ?? []).filter(({ status }) => status === 'draft');
  const evaluations = [...new Set(drafts.map(({ evaluation }) => evaluation))];
  const done = await ask(() => host.submit({ evaluations, unattached: unattachedPlaces().length }));
  if (done?.submitted) show('rate');
}
