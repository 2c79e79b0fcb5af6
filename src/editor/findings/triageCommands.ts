import * as vscode from 'vscode';
import { usageError } from '../../core/errors';
import { decideEverywhere, decidePlaces, idsOfRule } from '../../core/record/decisions';
import { placesOf } from '../../core/record/places';
import type { AuditRecord, Finding } from '../../core/record/record';
import { severityOf, severityWords } from '../../core/record/severity';
import { stages } from '../../core/record/stages';
import { handleError, type TriageAction, triage } from '../../core/record/triage';
import { counted } from '../../core/text/counted';
import type { TriageChoice } from '../../protocol/findingPage';
import { localDate } from '../../workflow/localDate';
import { ensureSaved } from '../shared/ensureSaved';
import { handleOf } from '../shared/handle';
import type { RecordModel } from '../shared/recordModels';
import { changeWithUndo } from '../shared/undo';

/** The findings of one record that a triage command is about. */
export interface FindingItems {
  model: RecordModel;
  findings: Finding[];
  /** The keys of the only places of the one finding that it is about. */
  places?: string[];
}

/** Asks for what an action needs. @returns undefined when the person cancels */
async function ask(
  choice: TriageChoice,
  findings: readonly Finding[],
  level: Level,
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
      const reason = by && (await reasonFor(`Accept ${many}: Why?`));
      if (!by || !reason) return undefined;
      const until = await vscode.window.showInputBox({
        ignoreFocusOut: true,
        title: `Accept ${many}: Until When?`,
        prompt: 'Until which day? It reopens afterwards. Leave empty for no end.',
        placeHolder: 'YYYY-MM-DD',
        validateInput: (text) =>
          text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && text >= on)
            ? undefined
            : `A day from ${on} on, such as ${on}, or nothing.`,
      });
      if (until === undefined) return undefined;
      const isOne = level === 'these' && findings.length === 1;
      const places = isOne && findings[0] ? placesOf(findings[0]) : 0;
      let upTo: number | undefined;
      if (places > 0) {
        const ceiling = await vscode.window.showQuickPick(
          [
            {
              label: `Reopen when there are more than ${counted(places, 'place')}`,
              value: places as number | undefined,
            },
            { label: 'Accept however many places', value: undefined },
          ],
          { title: `Accept ${many}: How Many?`, ignoreFocusOut: true },
        );
        if (!ceiling) return undefined;
        upTo = ceiling.value;
      }
      return { do: 'accept', by, on, reason, until: until || undefined, upTo };
    }
    case 'false-positive': {
      const by = await handleOf(state);
      const reason = by && (await reasonFor(`${many}: Not a Problem`));
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

/** What a decision is about, from one place to every page. */
type Level = 'place' | 'these' | 'problem' | 'everywhere';

/** Asks how far a decision goes, unless there is one answer. @returns undefined when the person cancels */
async function askLevel(choice: TriageChoice, { model, findings, places }: FindingItems): Promise<Level | undefined> {
  const [finding] = findings;
  if (finding?.kind !== 'automated' || !isVerdict(choice)) return 'these';
  const isOneRule = findings.every(({ rule }) => rule === finding.rule);
  if (!isOneRule) return 'these';
  const all = idsOfRule(model.parsed.record, finding.rule, { do: choice, by: '', on: '', reason: '' }).length;
  const here = findings.length === 1 ? finding.target : '';
  const levels: { label: string; description?: string; level: Level }[] = [
    ...(places
      ? [{ label: places.length === 1 ? 'This place' : `These ${places.length} places`, level: 'place' as const }]
      : []),
    { label: here ? 'This page' : `These ${findings.length} pages`, description: here, level: 'these' },
    ...(all > findings.length
      ? [{ label: `All ${all} pages that have it`, description: 'now', level: 'problem' as const }]
      : []),
    { label: 'Everywhere', description: 'also on pages audited later', level: 'everywhere' },
  ];
  const title = `${verdictTitles[choice]}: How Far?`;
  return (await vscode.window.showQuickPick(levels, { title, ignoreFocusOut: true }))?.level;
}

const verdictTitles = { accept: 'Accept', 'false-positive': 'Not a Problem', reopen: 'Reopen' } as const;

function isVerdict(choice: TriageChoice): choice is keyof typeof verdictTitles {
  return Object.hasOwn(verdictTitles, choice);
}

/** The record after an action at a level. */
function acted(record: AuditRecord, items: FindingItems, level: Level, action: TriageAction): AuditRecord {
  const { findings, places } = items;
  const [{ rule = '', id = '' } = {}] = findings;
  if (action.do === 'accept' || action.do === 'false-positive' || action.do === 'reopen') {
    if (level === 'everywhere') return decideEverywhere(record, rule, action);
    if (level === 'place' && places) return decidePlaces(record, id, places, action);
    if (level === 'problem') return triage(record, idsOfRule(record, rule, action), action);
  }
  return triage(
    record,
    findings.map((finding) => finding.id),
    action,
  );
}

/**
 * Asks for what the action needs, applies it, and offers to take it back.
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
  const level = await askLevel(choice, items);
  const action = level && (await ask(choice, findings, level, state));
  if (!level || !action) return;
  await changeWithUndo(model, done[choice], (record) => acted(record, items, level, action));
}

/** What a notification says of the changed findings. */
const done: Record<TriageChoice, string> = {
  accept: 'accepted',
  'false-positive': 'marked as not a problem',
  fix: 'marked as fixed',
  reopen: 'opened again',
  assign: 'given an owner',
  severity: 'given a severity',
  stage: 'given a stage',
  note: 'given a note',
};
