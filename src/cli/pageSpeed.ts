import { usageError } from '../core/errors';
import { withFigures } from '../core/outcomes/figures';
import { today } from '../workflow/localDate';
import { PageSpeed, pageSpeedCategories, publicPages } from '../workflow/pageSpeed';
import type { PlannedPage } from '../workflow/planPages';
import type { Workspace } from '../workflow/workspace';
import { askConsent } from './consent';
import { untilSignal } from './withEngine';

/** The environment variable with a person's own key of the PageSpeed Insights API. */
const KEY = 'PAGESPEED_API_KEY';

/** The options of `ux-audit audit` that PageSpeed Insights has no part in, by what they ask for. */
interface OtherFlags {
  runs?: number | undefined;
  config?: string | undefined;
  shard?: string | undefined;
  header?: string[] | undefined;
  cookie?: string[] | undefined;
  basicAuth?: string | undefined;
  yes?: true | undefined;
}

/** @throws HumanError `psi-option`: what it would ignore */
function ensurePossible(flags: OtherFlags, categories: readonly string[] | undefined): void {
  const { runs = 1, config, shard, header, cookie, basicAuth } = flags;
  const wrong = [
    [runs > 1, '--runs: it answers with the same run for a while'],
    [config !== undefined, '--config: it has settings of its own'],
    [shard !== undefined, '--shard: its machines are not yours'],
    [header ?? cookie ?? basicAuth, '--header, --cookie and --basic-auth: it opens pages as everybody does'],
    [categories?.some((id) => !pageSpeedCategories.includes(id)), `--only: it has ${pageSpeedCategories.join(', ')}`],
  ].find(([isGiven]) => isGiven);
  if (!wrong) return;
  throw usageError('psi-option', `PageSpeed Insights does not know ${wrong[1]}.`, 'Leave that out, or audit here.');
}

/**
 * Readies an audit by PageSpeed Insights: nothing is sent before a person has agreed for each site.
 * @returns the pages, in an environment of their own, and what runs work with it
 * @throws HumanError of kind `usage`: psi-option, psi-local, psi-key, sending-not-allowed
 */
export async function throughPageSpeed(
  given: readonly PlannedPage[],
  flags: OtherFlags,
  categories: readonly string[] | undefined,
  workspace: Workspace,
) {
  ensurePossible(flags, categories);
  const pages = publicPages(given);
  const key = process.env[KEY];
  if (!key)
    throw usageError('psi-key', `${KEY} is not set.`, 'Put your own key of the PageSpeed Insights API into it.');
  const { root } = workspace.paths;
  for (const origin of new Set(pages.map(({ url }) => new URL(url).origin))) {
    const what = `Send addresses of ${origin} to PageSpeed Insights, which is Google's`;
    if (!flags.yes) await askConsent({ root, what, option: '--yes', code: 'sending-not-allowed' });
  }
  const engine = new PageSpeed(key, process.env.UX_AUDIT_PSI_ENDPOINT); // tests replace the API
  const work = async <T>(run: (running: { engine: PageSpeed; signal: AbortSignal; notes: string[] }) => Promise<T>) => {
    try {
      return await untilSignal((signal) => run({ engine, signal, notes: [] }));
    } finally {
      await engine.dispose();
    }
  };
  /** Keeps what the answers said of real visits. */
  const keepFigures = async (results: Parameters<PageSpeed['figures']>[0]) => {
    const figures = engine.figures(results, today());
    if (figures.length > 0) await workspace.outcomes.update((before) => withFigures(before, figures));
    return figures;
  };
  return { pages, work, keepFigures };
}
