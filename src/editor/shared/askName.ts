import * as vscode from 'vscode';
import { type GivenName, givenName } from '../../core/record/targets';

/** How a name is asked for. */
interface AskName {
  title: string;
  prompt: string;
  value?: string;
  /** Why a name cannot be taken; undefined: it can. */
  taken(name: string): string | undefined;
}

/**
 * Asks for the short name under which the record keeps something. Whatever is typed is tidied: `Käse & Brot` becomes
 * `kase-brot`, which is said while typing.
 * @returns undefined when the person leaves
 */
export async function askName(asked: AskName): Promise<string | undefined> {
  return (await ask(asked, (name) => `It is kept as “${name}”.`))?.name;
}

/** Asks for a name as {@link askName}, and keeps what was typed as the title that people read. */
export function askTitledName(asked: AskName): Promise<GivenName | undefined> {
  return ask(asked, (name, title) => (title === undefined ? `It is kept as “${name}”.` : saidOf(name, title)));
}

const saidOf = (name: string, title: string) => `It is shown as “${title}”, and kept as “${name}” in files.`;

async function ask(
  { title, prompt, value = '', taken }: AskName,
  said: (name: string, title: string | undefined) => string,
): Promise<GivenName | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const given = givenName(text);
      if (given.name === '') return text.trim() === '' ? 'A name is needed.' : 'A name needs a letter or a digit.';
      const fault = taken(given.name);
      if (fault !== undefined || given.name === text) return fault;
      return { message: said(given.name, given.title), severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return typed === undefined ? undefined : givenName(typed);
}
