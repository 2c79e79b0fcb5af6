import { nothing, type TemplateResult } from 'lit-html';
import type { SubjectState } from '../../protocol/evaluationPage';
import { ask } from '../shared/draw';
import { button, icon, notice } from '../shared/elements';
import { html } from '../shared/html';
import { host, ui } from './ui';

/** Notices about the evaluation itself: its status, other evaluators, an older checklist. */
export function notices(subject: SubjectState): TemplateResult {
  return html`${subject.status === 'submitted' ? submitted(subject) : others(subject)} ${olderVersion(subject)}`;
}

function submitted(subject: SubjectState): TemplateResult {
  const { evaluation } = subject;
  const fresh = ui.freshness.get(evaluation);
  const stale = fresh?.state === 'stale' ? html`, but they are <strong>stale</strong>` : nothing;
  return html`<div class="notice">
    ${icon('lock')}
    <div>
      <p>Submitted. Your answers stand${stale}. ${fresh?.why ?? ''}</p>
      <div class="actions">
        ${button('Begin a new round', () => ask(() => host.newRound({ evaluation })))}
        ${button('Take back to draft', () => ask(() => host.withdraw({ evaluation })))}
        ${button('Send for review…', () => ask(() => host.share()))}
      </div>
    </div>
  </div>`;
}

function others(subject: SubjectState): TemplateResult | typeof nothing {
  if (subject.others.length === 0) return nothing;
  const said = subject.others.map(
    ({ handle, status }) => `${handle} ${status === 'submitted' ? 'has submitted' : 'is still working'}`,
  );
  return html`<p class="quiet">
    ${said.join('; ')}. Their answers stay hidden here until you submit. Anybody can still read the record itself.
  </p>`;
}

function olderVersion({ status, version, evaluation }: SubjectState): TemplateResult | typeof nothing {
  const now = ui.state?.checklist.version ?? version;
  if (status !== 'draft' || version >= now) return nothing;
  const bring = () => ask(() => host.bringToVersion({ evaluation }));
  return notice(
    'info',
    html`The checklist is at version ${now} now. This evaluation began with version ${version} and keeps it.
    ${button(`Bring it to version ${now}`, bring, { kind: 'link' })}`,
  );
}
