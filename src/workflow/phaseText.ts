import type { PlanProgress } from './auditPages';

/** What people read in each phase of an audit. */
export const phaseText: Record<PlanProgress['phase'], string> = {
  serve: 'starting the site',
  preflight: 'asking the server',
  waiting: 'waiting for another audit on this machine',
  launch: 'starting the browser',
  prepare: 'preparing',
  load: 'loading',
  gather: 'examining',
  analyse: 'analysing',
  record: 'recording',
};

/** What is done now, in one line. */
export function progressText({ page, formFactor, run, runs, phase, repeated }: PlanProgress): string {
  const again = repeated ? ' again, the machine was busy' : '';
  return `${page.target} as ${formFactor}${runs > 1 ? `, run ${run} of ${runs}` : ''}${again}: ${phaseText[phase]}…`;
}
