import type { ImpactRun } from './impactData';

/** Which data to show. A missing field does not restrict. */
export interface ImpactFilter {
  target?: string | undefined;
  environment?: string | undefined;
  formFactor?: string | undefined;
  stage?: string | undefined;
}

/** Whether a run passes a filter. */
export function isAmong(run: ImpactRun, filter: ImpactFilter): boolean {
  const fields = ['target', 'environment', 'formFactor'] as const;
  return fields.every((field) => filter[field] === undefined || run[field] === filter[field]);
}
