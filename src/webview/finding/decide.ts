import { nothing, type TemplateResult } from 'lit-html';
import { ratingsOf } from '../../core/evaluation/jointView';
import { type Finding, isOpen } from '../../core/record/record';
import { severityOf, severityText } from '../../core/record/severity';
import type { FindingPageState, TriageChoice } from '../../protocol/findingPage';
import { ask } from '../shared/draw';
import { button, icon } from '../shared/elements';
import { html } from '../shared/html';
import { pictureInClipboard } from '../shared/pastedImages';
import { host, shown } from './page';

/** What a person may decide and set. The host asks how far a decision goes. */
export function decide(state: FindingPageState, finding: Finding): TemplateResult {
  const place = state.places[shown.at];
  const occurrence = place?.isRecorded ? place.key : null;
  const choose = (action: TriageChoice) => () => ask(() => host.triage({ action, occurrence }));
  const open = [
    button('Accept Until…', choose('accept'), { icon: 'history' }),
    button('Not a Problem…', choose('false-positive'), { icon: 'circle-slash' }),
    button('Mark as Fixed', choose('fix'), { icon: 'check' }),
  ];
  return html`<aside>
    <h2 id="decide">Decide</h2>
    <div class="stack" role="group" aria-labelledby="decide">
      ${isOpen(finding) && !place?.decided ? open : button('Reopen…', choose('reopen'), { icon: 'discard' })}
    </div>
    <p class="quiet">You say how far it goes: this place, this page, or all.</p>
    ${facts(finding, choose)}
  </aside>`;
}

function facts(finding: Finding, choose: (action: TriageChoice) => () => unknown): TemplateResult {
  const { owner } = finding.state;
  const { stage } = finding.cx ?? {};
  const edit = (action: TriageChoice, what: string) =>
    button('', choose(action), { icon: 'edit', kind: 'bare', name: `Change the ${what}` });
  const add = (what: string, act: () => unknown) => button(`Add ${what}`, act, { icon: 'add', kind: 'link' });
  const row = (name: string, value: unknown, action: TriageChoice) =>
    html`<dt>${name}</dt><dd>${value} ${edit(action, name.toLowerCase())}</dd>`;
  const paste = () => ask(async () => host.pasteImage({ data: await pictureInClipboard() }));
  return html`<h2 id="set">Set</h2>
    <dl aria-labelledby="set">
      ${row('Severity', severityText(severityOf(finding)), 'severity')} ${ratings(finding)}
      ${owner ? row('Owner', owner, 'assign') : nothing} ${stage ? row('Stage', stage, 'stage') : nothing}
    </dl>
    <div class="row">
      ${owner ? nothing : add('owner', choose('assign'))} ${stage ? nothing : add('stage', choose('stage'))}
      ${add('note', choose('note'))} ${add('picture', () => ask(() => host.attachFile()))}
      ${add('picture from the clipboard', paste)}
    </div>`;
}

function ratings(finding: Finding): TemplateResult | typeof nothing {
  const entries = Object.entries(finding.ratings ?? {});
  if (entries.length === 0) return nothing;
  const given = entries.map(([name, rating]) => `${name} ${rating.severity}`).join(' · ');
  const differ = ratingsOf(finding).ratersDiffer ? html` ${icon('warning')} raters differ` : nothing;
  return html`<dt>Ratings</dt><dd>${given}${differ}</dd>`;
}
