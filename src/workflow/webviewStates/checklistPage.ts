import { isInUse, mustStay } from '../../core/checklist/editChecklist';
import { aboutTexts, itemTexts } from '../../core/checklist/itemFields';
import type { ChecklistPageState } from '../../protocol/checklistPage';
import { picturesOf } from '../checklists';
import { checklistUse, type OwnChecklist, readChecklist } from '../editChecklist';
import { type FileUrl, pictureUrls } from './openRecord';

/** What the page of a checklist shows of its file. @throws HumanError when that cannot be read, or is gone */
export async function checklistPage(
  own: OwnChecklist,
  fileUrl: FileUrl,
): Promise<Omit<ChecklistPageState, 'error' | 'undo' | 'view'> | undefined> {
  const { shown, text, checklist } = await readChecklist(own);
  if (!checklist) return undefined;
  const { metricOf } = await import('../../core/metrics/metrics');
  const metrics = new Set(checklist.items.flatMap((item) => item.metrics ?? []));
  const isWritten = text !== undefined;
  const use = await checklistUse(own);
  return {
    id: own.id,
    file: shown,
    isWritten,
    version: checklist.version,
    isInUse: isInUse(checklist.version, use),
    evaluations: use.versions.length,
    about: aboutTexts(checklist),
    pictures: await pictureUrls(own.workspace, picturesOf(checklist), fileUrl),
    metrics: Object.fromEntries([...metrics].map((id) => [id, metricOf(id)?.name ?? id])),
    items: checklist.items.map((item) => ({
      id: item.id,
      texts: itemTexts(item),
      isRetired: item.retired === true,
      mustStay: mustStay(item.id, use),
      isAnswered: use.items.includes(item.id),
      replacedBy: item.replacedBy ?? '',
    })),
  };
}
