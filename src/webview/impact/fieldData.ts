import { nothing, type TemplateResult } from 'lit-html';
import { button } from '../shared/elements';
import { html } from '../shared/html';
import { ask, host, ui } from './store';

/** Asks for field data of the chosen page, where it is deployed. */
export function fieldData(): TemplateResult | typeof nothing {
  const target = ui.data?.targets.find(({ slug }) => slug === ui.filter.target);
  if (!host || !target?.isDeployed) return nothing;
  const askButton = (label: string, scope: 'url' | 'origin', formFactor: 'PHONE' | 'DESKTOP') => {
    const request = async () => host?.askField({ target: target.slug, scope, formFactor });
    return button(label, () => ask(request, 'Field data recorded in outcomes.json.'));
  };
  return html`<details>
    <summary>Field data of ${target.slug}</summary>
    <p class="quiet">
      Asks the Chrome UX Report with your own key. Sends the address of the page and the key, nothing else.
    </p>
    <p class="actions">
      ${askButton('This page, phones', 'url', 'PHONE')} ${askButton('This page, desktops', 'url', 'DESKTOP')}
      ${askButton('Whole origin, phones', 'origin', 'PHONE')}
      ${askButton('Whole origin, desktops', 'origin', 'DESKTOP')}
    </p>
  </details>`;
}
