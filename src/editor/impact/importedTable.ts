import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TableChoice, TableDraft } from '../../protocol/impactPage';
import { TableOnPage } from '../../workflow/webviewStates/tableOnPage';
import type { Workspace } from '../../workflow/workspace';
import { pathOf, uriOf } from '../shared/places';
import { withProgress } from '../shared/withProgress';

/** A table of figures that the person chose, read with a progress that can be cancelled. */
export class ImportedTable {
  private constructor(private readonly table: TableOnPage) {}

  /** Asks for a file. */
  static async choose(workspace: Workspace): Promise<ImportedTable | undefined> {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: 'Import a Table of Figures',
        openLabel: 'Preview',
        filters: { Tables: ['csv', 'tsv', 'txt'] },
        defaultUri: uriOf(workspace.paths.root),
      })) ?? [];
    return file && ImportedTable.read(workspace, pathOf(file));
  }

  static async read(workspace: Workspace, file: string): Promise<ImportedTable> {
    return new ImportedTable(new TableOnPage(path.basename(file), await readFile(file), workspace));
  }

  /** A preview of the import. Errors are part of it and are not thrown. */
  draft(choice?: TableChoice): Promise<TableDraft> {
    return withProgress(`Reading ${this.table.name}…`, (signal) => this.table.draft(choice, signal));
  }

  /** Writes the figures of the table. @returns how many there are */
  import(choice: TableChoice): Promise<number> {
    return withProgress(`Importing ${this.table.name}…`, (signal) => this.table.import(choice, signal));
  }
}
