import type { SignedIn, SignInRequest } from '../../../protocol/workerMessages';
import type { Auditor } from '../auditor';
import { isBrowserDeath } from '../runErrors';
import { signIn } from './signIn';

/**
 * Signs in, in a fresh browser with an empty profile. A person who closes the window is done; what was last seen is
 * kept.
 * @throws HumanError as {@link signIn}
 */
export async function signInOnce(auditor: Auditor, request: SignInRequest, stop: AbortSignal): Promise<SignedIn> {
  let last: SignedIn | undefined;
  const onSeen = (seen: SignedIn) => {
    last = seen;
  };
  const goOn = () => {}; // Ctrl+C reaches this process too, and ends it through its parent
  process.on('SIGINT', goOn);
  try {
    const isVisible = request.by === 'hand' && request.isVisible !== false;
    return await auditor.inBrowser({ ...request, isVisible }, (browser) => signIn(browser, request, stop, onSeen));
  } catch (error) {
    if (!isBrowserDeath(error) || !last) throw error;
    return last;
  } finally {
    process.off('SIGINT', goOn);
  }
}
