import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Action } from '../../../core/journey/recording';
import type { RecordRequest } from '../../../protocol/workerMessages';
import type { Auditor } from '../auditor';
import { isBrowserDeath } from '../runErrors';
import { type OnActions, record } from './record';

/**
 * Records a journey in a fresh browser with an empty profile. A browser that its person closes ends the recording.
 * @throws HumanError of kind `page` or `environment` when the journey's first page does not open
 */
export async function recordOnce(
  auditor: Auditor,
  request: RecordRequest,
  stop: AbortSignal,
  onActions: OnActions,
): Promise<Action[]> {
  const script = await readFile(path.join(__dirname, 'inPage', 'recorder.js'), 'utf8');
  let actions: Action[] = [];
  const hear: OnActions = (from, changed) => {
    actions = [...actions.slice(0, from), ...changed];
    onActions(from, changed);
  };
  try {
    const { isVisible = true } = request;
    return await auditor.inBrowser({ ...request, isVisible }, (browser) =>
      record(browser, { ...request, isVisible }, script, hear, stop),
    );
  } catch (error) {
    if (!isBrowserDeath(error) || actions.length === 0) throw error;
    return actions;
  }
}
