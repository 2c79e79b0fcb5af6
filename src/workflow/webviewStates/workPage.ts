import { newest } from '../../core/audit/measurement';
import { evaluatorsOf } from '../../core/evaluation/evaluation';
import type { Turn } from '../../core/evaluation/work';
import { actionText, isDue, leftText, standingText, waitingText, waitText } from '../../core/evaluation/workText';
import { byCodeUnit } from '../../core/record/canonicalText';
import { placeText } from '../../core/record/pageAddress';
import { titleOf } from '../../core/record/targets';
import { counted } from '../../core/text/counted';
import { fewText } from '../../core/text/firstFew';
import type { ShownPage, ShownSubmitted, ShownTurn, WorkPageState } from '../../protocol/workPage';
import { type MyWork, myWork } from '../myWork';
import type { OpenRecord } from './openRecord';

/** A workspace folder with its record. */
interface Folder {
  open: OpenRecord;
  /** Identifies it in requests of the page. */
  uri: string;
  /** Its name where there are several. */
  name?: string | undefined;
}

/**
 * The state of the page *My work*, over all folders of the workspace.
 * @param hasMessage whether there is a message for the team about what was sent
 */
export async function workPage(
  folders: readonly Folder[],
  me: string,
  hasMessage: (submitted: ShownSubmitted) => boolean,
): Promise<WorkPageState> {
  const works = await Promise.all(
    folders.map(async (folder) => ({ folder, work: await myWork(folder.open, me), shown: shownIn(folder) })),
  );
  const turns = works.flatMap(({ folder, work, shown }) =>
    work.turns.map((turn): [Turn, ShownTurn] => [turn, turnIn(folder, shown(work, turn), turn)]),
  );
  const ofKind = (isIt: (turn: Turn) => boolean) => turns.flatMap(([turn, one]) => (isIt(turn) ? [one] : []));
  return {
    me,
    standing: standingText({
      turns: works.flatMap(({ work }) => work.turns),
      waits: works.flatMap(({ work }) => work.waits),
      unsent: works.flatMap(({ work }) => work.unsent),
      sent: works.flatMap(({ work }) => work.sent),
      unclear: works.flatMap(({ work }) => work.unclear),
    }),
    due: ofKind(isDue),
    unsent: works.flatMap(({ folder, work }) => submittedIn(folder, work.unsent, work.titles)),
    sent: works
      .flatMap(({ folder, work }) => submittedIn(folder, work.sent, work.titles))
      .map((one) => ({ ...one, hasMessage: hasMessage(one) })),
    stale: ofKind(({ kind }) => kind === 'again'),
    joins: ofKind(({ kind }) => kind === 'join'),
    waits: works.flatMap(({ work, shown }) =>
      work.waits.map((wait) => ({ ...shown(work, wait), text: waitText(wait) })),
    ),
    pages: folders.flatMap(pagesIn),
    faults: folders.flatMap(({ open }) => open.error?.message ?? []),
  };
}

/** What can be evaluated, in the order of the titles. */
function pagesIn({ open, uri, name }: Folder): ShownPage[] {
  const { record, invalid } = open.parsed;
  return Object.entries(record.targets)
    .filter(([target]) => !invalid.has(target))
    .map(([target, one]): ShownPage => {
      const people = evaluatorsOf(record, target).size;
      const title = titleOf(record.targets, target);
      const about = people === 0 ? 'not evaluated yet' : `evaluated by ${counted(people, 'person', 'people')}`;
      return {
        folder: uri,
        target,
        title: name === undefined ? title : `${name}: ${title}`,
        place: placeText(one),
        about,
      };
    })
    .sort((a, b) => byCodeUnit(a.title, b.title));
}

/** Pictures of pages as they looked at the end of their last audit on this machine, by target; where one is kept. */
export async function pagePictures({ workspace, latest }: OpenRecord): Promise<Record<string, string>> {
  const targets = new Set(latest.map(({ target }) => target));
  const found = await Promise.all(
    [...targets].map(async (target): Promise<[string, string][]> => {
      const run = newest(latest.filter((one) => one.target === target));
      const last = run && (await workspace.runs.read(target, run.id))?.report.filmstrip.at(-1)?.data;
      return last?.startsWith('data:image/jpeg;base64,') ? [[target, last]] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

type About = Pick<Turn, 'target' | 'checklist' | 'round'>;

/** What a turn is about, in words. */
function shownIn({ open, name }: Folder) {
  return ({ titles }: MyWork, { target, checklist, round }: About) => ({
    title: `${name === undefined ? '' : `${name}: `}${titleOf(open.parsed.record.targets, target)}`,
    about: [titles.get(checklist) ?? checklist, ...(round > 1 ? [`round ${round}`] : [])].join(' · '),
  });
}

/** So many pages are named, and the others counted. */
const NAMED = 3;

/** What was submitted, by checklist: it is sent together. */
function submittedIn(
  { open, uri, name }: Folder,
  submitted: MyWork['unsent'],
  titles: MyWork['titles'],
): ShownSubmitted[] {
  return [...Map.groupBy(submitted, ({ checklist }) => checklist)].map(([checklist, all]) => {
    const targets = all.map(({ target }) => target);
    const pages = fewText(targets, NAMED, (target) => titleOf(open.parsed.record.targets, target));
    const title = name === undefined ? pages : `${name}: ${pages}`;
    return { folder: uri, checklist, targets, title, about: titles.get(checklist) ?? checklist };
  });
}

function turnIn({ uri }: Folder, shown: Pick<ShownTurn, 'title' | 'about'>, turn: Turn): ShownTurn {
  const { kind, target, checklist, why, waiting } = turn;
  return {
    ...shown,
    kind,
    target,
    checklist,
    why,
    folder: uri,
    left: leftText(turn),
    waiting: waitingText(waiting),
    action: actionText(turn),
  };
}
