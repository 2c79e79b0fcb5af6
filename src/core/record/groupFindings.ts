import { byCodeUnit } from './canonicalText';
import { type Finding, statuses } from './record';
import { severityOf, severityText } from './severity';
import { stages } from './stages';

/** By problem there are no groups above the problems themselves. */
export const groupings = ['problem', 'page', 'stage', 'severity', 'owner', 'status'] as const;
export type Grouping = (typeof groupings)[number];

/** A group of findings, in the given order. */
export interface FindingGroup {
  name: string;
  findings: Finding[];
}

function keyOf(finding: Finding, grouping: Grouping): { name: string; order: number } {
  switch (grouping) {
    case 'problem':
      return { name: '', order: 0 };
    case 'page':
      return { name: finding.target, order: 0 };
    case 'owner':
      return finding.state.owner ? { name: finding.state.owner, order: 0 } : { name: 'nobody yet', order: 1 };
    case 'stage': {
      const { stage } = finding.cx ?? {};
      if (stage === undefined) return { name: 'no stage', order: 99 };
      const index = (stages as readonly string[]).indexOf(stage);
      return { name: stage, order: index < 0 ? 98 : index };
    }
    case 'status': {
      const index = (statuses as readonly string[]).indexOf(finding.state.status);
      return { name: finding.state.status, order: index < 0 ? 99 : index };
    }
    case 'severity': {
      const severity = severityOf(finding);
      if (severity === undefined) return { name: 'not rated', order: 9 };
      const rounded = Math.round(severity);
      return { name: severityText(rounded), order: 4 - rounded };
    }
  }
}

/** Groups findings. Groups are in their natural order, findings in the given one. */
export function groupFindings(findings: readonly Finding[], grouping: Grouping): FindingGroup[] {
  const groups = new Map<string, FindingGroup & { order: number }>();
  for (const finding of findings) {
    const { name, order } = keyOf(finding, grouping);
    const group = groups.get(name) ?? { name, order, findings: [] };
    group.findings.push(finding);
    groups.set(name, group);
  }
  return [...groups.values()]
    .sort((a, b) => a.order - b.order || byCodeUnit(a.name, b.name))
    .map(({ name, findings: members }) => ({ name, findings: members }));
}
