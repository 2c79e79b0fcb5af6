import { nothing, type TemplateResult } from 'lit-html';
import { ask, request } from '../shared/draw';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { pictureInClipboard } from '../shared/pastedImages';
import { forgetAttached } from './pane';
import { host, ui } from './ui';

/** The pictures attached to a problem, and how to attach more. */
export function attachments(id: string, canChange: boolean): TemplateResult {
  const files = ui.state?.problems[id]?.evidence ?? [];
  const shown = files.map((file, index) => attachment(id, file, index, canChange));
  return html`${shown} ${canChange ? attachButtons(id) : nothing}`;
}

function attachment(id: string, file: string, index: number, canRemove: boolean): TemplateResult {
  const remove = async () => {
    await ask(() => host.removeAttachment({ id, file }));
    if (!request.error) forgetAttached(id);
  };
  const name = `Remove picture ${index + 1}`;
  const caption = html`<figcaption>${button('Remove this picture', remove, { kind: 'link', name })}</figcaption>`;
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
