import { nothing, type TemplateResult } from 'lit-html';
import type { RankedFinding } from '../../core/impact/fixFirst';
import { FIGURE_STALE_AFTER } from '../../core/impact/impactValue';
import type { JoinedReason } from '../../core/outcomes/reasons';
import { counted } from '../../core/text/counted';
import { daysBetween } from '../../core/text/days';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { findingRow } from './fix';
import { ask, change, host, type Shown } from './store';

/** Why customers left, by reason: how many said so, and the findings that a person says it is about. */
export function reasons({ data, ranked }: Shown): TemplateResult | typeof nothing {
  const all = data.reasons ?? [];
  if (all.length === 0) return nothing;
  return html`<section aria-labelledby="reasons-title">
    <h2 id="reasons-title" tabindex="-1">Why customers left</h2>
    <p class="quiet">
      Customers said so: it is no effect that was measured. A person says which findings a reason is about; among equal
      problems, the one that more customers named then comes first. ${ageMark(data)}
    </p>
    <ul class="touchpoints">
      ${all.map((one) => row(one, ranked))}
    </ul>
  </section>`;
}

/** How long ago the newest period of reasons ended, where that makes them stale. */
function ageMark({ figures, today }: Shown['data']): TemplateResult | typeof nothing {
  const ends = figures.flatMap(({ metric, to }) => (metric === 'churn_reasons' ? daysBetween(to, today) : []));
  const age = Math.min(...ends);
  if (ends.length === 0 || age <= FIGURE_STALE_AFTER) return nothing;
  return html`<span class="mark stale">${icon('history')} ${age} days old</span>`;
}

function row({ reason, count, of, about, findings }: JoinedReason, ranked: readonly RankedFinding[]): TemplateResult {
  const named = ranked.filter(({ id }) => findings.includes(id));
  const rest = findings.length - named.length;
  const choose = () =>
    ask(async () => {
      const done = await host?.chooseReason({ reason });
      return (
        done && `${reason} is about ${done.findings === 0 ? 'no finding' : counted(done.findings, 'finding')} now.`
      );
    });
  return html`<li>
    <p><strong>${reason}</strong> ${count} of ${of} reasons for leaving ${quiet(`· ${about}`)}</p>
    ${
      named.length > 0
        ? html`<ul class="findings">
            ${named.map((finding) => findingRow(finding))}
          </ul>`
        : nothing
    }
    ${findings.length === 0 ? html`<p class="quiet">${noFinding()}</p>` : nothing}
    ${rest > 0 ? html`<p class="quiet">${restText(rest, named.length)}</p>` : nothing}
    ${
      host
        ? html`<p>${button('Choose Findings…', choose, { icon: 'link', name: `Choose findings: ${reason}` })}</p>`
        : nothing
    }
  </li>`;
}

/** An exported page may hold only a part of the findings. */
const noFinding = () =>
  host ? 'Nobody has said which finding it is about.' : 'No finding that this page holds is joined with it.';

const restText = (rest: number, named: number) => {
  const how = `${named > 0 ? 'Also joined' : 'Joined'} with ${counted(rest, 'finding')}`;
  return `${how} that ${rest === 1 ? 'is' : 'are'} closed or not shown here.`;
};

/** Leads from the first page to the reasons. */
export function reasonsLink({ data }: Shown): TemplateResult | typeof nothing {
  if ((data.reasons ?? []).length === 0) return nothing;
  const open = () => {
    change({ question: 'fix' });
    document.getElementById('reasons-title')?.focus();
  };
  return button('Which findings are these about?', open, { kind: 'link' });
}
