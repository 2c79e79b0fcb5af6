import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, contexts, machineCommands, mcpProvider, views, webviews } from '../../src/contributions';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text);
const { contributes } = manifest;

describe('package.json and the code agree', () => {
  it('on the commands', () => {
    const declared = contributes.commands.map(({ command }: { command: string }) => command);
    expect(declared.sort()).toEqual(Object.values(commands).sort());
  });

  it('on the views', () => {
    const declared = contributes.views.uxAudit.map(({ id }: { id: string }) => id);
    expect(declared.sort()).toEqual(Object.values(views).sort());
  });

  it('on the settings', () => {
    const code = readFileSync(path.join(root, 'src/contributions.ts'), 'utf8');
    const [, fields = ''] = /interface Settings \{([^}]*)\}/.exec(code) ?? [];
    const typed = [...fields.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => `uxAudit.${name}`);
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(typed.sort());
  });

  it('on commands and context keys in menus, key bindings and empty views', () => {
    const known = new Set<string>(
      [commands, views, webviews, contexts, { mcpProvider }].flatMap((ids) => Object.values(ids)),
    );
    const settings = Object.keys(contributes.configuration.properties);
    const used = [...text.matchAll(/\buxAudit\.[A-Za-z]+/g)].map(([id]) => id).filter((id) => !settings.includes(id));
    expect(used.filter((id) => !known.has(id))).toEqual([]);
  });

  it('shows nothing in menus that needs a machine where there is none; the palette says where it runs', () => {
    const own = machineCommands.filter((name) => name !== 'shareEvaluation'); // which says there how to send it
    const needing = new Set<string>(own.map((name) => commands[name]));
    const { commandPalette: _, ...menus } = contributes.menus;
    const entries = Object.values<{ command: string; when: string }[]>(menus).flat();
    const shown = entries.filter(
      ({ command, when }) => needing.has(command) && !when.includes('!uxAudit.withoutMachine'),
    );
    expect(shown).toEqual([]);
    expect(manifest.browser).toBe('./dist/webExtension.js');
  });

  it('gives every command the category, and every setting a scope and a description', () => {
    for (const { command, category } of contributes.commands) expect(category, command).toBe(manifest.displayName);
    for (const [id, property] of Object.entries<Record<string, string>>(contributes.configuration.properties)) {
      expect(property.scope, id).toBeTruthy();
      expect(property.description ?? property.markdownDescription, id).toBeTruthy();
    }
  });

  it('names files that are there', () => {
    const files = [
      manifest.icon,
      contributes.viewsContainers.activitybar[0].icon,
      ...contributes.walkthroughs[0].steps.map(
        ({ media }: { media: Record<string, string> }) => media.svg ?? media.markdown,
      ),
      ...contributes.jsonValidation.map(({ url }: { url: string }) => url),
    ];
    for (const file of files) expect(existsSync(path.join(root, file)), file).toBe(true);
  });

  it('does nothing before it is asked to, but for a form that was open when the window was reloaded', () => {
    expect(manifest.activationEvents).toEqual([`onWebviewPanel:${webviews.evaluation}`]);
  });
});

describe('the problem matcher', () => {
  it('reads the lines that the terminal program prints', () => {
    const [{ pattern }] = contributes.problemMatchers;
    const line = 'src/Card.jsx:6:7: warning: Contrast too low: 3.45 : 1, needs 4.5 : 1 [color-contrast]';
    const found = new RegExp(pattern.regexp).exec(line) ?? [];
    expect([found[pattern.file], found[pattern.line], found[pattern.column], found[pattern.severity]]).toEqual([
      'src/Card.jsx',
      '6',
      '7',
      'warning',
    ]);
    expect(found[pattern.message]).toBe('Contrast too low: 3.45 : 1, needs 4.5 : 1 [color-contrast]');
    expect(new RegExp(pattern.regexp).exec('home  local/mobile  3  97')).toBeNull();
  });
});
