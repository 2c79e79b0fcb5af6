import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { readRecording } from '../../core/journey/recording';
import { inertLine } from '../../core/text/inertText';
import { slugOf } from '../../core/text/slug';
import { decodeUtf8 } from '../../core/text/utf8';
import { importJourney } from '../../workflow/journeys';
import { askName } from '../shared/askName';
import { chooseModel } from '../shared/chooseModel';
import { ensureSaved } from '../shared/ensureSaved';
import type { RecordModel, RecordModels } from '../shared/recordModels';
import { requireTrust } from '../shared/trust';

/** Keeps a recording of Chrome DevTools as a journey, after asking for the file and a name. */
export async function importRecording(models: RecordModels, given?: string): Promise<void> {
  requireTrust();
  const model = await chooseModel(models);
  const file = model && (await chooseFile());
  if (model && file) await importFile(model, await readFile(file), given);
}

/** Imports the recordings that a person drops. */
export async function importDropped(models: RecordModels, dropped: vscode.DataTransfer): Promise<void> {
  requireTrust();
  const model = await chooseModel(models);
  if (!model) return;
  for (const file of await droppedFiles(dropped)) await importFile(model, file);
}

/** The files of the machine or of VS Code's explorer that were dropped. */
async function droppedFiles(dropped: vscode.DataTransfer): Promise<RecordingFile[]> {
  const files = [...dropped].flatMap(([, item]) => item.asFile() ?? []);
  const read = async (file: vscode.DataTransferFile) => ({ name: file.name, data: await file.data() });
  if (files.length > 0) return Promise.all(files.map(read));
  const list = (await dropped.get('text/uri-list')?.asString()) ?? '';
  const uris = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return Promise.all(uris.map((uri) => readFile(vscode.Uri.parse(uri, true))));
}

interface RecordingFile {
  name: string;
  data: Uint8Array;
}

async function readFile(file: vscode.Uri): Promise<RecordingFile> {
  return { name: path.basename(file.path), data: await vscode.workspace.fs.readFile(file) };
}

async function importFile(model: RecordModel, { name, data }: RecordingFile, given?: string): Promise<void> {
  const text = decodeUtf8(data, name);
  const journey = given ?? (await askJourneyName(model, slugOf(readRecording(text, name).title)));
  if (!journey) return;
  const isKnown = (await model.workspace.journeys.names()).includes(journey);
  if (isKnown && !(await mayReplace(journey))) return;
  await ensureSaved(model);
  const { steps, variables } = await importJourney(model.workspace, {
    text,
    file: name,
    name: journey,
    replaces: isKnown,
  });
  await model.load();
  if (variables.length > 0)
    void vscode.window.showInformationMessage(
      `What was entered into ${variables.map(({ field }) => `“${inertLine(field)}”`).join(', ')} is not kept. ` +
        'A run asks for it.',
    );
  await vscode.commands.executeCommand(commands.showJourney, { model, target: journey });
  vscode.window.setStatusBarMessage(`Imported ${journey}: ${steps.length} steps`, 8_000);
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import a Recording of Chrome DevTools',
      openLabel: 'Import',
      filters: { 'Recordings of the Recorder, exported as JSON': ['json'] },
    })) ?? [];
  return file;
}

function askJourneyName(model: RecordModel, proposed: string): Promise<string | undefined> {
  const { targets } = model.parsed.record;
  return askName({
    title: 'Name of the Journey',
    prompt: 'A short name of what people want to do, such as checkout.',
    value: proposed,
    taken: (name) => {
      const kind = Object.hasOwn(targets, name) ? targets[name]?.kind : undefined;
      return kind && kind !== 'journey' ? `There is a ${kind} of this name already.` : undefined;
    },
  });
}

async function mayReplace(journey: string): Promise<boolean> {
  const replace = 'Replace';
  const what = `The journey "${journey}" has a recording already.`;
  const detail = 'The new one takes its place. Runs, figures and findings stay.';
  return (await vscode.window.showWarningMessage(what, { modal: true, detail }, replace)) === replace;
}
