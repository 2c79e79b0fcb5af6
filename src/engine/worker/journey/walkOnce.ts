import type { Walk, WalkRequest } from '../../../protocol/workerMessages';
import type { Auditor } from '../auditor';
import { ForeignLoadMeter, ownTime } from '../machine';
import { walk } from './walk';

/** Browsers before version 151 tell soft navigations only where this is on. */
const features = ['SoftNavigationHeuristics'];

/** Walks a journey once, in a fresh browser with an empty profile. */
export function walkOnce(auditor: Auditor, request: WalkRequest, onStep: (name: string) => void): Promise<Walk> {
  return auditor.inBrowser({ ...request, features: request.audits ? undefined : features }, async (browser) => {
    const meter = new ForeignLoadMeter(await ownTime(browser));
    const walked = await walk(browser, request, onStep);
    const version = (await browser.version()).replace(/^Headless/, '').replace('/', ' ');
    return { ...walked, browser: version, foreignLoad: meter.end(await ownTime(browser)) };
  });
}
