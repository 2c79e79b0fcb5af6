import * as vscode from 'vscode';

const detail = [
  'Your answers and problems are kept in this window’s copy of the project, in the folder ux-audit. Others see them ' +
    'once you send them:',
  '',
  '1. Open Source Control. It lists what you changed.',
  '2. Say in a few words what you did, in the box above the list.',
  '3. Choose the button below that box. Where you are asked, make a branch of your own.',
  '4. Ask for a review on the page of the project, which offers a pull request.',
  '',
  'Where Source Control is empty, nobody else sees this folder. Export the evaluation, and send that file.',
].join('\n');

/** Says how an evaluation is sent for review where the window itself, and not UX Audit, keeps the changes. */
export async function shareFromBrowser(): Promise<void> {
  const open = 'Open Source Control';
  const answer = await vscode.window.showInformationMessage(
    'Send your evaluation for review?',
    { modal: true, detail },
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('workbench.view.scm');
}
