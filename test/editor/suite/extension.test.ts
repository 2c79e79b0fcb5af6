import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions';

const extensionId = 'ux-audit.ux-audit';
const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const record = () => path.join(folder(), 'ux-audit', 'findings.json');

/** What VS Code shows follows what happened after a while; asks until it does. */
async function eventually<T>(what: string, probe: () => T | undefined | false, limit = 60_000): Promise<T> {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    const found = probe();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new assert.AssertionError({ message: `timed out waiting for ${what}` });
}

function write(value: unknown): void {
  fs.mkdirSync(path.dirname(record()), { recursive: true });
  fs.writeFileSync(record(), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Writes the record and waits until VS Code shows what follows. VS Code begins to watch a folder at a time of its own, and
 * on a busy machine that is late: what was written before is written again, as by somebody who saves once more.
 */
async function afterWriting<T>(value: unknown, what: string, probe: () => T | undefined | false): Promise<T> {
  write(value);
  const again = setInterval(() => write(value), 5_000);
  try {
    return await eventually(what, probe);
  } finally {
    clearInterval(again);
  }
}

const problems = () =>
  vscode.languages.getDiagnostics(vscode.Uri.file(record())).filter(({ source }) => source === 'UX Audit');

describe('the extension in the extension host', () => {
  it('does nothing before it is asked to', () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    assert.equal(extension.isActive, false);
  });

  it('registers every command that package.json names', async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      Object.values(commands).filter((id) => !known.includes(id)),
      [],
    );
  });

  it('shows in the Problems panel what is wrong with the record, at its line', async () => {
    const incomplete = { schemaVersion: 1, targets: {}, findings: { 'home/lighthouse/x': { kind: 'automated' } } };
    const [problem] = await afterWriting(incomplete, 'a problem', () => problems().length > 0 && problems());
    assert.ok(problem);
    assert.equal(problem.range.start.line, 4);
    assert.match(problem.message, /^home\/lighthouse\/x: .*kept as it is/);
  });

  it('names a newer record and leaves it alone', async () => {
    const text = '{ "schemaVersion": 99 }\n';
    const isNamed = () => problems().some(({ message }) => /newer UX Audit/.test(message));
    await afterWriting(text, 'the newer version', isNamed);
    assert.equal(fs.readFileSync(record(), 'utf8'), text);
  });

  it('audits an open HTML file of a served folder, records it and opens the result', async () => {
    const product = { kind: 'page', path: '/product.html', serve: { folder: 'site' } };
    await afterWriting({ schemaVersion: 1, targets: { product } }, 'no problems', () => problems().length === 0);
    await vscode.workspace.getConfiguration('uxAudit').update('runs', 1, vscode.ConfigurationTarget.Workspace);
    const file = vscode.Uri.file(path.join(folder(), 'site', 'product.html'));
    await vscode.commands.executeCommand(commands.auditFile, file);
    const { findings } = JSON.parse(fs.readFileSync(record(), 'utf8'));
    assert.equal(findings['product/lighthouse/html-has-lang'].state.status, 'open');
    assert.deepEqual(findings['product/lighthouse/label'].state.seenIn, ['local/mobile']);
    await eventually('the result page', () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ input, label }) => input instanceof vscode.TabInputWebview && label === 'product: result'),
      ),
    );
    assert.ok(fs.readdirSync(path.join(folder(), 'ux-audit', 'runs', 'product')).length === 1);
    const ignored = fs.readFileSync(path.join(folder(), 'ux-audit', '.gitignore'), 'utf8');
    assert.match(ignored, /^runs\/$/m);
  });

  it('writes nothing when the same page is audited again, however fast it loads', async () => {
    const before = { text: fs.readFileSync(record(), 'utf8'), time: fs.statSync(record()).mtimeMs };
    await vscode.commands.executeCommand(commands.auditAgain);
    assert.equal(fs.readFileSync(record(), 'utf8'), before.text);
    assert.equal(fs.statSync(record()).mtimeMs, before.time);
    assert.equal(fs.readdirSync(path.join(folder(), 'ux-audit', 'runs', 'product')).length, 2);
  });

  it('offers its tools to agents of VS Code, which read the findings', async () => {
    await vscode.commands.executeCommand('workbench.mcp.startServer', '*');
    const toolOf = () => vscode.lm.tools.find(({ name }) => name.endsWith('list_findings'));
    const found = await eventually('the tools', toolOf);
    assert.ok(found);
    const { content } = await vscode.lm.invokeTool(found.name, { input: {}, toolInvocationToken: undefined });
    const text = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('\n');
    assert.match(text, /lighthouse\/html-has-lang/);
  });
});
