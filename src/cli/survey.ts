import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, Command } from '@commander-js/extra-typings';
import { toHumanError, usageError } from '../core/errors';
import { instrumentIds, instruments } from '../core/survey/instruments';
import { planText, surveyPlan } from '../core/survey/plan';
import { surveySnippet } from '../core/survey/surveyPage';
import { englishTexts } from '../core/survey/surveyTexts';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { today } from '../workflow/localDate';
import { collectAnswers, SURVEY_PORT, surveyChoice, writeSurvey } from '../workflow/surveys';
import { numberOf, recordCommand, wholeNumber, workspaceOf } from './command';
import { print, printJson } from './output';

const help = `
A survey is one HTML file with a published wording. It sets no cookie, loads nothing, and stores nothing that says who
answers. Answers that cannot be sent stay in the browser and are tried again; each counts once.

Examples:
  $ ux-audit survey new nps --name "ACME Shop" --endpoint https://shop.example/survey
  $ ux-audit survey new sus --out kiosk.html
  $ ux-audit survey collect kiosk.html
  $ ux-audit survey plan nps --margin 5
  $ ux-audit outcomes import ux-audit/answers/sus.csv`;

export function surveyCommand() {
  return new Command('survey')
    .description('make a survey page, plan how many answers it needs, and collect them on this machine')
    .addHelpText('after', help)
    .addCommand(newCommand())
    .addCommand(textsCommand())
    .addCommand(collectCommand())
    .addCommand(planCommand());
}

const instrumentArgument = () => new Argument('<instrument>', 'what to ask').choices(instrumentIds);

function newCommand() {
  return recordCommand('new', 'write a survey as one HTML file, and print how to put it into a page')
    .addArgument(instrumentArgument())
    .option('--out <file>', 'the file to write; survey-INSTRUMENT.html when left out')
    .option('--name <text>', 'what is asked about, as it stands in the question, such as "ACME Shop"')
    .option('--endpoint <url>', 'where answers are sent (POST, JSON); when left out, the receiver of `survey collect`')
    .option('--target <slug>', 'the page or journey that it is about')
    .option('--segment <name...>', 'groups to tell apart, such as buyer user; people choose, or ?segment=NAME says it')
    .option('--comment', 'also ask for the reason, in free text')
    .option('--lang <tag>', 'language of the texts', 'en')
    .option('--texts <file>', 'texts in that language, as `survey texts` prints them in English')
    .option('--json', 'print JSON: { file, instrument, source, endpoint, snippet }')
    .action(async (instrument, { out = `survey-${instrument}.html`, json, segment, comment, texts, ...flags }) => {
      const choice = surveyChoice({
        ...flags,
        instrument,
        segments: segment,
        hasComment: comment,
        texts: texts === undefined ? undefined : await textOf(texts),
      });
      const file = path.resolve(out);
      await writeSurvey(workspaceOf(flags), choice, { file, dist: import.meta.dirname });
      const { endpoint } = choice;
      const { name, source } = instruments[instrument];
      const snippet = surveySnippet(choice, endpoint === '' ? `http://127.0.0.1:${SURVEY_PORT}/` : path.basename(file));
      if (json) return printJson({ file, instrument, source, endpoint: endpoint || null, snippet });
      print(`Wrote ${inertLine(file)}: ${name} (${source}).`);
      if (endpoint === '') {
        print(`Collect its answers on this machine: ux-audit survey collect ${inertLine(out)}`);
        print('A page of this machine can show it meanwhile:');
      } else {
        print(`Answers go to ${inertLine(endpoint)}.`);
        print('Put the file on your site, and this where it shall show:');
      }
      print(snippet);
    });
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError('file-unreadable', `${file} could not be read: ${error.message}`, 'Check its path.');
  });
}

function textsCommand() {
  return new Command('texts')
    .addArgument(instrumentArgument())
    .description('print the texts of a survey as JSON, to translate them')
    .option('--json', 'the same')
    .action((instrument) => printJson(englishTexts(instruments[instrument])));
}

function collectCommand() {
  return recordCommand('collect', 'take answers on this machine, until Ctrl+C')
    .argument('[page]', 'the file of a survey to serve')
    .option('--port <number>', 'port of this machine; 0: a free one', wholeNumber('--port', 0, 65535), SURVEY_PORT)
    .option('--out <folder>', 'where the tables are kept; ux-audit/answers, which git ignores, when left out')
    .option('--json', 'at the end, print JSON: { folder, tables: [{ instrument, file, answers }] }')
    .action(async (page, { port, out, json, ...flags }) => {
      const say = (line: string) => (json ? void process.stderr.write(`${line}\n`) : print(line));
      const collecting = await collectAnswers(workspaceOf(flags), {
        port,
        page,
        folder: out === undefined ? undefined : path.resolve(out),
        told: (instrument, answers) => say(`${instrument}: ${counted(answers, 'answer')}`),
        failed: (error) => {
          const { message, next } = toHumanError(error);
          const why = inertLine(`${message} ${next}`);
          process.stderr.write(`An answer was not stored; its page sends it again. ${why}\n`);
        },
      });
      const { url, folder } = collecting;
      if (page === undefined) say(`Answers are taken at ${url}answers.`);
      else say(`Open ${url} to answer; ${url}?kiosk at a kiosk.`);
      say(`They are kept in ${inertLine(folder)}, which git leaves out. Ctrl+C stops.`);
      await stopped();
      await collecting.stop();
      const tables = collecting.counts().filter(({ answers }) => answers > 0);
      if (json) return printJson({ folder, tables });
      if (tables.length === 0) print('No answer arrived.');
      for (const { file, answers } of tables) {
        print(`${counted(answers, 'answer')} in ${inertLine(file)}.`);
        print(`Import the figures: ux-audit outcomes import ${inertLine(path.relative('.', file))}`);
      }
      return undefined;
    });
}

/** Waits until the person ends the program. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function planCommand() {
  return recordCommand('plan', 'say how many answers a survey needs, for an interval or to find a difference')
    .addArgument(instrumentArgument())
    .option('--margin <number>', 'how far the 95 % interval may reach to each side', numberOf('--margin'))
    .option('--difference <number>', 'the difference to find, with 80 % power', numberOf('--difference'))
    .option('--json', 'print JSON: { instrument, metric, unit, spread, intervals, differences }')
    .action(async (instrument, { margin, difference, json, ...flags }) => {
      const figures = await workspaceOf(flags).outcomes.read();
      const plan = surveyPlan(instrument, { margin, difference }, { figures, today: today() });
      if (json) printJson(plan);
      else for (const line of planText(plan)) print(line);
    });
}
