import type { Turn } from '../../core/evaluation/work';
import { actionText, isDue, leftText, standingText, waitingText, waitText } from '../../core/evaluation/workText';
import { titleOf } from '../../core/record/targets';
import type { ShownTurn, WorkPageState } from '../../protocol/workPage';
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

/** The state of the page *My work*, over all folders of the workspace. */
export async function workPage(folders: readonly Folder[], me: string): Promise<WorkPageState> {
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
    }),
    due: ofKind(isDue),
    stale: ofKind(({ kind }) => kind === 'again'),
    joins: ofKind(({ kind }) => kind === 'join'),
    waits: works.flatMap(({ work, shown }) =>
      work.waits.map((wait) => ({ ...shown(work, wait), text: waitText(wait) })),
    ),
    faults: folders.flatMap(({ open }) => open.error?.message ?? []),
  };
}

type About = Pick<Turn, 'target' | 'checklist' | 'round'>;

/** What a turn is about, in words. */
function shownIn({ open, name }: Folder) {
  return ({ titles }: MyWork, { target, checklist, round }: About) => ({
    title: `${name === undefined ? '' : `${name}: `}${titleOf(open.parsed.record.targets, target)}`,
    about: [titles.get(checklist) ?? checklist, ...(round > 1 ? [`round ${round}`] : [])].join(' · '),
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
