import type { HumanError } from '../../core/errors';

/** What to do next in the editor, for errors whose own words name options of the terminal. By code. */
const inEditor: Record<string, string> = {
  'browser-missing': 'Let UX Audit download Chrome for Testing, install a browser, or choose one.',
  'browser-setting-wrong': 'Choose another browser, or clear the setting uxAudit.browserPath.',
  'browser-failed': 'Run UX Audit: Doctor to see what is wrong with it.',
  'target-unknown': 'Reload the Pages view, or add the page again.',
  'target-invalid': 'Correct its entry; the Problems panel names the line.',
  'folder-outside': 'Correct "serve" of the page in the record, or audit one of its HTML files: Audit This Page.',
  'needs-login': 'Set what the page asks for (UX Audit: Set Request Credentials), then audit again.',
  'signed-out': 'Sign in again: Sign In… in the context menu of the page.',
  'not-signed-in': 'Sign in: Sign In… in the context menu of the page.',
  'login-elsewhere': 'Sign in there, or choose No Login: Sign In… in the context menu of the page.',
  'login-unknown': 'Choose who it is audited as: Sign In… in the context menu of the page.',
  'login-incomplete': 'Sign in by hand under another name: Sign In… in the context menu of the page.',
  'check-undecided': 'If you had signed in, begin at a page that only those see who are signed in.',
  'another-page': 'Look at the page. If it is right, confirm it anew: Confirm Page… in its context menu.',
  'nothing-learnt': 'Audit it first.',
  'consent-wall': 'Show once what to click, or audit it as it is: Pass Consent… in the context menu of the page.',
  certificate: 'Check the address. For local development, allow the setting uxAudit.ignoreCertificateErrors.',
  'error-status': 'Look at the page in a browser. It is audited once it answers without an error.',
  'not-found': 'Check the address. It is edited in the context menu of the page.',
  'finding-unknown': 'It may have been renamed or deleted. Reload the Findings view.',
  'finding-invalid': 'Correct its entry; the Problems panel names the line.',
  'port-taken': 'End what uses that port, such as another window that collects answers, and try again.',
  'answers-other': 'Move that file away, and try again.',
  'answers-committed': 'Take it out of git (git rm --cached), and try again.',
  'answers-not-ignored': 'Let git’s own folder be written, and try again.',
  'report-without-page': 'Choose the page that the report is about when you import it.',
};

const ofTerminal = /(?:^|[^\w-])--[a-z]|\bux-audit [a-z]/;

/** What to do next, in words of the editor; '' where only the terminal has a way. */
export function nextInEditor({ code, next }: Pick<HumanError, 'code' | 'next'>): string {
  if (!ofTerminal.test(next)) return next;
  return Object.hasOwn(inEditor, code) ? (inEditor[code] ?? '') : '';
}

/** A text without its sentences about the terminal. */
export function withoutTerminal(text: string): string {
  return text
    .split(/(?<=[.!?])\s+(?=[A-Z])/)
    .filter((sentence) => !ofTerminal.test(sentence))
    .join(' ');
}
