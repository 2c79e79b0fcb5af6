import { htmlPage, policyHash } from '../report/htmlPage';
import { type Html, html, rawHtml } from '../text/html';
import { inertJson } from '../text/inertText';
import type { Instrument } from './instruments';
import { COMMENT } from './surveyAnswer';
import { dataElement, type SurveyData } from './surveyData';
import type { SurveyTexts } from './surveyTexts';

/** What a team decides about a survey page. */
export interface SurveyChoice {
  instrument: Instrument;
  texts: SurveyTexts;
  /** BCP 47 tag of the language of the texts. */
  lang: string;
  /** Where answers are sent; empty: to `answers` beside the page, as the local receiver takes them. */
  endpoint: string;
  /** The page or journey that it is about; empty: the whole product. */
  target: string;
  /** Names of groups to choose from; none: nobody is asked. */
  segments: readonly string[];
  hasComment: boolean;
}

/**
 * A survey as one HTML file: no cookie, nothing from elsewhere, nothing that says who answers. Its content security
 * policy lets it reach the endpoint alone. A team may edit its style: custom properties stand at the beginning.
 */
export function surveyPage(choice: SurveyChoice, built: { script: string; style: string }): string {
  const { instrument, texts, lang, endpoint, target, segments } = choice;
  const form = { id: instrument.id, scale: instrument.scale, fields: instrument.questions.map(({ field }) => field) };
  const { sent, kept, waiting } = texts;
  const data: SurveyData = { form, endpoint, target, segments, texts: { sent, kept, waiting } };
  // `<` is escaped, so that no text in the data can end the script element
  const json = inertJson(data).replaceAll('<', '\\u003c');
  const script = built.script.replaceAll('</script', '<\\/script');
  const body = html`<main>
<h1>${texts.title}</h1>
<form id="survey" method="post" novalidate>
${instrument.questions.map(({ field }, index) => scaleQuestion(field, texts.questions[index] ?? '', choice))}
${segments.length > 0 && segmentQuestion(choice)}
${choice.hasComment && commentQuestion(texts)}
<p class="quiet">${texts.privacy}</p>
<p><button type="submit">${texts.send}</button></p>
<noscript><p>${texts.noScript}</p></noscript>
</form>
<section id="done" tabindex="-1" hidden><p id="said" role="status"></p>
<p><button type="button" id="next" hidden>${texts.next}</button></p></section>
<aside id="kiosk" hidden><p id="waiting"></p>
<p><button type="button" id="save">${texts.save}</button>
<button type="button" id="forget" hidden>${texts.forget}</button></p></aside>
</main>
<script type="application/json" id="${dataElement}">${rawHtml(json)}</script>
<script>${rawHtml(script)}</script>`;
  const connect = endpoint === '' ? "'self'" : new URL(endpoint).origin;
  const sources = `script-src ${policyHash(script)}; connect-src ${connect}`;
  return htmlPage({ title: texts.title, style: built.style, body, sources, lang, isStyleOpen: true });
}

function scaleQuestion(field: string, question: string, { instrument, texts }: SurveyChoice): Html {
  const [low, high] = instrument.scale;
  const values = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const meaning = (value: number) => (value === low ? texts.low : value === high ? texts.high : undefined);
  const option = (value: number) => {
    const means = meaning(value);
    return html`<label><input type="radio" name="${field}" value="${value}"><span>${value}${
      means !== undefined && html`<span class="hidden"> ${means}</span>`
    }</span></label>`;
  };
  return html`<fieldset data-field="${field}">
<legend>${question}</legend>
<p class="missing" id="${field}-missing" hidden>${texts.missing}</p>
<div class="scale">${values.map(option)}</div>
<p class="ends" aria-hidden="true"><span>${low}: ${texts.low}</span><span>${high}: ${texts.high}</span></p>
</fieldset>
`;
}

function segmentQuestion({ segments, texts }: SurveyChoice): Html {
  return html`<fieldset id="segments"><legend>${texts.segment} <span class="quiet">(${texts.optional})</span></legend>
${segments.map(
  (name) => html`<label class="choice"><input type="radio" name="segment" value="${name}"> ${name}</label>`,
)}
</fieldset>`;
}

function commentQuestion(texts: SurveyTexts): Html {
  return html`<p><label for="comment">${texts.comment} <span class="quiet">(${texts.optional})</span></label>
<textarea id="comment" name="comment" rows="3" maxlength="${COMMENT}"></textarea></p>`;
}

/** What a team puts into its own page to show the survey there. @param file the address of the survey's file there */
export function surveySnippet({ instrument, texts }: SurveyChoice, file: string): string {
  const height = 260 + 150 * instrument.questions.length;
  const style = `width:100%;height:${height}px;border:0`;
  return html`<iframe src="${file}" title="${texts.title}" loading="lazy" style="${style}"></iframe>`.text;
}
