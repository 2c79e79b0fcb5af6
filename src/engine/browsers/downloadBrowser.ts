import { Browser, Cache, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { cancelled, HumanError, isHumanError } from '../../core/errors';

/** What a download needs; the last two are for a mirror. */
export interface DownloadOptions {
  /** The folder for downloaded browsers. */
  cacheFolder: string;
  signal?: AbortSignal;
  /** Gets the bytes so far and in total. */
  onProgress?: (bytes: number, total: number) => void;
  /** The build to download; the present stable one when left out. */
  buildId?: string;
  baseUrl?: string;
}

/**
 * Downloads Chrome for Testing. Call it only after a person agreed.
 * @returns the path of the program
 * @throws HumanError `download-unsupported`, `download-failed`, `cancelled`
 */
export async function download(options: DownloadOptions): Promise<string> {
  const platform = detectBrowserPlatform();
  if (!platform) {
    throw new HumanError('environment', 'download-unsupported', {
      what: `There is no Chrome for Testing for this system (${process.platform}, ${process.arch}).`,
      next: 'Install Chromium from your system packages.',
    });
  }
  let buildId = options.buildId;
  try {
    buildId ??= await resolveBuildId(Browser.CHROME, platform, 'stable');
    let last = -1;
    const aborted = new Promise<never>((_, reject) => {
      options.signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
    });
    const installing = install({
      browser: Browser.CHROME,
      buildId,
      platform,
      cacheDir: options.cacheFolder,
      ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
      downloadProgressCallback: (bytes, total) => {
        const percent = Math.floor((bytes / total) * 100);
        if (percent !== last) options.onProgress?.(bytes, total);
        last = percent;
      },
    });
    installing.catch(() => {}); // a cancel is reported instead
    return (await Promise.race([installing, aborted])).executablePath;
  } catch (error) {
    if (buildId) new Cache(options.cacheFolder).uninstall(Browser.CHROME, platform, buildId);
    if (isHumanError(error)) throw error;
    const what = `Chrome for Testing could not be downloaded: ${(error as Error).message}`;
    const next = 'Check the network connection, or install Chrome, Chromium, Edge or Brave and set its path.';
    throw new HumanError('environment', 'download-failed', { what, next }, { cause: error });
  }
}
