import { counted } from '../text/counted';
import { firstFew } from '../text/firstFew';
import { inertLine } from '../text/inertText';

/** What somebody sends for review, in the words that people read. */
export interface SentWork {
  /** Titles of the pages and journeys that were evaluated. */
  titles: readonly string[];
  /** The checklist's title. */
  checklist: string;
  /** The evaluator's handle. */
  by: string;
  problems: number;
  isDraft: boolean;
}

/** Where colleagues find it. */
export interface SentTo {
  /** The page of the review; undefined where the host has none that is known. */
  page?: string | undefined;
  /** The place of the team's project, such as `github.com/acme/shop`. */
  place?: string | undefined;
  branch: string;
}

/** So many titles are named one by one. */
const NAMED = 8;

/** A message for colleagues: what was evaluated, and how they open it. */
export function teamMessage({ titles, checklist, by, problems, isDraft }: SentWork, to: SentTo): string {
  const found = problems === 0 ? 'found no problem' : `found ${counted(problems, 'problem')}`;
  const draft = isDraft ? ' It is still a draft.' : '';
  const where =
    to.page === undefined
      ? `It lies at ${inertLine(to.place ?? 'our project')} under the name “${inertLine(to.branch)}”. ` +
        'Open that branch there, or switch to it in VS Code and choose “UX Audit: My Work”.'
      : `Look at it here: ${inertLine(to.page)}`;
  const what = `I evaluated ${namedTitles(titles)} with the checklist “${inertLine(checklist)}” (${inertLine(by)})`;
  return `${what} and ${found}.${draft}\n${where}`;
}

/** `Checkout and Dashboard`; of many titles the first, and how many more. */
function namedTitles(titles: readonly string[]): string {
  const words = firstFew(titles, NAMED, inertLine);
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/**
 * What goes along with evaluations: `6 problems, 1 new picture, your checklist`.
 * @param sent `isAddition`: pictures of the same problems were sent before
 */
export function contentsText(sent: {
  problems: number;
  pictures: number;
  isAddition: boolean;
  hasChecklist: boolean;
}): string {
  return [
    counted(sent.problems, 'problem'),
    ...(sent.pictures > 0 ? [counted(sent.pictures, sent.isAddition ? 'new picture' : 'picture')] : []),
    ...(sent.hasChecklist ? ['your checklist'] : []),
  ].join(', ');
}
