import path from 'node:path';
import readline from 'node:readline/promises';
import { Command, Option } from '@commander-js/extra-typings';
import { defined } from '../core/defined';
import { cancelled, usageError } from '../core/errors';
import { addressOfTarget, addressText } from '../core/record/pageAddress';
import { isOpen, type Serve, type Target } from '../core/record/record';
import { stages } from '../core/record/stages';
import { slugError } from '../core/record/targets';
import { textTable } from '../core/report/auditTable';
import { counted } from '../core/text/counted';
import { fewText } from '../core/text/firstFew';
import { inertLine } from '../core/text/inertText';
import { namesOfGroup, pagesAndJourneys } from '../workflow/groups';
import { planUrl } from '../workflow/planPages';
import {
  addJourney,
  addPages,
  addTouchpoint,
  attachedTo,
  confirmPage,
  learntPage,
  removeTarget,
  renameEverywhere,
  setTargets,
} from '../workflow/targets';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** The pages, journeys and touchpoints of the record. */
export function targetCommand() {
  return new Command('target')
    .description('list, add, rename, move and remove the pages, journeys and touchpoints of the record')
    .addCommand(list(), { isDefault: true })
    .addCommand(add())
    .addCommand(rename())
    .addCommand(set())
    .addCommand(confirmation())
    .addCommand(remove());
}

function placeOf(target: Target): string {
  const address = addressOfTarget(target);
  if (!address) return target.steps?.join(' → ') ?? target.channel ?? '';
  const { folder, command } = target.serve ?? {};
  const served = folder ?? command;
  return `${addressText(address)}${served === undefined ? '' : ` (${served})`}`;
}

function list() {
  return recordCommand('list', 'list the targets')
    .option('--json', 'print JSON: [{ name, kind, address, origins, stage?, owner?, open, evaluations }]')
    .action(async (flags) => {
      const { record } = await workspaceOf(flags).record.read();
      const rows = Object.entries(record.targets).map(([name, target]) => {
        const own = Object.values(record.findings).filter((finding) => finding.target === name);
        const { evaluations } = attachedTo(record, name);
        const { kind, origins = {}, stage, owner } = target;
        const open = own.filter(isOpen).length;
        return { name, kind, address: placeOf(target), origins, stage, owner, open, evaluations };
      });
      if (flags.json) return printJson(rows);
      if (rows.length === 0) return print('There is no target yet. Audit a page: ux-audit audit URL');
      const lines = rows.map(({ name, kind, address, origins, stage, owner, open, evaluations }) => [
        ...[name, kind, address, Object.keys(origins).join(', '), stage ?? '', owner ?? ''].map(inertLine),
        String(open),
        String(evaluations),
      ]);
      return print(
        textTable(
          ['target', 'kind', 'address, steps or channel', 'runs at', 'stage', 'owner', 'open', 'evaluations'],
          lines,
        ),
      );
    });
}

const stageOption = () => new Option('--stage <stage>', 'the stage that it belongs to').choices(stages);

function add() {
  return recordCommand('add', 'add a page, a journey, or a touchpoint off the web')
    .argument('<name>')
    .option('--url <url>', 'the address of the page')
    .option('--environment <name>', 'where that address is: local, deployed, or a name of yours')
    .option('--steps <steps...>', 'the steps of a journey, in order')
    .option('--channel <channel>', 'where a touchpoint is met: shop, phone, letter, e-mail, app, …')
    .addOption(stageOption())
    .option('--owner <owner>', 'handle or role of who takes care of it')
    .option('--json', 'print JSON: { added }')
    .action(async (name, { url, environment, steps, channel, stage, owner, ...flags }) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      if (Object.hasOwn(record.targets, name))
        throw usageError('target-taken', `There is a target "${name}" already.`, 'Choose another name.');
      const fault = slugError(name);
      if (fault) throw usageError('slug-invalid', `"${name}" cannot be a name. ${fault}`, 'For example: hotline');
      if ([url, steps, channel].filter((kind) => kind !== undefined).length !== 1) {
        const next = 'For example: --url http://localhost:3000/checkout, --steps find file pay, or --channel phone';
        const what = 'A target is a page (--url), a journey (--steps) or a touchpoint (--channel).';
        throw usageError('target-empty', what, next);
      }
      if (steps) await addJourney(workspace, name, steps, { stage, owner });
      else if (channel !== undefined) await addTouchpoint(workspace, name, { channel, stage, owner });
      else {
        await addPages(workspace, ({ targets, settings }) => {
          const ignored = settings?.ignoredParameters;
          return [planUrl(targets, url as string, { target: name, environment, ignored }).page];
        });
        if (stage !== undefined || owner !== undefined) await setTargets(workspace, [name], { stage, owner });
      }
      if (flags.json) return printJson({ added: name });
      return print(`Added ${inertLine(name)}.`);
    });
}

function rename() {
  return recordCommand('rename', 'rename a target; findings, evaluations, figures and the runs of this machine follow')
    .argument('<name>')
    .argument('<new-name>')
    .option('--json', 'print JSON: { renamed: { from, to } }')
    .action(async (from, to, flags) => {
      await renameEverywhere(workspaceOf(flags), from, to);
      if (flags.json) return printJson({ renamed: { from, to } });
      return print(`Renamed ${inertLine(from)} to ${inertLine(to)}.`);
    });
}

const setHelp = `
Examples:
  $ ux-audit target set --all --serve dist
  $ ux-audit target set --group "/product/*" --serve-command "npm start -- --port {port}" \\
      --serve-url "http://localhost:{port}"
  $ ux-audit target set account orders --login customer --owner ana`;

function set() {
  return recordCommand('set', 'set how targets are served, their login, stage or owner, or the address or title of one')
    .argument('[name...]')
    .option('--group <template>', 'the pages of a group, such as "/product/*"')
    .option('--all', 'every page and journey of the record')
    .option('--url <url>', 'its address now; path, query and route count in every environment')
    .option('--serve <folder>', 'serve this folder as static files; "" for none')
    .option('--serve-command <command>', 'start the site with this command; {port} is a free port')
    .option('--serve-url <url>', 'the address that answers once that command is ready, with {port} where it has it')
    .option('--login <login>', 'the login that it is behind (ux-audit login); "" for none')
    .option('--title <text>', 'what people read instead of its name; "" for none')
    .option('--environment <name>', 'where the address of --url is: local, deployed, or a name of yours')
    .addOption(new Option('--stage <stage>', 'the stage that it belongs to; "" for none').choices([...stages, '']))
    .option('--owner <owner>', 'handle or role of who takes care of it; "" for nobody')
    .option('--json', 'print JSON: { set: [name] }')
    .addHelpText('after', setHelp)
    .action(async (given, { group, all, url, title, login, environment, stage, owner, ...flags }) => {
      const workspace = workspaceOf(flags);
      const serve = servedAs(flags, workspace.paths.root);
      if ([serve, url, title, login, stage, owner].every((one) => one === undefined)) {
        const next =
          'For example: --url http://localhost:3000/checkout, --serve dist, --title "Checkout", or --owner ana.';
        throw usageError('nothing-to-set', 'There is nothing to set.', next);
      }
      const names = await namesToSet(given, { group, all }, workspace);
      const [name = '', ...more] = names;
      if (more.length > 0 && (url !== undefined || title !== undefined))
        throw usageError('one-target', '--url and --title are of one target.', 'Name that target alone.');
      const address = url === undefined ? undefined : { url, environment };
      await setTargets(workspace, names, { serve, login, title, stage, owner, address });
      if (flags.json) return printJson({ set: names });
      const many = `${names.length} targets (${fewText(names, NAMED, inertLine)})`;
      const [who, each] = more.length > 0 ? [many, `Each of ${many}`] : [inertLine(name), inertLine(name)];
      if (serve !== undefined)
        print(`${each} is ${serve ? `served ${inertLine(servedText(serve))}` : 'not served'} now.`);
      if (title !== undefined) print(`${each} is called ${inertLine(title) || 'by its name'} now.`);
      if (login !== undefined) print(`${each} is behind ${login === '' ? 'no login' : inertLine(login)} now.`);
      if (stage !== undefined) print(`${each} belongs to ${stage === '' ? 'no stage' : stage} now.`);
      if (owner !== undefined) print(`${inertLine(owner) || 'Nobody'} takes care of ${who} now.`);
      return url === undefined ? undefined : print(`${each} is at ${inertLine(url)} now.`);
    });
}

/** So many of the targets that were changed are named. */
const NAMED = 3;

const servedText = ({ folder, command, url }: Serve) =>
  folder === undefined ? `by "${command}" at ${url}` : `from ${folder}`;

interface ServeFlags {
  serve?: string | undefined;
  serveCommand?: string | undefined;
  serveUrl?: string | undefined;
}

/** How targets are to be served; null: not at all. @throws HumanError `serve-unclear` */
function servedAs(
  { serve: folder, serveCommand: command, serveUrl: url }: ServeFlags,
  root: string,
): Serve | null | undefined {
  if (command !== undefined && url !== undefined && folder === undefined) return { command, url };
  if (command === undefined && url === undefined) {
    if (folder === undefined) return undefined;
    if (folder === '') return null;
    return { folder: path.relative(root, path.resolve(folder)).replaceAll('\\', '/') || '.' };
  }
  const next = 'For example: --serve-command "npm start -- --port {port}" --serve-url "http://localhost:{port}"';
  throw usageError('serve-unclear', 'Give --serve, or --serve-command together with --serve-url.', next);
}

/** The targets that names or options choose. @throws HumanError `nothing-to-set`, `all-or-some`, `group-unknown` */
async function namesToSet(
  given: readonly string[],
  { group, all }: { group?: string | undefined; all?: true | undefined },
  workspace: Workspace,
): Promise<string[]> {
  const ways = [given.length > 0, group !== undefined, all].filter(Boolean).length;
  if (ways !== 1) {
    const what = ways === 0 ? 'Say which targets.' : 'Names, --group and --all are three ways to choose targets.';
    throw usageError(ways === 0 ? 'nothing-to-set' : 'all-or-some', what, 'Give names, --group TEMPLATE, or --all.');
  }
  if (given.length > 0) return [...new Set(given)];
  const { record } = await workspace.record.read();
  if (group !== undefined) return namesOfGroup(record, group);
  const names = pagesAndJourneys(record);
  if (names.length > 0) return names;
  throw usageError('nothing-to-set', 'The record has no page and no journey yet.', 'Audit a page: ux-audit audit URL');
}

function confirmation() {
  return recordCommand(
    'confirm',
    'say that the right page was measured; another one is then an error, and not recorded',
  )
    .argument('<name>')
    .option('--url <pattern>', 'its final address, such as /orders/* (default: that of the newest audit)')
    .option('--heading <text>', 'its main heading (default: that of the newest audit)')
    .option('--selector <selector>', 'what is visible on it')
    .option('--not <selector>', 'what is not visible on it')
    .option('--none', 'forget what was confirmed')
    .option('--json', 'print JSON: { target, is }')
    .action(async (name, { url, heading, selector, not, none, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const said = defined({ url, heading, selector, not });
      const learnt =
        none || url !== undefined
          ? {}
          : await learntPage(workspace, name).catch((error: unknown) => {
              if (Object.keys(said).length > 0) return {};
              throw error;
            });
      const is = none ? undefined : { ...learnt, ...said };
      await confirmPage(workspace, name, is);
      if (json) return printJson({ target: name, is: is ?? null });
      if (!is) return print(`Nothing is confirmed of ${inertLine(name)} any more.`);
      const parts = [
        ...(is.url === undefined ? [] : [`at ${is.url}`]),
        ...(is.heading === undefined ? [] : [`with the heading “${is.heading}”`]),
        ...(is.selector === undefined ? [] : [`with ${is.selector}`]),
        ...(is.not === undefined ? [] : [`without ${is.not}`]),
      ];
      return print(`${inertLine(name)} is the page ${inertLine(parts.join(', '))}. Another page is now an error.`);
    });
}

function remove() {
  return recordCommand('remove', 'remove a target with its findings and evaluations (git has the older record)')
    .argument('<name>')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print JSON: { removed, findings, evaluations }')
    .action(async (name, { yes, ...flags }) => {
      const workspace = workspaceOf(flags);
      const { record } = await workspace.record.read();
      if (!Object.hasOwn(record.targets, name)) {
        const next = 'List the targets: ux-audit target list';
        throw usageError('target-unknown', `There is no target "${name}" in the record.`, next);
      }
      const attached = attachedTo(record, name);
      const what = `${counted(attached.findings, 'finding')} and ${counted(attached.evaluations, 'evaluation')}`;
      if (!yes && attached.findings + attached.evaluations > 0) await confirm(name, what);
      await removeTarget(workspace, name);
      if (flags.json) return printJson({ removed: name, ...attached });
      return print(`Removed ${inertLine(name)} with ${what}.`);
    });
}

/** @throws HumanError `removal-unconfirmed` when nobody can be asked, `cancelled` */
async function confirm(name: string, what: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const said = `Removing "${name}" would remove ${what}.`;
    throw usageError('removal-unconfirmed', said, 'Add --yes to remove them.');
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Remove "${inertLine(name)}" with ${what}? (y/N) `);
    if (!/^y(es)?$/i.test(answer.trim())) throw cancelled();
  } finally {
    terminal.close();
  }
}
