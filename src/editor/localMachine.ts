import * as vscode from 'vscode';
import { registerAgents } from './audit/agents';
import { auditFile, auditPage, auditTargets, auditWorking, type TargetItem } from './audit/auditCommands';
import { AuditController } from './audit/auditController';
import { AuditOnSave } from './audit/auditOnSave';
import { Credentials } from './audit/credentials';
import { registerTasks } from './audit/tasks';
import { commandSubjects, type Parts } from './commandSubjects';
import type { Machine } from './machine';
import { Lazy } from './shared/lazy';
import type { Shared } from './shared/shared';

/** The machine that holds the workspace: audits run on it, and so do servers, browsers and git. */
export function localMachine(shared: Shared): Machine {
  const { context } = shared;
  const credentials = new Credentials(context.secrets);
  const audits = new AuditController(shared, credentials);
  const disposables: vscode.Disposable[] = [
    audits,
    new AuditOnSave(shared, audits),
    registerTasks(context),
    registerAgents(context),
  ];
  const sessions = new Lazy(async () => {
    const { SessionPanels } = await import('./journey/sessionPanels');
    const panels = new SessionPanels(shared);
    disposables.push(panels);
    return panels;
  });
  return {
    audits,
    commands: (parts) => machineHandlers({ ...parts, audits, credentials, sessions }),
    dispose: () => vscode.Disposable.from(...disposables.reverse()).dispose(),
  };
}

interface MachineParts extends Parts {
  audits: AuditController;
  credentials: Credentials;
  sessions: Lazy<import('./journey/sessionPanels').SessionPanels>;
}

/** The handler of each command that needs a machine. */
function machineHandlers(parts: MachineParts): ReturnType<Machine['commands']> {
  const { context, log, models, audits, credentials, findingsView, targetsView, sessions } = parts;
  const { results } = parts.pages;
  const { onTarget, onEvaluation, onJourney } = commandSubjects(parts);
  return {
    auditPage: () => auditPage(models, audits),
    auditFile: (uri?: vscode.Uri) => auditFile(models, audits, uri),
    auditWorking: () => auditWorking(models, audits),
    auditTarget: (clicked: unknown, chosen: unknown) => auditTargets(audits, targetsView.itemsOf(clicked, chosen)),
    auditAs: async (clicked: unknown, chosen: unknown) =>
      (await import('./audit/auditSeveral')).auditAs(audits, targetsView.itemsOf(clicked, chosen)),
    auditAll: async () => (await import('./audit/auditSeveral')).auditAll(models, audits),
    auditChanged: async (group?: unknown) =>
      (await import('./audit/auditSeveral')).auditChanged(models, audits, targetsView.groupOf(group)),
    auditGroup: async () => (await import('./audit/auditSeveral')).auditGroup(models, audits),
    discoverPages: async () => (await import('./audit/discoverPages')).discoverPages(parts),
    auditFolder: async (uri?: vscode.Uri) => (await import('./audit/auditSeveral')).auditFolder(models, audits, uri),
    buildAndAudit: onTarget(async (item) => (await import('./audit/buildAndAudit')).buildAndAudit(audits, item)),
    signIn: async (clicked: unknown) => {
      const [item] = targetsView.itemsOf(clicked, undefined);
      await (await import('./audit/signIn')).signInWithQuestions(parts, item);
    },
    confirmPage: onTarget(async (item) => (await import('./audit/confirmPage')).confirmPage(item)),
    passConsent: onTarget(async (item) => (await import('./audit/passConsent')).passConsent(parts, item)),
    auditAgain: async () => {
      if (!(await audits.again())) await auditPage(models, audits);
    },
    cancelAudit: () => audits.cancel(),
    openReport: async (item?: TargetItem) => (await results.get()).openReport(item),
    doctor: async () => (await import('./audit/browserCommands')).doctor(log),
    chooseBrowser: async () => (await import('./audit/browserCommands')).chooseBrowser(),
    downloadBrowser: async () => (await import('./audit/browserCommands')).downloadForAudits(),
    setCredentials: () => credentials.ask(),
    clearCredentials: () => credentials.clear(),
    openSampleShop: async () => (await import('./audit/sampleShop')).openSampleShop(context),
    checkAgain: async (clicked: unknown, chosen: unknown) => {
      const { checkAgain } = await import('./findings/checkAgain');
      await checkAgain(audits, findingsView.itemsOf(clicked, chosen));
    },
    runJourney: (given: unknown, how: unknown) =>
      onJourney(given, async (item, pages) => {
        const { runJourney } = await import('./journey/runJourney');
        const isAudit = typeof how === 'object' && how !== null && 'audits' in how && how.audits === true;
        await runJourney(parts, audits, item, { audits: isAudit });
        pages.showJourney(item);
      }),
    runSession: (given: unknown) =>
      onJourney(given, async (item) => {
        const { runSessionWithQuestions } = await import('./journey/runSession');
        await runSessionWithQuestions(await sessions.get(), audits, item);
      }),
    recordJourney: async () => (await import('./journey/recordJourney')).recordWithQuestions(parts),
    shareEvaluation: onEvaluation(async (choice) =>
      (await import('./evaluation/shareEvaluation')).shareEvaluation(choice, parts.context.workspaceState),
    ),
    makeSurvey: async () => (await import('./impact/makeSurvey')).makeSurvey(models, context.extensionUri),
    groupComments: async () => (await import('./impact/groupComments')).groupCommentsWithQuestions(models),
  };
}
