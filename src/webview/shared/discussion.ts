import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type KeyedRemark, remarksOf } from '../../core/evaluation/discussion';
import { problemSuffix } from '../../core/evaluation/problems';
import type { Finding } from '../../core/record/record';
import { counted } from '../../core/text/counted';
import { redraw } from './draw';
import { button, fieldValue, notice, quiet } from './elements';
import { html } from './html';

/** A remark that is not in the record yet. */
interface Draft {
  text: string;
  /** Made when it is first sent and kept until its text changes, so that trying again never adds it twice. */
  key?: string;
  isSending?: boolean;
  /** Why the record did not take it. */
  error?: string;
}

/** By problem. */
const drafts = new Map<string, Draft>();
/** The problem that the last remark went to, so that a screen reader hears of it. */
let addedTo = '';

/** What a page does with remarks. */
export interface DiscussionHost {
  add(remark: { id: string; key: string; text: string }): Promise<unknown>;
  /** Takes a remark of the reader's own back. */
  takeBack(remark: { id: string; key: string }): Promise<unknown>;
  /** The reader's handle; null when nobody knows it. */
  me: string | null;
  /** Called when a text changed that is not in the record yet. */
  typed(): void;
}

/** The texts that are not in the record yet, by problem; undefined when there are none. */
export function unsentRemarks(): Record<string, string> | undefined {
  const typed = [...drafts].filter(([, { text }]) => text.trim() !== '').map(([id, { text }]) => [id, text]);
  return typed.length > 0 ? Object.fromEntries(typed) : undefined;
}

/** Puts back what was not sent when the window was reloaded. */
export function restoreRemarks(texts: Readonly<Record<string, string>> = {}): void {
  for (const [id, text] of Object.entries(texts)) drafts.set(id, { text });
}

/** Whether a remark on a problem was begun and not added. */
export const isRemarkBegun = (id: string): boolean => (drafts.get(id)?.text ?? '') !== '';

/** `Discussion · 2 remarks` */
export function discussionTitle(finding: Finding): TemplateResult {
  const count = remarksOf(finding).length;
  return html`Discussion ${quiet(count === 0 ? '· none yet' : `· ${counted(count, 'remark')}`)}`;
}

/** What people said of a problem, oldest first, and a field to add to it. */
export function discussion(finding: Finding, name: string, host: DiscussionHost): TemplateResult {
  const { id } = finding;
  const remarks = remarksOf(finding);
  const draft = drafts.get(id);
  const typed = (event: Event) => {
    drafts.set(id, { text: fieldValue(event) });
    addedTo = '';
    host.typed();
    redraw();
  };
  const add = () => send(id, host);
  const byKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void add();
  };
  const isSending = draft?.isSending === true;
  const rows = remarks.map((each) => remark(id, each, host));
  const list = html`<ol class="remarks" aria-label="Remarks on: ${name}">${rows}</ol>`;
  return html`<div class="discussion">
    ${remarks.length > 0 ? list : nothing}
    <label
      >Add a remark<span class="visually-hidden"> on: ${name}</span>
      <textarea
        rows="2"
        maxlength="5000"
        aria-keyshortcuts="Control+Enter"
        ?readonly=${isSending}
        .value=${live(draft?.text ?? '')}
        @input=${typed}
        @keydown=${byKey}
      ></textarea>
    </label>
    <div role="alert">${draft?.error ? notice('error', notSaved(draft.error)) : nothing}</div>
    <div class="row">
      ${button('Add Remark', add, { isDisabled: isSending, name: `Add Remark on: ${name}` })}
      <span class="quiet"><kbd>Ctrl+Enter</kbd></span>
      <span role="status" class="quiet">${isSending ? 'saving…' : addedTo === id ? 'saved' : nothing}</span>
    </div>
  </div>`;
}

const notSaved = (why: string) => `Not saved: ${why} Your text is still here; try again.`;

function remark(id: string, { key, by, at, text }: KeyedRemark, host: DiscussionHost): TemplateResult {
  const moment = new Date(at).toLocaleString();
  const back = () => takeBack(id, { key, text }, host);
  const own = button('Take back', back, { kind: 'link', name: `Take back: ${text}` });
  return html`<li>
    <p>
      <strong>${by}</strong> <time class="quiet" datetime=${at} title=${moment}>${dayOf(at)}</time>
      ${by === host.me ? own : nothing}
    </p>
    <p class="said">${text}</p>
  </li>`;
}

/** Remarks that are being taken back. */
const leaving = new Set<string>();

/** Takes a remark back; its text goes into the field, where it can be written anew, unless another was begun there. */
async function takeBack(id: string, { key, text }: Pick<KeyedRemark, 'key' | 'text'>, host: DiscussionHost) {
  if (leaving.has(key)) return;
  leaving.add(key);
  try {
    await host.takeBack({ id, key });
    const draft = drafts.get(id);
    drafts.set(id, { ...draft, text: draft?.text || text });
  } catch (error) {
    drafts.set(id, { ...drafts.get(id), text: drafts.get(id)?.text ?? '', error: (error as Error).message });
  } finally {
    leaving.delete(key);
  }
  host.typed();
  redraw();
}

/** The day of a moment in local time, as the record writes days. */
function dayOf(at: string): string {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

async function send(id: string, host: DiscussionHost): Promise<void> {
  const { text, key: before, isSending } = drafts.get(id) ?? { text: '' };
  if (isSending || text.trim() === '') return;
  const key = before ?? problemSuffix(crypto.getRandomValues(new Uint8Array(6)));
  drafts.set(id, { text, key, isSending: true });
  redraw();
  try {
    await host.add({ id, key, text });
    drafts.delete(id);
    addedTo = id;
  } catch (error) {
    drafts.set(id, { text, key, error: (error as Error).message });
  }
  host.typed();
  redraw();
}
