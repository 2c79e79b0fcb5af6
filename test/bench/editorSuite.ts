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
  /** What the extension itself does: its code is loaded, its `activate` runs to its end. */
  load: number;
  activate: number;
  /** All that `extension.activate()` takes beside the loading: VS Code also fetches the extension's stored state. */
  whole: number;
  /** The first command after it, which loads what fills the views and reads the records. */
  first: number;
  /** Files of dist, and of Lighthouse wherever it is, that the host has loaded in the end. */
  loaded: string[];
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

/** Loads the extension's code as the host would, puts a watch on its `activate`, and lets the host activate it. */
async function activation(
  extension: vscode.Extension<unknown>,
): Promise<Pick<EditorFigures, 'load' | 'activate' | 'whole' | 'first'>> {
  const main = require.resolve(path.join(extension.extensionPath, extension.packageJSON.main));
  const started = performance.now();
  const code = require(main) as { activate(context: vscode.ExtensionContext): unknown };
  const load = performance.now() - started;
  let activate: number | undefined;
  const watched = {
    ...code,
    activate: async (context: vscode.ExtensionContext) => {
      const start = performance.now();
      const api = await code.activate(context);
      activate = performance.now() - start;
      return api;
    },
  };
  const module = require.cache[main];
  if (!module) throw new Error('The host does not keep loaded modules where they can be watched.');
  module.exports = watched;
  const start = performance.now();
  await extension.activate();
  const whole = performance.now() - start;
  if (activate === undefined) throw new Error('The host activated other code than was watched.');
  const used = performance.now();
  await vscode.commands.executeCommand('uxAudit.cancelAudit'); // there is none to cancel
  return { load, activate, whole, first: performance.now() - used };
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
  const figures: EditorFigures = { wasActive, ...(await activation(extension)), loaded: [] };
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
  const dist = path.join(extension.extensionPath, 'dist') + path.sep;
  figures.loaded = Object.keys(require.cache)
    .filter((file) => file.startsWith(dist) || /[\\/]lighthouse[\\/]/.test(file))
    .map((file) => path.relative(extension.extensionPath, file));
  writeFileSync(result, JSON.stringify(figures));
}
