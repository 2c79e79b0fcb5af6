import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { withBaseline } from '../../core/audit/baseline';
import { newestMeasurements } from '../../core/audit/measurement';
import { usageError } from '../../core/errors';
import { enteredFigure } from '../../core/outcomes/enteredFigure';
import { withFigures } from '../../core/outcomes/figures';
import { importKinds } from '../../core/outcomes/importFields';
import type { Handlers } from '../../protocol/contract';
import { type ImpactEvents, impactContract } from '../../protocol/impactPage';
import { fieldData } from '../../workflow/fieldData';
import { readImpact } from '../../workflow/impact';
import { today } from '../../workflow/localDate';
import { planTarget } from '../../workflow/planPages';
import { chooseModel } from '../shared/chooseModel';
import { goToCode } from '../shared/goToCode';
import { knownHandle } from '../shared/handle';
import { openHtml } from '../shared/openHtml';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import { pathOf } from '../shared/places';
import type { RecordModel } from '../shared/recordModels';
import type { Shared } from '../shared/shared';
import { showError } from '../shared/showError';
import { requireTrust } from '../shared/trust';
import { withProgress } from '../shared/withProgress';
import { ImportedTable } from './importedTable';

/** The name under which VS Code's secret store keeps the key of the Chrome UX Report API. */
const KEY = 'uxAudit.cruxKey';

interface Impact {
  model: RecordModel;
  table: ImportedTable | undefined;
  /** Whether the page has asked for its data, and so receives events. */
  isReady: boolean;
}

/** The impact view of each workspace folder, and the commands that bring figures into it. */
export class ImpactPanels extends PagePanels<Impact, typeof impactContract, ImpactEvents> {
  constructor(shared: Shared) {
    const kind = { name: 'impact', title: 'UX impact', icon: 'impact.svg', isKept: true } as const;
    super(shared, { ...kind, contract: impactContract });
  }

  async showImpact(): Promise<OpenPage<Impact> | undefined> {
    const model = await chooseModel(this.shared.models);
    if (!model) return undefined;
    const subject = () => ({ model, table: undefined, isReady: false });
    return this.show(model.folder.uri.toString(), subject, { title: 'UX Impact' }).page;
  }

  /** Shows the impact view with the import of a table. @param file asks for one when left out */
  async importTable(file?: string): Promise<void> {
    const page = await this.showImpact();
    if (!page) return;
    const { workspace } = page.subject.model;
    const table = await (file === undefined ? ImportedTable.choose(workspace) : ImportedTable.read(workspace, file));
    if (!table) return;
    page.subject.table = table;
    if (page.subject.isReady) await this.tellTable(page);
  }

  private async tellTable(page: OpenPage<Impact>): Promise<void> {
    try {
      this.tell(page, 'table', await tableOf(page.subject).draft());
    } catch (error) {
      await showError(error, this.shared.log);
    }
  }

  protected override readState({ subject }: OpenPage<Impact>) {
    return this.dataOf(subject.model);
  }

  private dataOf({ workspace, folder }: RecordModel) {
    return readImpact(workspace, { today: today(), dist: this.dist, title: folder.name });
  }

  private get dist(): string {
    return pathOf(vscode.Uri.joinPath(this.shared.context.extensionUri, 'dist'));
  }

  protected override handlersOf(page: OpenPage<Impact>): Handlers<typeof impactContract> {
    const { subject } = page;
    const { model } = subject;
    const { workspace } = model;
    return {
      ready: async () => {
        const state = await this.stateOf(page);
        subject.isReady = true;
        if (subject.table) setTimeout(() => void this.tellTable(page)); // after this answer was sent
        return state;
      },
      evaluate: async () => void (await vscode.commands.executeCommand(commands.evaluatePage)),
      openAnswers: async (about) => {
        await vscode.commands.executeCommand(commands.showTogether, { ...about, model });
      },
      addTouchpoint: async () => void (await vscode.commands.executeCommand(commands.addTouchpoint)),
      audit: async () => void (await vscode.commands.executeCommand(commands.auditPage)),
      showJourney: async ({ target }) => {
        await vscode.commands.executeCommand(commands.showJourney, { model, target });
      },
      goToCode: ({ id }) => goToCode(model, id),
      showFinding: async ({ id }) => void (await vscode.commands.executeCommand(commands.showFinding, { model, id })),
      chooseTable: async () => {
        const table = await ImportedTable.choose(workspace);
        if (!table) return null;
        subject.table = table;
        return table.draft();
      },
      readTable: (choice) => tableOf(subject).draft(choice),
      importTable: async (choice) => {
        requireTrust();
        const figures = await tableOf(subject).import(choice);
        subject.table = undefined;
        await this.refresh();
        return { figures };
      },
      addFigure: async ({ value, n, ...given }) => {
        requireTrust();
        const figure = enteredFigure({
          ...given,
          value: value === '' ? Number.NaN : Number(value.replace(',', '.')),
          n: n === '' ? undefined : Number(n),
          on: today(),
        });
        await workspace.outcomes.update((before) => withFigures(before, [figure]));
        await this.refresh();
      },
      chooseReason: async ({ reason }) => {
        requireTrust();
        const { chooseReason } = await import('./chooseReason');
        const findings = await chooseReason(model, reason, knownHandle(this.shared.context.globalState));
        await this.refresh();
        return findings === undefined ? null : { findings };
      },
      template: ({ kind }) => this.openTemplate(kind),
      // the collecting of answers goes on long after this was answered
      makeSurvey: () => void vscode.commands.executeCommand(commands.makeSurvey),
      recordBaseline: async ({ target }) => {
        requireTrust();
        const latest = newestMeasurements(await workspace.runs.measurements());
        const chosen = target === '' ? latest : latest.filter((one) => one.target === target);
        if (chosen.length === 0)
          throw usageError('nothing-measured', 'Nothing was measured on this machine yet.', 'Audit a page first.');
        await workspace.baseline.update((before) => withBaseline(before, chosen));
        await this.refresh();
      },
      askField: async (question) => {
        requireTrust();
        const figures = await this.askField(model, question);
        await this.refresh();
        return { figures };
      },
      exportHtml: () => this.exportHtmlOf(model),
      copy: async ({ text }) => void (await vscode.env.clipboard.writeText(text)),
    };
  }

  private async openTemplate(kind: string): Promise<void> {
    if (!(importKinds as readonly string[]).includes(kind)) return;
    const file = vscode.Uri.joinPath(this.shared.context.extensionUri, 'media', 'outcomes', `${kind}.csv`);
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const document = await vscode.workspace.openTextDocument({ content, language: 'csv' });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  }

  /** Fetches a target's figures from the Chrome UX Report. @returns how many there are; 0 without a key */
  private async askField(
    { workspace, parsed }: RecordModel,
    { target, scope, formFactor }: { target: string; scope: 'url' | 'origin'; formFactor: 'PHONE' | 'DESKTOP' },
  ): Promise<number> {
    const key = (await this.shared.context.secrets.get(KEY)) ?? (await this.setFieldKey());
    if (!key) return 0;
    const { url } = planTarget(parsed.record.targets, target, 'deployed');
    const figures = await withProgress('Asking the Chrome UX Report…', (signal) =>
      fieldData({ url, key, target, scope, formFactor, on: today(), signal }),
    );
    await workspace.outcomes.update((before) => withFigures(before, figures));
    return figures.length;
  }

  /** Asks for the key of the Chrome UX Report API and keeps it. @returns the key; undefined without one */
  async setFieldKey(): Promise<string | undefined> {
    const { secrets } = this.shared.context;
    const key = await vscode.window.showInputBox({
      title: 'Key of the Chrome UX Report API',
      prompt: 'Your own key; kept in the secret store of VS Code. Leave it empty to forget the one that is kept.',
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return undefined;
    if (key.trim() === '') await secrets.delete(KEY);
    else await secrets.store(KEY, key.trim());
    return key.trim() || undefined;
  }

  async exportHtml(): Promise<void> {
    const model = await chooseModel(this.shared.models);
    if (model) await this.exportHtmlOf(model);
  }

  private async exportHtmlOf(model: RecordModel): Promise<void> {
    const file = await vscode.window.showSaveDialog({
      title: 'Export the Impact View',
      defaultUri: vscode.Uri.joinPath(model.folder.uri, 'ux-impact.html'),
      filters: { 'Web page': ['html'] },
    });
    if (!file) return;
    const { exportImpact } = await import('../../workflow/exportImpact');
    await exportImpact(model.workspace, await this.dataOf(model), { file: pathOf(file), dist: this.dist });
    const open = 'Open';
    if ((await vscode.window.showInformationMessage(`Wrote ${path.basename(file.path)}.`, open)) === open)
      await openHtml(file);
  }
}

function tableOf({ table }: Impact): ImportedTable {
  if (table) return table;
  throw usageError('no-table', 'No table is chosen.', 'Choose one with Import a table.');
}
