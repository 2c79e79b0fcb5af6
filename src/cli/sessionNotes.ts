import path from 'node:path';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { findingOfNotes, sessionNotes } from '../workflow/sessionNotes';
import { recordCommand, wholeNumber, workspaceOf } from './command';
import { print, printJson } from './output';

export function notesCommand() {
  return recordCommand('notes', 'list the notes of a journey’s sessions, by step')
    .argument('<journey>')
    .option(
      '--json',
      'print JSON: [ { step?, people, of, notes: [{ key, at, target, participant, step?, text, picture? }] } ]',
    )
    .action(async (journey, { json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const steps = await sessionNotes(workspace, journey);
      if (json) return printJson(steps);
      for (const { step, notes, people, of } of steps) {
        print(
          `${step === undefined ? 'After the last step' : inertLine(step)}: ${people} of ${counted(of, 'participant')}`,
        );
        for (const { key, participant, text, picture } of notes) {
          const shown = picture === undefined ? 'no picture' : path.relative(workspace.paths.root, picture);
          print(`  ${key}  ${inertLine(participant)}  ${inertLine(text)}  (${shown})`);
        }
      }
      if (steps.length === 0) return print('No note yet. The moderator of a session types them: note TEXT');
      return print(
        `Make a finding of some: ux-audit session finding ${journey} ${steps[0]?.notes[0]?.key} --title TITLE`,
      );
    });
}

export function findingCommand() {
  return recordCommand('finding', 'make one finding of notes that say the same, or renew the one of that title')
    .argument('<journey>')
    .argument('<note...>', 'keys of notes, as `session notes` shows them')
    .requiredOption('--title <title>', 'what is wrong, in your own words')
    .option('--severity <number>', 'from 0 (not a problem) to 4 (catastrophe)', wholeNumber('--severity', 0, 4))
    .option('--no-picture', 'leave out the pictures of the notes')
    .option('--json', 'print JSON: { id, people, of, pictures }')
    .action(async (journey, keys, { title, severity, picture: hasPictures, json, ...flags }) => {
      const made = await findingOfNotes(workspaceOf(flags), { journey, keys, title, severity, hasPictures });
      if (json) return printJson(made);
      const { id, people, of, pictures } = made;
      print(`${inertLine(id)}: seen with ${people} of ${counted(of, 'participant')}.`);
      if (pictures.length > 0) print(`Look at what the pictures show before you commit: ${pictures.join(', ')}`);
      return undefined;
    });
}
