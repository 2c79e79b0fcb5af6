import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { canonicalText } from '../../src/core/record/canonicalText';
import { manyFindings } from './manyFindings';

const extensionId = 'ux-audit.ux-audit';

/** Resolution of the event loop's delay, which is part of each delay measured. Milliseconds. */
const resolution = 5;
/** How long the workbench gets to settle, and how long an idle host is watched. Milliseconds. */
const settleFor = 4_000;
const idleFor = 10_000;
/** How often the findings view is refreshed. */
const refreshes = 9;

/** Delays of the event loop over a time. Milliseconds, and seconds. */
export interface LoopDelay {
  p99: number;
  max: number;
  seconds: number;
}

/** What one extension host tells the bench. Milliseconds. */
export interface EditorFigures {
  /** The extension was running before it was activated here: its time means nothing then. */
  wasActive: boolean;
  /** Loading the extension's code. */
  load: number;
  /** Its `activate()`, with the fetching of its stored state from the workbench. */
  activate: number;
  /** The first command after it, which waits until the records are read. */
  first: number;
  /** Each refresh of the findings view of a large record, with the round trip that remembers its filter. */
  tree?: number[];
  idle?: LoopDelay;
  /** While the terminal program audits the same page outside of the host. */
  elsewhere?: LoopDelay;
  /** While the extension audits the page. */
  audit?: LoopDelay;
}

async function loopDelay(work: () => Promise<unknown>): Promise<LoopDelay> {
  const histogram = monitorEventLoopDelay({ resolution });
  const start = performance.now();
  histogram.enable();
  await work();
  histogram.disable();
  return {
    p99: histogram.percentile(99) / 1e6,
    max: histogram.max / 1e6,
    seconds: (performance.now() - start) / 1000,
  };
}

/** What VS Code notes in its extension host, as its own start-up view shows it. */
declare const MonacoPerformanceMarks: { getMarks(): { name: string; startTime: number }[] };

/** Milliseconds between two notes of VS Code about this extension. */
function between(begin: string, end: string): number {
  const marks = MonacoPerformanceMarks.getMarks();
  const timeOf = (name: string) => marks.find((mark) => mark.name === `code/extHost/${name}/${extensionId}`)?.startTime;
  const [from, to] = [timeOf(begin), timeOf(end)];
  if (from === undefined || to === undefined) throw new Error(`VS Code noted no ${begin} or ${end}.`);
  return to - from;
}

/** Lets the host load and activate the extension. */
async function activation(
  extension: vscode.Extension<unknown>,
): Promise<Pick<EditorFigures, 'load' | 'activate' | 'first'>> {
  await extension.activate();
  const load = between('willLoadExtensionCode', 'didLoadExtensionCode');
  const activate = between('willActivateExtension', 'didActivateExtension');
  const used = performance.now();
  await vscode.commands.executeCommand('uxAudit.cancelAudit'); // there is none to cancel
  return { load, activate, first: performance.now() - used };
}

function ended(command: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const [program, ...given] = command;
    const child = spawn(program as string, given, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command.join(' ')}: exit code ${code}`)),
    );
  });
}

/**
 * Runs inside the extension host; the bench (editor.mjs) tells it by environment variables:
 *
 * - `UX_AUDIT_BENCH_RESULT`: the file for the {@link EditorFigures}
 * - `UX_AUDIT_BENCH_PAGE`: a page of the workspace to audit, if any
 * - `UX_AUDIT_BENCH_FINDINGS`: how many findings the record of the workspace has, if any
 * - `UX_AUDIT_BENCH_COMMAND`: a command, as a JSON array, that audits that page outside of the host
 */
export async function run(): Promise<void> {
  const {
    UX_AUDIT_BENCH_RESULT: result,
    UX_AUDIT_BENCH_PAGE: page,
    UX_AUDIT_BENCH_COMMAND: command,
    UX_AUDIT_BENCH_FINDINGS: findings,
  } = process.env;
  if (!result) throw new Error('UX_AUDIT_BENCH_RESULT names no file.');
  const extension = vscode.extensions.getExtension(extensionId);
  if (!extension) throw new Error(`${extensionId} is not there.`);
  await delay(settleFor);
  const wasActive = extension.isActive;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (findings && folder) {
    const record = path.join(folder.fsPath, 'ux-audit', 'findings.json');
    mkdirSync(path.dirname(record), { recursive: true });
    writeFileSync(record, canonicalText(manyFindings(Number(findings))));
  }
  const figures: EditorFigures = { wasActive, ...(await activation(extension)) };
  if (findings) {
    figures.tree = [];
    for (let run = 0; run < refreshes; run += 1) {
      const start = performance.now();
      await vscode.commands.executeCommand('uxAudit.clearFilter');
      figures.tree.push(performance.now() - start);
    }
  }
  if (page && command && folder) {
    figures.idle = await loopDelay(() => delay(idleFor));
    figures.elsewhere = await loopDelay(() => ended(JSON.parse(command)));
    const file = vscode.Uri.joinPath(folder, page);
    figures.audit = await loopDelay(async () => vscode.commands.executeCommand('uxAudit.auditFile', file));
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, 'ux-audit', 'findings.json')); // it was recorded
  }
  writeFileSync(result, JSON.stringify(figures));
}
