import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SessionRequest } from '../../../protocol/workerMessages';
import type { Auditor } from '../auditor';
import { isBrowserDeath } from '../runErrors';
import { type SessionSignals, session } from './session';
import type { OnEvent } from './watchSession';

/**
 * Runs a task session in a fresh browser with an empty profile. A browser that the participant closes ends it.
 * @throws HumanError as {@link session}
 */
export async function runSession(
  auditor: Auditor,
  request: SessionRequest,
  onEvent: OnEvent,
  signals: SessionSignals,
): Promise<Record<string, number> | undefined> {
  const script = await readFile(path.join(__dirname, 'inPage', 'session.js'), 'utf8');
  let hasBegun = false;
  const hear: OnEvent = (event, at) => {
    hasBegun ||= event.type === 'begun';
    onEvent(event, at);
  };
  try {
    const { isVisible = true } = request;
    return await auditor.inBrowser({ ...request, isVisible }, (browser) =>
      session(browser, request, script, hear, signals),
    );
  } catch (error) {
    if (!isBrowserDeath(error)) throw error;
    onEvent(hasBegun ? { type: 'ended' } : { type: 'declined' }, Date.now());
    return hasBegun ? {} : undefined;
  }
}
