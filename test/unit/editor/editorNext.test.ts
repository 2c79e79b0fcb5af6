import { describe, expect, it } from 'vitest';
import { nextInEditor } from '../../../src/editor/shared/editorNext';

describe('what to do next after an error', () => {
  it('is said in words of the editor where the error names the terminal', () => {
    const next = 'Give them for this audit: --basic-auth, --header or --cookie.';
    expect(nextInEditor({ code: 'needs-login', next })).toContain('UX Audit: Set Request Credentials');
    expect(nextInEditor({ code: 'browser-failed', next: 'Run "ux-audit doctor".' })).toContain('UX Audit: Doctor');
  });

  it('stays as it is where it fits both, and is left out where only the terminal has a way', () => {
    const next = 'Start the server, then try again.';
    expect(nextInEditor({ code: 'connection-refused', next })).toBe(next);
    expect(nextInEditor({ code: 'of-the-terminal', next: 'List them: ux-audit findings list --all' })).toBe('');
  });
});
