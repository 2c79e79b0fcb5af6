import type { SessionPage } from '../../../protocol/workerMessages';

/** Text as HTML, inert. */
function inert(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
  body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
  fieldset { border: 0; padding: 0; margin: 2rem 0 } legend { font-weight: 600 }
  .scale { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: .5rem }
  label { display: inline-flex; gap: .3rem; align-items: center }
  button { font: inherit; padding: .5rem 1.2rem; margin-right: 1rem }`;

/** A page of a session that the participant reads and answers. Its answer is the value of the button, with fields. */
export function sessionPageHtml({ title, paragraphs, questions = [], buttons }: SessionPage): string {
  const asked = questions.map(
    ({ field, text, scale: [low, high], ends }) => `<fieldset><legend>${inert(text)}</legend><div class="scale">
      <span>${inert(ends[0])}</span>${Array.from(
        { length: high - low + 1 },
        (_, index) => `<label><input type="radio" name="${inert(field)}" value="${low + index}">${low + index}</label>`,
      ).join('')}<span>${inert(ends[1])}</span></div></fieldset>`,
  );
  const answers = buttons.map(
    ({ value, text }) => `<button name="button" value="${inert(value)}">${inert(text)}</button>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${inert(title)}</title><style>${style}</style><main><h1>${inert(title)}</h1>
    ${paragraphs.map((text) => `<p>${inert(text)}</p>`).join('')}
    <form>${asked.join('')}
    ${answers.join('')}
    </form></main><script>document.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      const answer = { ...Object.fromEntries(new FormData(event.target)), button: event.submitter?.value ?? '' };
      uxAuditAnswer(JSON.stringify(answer));
    })</script></html>`;
}
