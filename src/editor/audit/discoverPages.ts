import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { LeftOut } from '../../core/discovery/groupPages';
import { usageError } from '../../core/errors';
import { environmentOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { inertLine } from '../../core/text/inertText';
import { addFound, type Discovered, discover } from '../../workflow/discover';
import { Logins, listLogins } from '../../workflow/logins';
import { type FoundFrom, type PlannedPage, pagesIn, parseUrl, planFound } from '../../workflow/planPages';
import { Sites } from '../../workflow/sites';
import { ago } from '../shared/ago';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import { picked, plain } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import { chooseAddress } from './choosePage';
import type { Credentials } from './credentials';
import { newEngine } from './newEngine';
import { signInWithQuestions } from './signIn';

interface Parts extends Shared {
  credentials: Credentials;
}

/** Looks for the pages of a site and adds those that the person ticks, the proposed ones at first. */
export async function discoverPages(parts: Parts): Promise<void> {
  requireTrust(); // it opens pages, and may start the site
  const model = await chooseModel(parts.models);
  const start = model && (await chooseAddress(model, 'Discover Pages (1/3): Where the Site Begins'));
  if (!model || !start) return;
  const page = start.page ?? pageAt(start.url as string);
  const login = await askLogin(parts, model);
  if (login === undefined) return;
  const found = await withProgress('Discovering pages', (signal, onProgress) =>
    look(parts, model, { page, login: login || undefined, signal, onProgress }),
  );
  const from = { serve: page.serve, login: login || undefined, environment: start.page?.environment };
  const chosen = await choose(model, found, from);
  if (!chosen || chosen.length === 0) return;
  await ensureSaved(model);
  const { added } = await addFound(model.workspace, chosen, from);
  await model.load();
  const audit = 'Audit All Pages';
  const said = `${counted(added.length, 'page')} added.${leftOutText(found.leftOut)}`;
  if ((await vscode.window.showInformationMessage(plain(said), audit)) === audit)
    await vscode.commands.executeCommand(commands.auditAll);
}

function pageAt(url: string): PlannedPage {
  const { href } = parseUrl(url);
  return { target: 'site', environment: environmentOf(href), url: href };
}

/** Asks who is signed in, or signs somebody in; '' for nobody. */
async function askLogin(parts: Parts, model: RecordModel): Promise<string | undefined> {
  const logins = await listLogins(model.workspace);
  const nobody = { label: '$(globe) Nobody', description: 'the pages that everybody sees', name: '' };
  const other = { label: '$(add) Sign In as Somebody…', description: 'pages behind a login', name: undefined };
  const items = logins.map(({ name, keptAt }) => ({
    label: `$(account) ${name}`,
    description: keptAt ? `signed in ${ago(keptAt.toISOString())}` : 'not signed in here',
    name,
  }));
  const options = { title: 'Discover Pages (2/3): Who Is Signed In', ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick([nobody, ...items, other], options);
  return chosen === other ? signInWithQuestions(parts, { model }) : chosen?.name;
}

interface Look {
  page: PlannedPage;
  login: string | undefined;
  signal: AbortSignal;
  onProgress: (text: string) => void;
}

async function look(parts: Parts, model: RecordModel, given: Look): Promise<Discovered> {
  const { page, login, signal, onProgress } = given;
  const { workspace, folder } = model;
  const root = folder.uri.fsPath;
  const ignoreCertificateErrors = setting('ignoreCertificateErrors', folder.uri);
  const sites = new Sites(root);
  const engine = await newEngine(parts, folder.uri);
  try {
    const url = await sites.urlOf(page);
    const { origin } = new URL(url);
    const own = await parts.credentials.of(origin);
    const logins = new Logins({ workspace, engine, ignoreCertificateErrors, signal });
    const sent = { ...own, ...(login !== undefined && (await logins.ofLogin(login, origin))) };
    const { serve } = page;
    const served = serve && 'folder' in serve ? vscode.Uri.joinPath(folder.uri, String(serve.folder)) : undefined;
    const files = served && (await pagesIn(served.fsPath));
    return await discover({ url, root, files, engine, sent, ignoreCertificateErrors, signal, onProgress });
  } finally {
    await engine.dispose();
    await sites.stop();
  }
}

interface FoundItem extends vscode.QuickPickItem {
  url?: string;
}

/** Lists what is proposed by template, ticked, and says what was left out. */
async function choose(
  model: RecordModel,
  { found, groups, leftOut }: Discovered,
  from: FoundFrom,
): Promise<string[] | undefined> {
  const { record } = model.parsed;
  if (found === 0) {
    const next = 'Begin at a page that links to others, or sign in where pages are behind a login.';
    throw usageError('no-pages-found', 'No page was found there.', next);
  }
  const proposed = groups.filter(({ sampled }) => sampled.length > 0);
  const items = proposed.flatMap(({ template, pages, sampled }): FoundItem[] => {
    const more = pages > sampled.length ? ` · ${sampled.length} of ${pages} pages` : '';
    const separator = { label: `${picked(template)}${more}`, kind: vscode.QuickPickItemKind.Separator };
    const rows = sampled.map((url): FoundItem => {
      const isNew = planFound(record, [url], from).length > 0;
      const { pathname, search, hash } = new URL(url);
      const label = picked(`${pathname}${search}${hash}`);
      return { label, url, picked: isNew, ...(!isNew && { description: 'the record has a page of this path' }) };
    });
    return [separator, ...rows];
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: `Discover Pages (3/3): ${counted(found, 'Page')} of ${counted(groups.length, 'Group')}`,
    placeHolder: `Add these pages.${leftOutText(leftOut)}`,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return chosen?.flatMap(({ url }) => url ?? []);
}

function leftOutText(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  return ` Left out: ${leftOut.map(({ count, why }) => `${count} ${inertLine(why)}`).join('; ')}.`;
}
