import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { usageError } from '../core/errors';
import { slugPattern } from '../core/record/schemaParts';
import { isLoopback } from '../core/record/targets';
import { type Instrument, type InstrumentId, instrumentIds, instruments } from '../core/survey/instruments';
import {
  type AnswerForm,
  readSurveyAnswer,
  type SurveyAnswer,
  surveyHeader,
  surveyRow,
} from '../core/survey/surveyAnswer';
import { dataElement, type SurveyData } from '../core/survey/surveyData';
import { type SurveyChoice, surveyPage } from '../core/survey/surveyPage';
import { englishTexts, type SurveyTexts, surveyTextsSchema } from '../core/survey/surveyTexts';
import { dayAfter, isDay } from '../core/text/days';
import { inertLine } from '../core/text/inertText';
import type { SurveyReceiver } from '../engine/servers/surveyReceiver';
import { AnswersFile } from '../storage/answersFile';
import { writeExport } from './exportRecord';
import { today } from './localDate';
import type { Workspace } from './workspace';

/** The port of the local receiver. A page keeps unsent answers by its address, so the port stays the same. */
export const SURVEY_PORT = 8737;

/** The longest name of a segment. Characters. */
const NAME = 60;

/** What a person wishes of a survey. */
export interface SurveyWish {
  instrument: InstrumentId;
  /** What is asked about, in the words of the question, such as `ACME Shop`. */
  name?: string | undefined;
  endpoint?: string | undefined;
  target?: string | undefined;
  segments?: readonly string[] | undefined;
  hasComment?: boolean | undefined;
  lang?: string | undefined;
  /** All texts in that language, as JSON. */
  texts?: string | undefined;
}

/**
 * Checks what a person wishes of a survey.
 * @throws HumanError `survey-endpoint`, `survey-name`, `survey-target`, `survey-segment`, `survey-lang`, `survey-texts`
 */
export function surveyChoice(wish: SurveyWish): SurveyChoice {
  const instrument = instruments[wish.instrument];
  const { name, endpoint = '', target = '', segments = [], hasComment = false, lang = 'en', texts } = wish;
  if (endpoint !== '') checkEndpoint(endpoint);
  if (target !== '' && !slugPattern.test(target))
    throw usageError('survey-target', `"${target}" is no name of a page or journey.`, 'Such as: checkout');
  if (name?.trim() && (texts !== undefined || instrument.subject === '')) {
    const what =
      texts === undefined ? `${instrument.name} asks about no name.` : 'The given texts hold the name already.';
    throw usageError('survey-name', what, 'Leave the name out.');
  }
  const wrong = segments.find((one) => one.trim() === '' || one.length > NAME || inertLine(one) !== one);
  if (wrong !== undefined || new Set(segments).size < segments.length) {
    const given = wrong ?? segments.join(' ');
    throw usageError('survey-segment', `Segments are short names, each once: not "${given}".`, 'Such as: buyer user');
  }
  const language = languageOf(lang);
  if (language !== 'en' && !language.startsWith('en-') && texts === undefined) {
    throw usageError(
      'survey-lang',
      `The published wordings are known here in English only, not in "${language}".`,
      `Print the texts (ux-audit survey texts ${wish.instrument}), translate them, and give them with --texts.`,
    );
  }
  const asked =
    texts === undefined ? englishTexts(instrument, name?.trim() || undefined) : readTexts(texts, instrument);
  return { instrument, texts: asked, lang: language, endpoint, target, segments, hasComment };
}

function checkEndpoint(endpoint: string): void {
  const url = URL.parse(endpoint);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe && url.username === '' && url.password === '' && url.hash === '') return;
  throw usageError(
    'survey-endpoint',
    `"${endpoint}" is no address that answers can be sent to.`,
    'Give an https address without a password, such as https://shop.example/survey. This machine may have http.',
  );
}

function languageOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] as string;
  } catch {
    throw usageError('survey-lang', `"${tag}" is no tag of a language.`, 'Such as: en, de, pt-BR');
  }
}

function readTexts(json: string, { questions }: Instrument): SurveyTexts {
  const next = 'Print the texts anew (ux-audit survey texts), and change only what stands after the colons.';
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (error) {
    throw usageError('survey-texts', `The texts are not valid JSON (${(error as Error).message}).`, next);
  }
  const { success, data, error } = surveyTextsSchema.safeParse(given);
  const [issue] = error?.issues ?? [];
  if (!success)
    throw usageError('survey-texts', `The texts are wrong at "${issue?.path.join('.')}": ${issue?.message}.`, next);
  if (data.questions.length !== questions.length)
    throw usageError(
      'survey-texts',
      `The texts have ${data.questions.length} questions, not ${questions.length}.`,
      next,
    );
  return data;
}

/**
 * Writes the page of a survey.
 * @param dist the folder of the built program
 * @throws HumanError of writing
 */
export async function writeSurvey(
  workspace: Workspace,
  choice: SurveyChoice,
  { file, dist }: { file: string; dist: string },
): Promise<void> {
  const [script, style] = await Promise.all(
    ['survey.js', 'survey.css'].map((name) => readFile(path.join(dist, 'webview', name), 'utf8')),
  );
  await writeExport(workspace, file, surveyPage(choice, { script: script ?? '', style: style ?? '' }));
}

/** A receiver on this machine that stores answers in one table for each instrument. */
export interface Collecting extends SurveyReceiver {
  /** The folder of the tables. */
  folder: string;
  /** How many answers each table holds that was opened. */
  counts(): { instrument: string; file: string; answers: number }[];
}

/**
 * Takes answers on this machine until it is stopped.
 * @param options.page the file of a survey to serve
 * @param options.folder where the tables are kept; beside the record when left out
 * @param options.told is called after each answer that is new
 * @param options.failed is called when an answer cannot be stored; its page sends it again
 * @throws HumanError `survey-unreadable`, `survey-elsewhere`, `port-taken`, or of the table
 */
export async function collectAnswers(
  workspace: Workspace,
  options: {
    port: number;
    page?: string | undefined;
    folder?: string | undefined;
    told: (instrument: string, answers: number) => void;
    failed: (error: unknown) => void;
  },
): Promise<Collecting> {
  const page = options.page === undefined ? undefined : await readPage(options.page);
  const folder = options.folder ?? workspace.paths.answers;
  const root = options.folder ?? workspace.paths.root;
  const tables = new Map<string, Promise<AnswersFile>>();
  const tableOf = (form: AnswerForm) => {
    const known =
      tables.get(form.id) ?? AnswersFile.open(path.join(folder, `${form.id}.csv`), surveyHeader(form), root);
    tables.set(form.id, known);
    known.catch(() => tables.delete(form.id)); // the next answer tries again
    return known;
  };
  const opened = new Map<string, AnswersFile>();
  if (page) opened.set(page.form.id, await tableOf(page.form));
  const { receiveAnswers } = await import('../engine/servers/surveyReceiver');
  const receiver = await receiveAnswers({
    port: options.port,
    page: page?.html,
    take: async (given) => {
      const form = formOf(given);
      const answer = form && readSurveyAnswer(given, form);
      if (!answer) return 'refused';
      try {
        const table = await tableOf(form);
        opened.set(form.id, table);
        const isNew = await table.add(answer.id, surveyRow(inertAnswer(answer)));
        if (isNew) options.told(form.id, table.count);
        return isNew ? 'new' : 'known';
      } catch (error) {
        options.failed(error);
        throw error;
      }
    },
  });
  const counts = () =>
    [...opened].map(([instrument, table]) => ({ instrument, file: table.path, answers: table.count }));
  return { ...receiver, folder, counts };
}

/** An answer whose texts no terminal acts upon, on a day that can be. */
function inertAnswer(answer: SurveyAnswer): SurveyAnswer {
  const { target, segment, comment, date } = answer;
  const texts = { target: inertLine(target), segment: inertLine(segment), comment: inertLine(comment) };
  return { ...answer, ...texts, date: dayOf(date) };
}

/** The day that a device says; today where its clock is wrong. */
function dayOf(date: string): string {
  return isDay(date) && date <= dayAfter(today(), 1) ? date : today();
}

/** The form of the instrument that an answer names. */
function formOf(given: unknown): AnswerForm | undefined {
  const named = (given as { survey?: unknown } | null | undefined)?.survey;
  const id = instrumentIds.find((one) => one === named);
  if (!id) return undefined;
  const { scale, questions } = instruments[id];
  return { id, scale, fields: questions.map(({ field }) => field) };
}

async function readPage(file: string): Promise<{ html: string; form: AnswerForm }> {
  const name = path.basename(file);
  const html = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError('survey-unreadable', `${name} could not be read: ${error.message}`, 'Check its path.');
  });
  const [, json = ''] =
    new RegExp(`<script type="application/json" id="${dataElement}">([^<]*)</script>`).exec(html) ?? [];
  let data: SurveyData | undefined;
  try {
    data = JSON.parse(json) as SurveyData;
  } catch {
    // no page of the kit
  }
  const form = formOf({ survey: data?.form?.id });
  if (!form) {
    const next = 'Make one with: ux-audit survey new nps';
    throw usageError('survey-unreadable', `${name} is no survey of ux-audit.`, next);
  }
  if (data?.endpoint) {
    const what = `${name} sends its answers to ${inertLine(data.endpoint)}, not to this receiver.`;
    throw usageError('survey-elsewhere', what, 'Make it anew without --endpoint.');
  }
  return { html, form };
}
