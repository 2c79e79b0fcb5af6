import { nothing, type TemplateResult } from 'lit-html';
import type { RankedGroup } from '../../core/impact/fixFirst';
import { evidenceMeanings, evidenceWord } from '../../core/impact/grades';
import { figureText } from '../../core/metrics/metricText';
import { type ReasonGiven, reasonText } from '../../core/outcomes/reasons';
import { saidText } from '../../core/record/saidText';
import { counted } from '../../core/text/counted';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { severityInWords } from '../shared/severityMark';
import { allLinks, ask, host } from './store';
import { evidenceMark } from './study';

/** The first problems, each with its size, what studies saw of it at others, and the way to where it is mended. */
export function fixes(groups: readonly RankedGroup[]): TemplateResult {
  const studies = groups.map(({ head }) => head.evidence?.link);
  const words = groups.map(({ head }) => head.evidence && evidenceWord(head.evidence.grade));
  const first = (index: number) => ({
    study: studies.indexOf(studies[index]),
    word: words.indexOf(words[index]) === index,
  });
  return html`<ol class="fixes">
    ${groups.map((group, index) => row(group, index, first(index)))}
  </ol>`;
}

/** What was said before: the place of the first problem with the same study, and whether its kind is new. */
interface First {
  study: number;
  word: boolean;
}

function row(group: RankedGroup, index: number, first: First): TemplateResult {
  const { head } = group;
  const { id, title, severity, stage } = head;
  const said = head.kind === 'reported' ? 'said by customers' : saidText(head);
  const open = () => ask(async () => host?.showFinding({ id }));
  const where = [...new Set(group.findings.map(({ target }) => target))];
  const pages = where.length > 2 ? counted(where.length, 'page') : where.join(' and ');
  return html`<li class="fix">
    <span class="rank" aria-hidden="true">${index + 1}</span>
    <div class="fix-what">
      <h3>${host ? button(title, open, { kind: 'link' }) : title}</h3>
      <p class="quiet small">
        ${severityInWords(severity)} · ${stage ? `${stage} · ` : nothing}${pages}${said ? ` · ${said}` : nothing}
      </p>
    </div>
    ${size(group)}
    <div class="fix-why small">
      ${evidence(head.evidence, index, first)} ${(head.named ?? []).map(reason)}
    </div>
    ${host ? html`<div class="fix-go">${go(group, index)}</div>` : nothing}
  </li>`;
}

/** What a fix would save, else how many comments of customers or places there are. */
function size({ head, findings }: RankedGroup): TemplateResult {
  const places = findings.reduce((sum, one) => sum + one.places, 0);
  const { kind, comments = 0, seenWith, saving } = head;
  const [count, one] =
    kind === 'reported' ? [comments, 'comment'] : seenWith ? [seenWith.people, 'participant'] : [places, 'place'];
  const counts = [String(count), count === 1 ? one : `${one}s`];
  const [figure, label] = saving > 0 ? [figureText(saving, 'ms'), 'could be saved'] : counts;
  return html`<div class="fix-size">
    <strong class="number">${figure}</strong> <span class="quiet small">${label}</span>
  </div>`;
}

function evidence(found: RankedGroup['head']['evidence'], index: number, first: First): TemplateResult {
  const link = found && allLinks.get(found.link);
  if (!found || !link) return html`<p>${quiet('No published study joins it with what customers do.')}</p>`;
  if (first.study < index) return html`<p>${quiet(`The study at ${first.study + 1} is about this too.`)}</p>`;
  const meaning = first.word ? `: ${evidenceMeanings[evidenceWord(found.grade)]}` : '';
  return html`<p>${link.finding}</p>
    <p class="quiet">${evidenceMark(found.grade)}${meaning}</p>`;
}

/** That customers gave it as a reason for leaving, which is no effect. */
function reason(given: ReasonGiven): TemplateResult {
  return html`<p>${icon('comment-discussion')} Customers: ${reasonText(given)}.</p>`;
}

/** To the code of what a tool found; to the problem that a person described. */
function go({ head: { id, kind, title } }: RankedGroup, index: number): TemplateResult {
  const look = index === 0 ? { kind: 'primary' } : {};
  if (kind === 'automated') {
    const act = () => ask(async () => host?.goToCode({ id }));
    return button('Go to Code', act, { ...look, icon: 'go-to-file', name: `Go to code: ${title}` });
  }
  const act = () => ask(async () => host?.showFinding({ id }));
  const label = kind === 'journey' ? 'Open Journey' : 'Open Problem';
  return button(label, act, {
    ...look,
    icon: kind === 'journey' ? 'milestone' : 'open-preview',
    name: `${label}: ${title}`,
  });
}
