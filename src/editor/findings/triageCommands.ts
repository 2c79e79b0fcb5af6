import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { placesOf } from '../../core/record/places';
import type { Finding } from '../../core/record/record';
import { severityOf, severityWords } from '../../core/record/severity';
import { stages } from '../../core/record/stages';
import { handleError, type TriageAction, triage } from '../../core/record/triage';
import type { TriageChoice } from '../../protocol/findingPage';
import { localDate } from '../../workflow/localDate';
import { ensureSaved } from '../shared/ensureSaved';
import { handleOf } from '../shared/handle';
import type { RecordModel } from '../shared/recordModels';

/** The findings of one record that a triage command is about. */
export interface FindingItems {
  model: RecordModel;
  findings: Finding[];
}

/** Asks for what an action needs. @returns undefined when the person cancels */
async function ask(
  choice: TriageChoice,
  findings: readonly Finding[],
  state: vscode.Memento,
): Promise<TriageAction | undefined> {
  const many = findings.length > 1 ? `${findings.length} Findings` : 'Finding';
  const on = localDate(new Date());
  const reasonFor = (title: string) =>
    vscode.window.showInputBox({
      ignoreFocusOut: true,
      title,
      prompt: 'Why? Others read this later, in the record and in pull requests.',
      validateInput: (text) => (text.trim() ? undefined : 'A reason is needed.'),
    });
  switch (choice) {
    case 'accept': {
      const by = await handleOf(state);
      const reason = by && (await reasonFor(`Accept ${many} (1/3)`));
      if (!by || !reason) return undefined;
      const until = await vscode.window.showInputBox({
        ignoreFocusOut: true,
        title: `Accept ${many} (2/3)`,
        prompt: 'Until which day? It reopens afterwards. Leave empty for no end.',
        placeHolder: 'YYYY-MM-DD',
        validateInput: (text) =>
          text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && text >= on)
            ? undefined
            : `A day from ${on} on, such as ${on}, or nothing.`,
      });
      if (until === undefined) return undefined;
      const places = findings.length === 1 && findings[0] ? placesOf(findings[0]) : 0;
      let upTo: number | undefined;
      if (places > 0) {
        const ceiling = await vscode.window.showQuickPick(
          [
            { label: `Reopen when there are more than ${places} places`, value: places as number | undefined },
            { label: 'Accept however many places', value: undefined },
          ],
          { title: `Accept ${many} (3/3)`, ignoreFocusOut: true },
        );
        if (!ceiling) return undefined;
        upTo = ceiling.value;
      }
      return { do: 'accept', by, on, reason, until: until || undefined, upTo };
    }
    case 'false-positive': {
      const by = await handleOf(state);
      const reason = by && (await reasonFor(`${many}: False Positive`));
      return by && reason ? { do: 'false-positive', by, on, reason } : undefined;
    }
    case 'fix': {
      const by = await handleOf(state);
      return by ? { do: 'fix', by, on } : undefined;
    }
    case 'reopen': {
      const by = await handleOf(state);
      const reason = by && (await reasonFor(`Reopen ${many}`));
      return by && reason ? { do: 'reopen', by, on, reason } : undefined;
    }
    case 'assign': {
      const owner = await vscode.window.showInputBox({
        ignoreFocusOut: true,
        title: `Owner of ${many}`,
        prompt: 'A handle or a role; empty for nobody.',
        value: findings[0]?.state.owner ?? '',
        validateInput: (text) => (text.trim() === '' ? undefined : handleError(text.trim())),
      });
      return owner === undefined ? undefined : { do: 'assign', owner: owner.trim() || null };
    }
    case 'severity': {
      const current = findings[0] && severityOf(findings[0]);
      const items = severityWords.map((word, severity) => ({
        label: `${severity}`,
        description: `${word}${severity === current ? ' (now)' : ''}`,
        severity: severity as number | null,
      }));
      const chosen = await vscode.window.showQuickPick(
        [...items.reverse(), { label: 'None', description: 'not rated', severity: null }],
        { title: `Severity of ${many}`, ignoreFocusOut: true },
      );
      return chosen && { do: 'severity', severity: chosen.severity };
    }
    case 'stage': {
      const chosen = await vscode.window.showQuickPick([...stages, 'None'], {
        title: `Journey Stage of ${many}`,
        ignoreFocusOut: true,
      });
      return chosen === undefined ? undefined : { do: 'stage', stage: chosen === 'None' ? null : chosen };
    }
    case 'note': {
      const text = await vscode.window.showInputBox({ ignoreFocusOut: true, title: `Note on ${many}` });
      return text?.trim() ? { do: 'note', text } : undefined;
    }
  }
}

/**
 * Asks for what the action needs and applies it to the findings.
 * @throws HumanError `no-finding`
 */
export async function triageWithQuestions(
  choice: TriageChoice,
  items: FindingItems | undefined,
  state: vscode.Memento,
): Promise<void> {
  if (!items?.findings.length) {
    throw usageError('no-finding', 'No finding is chosen.', 'Choose one or more in the Findings view first.');
  }
  const { model, findings } = items;
  await ensureSaved(model);
  const action = await ask(choice, findings, state);
  if (!action) return;
  await ensureSaved(model); // again: the person may have typed in the record since
  await model.workspace.record.update((record) =>
    triage(
      record,
      findings.map(({ id }) => id),
      action,
    ),
  );
  await model.load();
}
