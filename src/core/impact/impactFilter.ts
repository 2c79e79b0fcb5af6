import type { Figure } from '../outcomes/figures';
import type { ImpactRun } from './impactData';

/** Which data to show. A missing field does not restrict. */
export interface ImpactFilter {
  target?: string | undefined;
  environment?: string | undefined;
  formFactor?: string | undefined;
  stage?: string | undefined;
  /** Figures of this segment, and those of all people together. */
  segment?: string | undefined;
}

/** Whether a run passes a filter. */
export function isAmong(run: ImpactRun, filter: ImpactFilter): boolean {
  const fields = ['target', 'environment', 'formFactor'] as const;
  return fields.every((field) => filter[field] === undefined || run[field] === filter[field]);
}

/** Whether a figure passes a filter. Figures of the whole product pass any target, those of all people any segment. */
export function isFigureAmong({ target, segment }: Pick<Figure, 'target' | 'segment'>, filter: ImpactFilter): boolean {
  const passes = (own: string | undefined, wanted: string | undefined) =>
    wanted === undefined || own === undefined || own === wanted;
  return passes(target, filter.target) && passes(segment, filter.segment);
}

/** Which people a figure is of, in words; undefined for all people, unless one segment is asked for. */
export function whoText({ segment }: Pick<Figure, 'segment'>, filter: ImpactFilter): string | undefined {
  return segment ?? (filter.segment === undefined ? undefined : TOGETHER);
}

/** What a figure of no segment says of its people beside those of one. */
export const TOGETHER = 'all together';

/** The segments that figures are about, in order. */
export function segmentsOf(figures: readonly Pick<Figure, 'segment'>[]): string[] {
  return [...new Set(figures.flatMap(({ segment }) => segment ?? []))].sort();
}
