import type { PlanProgress } from './auditPages';

/** What an audit is doing in each phase, for people. */
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
