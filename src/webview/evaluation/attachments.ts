import { nothing, type TemplateResult } from 'lit-html';
import { ask, request } from '../shared/draw';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { pictureInClipboard } from '../shared/pastedImages';
import { host, ui } from './ui';

/** The pictures attached to a problem, and how to attach more. */
export function attachments(id: string, canChange: boolean): TemplateResult {
  const files = ui.state?.problems[id]?.evidence ?? [];
  return html`${files.map((file) => attachment(id, file, canChange))} ${canChange ? attachButtons(id) : nothing}`;
}

function attachment(id: string, file: string, canRemove: boolean): TemplateResult {
  const remove = () => ask(() => host.removeAttachment({ id, file }));
  const caption = html`<figcaption>${button(`Remove ${file}`, remove, { kind: 'link' })}</figcaption>`;
  return html`<figure>${picture(id, file)} ${canRemove ? caption : nothing}</figure>`;
}

/** One attached picture, or that it is missing. */
export function picture(id: string, file: string): TemplateResult {
  const url = ui.state?.attachments[file];
  const title = ui.state?.problems[id]?.title ?? '';
  return url ? html`<img src=${url} alt="Attached to: ${title}" />` : html`<p>${quiet(`${file} is missing.`)}</p>`;
}

function attachButtons(id: string): TemplateResult {
  const isDisabled = request.doing !== '';
  const paste = () => ask(async () => host.pasteImage({ id, data: await pictureInClipboard() }));
  return html`<div class="actions">
    ${button('Attach a file…', () => ask(() => host.attachFile({ id })), { icon: 'file-media', isDisabled })}
    ${button('Paste a picture', paste, { icon: 'clippy', isDisabled })}
  </div>`;
}
