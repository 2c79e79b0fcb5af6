import type { ImpactRun } from './impactData';

/** What of the data somebody looks at; what is left out does not restrict. */
export interface ImpactFilter {
  target?: string | undefined;
  environment?: string | undefined;
  formFactor?: string | undefined;
  stage?: string | undefined;
}

/** Whether a run is among what a filter lets through. */
export function isAmong(run: ImpactRun, filter: ImpactFilter): boolean {
  const fields = ['target', 'environment', 'formFactor'] as const;
  return fields.every((field) => filter[field] === undefined || run[field] === filter[field]);
}
