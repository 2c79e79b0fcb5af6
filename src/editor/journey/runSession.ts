import * as vscode from 'vscode';
import { errorText } from '../../core/errors';
import type { Recording } from '../../core/journey/recording';
import { outcomeText } from '../../core/journey/sessionText';
import { tasksOf } from '../../core/journey/tasks';
import { planJourney } from '../../workflow/journeys';
import { cutOffText, nextParticipant, recoverAttempt, runSession } from '../../workflow/sessions';
import type { TargetItem } from '../audit/auditCommands';
import type { AuditController } from '../audit/auditController';
import { requireTrust } from '../shared/trust';
import type { ModeratedSession, SessionPanels } from './sessionPanels';

/** Lets a participant do a journey in a browser of their own, with a page for the moderator. */
export async function runSessionWithQuestions(
  pages: SessionPanels,
  audits: AuditController,
  item: TargetItem,
): Promise<void> {
  requireTrust(); // a record may name the command that serves a page
  if (pages.revealRunning()) return;
  const { model, target } = item;
  const { workspace, folder } = model;
  const recording = await workspace.journeys.recording(target);
  const page = planJourney(model.parsed.record, target, recording);
  if (!(await hasTask(item, recording))) return;
  const isModerated = await askModerated();
  if (isModerated === undefined) return;
  const left = await recoverAttempt(workspace);
  if (left) void vscode.window.showInformationMessage(cutOffText(left));
  const participant = await nextParticipant(workspace);
  const refresh = () => void pages.refresh();
  const work = audits.alone(model, async (controller) => {
    const engine = await audits.engineFor(folder.uri);
    const { credentials, ignoreCertificateErrors } = audits.settingsOf(folder.uri);
    const location = vscode.ProgressLocation.Notification;
    const title = `Task session of ${participant}. Cancel here to end it; the attempt is kept as far as it came`;
    let shown: ModeratedSession | undefined;
    await vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
      const stop = () => controller.abort();
      token.onCancellationRequested(stop);
      try {
        const { outcome, count, error } = await runSession({
          workspace,
          engine,
          page,
          recording,
          participant,
          isModerated,
          credentials,
          ignoreCertificateErrors,
          stop: controller.signal,
          onOpen: (running) => {
            shown = { model, target, participant, running, stop };
            pages.showSession(shown);
          },
          onEvent: refresh,
          onUnsaid: refresh,
          onTimeOver: (limit) =>
            void vscode.window.showInformationMessage(
              `The time of ${limit} s is over. The task goes on until you say how it ended.`,
            ),
        });
        if (shown) shown.outcome = outcomeText(participant, outcome, count);
        if (shown && error !== undefined) shown.fault = faultText(error);
      } catch (error) {
        if (shown) shown.fault = faultText(error);
        throw error;
      }
    });
  });
  await work.finally(refresh);
}

function faultText(error: unknown): string {
  const { message, next } = errorText(error);
  return `${message} ${next}`;
}

/** Asks for what participants are to do, unless the journey has it. @returns whether it has it now */
async function hasTask({ model, target }: TargetItem, recording: Recording): Promise<boolean> {
  const { journeys } = model.workspace;
  if (await journeys.tasks(target)) return true;
  const proposed = tasksOf(recording);
  const scenario = await vscode.window.showInputBox({
    title: 'Run a Task Session: What Is the Participant Asked to Do?',
    prompt: 'The goal and its circumstances, never the way: “Your shoes are worn out. Buy new ones for at most 80 €.”',
    value: proposed.scenario,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? 'The participant reads this first, so it must say something.' : null,
  });
  if (scenario === undefined) return false;
  await journeys.writeTasks(target, { ...proposed, scenario: scenario.trim() });
  return true;
}

async function askModerated(): Promise<boolean | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: '$(comment-discussion) Moderated',
        detail: 'You sit beside the participant, note what you see, and say how the task ended.',
        isModerated: true,
      },
      {
        label: '$(person) Unmoderated',
        detail: 'The participant is alone, and says in a small window beside the page when they are done.',
        isModerated: false,
      },
    ],
    { title: 'Run a Task Session', placeHolder: 'Is anybody with the participant?', ignoreFocusOut: true },
  );
  return choice?.isModerated;
}
