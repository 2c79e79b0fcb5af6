import * as vscode from 'vscode';
import type { Action } from '../../core/journey/recording';
import { environmentOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import type { AuditEngine } from '../../engine/auditEngine';
import type { PlannedPage } from '../../workflow/planPages';
import { recordJourney } from '../../workflow/recordJourney';
import { chooseAddress } from '../audit/choosePage';
import type { Credentials } from '../audit/credentials';
import { newEngine } from '../audit/newEngine';
import { askName } from '../shared/askName';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel } from '../shared/recordModels';
import { setting } from '../shared/settings';
import type { Shared } from '../shared/shared';
import { requireTrust } from '../shared/trust';

interface Parts extends Shared {
  credentials: Credentials;
}

/** Asks for the address and the name of a journey, shows a browser, and keeps what the person does there. */
export async function recordWithQuestions(parts: Parts): Promise<void> {
  requireTrust(); // a record may name the command that serves a page
  const model = await chooseModel(parts.models);
  const chosen = model && (await chooseAddress(model, 'Record a Journey (1/2): Where It Begins'));
  if (!model || !chosen) return;
  const name = await askJourneyName(model);
  if (name === undefined) return;
  const replaces = (await model.workspace.journeys.names()).includes(name);
  if (replaces && !(await confirmed(name))) return;
  const url = chosen.url as string;
  const page: PlannedPage = chosen.page
    ? { ...chosen.page, target: name }
    : { target: name, environment: environmentOf(url), url };
  await ensureSaved(model);
  const engine = await newEngine(parts, model.folder.uri);
  try {
    await record(parts, model, engine, page, replaces);
  } finally {
    await engine.dispose();
    await model.load();
  }
}

async function askJourneyName(model: RecordModel): Promise<string | undefined> {
  const { targets } = model.parsed.record;
  const isOther = (name: string) => Object.hasOwn(targets, name) && targets[name]?.kind !== 'journey';
  return askName({
    title: 'Record a Journey (2/2): Name',
    prompt: 'A short name, such as checkout.',
    taken: (name) => (isOther(name) ? 'There is a target of this name that is no journey.' : undefined),
  });
}

async function confirmed(name: string): Promise<boolean> {
  const replace = 'Replace';
  const detail = 'Its steps become those of the new recording. Runs and findings stay.';
  return (
    (await vscode.window.showWarningMessage(`Replace the recording of ${name}?`, { modal: true, detail }, replace)) ===
    replace
  );
}

async function record(
  { credentials, log }: Parts,
  model: RecordModel,
  engine: AuditEngine,
  page: PlannedPage,
  replaces: boolean,
): Promise<void> {
  const recorded = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Recording ${page.target}. Close the browser or cancel here to stop; what was done is kept`,
      cancellable: true,
    },
    (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const isDone = ({ type }: Action) => type !== 'setViewport' && type !== 'keyUp';
      return recordJourney({
        workspace: model.workspace,
        engine,
        page,
        replaces,
        credentials: (_, origin) => credentials.of(origin),
        ignoreCertificateErrors: setting('ignoreCertificateErrors', model.folder.uri),
        stop: stop.signal,
        log: (line) => log.info(line),
        onActions: (actions) => progress.report({ message: counted(actions.filter(isDone).length, 'action') }),
      });
    },
  );
  await vscode.window.showTextDocument(vscode.Uri.file(model.workspace.journeys.file(page.target)));
  const variables = recorded.variables.map(({ name }) => name);
  const secrets = variables.length === 0 ? '' : ` What is secret was not kept: set ${variables.join(', ')} to walk it.`;
  void vscode.window.showInformationMessage(
    `${page.target} was recorded in ${counted(recorded.steps.length, 'step')}.${secrets}`,
  );
}
