import * as vscode from 'vscode';
import { pageAddress } from '../../core/record/pageAddress';
import { suggestSlug, targetUrl, titleOf } from '../../core/record/targets';
import { listeningDevServers } from '../../engine/servers/devServers';
import { type PlannedPage, parseUrl, planTarget, planUrl } from '../../workflow/planPages';
import { askTitledName } from '../shared/askName';
import { picked } from '../shared/plain';
import type { RecordModel } from '../shared/recordModels';

interface PageItem extends vscode.QuickPickItem {
  page?: PlannedPage;
  url?: string;
}

/**
 * Lets the person choose a page: a known target, a running development server, or an address they type. A new address
 * asks for a name.
 */
export async function choosePage(model: RecordModel, title = 'Audit a Page'): Promise<PlannedPage | undefined> {
  const chosen = await chooseAddress(model, title);
  return chosen && (chosen.page ?? pageOfUrl(model, chosen.url as string));
}

/** Lets the person choose a known target, a running development server, or an address they type. */
export async function chooseAddress(
  model: RecordModel,
  title: string,
): Promise<Pick<PageItem, 'page' | 'url'> | undefined> {
  const { targets } = model.parsed.record;
  const pick = vscode.window.createQuickPick<PageItem>();
  pick.title = title;
  pick.placeholder = 'Choose a target or a running server, or type an address';
  pick.matchOnDescription = true;
  const known: PageItem[] = Object.entries(targets).flatMap(([slug, target]) => {
    const environments = [...new Set([...(target.serve ? ['local'] : []), ...Object.keys(target.origins ?? {})])];
    const named = titleOf(targets, slug) === slug ? '' : `${slug} · `;
    return environments.flatMap((environment) => {
      try {
        const page = planTarget(targets, slug, environment);
        const where = page.serve
          ? 'folder' in page.serve
            ? `served from ${page.serve.folder}`
            : String(page.serve.command)
          : page.url;
        return [
          {
            label: `$(globe) ${picked(titleOf(targets, slug))}`,
            description: `${named}${environment} · ${where}`,
            page,
          },
        ];
      } catch {
        return []; // a target that is not a page, or has no address
      }
    });
  });
  let servers: PageItem[] = [];
  const typedAddress = (): PageItem | undefined => {
    const typed = pick.value.trim();
    const address = /[./:]/.test(typed) ? parsed(typed) : undefined;
    if (address === undefined) return undefined;
    return { label: `$(link) ${address}`, description: 'this address', url: typed, alwaysShow: true };
  };
  const show = () => {
    const address = typedAddress();
    pick.items = [
      ...(address ? [address] : []),
      ...(known.length > 0 ? [{ label: 'Targets', kind: vscode.QuickPickItemKind.Separator }, ...known] : []),
      ...(servers.length > 0
        ? [{ label: 'Answering now on this machine', kind: vscode.QuickPickItemKind.Separator }, ...servers]
        : []),
      ...(known.length + servers.length === 0 && !address && !pick.busy
        ? [{ label: '$(info) Type an address, such as localhost:3000/checkout', alwaysShow: true }]
        : []),
    ];
  };
  pick.busy = true;
  show();
  const ports = Object.values(targets).flatMap((target) => {
    const url = targetUrl(target, 'local');
    return url ? [Number(new URL(url).port) || 80] : [];
  });
  void listeningDevServers(ports).then((found) => {
    servers = found.map(({ url, title: name }) => ({ label: `$(server-process) ${url}`, description: name, url }));
    pick.busy = false;
    show();
  });
  pick.onDidChangeValue(show);
  const chosen = await new Promise<PageItem | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      const address = typedAddress(); // who types fast presses Enter before its row is there
      if (item?.page || item?.url) resolve(item);
      else if (address) resolve(address);
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen;
}

function parsed(text: string): string | undefined {
  try {
    return parseUrl(text).href;
  } catch {
    return undefined;
  }
}

/** The page of an address. Asks for the name of a new page, and suggests one. */
export async function pageOfUrl(model: RecordModel, url: string): Promise<PlannedPage | undefined> {
  const { targets, settings } = model.parsed.record;
  const ignored = settings?.ignoredParameters;
  const { page, isNew, joins, pathOf } = planUrl(targets, url, { ignored });
  if (joins) {
    const same = { label: `The ${page.environment} address of "${page.target}"`, description: joins };
    const chosen = await vscode.window.showQuickPick([same, { label: 'Another page', description: 'a new target' }], {
      title: `Is this the page "${page.target}"? It has the same address`,
    });
    if (!chosen) return undefined;
    if (chosen === same) return page;
    page.target = suggestSlug(pageAddress(url, ignored), Object.keys(targets));
  } else if (!isNew) return page;
  const near = pathOf === undefined ? '' : ` "${pathOf}" has the same path without a query.`;
  const given = await askTitledName({
    title: 'Name of the New Page',
    prompt: `${page.url} is recorded under this name from now on, wherever it runs.${near}`,
    value: page.target,
    taken: (name) => (Object.hasOwn(targets, name) ? 'There is a target of this name already.' : undefined),
  });
  if (!given) return undefined;
  const { name, title } = given;
  return { ...page, target: name, learn: { ...page.learn, ...(title !== undefined && { title }) } };
}
