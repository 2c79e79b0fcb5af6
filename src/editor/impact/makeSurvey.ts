import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { isHumanError } from '../../core/errors';
import { instrumentIds, instruments } from '../../core/survey/instruments';
import { surveySnippet } from '../../core/survey/surveyPage';
import { counted } from '../../core/text/counted';
import { collectAnswers, SURVEY_PORT, surveyChoice, writeSurvey } from '../../workflow/surveys';
import type { Workspace } from '../../workflow/workspace';
import { chooseModel } from '../shared/chooseModel';
import { openHtml } from '../shared/openHtml';
import type { RecordModels } from '../shared/recordModels';
import { requireTrust } from '../shared/trust';

/** Asks for an instrument and where answers go, writes the survey where the person chooses, and opens it. */
export async function makeSurvey(models: RecordModels, extensionUri: vscode.Uri): Promise<void> {
  requireTrust(); // answers are kept from git, whose settings may name programs
  const model = await chooseModel(models);
  if (!model) return;
  const instrument = await askInstrument();
  if (!instrument) return;
  const { subject, id } = instrument;
  const name = subject === '' ? '' : await askName(subject);
  if (name === undefined) return;
  const endpoint = await askEndpoint();
  if (endpoint === undefined) return;
  const file = await vscode.window.showSaveDialog({
    title: 'Where to Write the Survey',
    defaultUri: vscode.Uri.joinPath(model.folder.uri, `survey-${id}.html`),
    filters: { 'Web page': ['html'] },
  });
  if (!file) return;
  const choice = surveyChoice({ instrument: id, name, endpoint });
  const dist = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  await writeSurvey(model.workspace, choice, { file: file.fsPath, dist });
  if (endpoint === '') return collectHere(model.workspace, file.fsPath);
  await openHtml(file);
  await offerSnippet(file.fsPath, surveySnippet(choice, path.basename(file.fsPath)));
}

async function askInstrument() {
  const items = instrumentIds.map((id) => {
    const { name, questions, source } = instruments[id];
    return { label: name, description: counted(questions.length, 'question'), detail: source, id };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Make a Survey: What to Ask',
    placeHolder: 'Each has its published wording',
    ignoreFocusOut: true,
  });
  return chosen && instruments[chosen.id];
}

async function askName(subject: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Make a Survey: What It Is About',
    prompt: `The name that stands in the question; empty: “${subject}”.`,
    placeHolder: 'ACME Shop',
    ignoreFocusOut: true,
  });
}

/** Where answers go: an address, empty for this machine, undefined when the person gives up. */
async function askEndpoint(): Promise<string | undefined> {
  const items = [
    { label: 'To this machine', detail: 'For a lab or a kiosk: UX Audit collects them here.', isHere: true },
    { label: 'To an address of your own…', detail: 'Each answer is sent as JSON by POST.', isHere: false },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Make a Survey: Where Answers Go',
    ignoreFocusOut: true,
  });
  if (!chosen || chosen.isHere) return chosen && '';
  return vscode.window.showInputBox({
    title: 'Make a Survey: Address for Answers',
    placeHolder: 'https://shop.example/survey',
    ignoreFocusOut: true,
    validateInput: whyNoEndpoint,
  });
}

function whyNoEndpoint(endpoint: string): string | undefined {
  if (endpoint === '') return 'Give an address.';
  try {
    surveyChoice({ instrument: 'nps', endpoint });
    return undefined;
  } catch (error) {
    return isHumanError(error) ? error.next : String(error);
  }
}

async function offerSnippet(file: string, snippet: string): Promise<void> {
  const copy = 'Copy the Snippet';
  const said = `Wrote ${path.basename(file)}. Put it on your site, and the snippet where it shall show.`;
  if ((await vscode.window.showInformationMessage(said, copy)) === copy) await vscode.env.clipboard.writeText(snippet);
}

/** Opens the survey in the browser and collects its answers until the person stops it. */
async function collectHere(workspace: Workspace, page: string): Promise<void> {
  let report: (message: string) => void = () => {};
  const collecting = await collectAnswers(workspace, {
    port: SURVEY_PORT,
    page,
    told: (_, answers) => report(counted(answers, 'answer')),
    failed: (error) => report(`an answer was not stored: ${(error as Error).message}`),
  });
  try {
    const title = `UX Audit: collecting answers in ${path.basename(collecting.folder)}, which git leaves out`;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        report = (message) => progress.report({ message });
        await vscode.env.openExternal(vscode.Uri.parse(collecting.url));
        await new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
      },
    );
  } finally {
    await collecting.stop();
  }
  const [kept] = collecting.counts();
  if (!kept?.answers) return;
  const importIt = 'Import Them…';
  const said = `${counted(kept.answers, 'answer')} in ${vscode.workspace.asRelativePath(kept.file)}.`;
  if ((await vscode.window.showInformationMessage(said, importIt)) === importIt)
    await vscode.commands.executeCommand(commands.importOutcomes, kept.file);
}
