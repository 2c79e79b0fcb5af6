import { Browser, Cache, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { cancelled, HumanError, isHumanError } from '../core/errors';

/** What a download needs; the last two are for a mirror. */
export interface DownloadOptions {
  /** Folder that holds downloaded browsers. */
  cacheFolder: string;
  signal?: AbortSignal;
  /** Bytes so far and in all. */
  onProgress?: (bytes: number, total: number) => void;
  /** The build to download; the present stable one when left out. */
  buildId?: string;
  baseUrl?: string;
}

/**
 * Downloads Chrome for Testing. Only called after a person agreed to it.
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
  try {
    const buildId = options.buildId ?? (await resolveBuildId(Browser.CHROME, platform, 'stable'));
    let last = -1;
    const installed = await install({
      browser: Browser.CHROME,
      buildId,
      platform,
      cacheDir: options.cacheFolder,
      ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
      downloadProgressCallback: (bytes, total) => {
        if (options.signal?.aborted) throw cancelled();
        const percent = Math.floor((bytes / total) * 100);
        if (percent !== last) options.onProgress?.(bytes, total);
        last = percent;
      },
    });
    return installed.executablePath;
  } catch (error) {
    if (options.buildId) await removeBroken(options, platform);
    if (isHumanError(error)) throw error;
    throw new HumanError(
      'environment',
      'download-failed',
      {
        what: `Chrome for Testing could not be downloaded: ${(error as Error).message}`,
        next: 'Check the network connection, or install Chrome, Chromium, Edge or Brave and set its path.',
      },
      { cause: error },
    );
  }
}

async function removeBroken(
  { cacheFolder, buildId }: DownloadOptions,
  platform: ReturnType<typeof detectBrowserPlatform>,
): Promise<void> {
  if (platform && buildId) await new Cache(cacheFolder).uninstall(Browser.CHROME, platform, buildId);
}
