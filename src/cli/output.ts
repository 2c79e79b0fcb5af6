import { errorText, type HumanError } from '../core/errors';
import { inertJson, withEscapes, withoutCommands } from '../core/text/inertText';

let jsonPrinted = false;

/** Whether JSON has been printed already. */
export function hasPrintedJson(): boolean {
  return jsonPrinted;
}

/** Prints a value as JSON. Its shape is stable; the help of each command documents it. */
export function printJson(value: unknown): void {
  jsonPrinted = true;
  process.stdout.write(`${withoutCommands(inertJson(value, 2), '\\u0023\\u0023')}\n`);
}

/** Prints lines. Whatever names they bear, such as those of folders, hidden characters are escapes. */
export function print(text = ''): void {
  process.stdout.write(`${text.split('\n').map(withEscapes).join('\n')}\n`);
}

/** An error in JSON output. */
export function jsonError(error: HumanError | undefined) {
  return error && errorText(error);
}

/** Shows progress on stderr: one changing line on a terminal, a line for each step in a pipe. */
export class ProgressLine {
  private shown = '';
  private readonly live = Boolean(process.stderr.isTTY);

  constructor(private readonly quiet: boolean) {}

  /** @param step the line for a pipe; without one, a pipe shows nothing */
  update(text: string, step?: string): void {
    if (this.quiet) return;
    if (this.live) {
      const line = text.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1));
      if (line !== this.shown) process.stderr.write(`\r\u001b[K${line}`);
      this.shown = line;
    } else if (step !== undefined && step !== this.shown) {
      process.stderr.write(`${step}\n`);
      this.shown = step;
    }
  }

  clear(): void {
    if (this.live && this.shown) process.stderr.write('\r\u001b[K');
    this.shown = '';
  }
}
