import path from 'node:path';
import { usageError } from '../core/errors';
import { textTable } from '../core/report/auditTable';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { addFound, discover } from '../workflow/discover';
import { Logins } from '../workflow/logins';
import { pagesIn, parseUrl } from '../workflow/planPages';
import { Sites } from '../workflow/sites';
import { recordCommand, workspaceOf } from './command';
import { ProgressLine, print, printJson } from './output';
import { withBrowserOptions } from './pageOptions';
import { requestCredentials } from './requestCredentials';
import { withEngine } from './withEngine';

const help = `
Looks in the site maps that robots.txt names, in the routes of Next.js, Nuxt, SvelteKit and Astro in the workspace, and
in the links of pages, of which it opens one of each template. It follows no link that may sign out or delete something.

Examples:
  $ ux-audit discover https://shop.example
  $ ux-audit discover --serve dist
  $ ux-audit discover https://shop.example/account --login customer --all --add
  $ ux-audit discover https://shop.example --add && ux-audit audit --all
  $ ux-audit discover https://shop.example --urls | xargs ux-audit audit --yes`;

export function discoverCommand() {
  return withBrowserOptions(
    recordCommand('discover', 'look for the pages of a site, group them by template, and propose which to audit'),
  )
    .argument('[url]', 'where the site begins')
    .option('--serve <folder>', 'serve this folder as static files meanwhile')
    .option('--no-links', 'open no page; only site maps, the folder and routes')
    .option('--login <name>', 'open pages as who has signed in by this login')
    .option('--all', 'propose every page, at most 200, and not three of each template')
    .option('--add', 'add what is proposed to the record, as pages of its own')
    .option('--urls', 'print only the addresses that are proposed, a line each')
    .option(
      '--json',
      'print JSON: { found, groups: [{ template, pages, sampled }], leftOut: [{ count, why }], sources: ' +
        '[{ source, count }], ledTo?: { url, pages, of }, added?, behind? }',
    )
    .addHelpText('after', help)
    .action(async (url, { serve, links, login, all, add, urls, json, ...flags }) => {
      if ((url === undefined) === (serve === undefined)) {
        const next = 'For example: ux-audit discover https://shop.example, or ux-audit discover --serve dist';
        throw usageError('discover-where', 'Say where the site is: an address, or a folder with --serve.', next);
      }
      if (login !== undefined && !links)
        throw usageError('discover-login', '--login opens pages, and --no-links opens none.', 'Leave out one of them.');
      const workspace = workspaceOf(flags);
      const { root } = workspace.paths;
      const folder = serve && (path.relative(root, path.resolve(serve)).replaceAll('\\', '/') || '.');
      const given = url === undefined ? 'http://localhost/' : parseUrl(url).href;
      const page = { target: 'site', environment: 'local', url: given, ...(folder && { serve: { folder } }) };
      const files = serve === undefined ? [] : await pagesIn(path.resolve(serve));
      const credentials = await requestCredentials(flags, [page], root);
      const sites = new Sites(root);
      const progress = new ProgressLine(Boolean(flags.quiet));
      try {
        const start = await sites.urlOf(page);
        const options = {
          ...{ url: start, root, files, ignoreCertificateErrors: flags.ignoreCertificateErrors },
          sent: await credentials?.(page, new URL(start).origin),
          all,
          onProgress: (text: string) => progress.update(text, text),
        };
        const found = links
          ? await withEngine(flags.browser, async ({ engine, signal }) => {
              const { ignoreCertificateErrors } = flags;
              const logins = new Logins({ workspace, engine, ignoreCertificateErrors, signal });
              const signedIn = login === undefined ? {} : await logins.ofLogin(login, new URL(start).origin);
              return discover({ ...options, sent: { ...options.sent, ...signedIn }, engine, signal });
            })
          : await discover(options);
        progress.clear();
        const proposed = found.groups.flatMap(({ sampled }) => sampled);
        const from = { serve: folder === undefined ? undefined : { folder }, login };
        const added = add ? await addFound(workspace, proposed, from) : undefined;
        if (json) return printJson({ ...found, ...added });
        if (urls) return print(proposed.join('\n'));
        tell(found);
        if (!added) return;
        print(`\nAdded to the record: ${counted(added.added.length, 'page')}.`);
        if (added.behind.length > 0)
          print(`Behind ${login} from now on: ${counted(added.behind.length, 'page')} that it had.`);
      } finally {
        progress.clear();
        await sites.stop();
      }
    });
}

/** The most rows of the table. */
const ROWS = 40;

function tell({ found, groups, leftOut, sources, ledTo }: Awaited<ReturnType<typeof discover>>): void {
  const sampled = groups.reduce((sum, group) => sum + group.sampled.length, 0);
  print(
    `Found ${counted(found, 'page')} of ${counted(groups.length, 'template')}; ${sampled} proposed. ` +
      `From: ${sources.map(({ source, count }) => `${inertLine(source)} ${count}`).join(', ')}.`,
  );
  const rows = groups
    .slice(0, ROWS)
    .map(({ template, pages, sampled: chosen }) => [inertLine(template), String(pages), String(chosen.length)]);
  print(`\n${textTable(['template', 'pages', 'proposed'], rows)}`);
  if (groups.length > ROWS) print(`and ${counted(groups.length - ROWS, 'more template')} (--json has all)`);
  if (ledTo) {
    const led = `${ledTo.pages} of ${ledTo.of} pages that were opened led to ${inertLine(ledTo.url)}.`;
    print(
      `\n${led} If one signs in there, do ` +
        'that first, and look again: ux-audit login NAME --url ADDRESS, then ux-audit discover … --login NAME',
    );
  }
  if (leftOut.length > 0) print('\nLeft out:');
  for (const { count, why } of leftOut) print(`  ${count} ${inertLine(why)}`);
}
