import { inertLine } from '../../core/text/inertText';

/** Text of others, inert in a notification: VS Code makes links of `[text](address)` there, also of commands. */
export function plain(text: string): string {
  return inertLine(text).replaceAll('](', '] (');
}

/** Text of others, inert in a quick pick: VS Code draws an icon for `$(name)` there. */
export function picked(text: string): string {
  return inertLine(text).replaceAll('$(', '$ (');
}
