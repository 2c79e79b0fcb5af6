import { nothing, type TemplateResult } from 'lit-html';
import { counted } from '../../core/text/counted';
import type { SubjectState } from '../../protocol/evaluationPage';
import { ask, request } from '../shared/draw';
import { button, icon, notice } from '../shared/elements';
import { html } from '../shared/html';
import { askedOf, host, isFailedFirst, nameOf, ui } from './ui';

/** What went wrong with the last request, or with writing. */
export function errors(): TemplateResult {
  const taken = `Not taken: ${ui.notTaken} The form shows again what is recorded.`;
  const saved = `Not saved: ${ui.notSaved} What you typed is still here, and is written with your next change.`;
  return html`<div role="alert">
    ${request.error ? notice('error', request.error) : nothing} ${ui.notTaken ? notice('error', taken) : nothing}
    ${ui.notSaved ? notice('error', saved) : nothing}
  </div>`;
}

/** Notices about the evaluation itself: its status, other evaluators, an older checklist. */
export function notices(subject: SubjectState): TemplateResult {
  return html`${subject.status === 'submitted' ? submitted(subject) : others(subject)} ${olderVersion(subject)}
  ${failedBefore(subject)}`;
}

/** A warning only where the page changed since; whether it did is not always known, and then nothing follows. */
function submitted({ evaluation, target }: SubjectState): TemplateResult {
  const fresh = ui.freshness.get(evaluation);
  const isStale = fresh?.state === 'stale';
  const day = ui.state?.sent[evaluation];
  const sent = day === undefined ? 'Your colleagues get them once you send them.' : `Sent for review on ${day}.`;
  const back = (ui.state?.subjects.length ?? 0) > 1 ? `Take ${nameOf({ target })} back to draft` : 'Take back to draft';
  const stale = html`, but they are <strong>stale</strong>: files of the page changed since. Look at it again in a new
  round.`;
  return html`<div class="notice ${isStale ? '' : 'info'}">
    ${icon(isStale ? 'warning' : 'lock')}
    <div>
      <p>Submitted. Your answers stand${isStale ? stale : '.'} ${sent}</p>
      ${isStale ? html`<p>${fresh.why}</p>` : nothing}
      <div class="actions">
        ${button('Begin a new round…', () => begin(evaluation))}
        ${button(back, () => ask(() => host.withdraw({ evaluation })))}
        ${day === undefined ? button('Send for review…', () => ask(() => host.share())) : nothing}
      </div>
    </div>
  </div>`;
}

/** Begins a new round, and goes on in the form: its button is gone. */
async function begin(evaluation: string): Promise<void> {
  await ask(() => host.newRound({ evaluation }));
  document.getElementById('item')?.focus();
}

/** In a later round: where the form begins. */
function failedBefore(subject: SubjectState): TemplateResult | typeof nothing {
  const { status, evaluation, previous } = subject;
  const failed = askedOf(subject).filter((id) => previous[id]?.verdict === 'fail');
  if (status !== 'draft' || failed.length === 0) return nothing;
  const isOn = isFailedFirst(subject);
  const turn = () => ask(() => host.beginAtFailed({ evaluation, isOn: !isOn }));
  const said = `${counted(failed.length, 'item')} failed here last round: ${failed.join(', ')}.`;
  const order = button(isOn ? 'Keep the checklist’s order' : 'Begin at what failed', turn, { kind: 'link' });
  return html`<p class="quiet">${said} All items are to be answered. ${order}</p>`;
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
