import type * as vscode from 'vscode';
import { commands, views } from './contributions';
import type { TargetNode } from './editor/audit/targetsView';
import type { EvaluationNode } from './editor/evaluation/evaluationsView';
import type { FindingNode } from './editor/findings/findingsView';
import type { Parts, Trees } from './editor/parts';
import { LazyTree } from './editor/shared/lazyTree';
import { StandIns } from './editor/shared/standIns';

let parts: StandIns<Parts> | undefined;

/** Declares views and commands; what is behind them is loaded when somebody looks at a view or uses a command. */
export function activate(context: vscode.ExtensionContext): void {
  const load = () => standIns.load();
  const trees: Trees = {
    targets: new LazyTree<TargetNode>(views.targets, load),
    findings: new LazyTree<FindingNode>(views.findings, load, { canSelectMany: true }),
    evaluations: new LazyTree<EvaluationNode>(views.evaluations, load),
  };
  const standIns = new StandIns(Object.values(commands), async () => {
    const { Parts } = await import('./editor/parts');
    return Parts.prepare(context, trees);
  });
  parts = standIns;
  context.subscriptions.push(standIns, ...Object.values(trees));
}

/** Waits until answers are written, and browsers and servers of a running audit have ended. */
export async function deactivate(): Promise<void> {
  await (await parts?.loaded)?.stop();
}
