import { readFile } from 'node:fs/promises';
import { version } from '../../package.json';
import type { AuditEngine } from '../engine/auditEngine';
import { recordCommand, workspaceOf } from './command';
import { ensureConsent } from './consent';
import { print } from './output';
import { wishesOf } from './pagesToAudit';
import { newEngine } from './withEngine';

/** `ux-audit mcp`: the same for agents, over standard input and output. */
export function mcpCommand() {
  return recordCommand(
    'mcp',
    'serve agents over stdin and stdout (Model Context Protocol); they propose, people decide',
  )
    .option('--browser <path>', 'the browser to use instead of the one that would be found')
    .option('--ignore-certificate-errors', 'for local development: accept an invalid certificate')
    .option('--skill', 'print a skill file for agents, which explains how to work with this, and end')
    .action(async ({ skill, browser, ignoreCertificateErrors, ...flags }) => {
      if (skill) {
        return print((await readFile(new URL('../media/agents/SKILL.md', import.meta.url), 'utf8')).trimEnd());
      }
      const workspace = workspaceOf(flags);
      const { serveAgents } = await import('../agents/server');
      let engine: Promise<AuditEngine> | undefined;
      const log = (line: string) => {
        if (process.env.UX_AUDIT_DEBUG) process.stderr.write(`${line}\n`);
      };
      const start = () => {
        engine ??= newEngine(browser, log);
        engine.catch(() => {
          engine = undefined; // a browser may be installed meanwhile
        });
        return engine;
      };
      const controller = new AbortController();
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      const stop = () => controller.abort();
      for (const signal of signals) process.once(signal, stop);
      try {
        await serveAgents(
          {
            version,
            workspace,
            engine: start,
            settings: { ignoreCertificateErrors },
            ensureAllowed: async (pages) => {
              const { record } = await workspace.record.read();
              for (const wish of await wishesOf(pages, record, workspace)) await ensureConsent(wish);
            },
          },
          controller.signal,
        );
      } finally {
        for (const signal of signals) process.off(signal, stop);
        await (await engine?.catch(() => undefined))?.dispose();
      }
      return undefined;
    });
}
