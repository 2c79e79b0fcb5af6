import * as vscode from 'vscode';
import { commands } from '../../contributions';
import type { RecordModels } from '../shared/recordModels';

/** The status bar item that opens the impact view, once there is something to show. */
export function impactStatus(models: RecordModels): vscode.Disposable {
  const status = vscode.window.createStatusBarItem('uxAudit.impact', vscode.StatusBarAlignment.Left, 9);
  status.name = 'UX Audit: Impact';
  status.text = '$(graph) UX impact';
  status.tooltip = 'What was measured, and what evidence says it means for customers';
  status.command = commands.showImpact;
  const refresh = () => {
    const any = models.all.some(
      ({ latest, parsed }) => latest.length > 0 || Object.keys(parsed.record.findings).length > 0,
    );
    if (any) status.show();
    else status.hide();
  };
  refresh();
  return vscode.Disposable.from(status, models.onDidChange(refresh));
}
