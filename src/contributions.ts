/** The ids that package.json has too; test/unit/contributions.test.ts compares the two. */
export const commands = {
  auditPage: 'uxAudit.auditPage',
  auditFile: 'uxAudit.auditFile',
  auditWorking: 'uxAudit.auditWorking',
  auditTarget: 'uxAudit.auditTarget',
  auditAs: 'uxAudit.auditAs',
  auditAll: 'uxAudit.auditAll',
  auditChanged: 'uxAudit.auditChanged',
  auditGroup: 'uxAudit.auditGroup',
  auditFolder: 'uxAudit.auditFolder',
  auditAgain: 'uxAudit.auditAgain',
  cancelAudit: 'uxAudit.cancelAudit',
  addTarget: 'uxAudit.addTarget',
  discoverPages: 'uxAudit.discoverPages',
  buildAndAudit: 'uxAudit.buildAndAudit',
  renameTarget: 'uxAudit.renameTarget',
  setTitle: 'uxAudit.setTitle',
  setBelonging: 'uxAudit.setBelonging',
  editAddress: 'uxAudit.editAddress',
  signIn: 'uxAudit.signIn',
  confirmPage: 'uxAudit.confirmPage',
  passConsent: 'uxAudit.passConsent',
  removeTarget: 'uxAudit.removeTarget',
  openPage: 'uxAudit.openPage',
  openResult: 'uxAudit.openResult',
  openReport: 'uxAudit.openReport',
  compareWithPrevious: 'uxAudit.compareWithPrevious',
  openInRecord: 'uxAudit.openFinding',
  openRecord: 'uxAudit.openRecord',
  showFinding: 'uxAudit.showFinding',
  goToCode: 'uxAudit.goToCode',
  checkAgain: 'uxAudit.checkAgain',
  fixPlace: 'uxAudit.fixPlace',
  showMarks: 'uxAudit.showMarks',
  hideMarks: 'uxAudit.hideMarks',
  accept: 'uxAudit.accept',
  falsePositive: 'uxAudit.falsePositive',
  fix: 'uxAudit.fix',
  reopen: 'uxAudit.reopen',
  assign: 'uxAudit.assign',
  setSeverity: 'uxAudit.setSeverity',
  setStage: 'uxAudit.setStage',
  addNote: 'uxAudit.addNote',
  groupFindings: 'uxAudit.groupFindings',
  chooseFindings: 'uxAudit.chooseFindings',
  mergeFindings: 'uxAudit.mergeFindings',
  mergeOther: 'uxAudit.mergeOther',
  copySummary: 'uxAudit.copySummary',
  exportFindings: 'uxAudit.exportFindings',
  importReports: 'uxAudit.importReports',
  showImpact: 'uxAudit.showImpact',
  importOutcomes: 'uxAudit.importOutcomes',
  makeSurvey: 'uxAudit.makeSurvey',
  groupComments: 'uxAudit.groupComments',
  exportImpact: 'uxAudit.exportImpact',
  setFieldKey: 'uxAudit.setFieldKey',
  showJourney: 'uxAudit.showJourney',
  runJourney: 'uxAudit.runJourney',
  runSession: 'uxAudit.runSession',
  editSteps: 'uxAudit.editSteps',
  importRecording: 'uxAudit.importRecording',
  myWork: 'uxAudit.myWork',
  evaluatePage: 'uxAudit.evaluatePage',
  openEvaluation: 'uxAudit.openEvaluation',
  showTogether: 'uxAudit.showTogether',
  addJourney: 'uxAudit.addJourney',
  recordJourney: 'uxAudit.recordJourney',
  addTouchpoint: 'uxAudit.addTouchpoint',
  newChecklist: 'uxAudit.newChecklist',
  editChecklist: 'uxAudit.editChecklist',
  openChecklistFile: 'uxAudit.openChecklistFile',
  shareEvaluation: 'uxAudit.shareEvaluation',
  exportEvaluation: 'uxAudit.exportEvaluation',
  importEvaluation: 'uxAudit.importEvaluation',
  filterFindings: 'uxAudit.filterFindings',
  clearFilter: 'uxAudit.clearFilter',
  doctor: 'uxAudit.doctor',
  chooseBrowser: 'uxAudit.chooseBrowser',
  downloadBrowser: 'uxAudit.downloadBrowser',
  setCredentials: 'uxAudit.setCredentials',
  clearCredentials: 'uxAudit.clearCredentials',
  openSampleShop: 'uxAudit.openSampleShop',
  showLog: 'uxAudit.showLog',
} as const;

/** The commands that load pages or run programs: where there is no machine to do so, they say where they run. */
export const machineCommands = [
  'auditPage',
  'auditFile',
  'auditWorking',
  'auditTarget',
  'auditAs',
  'auditAll',
  'auditChanged',
  'auditGroup',
  'auditFolder',
  'auditAgain',
  'cancelAudit',
  'discoverPages',
  'buildAndAudit',
  'signIn',
  'confirmPage',
  'passConsent',
  'openReport',
  'checkAgain',
  'doctor',
  'chooseBrowser',
  'downloadBrowser',
  'setCredentials',
  'clearCredentials',
  'openSampleShop',
  'runJourney',
  'runSession',
  'recordJourney',
  'makeSurvey',
  'groupComments',
  'shareEvaluation',
] as const satisfies (keyof typeof commands)[];

export type MachineCommand = (typeof machineCommands)[number];

export const views = {
  targets: 'uxAudit.targets',
  findings: 'uxAudit.findings',
  evaluations: 'uxAudit.evaluations',
} as const;

export const webviews = {
  result: 'uxAudit.result',
  finding: 'uxAudit.finding',
  evaluation: 'uxAudit.evaluation',
  checklist: 'uxAudit.checklist',
  impact: 'uxAudit.impact',
  journey: 'uxAudit.journey',
  session: 'uxAudit.session',
  work: 'uxAudit.work',
} as const;

/** The server of tools that agents of VS Code may use. */
export const mcpProvider = 'uxAudit.tools';

/** The context keys that menus and empty views depend on. */
export const contexts = {
  auditing: 'uxAudit.auditing',
  filtered: 'uxAudit.filtered',
  marksShown: 'uxAudit.marksShown',
  hasRecord: 'uxAudit.hasRecord',
  conflicted: 'uxAudit.conflicted',
  hasEvaluations: 'uxAudit.hasEvaluations',
  withoutMachine: 'uxAudit.withoutMachine',
} as const;

/** Settings below `uxAudit.`, with their types. */
export interface Settings {
  browserPath: string;
  handle: string;
  findingsFile: string;
  runs: number;
  formFactor: 'mobile' | 'desktop' | 'both';
  categories: string[];
  lighthouseConfig: string;
  ignoreCertificateErrors: boolean;
  preflight: boolean;
  auditOnSave: boolean;
}
