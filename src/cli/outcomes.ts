import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { exitCodes, usageError } from '../core/errors';
import { detailText, valueText } from '../core/impact/impactText';
import { impactView } from '../core/impact/impactView';
import { metrics } from '../core/metrics/metrics';
import { dateOrders } from '../core/outcomes/dateOrders';
import { ANSWERS_NEEDED, driverNote, driversByKey, driverText } from '../core/outcomes/drivers';
import { enteredFigure } from '../core/outcomes/enteredFigure';
import type { ImportPlan, ImportResult } from '../core/outcomes/figureImport';
import { effectOf, type Figure, figureKey, figuresByKey, withFigures, withoutFigures } from '../core/outcomes/figures';
import { funnelPresets } from '../core/outcomes/funnelLayouts';
import { importFields, importKinds } from '../core/outcomes/importFields';
import { whyImpossible } from '../core/outcomes/possibleFigure';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { fieldData } from '../workflow/fieldData';
import { readImpact } from '../workflow/impact';
import { journeysOf, previewTable, readFigures, writeFigures } from '../workflow/importFigures';
import { today } from '../workflow/localDate';
import { planTarget } from '../workflow/planPages';
import { numberOf, recordCommand, workspaceOf } from './command';
import { columnAnswers, questionLines } from './importOptions';
import { reasonCommand } from './outcomesReason';
import { stepsCommand } from './outcomesSteps';
import { print, printJson } from './output';

/** The environment variable that holds the person's own key of the Chrome UX Report API. */
const KEY = 'CRUX_API_KEY';

/** The most cells that are listed. */
const CELLS_SHOWN = 10;

const periods = ['month', 'quarter', 'all'] as const;

const importHelp = `
Only figures are kept: means, rates, counts and their intervals; never rows, texts or what identifies a person. A table
with columns that look personal is refused until --drop leaves them out. While a cell cannot be read, nothing is \
written:
the command asks, and names the option that answers.

Kinds and their columns (any may be missing; other names: --map "Your header=FIELD"):
${importKinds.map((kind) => `  ${kind.padEnd(10)} ${importFields[kind].map(({ id }) => id).join(', ')}`).join('\n')}

Examples:
  $ ux-audit outcomes template survey > survey.csv
  $ ux-audit outcomes import survey.csv
  $ ux-audit outcomes import nps.csv --kind survey --map "How likely…=nps" --drop Email --by quarter
  $ ux-audit outcomes import shop.csv --kind analytics --currency EUR --dry-run
  $ ux-audit outcomes import funnel.csv --preset ga4 --target checkout
  $ ux-audit outcomes import csat.csv --scale "csat=1-7"
  $ ux-audit outcomes import lab.csv --answer "Success:Partial=no"`;

export function outcomesCommand(done: (code: number) => void) {
  return new Command('outcomes')
    .description('import, type or list figures of what customers do and say')
    .addCommand(importCommand(done))
    .addCommand(addCommand())
    .addCommand(fieldCommand())
    .addCommand(listCommand())
    .addCommand(driversCommand())
    .addCommand(reasonCommand())
    .addCommand(stepsCommand())
    .addCommand(removeCommand())
    .addCommand(templateCommand());
}

const nameOf = (figure: Figure) => inertLine(figureKey(figure));

/** Adds `Header=field`, split at the last `=`, since a header may hold one. */
function mapped(pair: string, before: Record<string, string> = {}): Record<string, string> {
  const at = pair.lastIndexOf('=');
  if (at > 0) return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
  throw usageError('option-invalid', `--map "${pair}" is not COLUMN=FIELD.`, 'For example: --map "Score=nps"');
}

function importCommand(done: (code: number) => void) {
  return recordCommand('import', 'import the figures of a table into ux-audit/outcomes.json')
    .argument('<file>', 'CSV file')
    .addOption(new Option('--kind <kind>', 'recognised from the columns when left out').choices(importKinds))
    .addOption(
      new Option('--preset <tool>', 'the tool that a funnel must come from; recognised when left out').choices(
        funnelPresets,
      ),
    )
    .option('--map <column=field...>', 'the field of a column that its header does not tell', mapped)
    .option('--drop <column...>', 'columns to leave out')
    .addOption(
      new Option('--by <period>', 'the period to group dated rows by').choices(periods).default('month' as const),
    )
    .option('--from <day>', 'first day, for rows without a date')
    .option('--to <day>', 'last day, for rows without a date')
    .option('--target <slug>', 'the page or journey, for rows that name none')
    .option('--source <text>', 'where it comes from, to tell surveys apart; the name of the file when left out')
    .option('--currency <code>', 'of order values and margins, such as EUR')
    .option('--discount <percent>', 'of money in one period; a lifetime value needs it', numberOf('--discount'))
    .addOption(new Option('--dates <order>', 'what 3/4/2026 or Jan-26 means').choices(dateOrders))
    .option('--scale <column=scale...>', 'the scale that a question was asked with, such as "csat=1-7"')
    .option('--answer <column:text=value...>', 'what a text means, such as "Success:Partial=no"; no value: no answer')
    .option('--leave-out <column...>', 'leave out the cells of a column that cannot be read; their number is said')
    .option('--dry-run', 'show what would be imported, write nothing')
    .option(
      '--json',
      'print JSON: { kind, columns, good, bad, faults, questions, notices, outcomes, drivers, beside, replaced, ' +
        'written }',
    )
    .addHelpText('after', importHelp)
    .action(async (file, flags) => {
      const { map: columns, from, to, dates, scale, answer, leaveOut, dryRun, json, ...choice } = flags;
      if ((from === undefined) !== (to === undefined))
        throw usageError('option-invalid', 'A period has a first and a last day.', 'Give both --from and --to.');
      const { outcomes: known } = workspaceOf(flags);
      const name = path.basename(file);
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw usageError('file-unreadable', `${file} could not be read: ${error.message}`, 'Check its path.');
      });
      const preview = await previewTable(bytes, name, choice);
      const decided = {
        ...choice,
        ...columnAnswers({ scale, answer, leaveOut }, preview.headers),
        columns,
        style: dates && { dates },
        period: from !== undefined && to !== undefined ? { from, to } : undefined,
        journeys: await journeysOf(workspaceOf(flags)),
        on: today(),
      };
      const result = await readFigures(bytes, name, decided, { preview });
      const { figures, drivers, good, bad, faults, questions, notices, plan } = result;
      const effect = effectOf(await known.read(), figures);
      const written = !dryRun && figures.length > 0 && (await writeFigures(workspaceOf(flags), result));
      if (json) {
        const { kind, columns: taken } = plan;
        printJson({
          kind,
          columns: taken,
          good,
          bad,
          faults,
          questions,
          notices,
          outcomes: figures,
          drivers,
          ...effect,
          written,
        });
      } else {
        printImport(name, result, effect);
        const did = written ? 'Written to outcomes.json.' : 'Nothing changed in outcomes.json.';
        print(dryRun ? 'Nothing was written (--dry-run).' : did);
      }
      if (good === 0 || questions.length > 0) done(exitCodes.usage);
    });
}

function printImport(
  name: string,
  result: ImportResult & { plan: ImportPlan },
  { beside, replaced }: ReturnType<typeof effectOf>,
): void {
  const { plan, good, bad, faults, questions, notices, figures, drivers } = result;
  print(`${inertLine(name)}: ${plan.kind}, ${good} rows taken, ${bad} left out`);
  for (const [column, field] of Object.entries(plan.columns)) print(`  ${inertLine(column)} → ${field}`);
  for (const { row, column, value, fault } of faults.slice(0, CELLS_SHOWN))
    print(`  row ${row}, ${inertLine(column)} "${inertLine(value)}": ${fault}`);
  if (faults.length > CELLS_SHOWN) print('  and more cells; --json lists the first 100');
  for (const notice of notices) print(`  ${inertLine(notice)}`);
  for (const figure of figures) {
    const n = figure.n === undefined ? '' : `, n ${figure.n}`;
    print(`  ${nameOf(figure)} = ${figure.value}${figure.unit ? ` ${inertLine(figure.unit)}` : ''}${n}`);
  }
  if (drivers.length > 0) print(`  ${driverNote}`);
  for (const driver of drivers) print(`    ${driverText(driver)}`);
  for (const key of beside)
    print(`  stands beside a figure from another source: ${inertLine(key)} (outcomes remove takes one out)`);
  for (const key of replaced) print(`  replaces another figure of the same source: ${inertLine(key)}`);
  for (const line of questions.flatMap(questionLines)) print(line);
}

function addCommand() {
  return recordCommand('add', 'type a single figure with its date, n and source')
    .argument('<metric=value>', 'such as nps=12 or conversion_rate=2.1')
    .requiredOption('--from <day>', 'first day of its period, or its day')
    .option('--to <day>', 'last day of its period')
    .requiredOption('--source <text>', 'where it comes from')
    .option('--n <count>', 'answers, attempts or visits', numberOf('--n'))
    .option('--low <value>', 'lower end of its 95 % interval, where published', numberOf('--low'))
    .option('--high <value>', 'upper end', numberOf('--high'))
    .option('--target <slug>', 'the page or journey it is about')
    .option('--variant <name>', 'which definition or version: 1.0 or 2.0 of ces')
    .option('--segment <name>', 'which people it is about, such as buyers; all together when left out')
    .option('--unit <currency>', 'of money, such as EUR')
    .action(async (pair, flags) => {
      const [, metric, value] = /^([a-z0-9_]+)=(-?\d+(?:\.\d+)?)$/.exec(pair) ?? [];
      if (metric === undefined)
        throw usageError('option-invalid', `"${pair}" is not METRIC=VALUE.`, 'For example: nps=12');
      const figure = enteredFigure({ ...flags, metric, value: Number(value), on: today() });
      await workspaceOf(flags).outcomes.update((before) => withFigures(before, [figure]));
      print(`Recorded ${nameOf(figure)} = ${figure.value}.`);
    });
}

const fieldHelp = `
Sends the address of the page and the key to the Chrome UX Report API, nothing else, and only when called. A page with
too few visits gets no value; it never gets the value of its origin.`;

function fieldCommand() {
  return recordCommand('field', `ask the Chrome UX Report for real visits of a page (your own key in ${KEY})`)
    .argument('<target>', 'a target with a deployed origin')
    .option('--origin', 'of the whole origin instead of the page')
    .option('--environment <name>', 'which of its origins', 'deployed')
    .option('--desktop', 'visits on desktops instead of phones')
    .addHelpText('after', fieldHelp)
    .action(async (target, flags) => {
      const key = process.env[KEY];
      if (!key)
        throw usageError('field-key', `${KEY} is not set.`, 'Put your own key of the Chrome UX Report API into it.');
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      const figures = await fieldData({
        url: planTarget(record.targets, target, flags.environment).url,
        key,
        target,
        scope: flags.origin ? 'origin' : 'url',
        formFactor: flags.desktop ? 'DESKTOP' : 'PHONE',
        on: today(),
        endpoint: process.env.UX_AUDIT_CRUX_ENDPOINT, // tests replace the API
      });
      await workspace.outcomes.update((before) => withFigures(before, figures));
      for (const figure of figures) print(`${nameOf(figure)} = ${figure.value} (field, 75th percentile)`);
    });
}

function listCommand() {
  return recordCommand('list', 'every figure that is known')
    .option(
      '--json',
      'print JSON: [ { key, metric, target, variant, step, segment, from, to, value, n, low, high, basis, source } ]',
    )
    .action(async (flags) => {
      const workspace = workspaceOf(flags);
      const read = await workspace.outcomes.read();
      const figures = figuresByKey(read);
      if (flags.json) return printJson(figures.map(([key, figure]) => ({ key, ...figure })));
      if (figures.length === 0) return print('No figure yet. Begin with: ux-audit outcomes import FILE');
      const data = await readImpact(workspace, { today: today(), dist: import.meta.dirname });
      for (const [key, figure] of figures) {
        const wrong = whyImpossible(figure, today());
        if (wrong) print(`${inertLine(key)}  cannot be: ${inertLine(wrong.message)} Take it out with outcomes remove.`);
        if (wrong) continue;
        const [value] = impactView({ ...data, runs: [], figures: [figure] }, { metrics, links: [] }).values;
        const detail = value && inertLine(`${detailText(value)}; ${figure.source}`);
        if (value) print(`${inertLine(key)}  ${inertLine(valueText(value))} (${detail})`);
      }
      const compared = Object.keys(read.drivers ?? {}).length;
      if (compared > 0) print(`${counted(compared, 'question')} compared with an outcome: ux-audit outcomes drivers`);
      return undefined;
    });
}

function driversCommand() {
  return recordCommand('drivers', 'how far the questions of surveys went together with their outcome; no cause')
    .option(
      '--json',
      'print JSON: [ { key, question, outcome, target, segment, from, to, rho, low, high, n, source, on } ]',
    )
    .action(async (flags) => {
      const drivers = driversByKey((await workspaceOf(flags).outcomes.read()).drivers);
      if (flags.json) return printJson(drivers.map(([key, driver]) => ({ key, ...driver })));
      if (drivers.length === 0) {
        const rule = `A question counts once ${ANSWERS_NEEDED} people answered it and the outcome`;
        return print(`No survey with further questions was imported yet. ${rule}.`);
      }
      print(driverNote);
      let about = '';
      for (const [, driver] of drivers) {
        const { target = 'whole product', segment, from, to, source } = driver;
        const of = [target, segment ?? []].flat().join(', ');
        const now = inertLine(`${of}, ${from} to ${to}; ${source}`);
        if (now !== about) print(now);
        about = now;
        print(`  ${driverText(driver)}`);
      }
      return undefined;
    });
}

function removeCommand() {
  return recordCommand('remove', 'take figures out again')
    .argument('<key...>', 'keys as `outcomes list` shows them; of drivers, as `outcomes drivers --json` does')
    .action(async (keys, flags) => {
      const workspace = workspaceOf(flags);
      const { values, drivers = {} } = await workspace.outcomes.read();
      const unknown = keys.find((key) => !Object.hasOwn(values, key) && !Object.hasOwn(drivers, key));
      if (unknown !== undefined)
        throw usageError('figure-unknown', `There is no figure "${unknown}".`, 'List them: ux-audit outcomes list');
      await workspace.outcomes.update((before) => withoutFigures(before, keys));
      print(`Removed ${keys.length}.`);
    });
}

function templateCommand() {
  return new Command('template')
    .addArgument(new Argument('<kind>', 'of the table').choices(importKinds))
    .description('print a table to begin with, filled with made-up examples')
    .action(async (kind) => {
      process.stdout.write(
        await readFile(path.join(import.meta.dirname, '..', 'media', 'outcomes', `${kind}.csv`), 'utf8'),
      );
    });
}
