import * as vscode from 'vscode';
import { commands } from '../../contributions';
import { usageError } from '../../core/errors';
import { type SessionView, sessionView } from '../../core/journey/sessionView';
import { titleOf } from '../../core/record/targets';
import { inertLine } from '../../core/text/inertText';
import type { Handlers } from '../../protocol/contract';
import {
  type NotesOfStep,
  type SessionEvents,
  type SessionPageState,
  sessionContract,
} from '../../protocol/sessionPage';
import { findingOfNotes, sessionNotes } from '../../workflow/sessionNotes';
import type { RunningSession } from '../../workflow/sessions';
import type { TargetItem } from '../audit/auditCommands';
import { ensureSaved } from '../shared/ensureSaved';
import { type OpenPage, PagePanels } from '../shared/pagePanels';
import type { Shared } from '../shared/shared';

/** What one page of a task session is about. */
export interface ModeratedSession extends TargetItem {
  participant: string;
  running: RunningSession;
  /** Ends the session. */
  stop(): void;
  outcome?: string;
  fault?: string;
}

/** The page of the task session that runs, or ran last. */
export class SessionPanels extends PagePanels<ModeratedSession, typeof sessionContract, SessionEvents> {
  constructor(shared: Shared) {
    super(shared, {
      name: 'session',
      title: 'Task Session',
      icon: 'impact.svg',
      isKept: true,
      contract: sessionContract,
    });
  }

  /** The session that was begun last. */
  private last: ModeratedSession | undefined;

  /** Opens the page of a session that begins, in the place of one that has ended. */
  showSession(session: ModeratedSession): void {
    this.last = session;
    for (const { panel } of this.open) panel.dispose();
    const { model, target, participant } = session;
    this.show(`${model.uri}#${target}#${participant}`, () => session, {
      title: `${participant}: task session`,
    });
  }

  /** Shows the page of the session that runs again. @returns whether one runs */
  revealRunning(): boolean {
    const { last } = this;
    if (!last || last.outcome !== undefined || last.fault !== undefined) return false;
    const page = this.open.find(({ subject }) => subject === last);
    if (page) page.panel.reveal();
    else this.showSession(last); // its page was closed
    return true;
  }

  protected override handlersOf(page: OpenPage<ModeratedSession>): Handlers<typeof sessionContract> {
    const { model, target, running, stop } = page.subject;
    const run = async (command: string, ...given: unknown[]) =>
      void (await vscode.commands.executeCommand(command, ...given));
    return {
      ready: () => this.stateOf(page),
      act: ({ doing }) => {
        running.moderation.act(doing, Date.now());
        return this.stateOf(page);
      },
      note: async ({ text }) => {
        if (await running.note(text)) return this.stateOf(page);
        throw usageError(
          'note-refused',
          'The note was not kept.',
          'Notes are kept from when they agree until the end.',
        );
      },
      end: () => stop(),
      next: () => run(commands.runSession, { model, target }),
      importFigures: () => run(commands.importOutcomes, model.workspace.sessions.table),
      makeFinding: async ({ keys, title, severity }) => {
        await ensureSaved(model);
        const about = { journey: target, keys, title, severity: severity ?? undefined };
        const made = await findingOfNotes(model.workspace, { ...about, hasPictures: true });
        await model.load();
        return made;
      },
      showFinding: ({ id }) => run(commands.showFinding, { model, id }),
    };
  }

  protected override async readState({ subject }: OpenPage<ModeratedSession>): Promise<SessionPageState> {
    const { model, target, participant, running, outcome = null, fault = null } = subject;
    const view: SessionView = sessionView({ ...running, participant }, Date.now());
    const [attempts, notes] = await Promise.all([
      model.workspace.sessions.attempts(),
      sessionNotes(model.workspace, target),
    ]);
    return {
      title: inertLine(titleOf(model.parsed.record.targets, target)),
      view,
      outcome,
      fault,
      attempts: attempts.length,
      notes: notes.map(
        ({ step = null, notes: some, people, of }): NotesOfStep => ({
          step,
          people,
          of,
          notes: some.map(({ key, participant: who, text, picture }) => {
            return { key, participant: who, text, hasPicture: picture !== undefined };
          }),
        }),
      ),
    };
  }
}
