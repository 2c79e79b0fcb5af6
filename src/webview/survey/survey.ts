import { type SurveyAnswer, surveyHeader, surveyRow } from '../../core/survey/surveyAnswer';
import { dataElement, type SurveyData } from '../../core/survey/surveyData';
import { Delivery } from './delivery';
import { KeptAnswers } from './kept';
import './survey.css';

/** How long nothing is said while an answer is on its way. Milliseconds. */
const QUIET = 1_500;

const by = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const data = JSON.parse(by(dataElement).textContent ?? '') as SurveyData;
const { form, target, segments, texts } = data;
/** `?segment=…` says who is asked, `?kiosk` that a person looks after the device. */
const asked = new URLSearchParams(location.search);
const isKiosk = asked.has('kiosk');
const known = segments.find((name) => name === asked.get('segment'));
const endpoint = data.endpoint || (location.protocol.startsWith('http') ? new URL('answers', location.href).href : '');

const survey = by<HTMLFormElement>('survey');
const kept = new KeptAnswers(form, endpoint);
const delivery = new Delivery(kept, endpoint, show);
let last: string | undefined;
let saved: string[] = [];

if (known !== undefined) by('segments').hidden = true;
survey.addEventListener('submit', submit);
survey.addEventListener('change', ({ target: changed }) => mark((changed as HTMLInputElement).name, false));
by('next').addEventListener('click', begin);
by('save').addEventListener('click', save);
by('forget').addEventListener('click', forget);
by('kiosk').hidden = !isKiosk;
by('next').hidden = !isKiosk;
show();
delivery.now();

function submit(event: Event): void {
  event.preventDefault();
  const given = new FormData(survey);
  const missing = form.fields.filter((field) => !given.has(field));
  for (const field of form.fields) mark(field, missing.includes(field));
  if (missing.length > 0) {
    document.getElementsByName(missing[0] as string)[0]?.focus();
    return;
  }
  const answer: SurveyAnswer = {
    survey: form.id,
    id: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    date: day(),
    target,
    segment: known ?? textOf(given, 'segment'),
    values: form.fields.map((field) => Number(given.get(field))),
    comment: textOf(given, 'comment'),
  };
  last = answer.id;
  kept.add(answer);
  by('said').textContent = '';
  survey.hidden = true;
  by('done').hidden = false;
  by('done').focus();
  if (endpoint === '') show();
  else setTimeout(show, QUIET);
  delivery.now();
}

/** Says of a question that its answer is missing, or no longer. */
function mark(field: string, isMissing: boolean): void {
  const group = survey.querySelector(`[data-field="${CSS.escape(field)}"]`);
  if (!group) return;
  by(`${field}-missing`).hidden = !isMissing;
  if (isMissing) group.setAttribute('aria-describedby', `${field}-missing`);
  else group.removeAttribute('aria-describedby');
}

function textOf(given: FormData, name: string): string {
  return String(given.get(name) ?? '').trim();
}

/** Today, where the person is. */
function day(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, '0')).join('-');
}

/** Says what became of the last answer, and how many are kept. */
function show(): void {
  const all = kept.all;
  if (last !== undefined) by('said').textContent = all.some(({ id }) => id === last) ? texts.kept : texts.sent;
  by('waiting').textContent = texts.waiting.replace('{n}', String(all.length));
  by<HTMLButtonElement>('save').disabled = all.length === 0;
  by('forget').hidden = saved.length === 0;
}

/** Empties the form for the next person. */
function begin(): void {
  last = undefined;
  survey.reset();
  survey.hidden = false;
  by('done').hidden = true;
  document.getElementsByName(form.fields[0] as string)[0]?.focus();
}

/** Gives the kept answers to the person who runs the kiosk, as the table that an import takes. */
function save(): void {
  const rows = kept.all;
  const text = [surveyHeader(form), ...rows.map(surveyRow)].map((line) => `${line}\r\n`).join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = `${form.id}-kept.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  saved = rows.map(({ id }) => id);
  show();
}

function forget(): void {
  for (const id of saved) kept.remove(id);
  saved = [];
  show();
  by('save').focus();
}
