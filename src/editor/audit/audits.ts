import type { AuditController } from './auditController';

/** What views and pages know of audits. A window without a machine has some that never run. */
export type Audits = Pick<
  AuditController,
  | 'isRunning'
  | 'current'
  | 'onDidFinish'
  | 'onDidChangeState'
  | 'onDidProgress'
  | 'check'
  | 'takeScreenshot'
  | 'mapPage'
  | 'renderReport'
  | 'stop'
>;
