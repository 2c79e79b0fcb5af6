import * as vscode from 'vscode';
import { cancelled } from '../../core/errors';

/** The values that a person gave for what is secret, until the window closes; by variable. Never written. */
const given = new Map<string, string>();

/** The environment with a value for each variable of the recording; asks for those that are missing. */
export async function withValues(names: readonly string[]): Promise<Record<string, string | undefined>> {
  for (const name of names) {
    if (process.env[name] !== undefined || given.has(name)) continue;
    const value = await vscode.window.showInputBox({
      title: `Value of ${name}`,
      prompt: 'The journey enters it. It is kept until this window closes, and in no file.',
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) throw cancelled();
    given.set(name, value);
  }
  return { ...process.env, ...Object.fromEntries(given) };
}
