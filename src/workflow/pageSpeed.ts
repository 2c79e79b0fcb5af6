import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { pageFault } from '../core/audit/lighthouseErrors';
import { sliceReport } from '../core/audit/lighthouseReport';
import { isElsewhere } from '../core/audit/proof';
import { HumanError, usageError } from '../core/errors';
import type { Figure } from '../core/outcomes/figures';
import { pageSpeedFigures, type VisitsOfAnswer, visitsOfAnswerSchema } from '../core/outcomes/pageSpeedField';
import { isPublicHost, pageSpeedOf, storableUrl } from '../core/record/targets';
import { inertLine } from '../core/text/inertText';
import { shortened } from '../core/text/shortened';
import type { Control, FinishedSet } from '../engine/engineControl';
import type { AuditOptions } from '../protocol/workerMessages';
import type { PageEngine, PageResult } from './auditPages';
import type { PlannedPage } from './planPages';

const ENDPOINT = 'https://www.googleapis.com/pagespeedonline/v5/runPagespeed';
/** It loads the page meanwhile. Milliseconds. */
const GIVE_UP_AFTER = 180_000;
/** The most of a message of Google that is shown. Characters. */
const MESSAGE = 300;

/** The categories that it has. */
export const pageSpeedCategories = ['performance', 'accessibility', 'best-practices', 'seo'];

const answerSchema = z.looseObject({
  lighthouseResult: z.looseObject({
    environment: z.optional(z.looseObject({ hostUserAgent: z.optional(z.string()) })),
  }),
});
const errorSchema = z.object({
  error: z.object({
    message: z._default(z.string(), ''),
    errors: z._default(z.array(z.looseObject({ reason: z.optional(z.string()) })), []),
  }),
});

/**
 * Pages as PageSpeed Insights audits them: in an environment of their own, since its machines give other numbers.
 * @throws HumanError `psi-local`: a page that only this machine or network can open
 */
export function publicPages(pages: readonly PlannedPage[]): PlannedPage[] {
  return pages.map(({ serve, ...page }) => {
    const { protocol, hostname, origin } = new URL(page.url);
    if (serve !== undefined || !/^https?:$/.test(protocol) || !isPublicHost(hostname)) {
      const why = serve ? 'it is served on this machine' : `${origin} is not public`;
      throw usageError(
        'psi-local',
        `PageSpeed Insights cannot open ${page.target}: ${why}.`,
        'Choose an environment that everybody can reach, such as --environment deployed, or audit it here.',
      );
    }
    return { ...page, environment: pageSpeedOf(page.environment) };
  });
}

/** Audits public pages by PageSpeed Insights. Sends the address of each, its form factor, categories, and the key. */
export class PageSpeed implements PageEngine {
  private readonly visits = new Map<string, VisitsOfAnswer>();
  private folder: Promise<string> | undefined;
  private reports = 0;

  /**
   * @param key a person's own
   * @param endpoint replaces the network in tests
   */
  constructor(
    private readonly key: string,
    private readonly endpoint = ENDPOINT,
  ) {}

  /**
   * Audits a page once.
   * @throws HumanError `psi-login`, `psi-key`, `psi-limit`, `psi-unreachable`, `psi-answer`, `psi-refused`,
   *   `psi-failed`; of kind `page` as Lighthouse says
   */
  async audit(options: AuditOptions, { signal, onProgress }: Control = {}): Promise<FinishedSet> {
    const { formFactor, categories = pageSpeedCategories, ignoredParameters, state } = options;
    if (state) throw noLogin();
    const url = storableUrl(options.url);
    onProgress?.({ phase: 'load', run: 1, runs: 1, repeated: false });
    const answer = await this.ask({ url, formFactor, categories }, signal);
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw this.trouble('psi-answer', 'answered something unexpected', 'Try again later.');
    const result = parsed.data.lighthouseResult;
    const slice = sliceReport(result);
    if (slice.runtimeError) throw pageFault(slice.runtimeError.code, slice.runtimeError.message, url);
    const { benchmarkIndex } = slice;
    const isOther = isElsewhere(url, slice.finalUrl, options.expects, ignoredParameters);
    const { data: visits } = visitsOfAnswerSchema.safeParse(answer);
    // they are of the page that it led to
    if (visits && !isOther) this.visits.set(`${options.url} ${formFactor}`, visits);
    return {
      reports: [await this.write(result)],
      set: {
        browser: `${browserOf(result.environment?.hostUserAgent)}, by PageSpeed Insights`,
        slices: [slice],
        representative: 0,
        ...(benchmarkIndex !== undefined && { benchmarkIndex: { value: benchmarkIndex, measuredAt: slice.fetchTime } }),
        foreignLoad: [null],
        noisy: false,
        ...(isOther && { redirectedTo: storableUrl(slice.finalUrl) }),
      },
    };
  }

  /** Its machines ask a page themselves. */
  async visit(): Promise<void> {}

  /** @throws HumanError `psi-login` */
  signIn(): Promise<never> {
    return Promise.reject(noLogin());
  }

  /** @throws HumanError `psi-login` */
  look(): Promise<never> {
    return Promise.reject(noLogin());
  }

  /** What its answers said of real visits to the audited pages. @param on YYYY-MM-DD */
  figures(results: readonly PageResult[], on: string): Figure[] {
    return results.flatMap(({ page, formFactor }) => {
      const visits = this.visits.get(`${page.url} ${formFactor}`);
      return visits
        ? pageSpeedFigures(visits, { url: storableUrl(page.url), formFactor, target: page.target, on })
        : [];
    });
  }

  async dispose(): Promise<void> {
    const folder = await this.folder?.catch(() => undefined);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  private async ask(
    { url, formFactor, categories }: Required<Pick<AuditOptions, 'url' | 'formFactor'>> & { categories: string[] },
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const query = new URLSearchParams({ url, strategy: formFactor, key: this.key });
    for (const category of categories) query.append('category', category.replaceAll('-', '_').toUpperCase());
    const timeout = AbortSignal.timeout(GIVE_UP_AFTER);
    const response = await fetch(`${this.endpoint}?${query}`, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      const cause = new Error((error as Error).name); // its text may hold the key
      throw this.trouble('psi-unreachable', 'could not be reached', 'Check the network and any proxy.', cause);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    throw this.refusal(response.status, answer, url);
  }

  private refusal(status: number, answer: unknown, url: string): HumanError {
    const { message, errors } = errorSchema.safeParse(answer).data?.error ?? { message: '', errors: [] };
    const said = shortened(inertLine(message.replaceAll(this.key, '…')), MESSAGE) || `status ${status}`;
    if (status === 429)
      return this.trouble(
        'psi-limit',
        `allows no more questions with this key now: ${said}`,
        'Wait a minute, or until tomorrow where the limit is one a day. What was audited so far is kept.',
      );
    if (status === 401 || status === 403 || (status === 400 && /\bapi key\b/i.test(message)))
      return this.trouble(
        'psi-key',
        `refused the key (${status}): ${said}`,
        'Check PAGESPEED_API_KEY, and that the PageSpeed Insights API is enabled for it.',
      );
    const [, code = ''] = /Lighthouse returned error: ([A-Z_]+)\b/.exec(message) ?? [];
    const isOfPage = code !== '' || errors.some(({ reason }) => reason === 'lighthouseError');
    if (status >= 500 && !isOfPage)
      return this.trouble('psi-answer', `is out of order (${status}): ${said}`, 'Try again later.');
    return new HumanError('page', status >= 500 ? 'psi-failed' : 'psi-refused', {
      what: `PageSpeed Insights could not audit ${url} (${status}): ${said}`,
      next:
        status >= 500
          ? 'Check that the page opens for everybody, without a login; then try again later.'
          : 'Check the address of the page.',
    });
  }

  private trouble(code: string, did: string, next: string, cause?: unknown): HumanError {
    const what = `PageSpeed Insights ${did}${/[.!?]$/.test(did) ? '' : '.'}`;
    return new HumanError('environment', code, { what, next }, { cause });
  }

  private async write(result: unknown): Promise<string> {
    this.folder ??= mkdtemp(path.join(os.tmpdir(), 'ux-audit-psi-'));
    this.reports += 1;
    const file = path.join(await this.folder, `report-${this.reports}.json`);
    await writeFile(file, JSON.stringify(result));
    return file;
  }
}

/** `Chrome 146.0.7680.177`, or what there is. */
function browserOf(userAgent: string | undefined): string {
  const version = /Chrome\/([\d.]+)/.exec(userAgent ?? '')?.[1];
  return version === undefined ? 'A browser' : `Chrome ${version}`;
}

function noLogin(): HumanError {
  const what =
    'PageSpeed Insights opens pages as everybody does: it cannot sign in, and answers no question of a page.';
  return new HumanError('page', 'psi-login', { what, next: 'Audit this page here, without --runner psi.' });
}
