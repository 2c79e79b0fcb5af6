import readline from 'node:readline/promises';
import { Command } from '@commander-js/extra-typings';
import { cancelled, exitCodes, usageError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { downloadBrowser, downloadedBrowser } from '../engine/browsers/browserCache';
import { examine } from '../engine/browsers/doctor';
import { ProgressLine, print, printJson } from './output';

const marks = { ok: 'ok     ', warning: 'note   ', failed: 'FAILED ' };

export function doctorCommand(done: (code: number) => void) {
  return new Command('doctor')
    .description(
      'check what audits need (Node, a browser that starts) and say what to do; exit code 3 when something is missing',
    )
    .option('--browser <path>', 'the browser to check instead of the one that would be found')
    .option(
      '--download-browser',
      'download Chrome for Testing for UX Audit alone (about 150 MB from Google), after a question',
    )
    .option('-y, --yes', 'answer that question with yes')
    .option('--json', 'print JSON: { healthy, browser?, diagnoses: [{ id, status, message, remedy? }] }')
    .action(async (flags) => {
      if (flags.downloadBrowser) await download(flags.yes ?? false);
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

/** Downloads once the person agreed. @throws HumanError `not-agreed`, or of the download */
async function download(agreed: boolean): Promise<void> {
  if (!agreed && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw usageError('not-agreed', 'A person must agree to the download.', 'Run it in a terminal, or add --yes.');
  }
  if (!agreed) {
    const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question('Download Chrome for Testing, about 150 MB from Google? [y/N] ');
    terminal.close();
    if (!/^y(es)?$/i.test(answer.trim())) throw cancelled();
  }
  const progress = new ProgressLine(false);
  const program = await downloadBrowser({
    onProgress: (bytes, total) => progress.update(`${Math.round(bytes / 1e6)} of ${Math.round(total / 1e6)} MB`),
  });
  progress.clear();
  process.stderr.write(`Chrome for Testing is ready: ${program}\n`);
}
