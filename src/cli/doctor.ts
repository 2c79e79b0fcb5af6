import { Command } from 'commander';
import { exitCodes } from '../core/errors';
import { inertLine } from '../core/report/inertText';
import { downloadedBrowser } from '../engine/browserCache';
import { examine } from '../engine/doctor';
import { print, printJson } from './output';

const marks = { ok: 'ok     ', warning: 'note   ', failed: 'FAILED ' };

export function doctorCommand(done: (code: number) => void): Command {
  return new Command('doctor')
    .description(
      'check what audits need (Node, a browser that starts) and say what to do; exit code 3 when something is missing',
    )
    .option('--browser <path>', 'the browser to check instead of the one that would be found')
    .option('--json', 'print JSON: { healthy, browser?, diagnoses: [{ id, status, message, remedy? }] }')
    .action(async (flags: { browser?: string; json?: boolean }) => {
      const report = await examine({ setting: flags.browser, downloaded: await downloadedBrowser() });
      if (!report.healthy) done(exitCodes.environment);
      if (flags.json) return printJson(report);
      for (const { status, message, remedy } of report.diagnoses) {
        print(`${marks[status]}${inertLine(message)}`);
        if (remedy) print(`       ${inertLine(remedy)}`);
      }
      print(report.healthy ? '\nAudits can run here.' : '\nAudits cannot run here yet.');
    });
}
