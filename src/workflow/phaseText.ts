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
