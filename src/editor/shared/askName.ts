import * as vscode from 'vscode';
import { slugPattern } from '../../core/record/schemaParts';
import { slugOf } from '../../core/text/slug';

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
export async function askName({ title, prompt, value = '', taken }: AskName): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const name = tidied(text);
      if (name === '') return text.trim() === '' ? 'A name is needed.' : 'A name needs a letter or a digit.';
      const fault = taken(name);
      if (fault !== undefined || name === text) return fault;
      return { message: `It is kept as “${name}”.`, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return typed === undefined ? undefined : tidied(typed);
}

/** The name that is kept: as typed where that will do. */
function tidied(text: string): string {
  return slugPattern.test(text) ? text : slugOf(text);
}
