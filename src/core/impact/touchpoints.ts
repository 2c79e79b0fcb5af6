import type { Asked } from '../evaluation/asked';
import { type Stage, stages } from '../record/stages';
import { counted } from '../text/counted';
import type { RankedFinding } from './fixFirst';
import type { ImpactTarget } from './impactData';
import type { ImpactFilter } from './impactFilter';
import type { ImpactValue } from './impactValue';
import type { Known } from './tiles';

/** A journey, a touchpoint off the web, or a page that the team gave a stage: what is known of it, and what is not. */
export interface Touchpoint {
  target: string;
  /** What people read instead of its name. */
  title: string;
  isJourney: boolean;
  /** `phone`, `page`, `journey of 3 steps`. */
  what: string;
  owner: string | undefined;
  /** Figures of people; lab values of a page stand on its own page. */
  values: ImpactValue[];
  /** Open findings, in the one order. */
  findings: RankedFinding[];
  asked: Asked[];
  /** What the team does not have yet, in words; empty when it has all. */
  missing: string[];
}

/** The touchpoints of a stage; undefined: the team gave them none. */
export interface TouchpointStage {
  stage: Stage | undefined;
  touchpoints: Touchpoint[];
}

/**
 * The journeys and touchpoints by stage, in the order of the record. Pages are among them only where the team says to
 * which stage they belong.
 * @param known with the filter, where one leaves out targets
 */
export function touchpointsOf({ filter = {}, ...known }: Known & { filter?: ImpactFilter }): TouchpointStage[] {
  const shown = known.data.targets.filter(
    ({ slug, kind, stage }) =>
      (kind !== 'page' || stageOf(stage) !== undefined) &&
      (filter.target === undefined || filter.target === slug) &&
      (filter.stage === undefined || filter.stage === stage),
  );
  return [...stages, undefined].flatMap((stage): TouchpointStage[] => {
    const touchpoints = shown
      .filter((one) => stageOf(one.stage) === stage)
      .map((one) => touchpoint(one, known, filter));
    return touchpoints.length > 0 ? [{ stage, touchpoints }] : [];
  });
}

const stageOf = (word: string | undefined) => stages.find((one) => one === word);

function touchpoint(target: ImpactTarget, { view, ranked }: Known, { segment }: ImpactFilter): Touchpoint {
  const { slug, kind, title = slug, steps = 0, channel, owner, asked = [], awaited = [] } = target;
  const values = view.values.filter(({ target: of, basis }) => of === slug && basis !== 'lab');
  const findings = ranked.filter((one) => one.target === slug);
  const words: Record<string, string> = {
    journey: `journey of ${counted(steps, 'step')}`,
    touchpoint: channel ?? 'channel not given',
  };
  return {
    target: slug,
    title,
    isJourney: kind === 'journey',
    what: words[kind] ?? kind,
    owner,
    values,
    findings,
    asked,
    missing: [
      ...(values.length === 0 ? [segment === undefined ? 'a figure' : `a figure of ${segment}`] : []),
      ...(kind !== 'page' && asked.length + awaited.length === 0 ? ['a submitted evaluation'] : []),
      ...awaited.map((checklist) => `what ${checklist} found (an evaluation is still open)`),
      ...(owner === undefined ? ['an owner'] : []),
    ],
  };
}

/** `journey-cx: 9 of 12 questions passed, 3 failed (2 evaluators)`; of steps: `…, 3 failed in 2 of 4 steps (…)` */
export function askedText({ checklist, people, of, failed, steps }: Asked): string {
  const where = steps === undefined || failed === 0 ? '' : ` in ${steps.failed} of ${counted(steps.of, 'step')}`;
  const who = counted(people, 'evaluator');
  return `${checklist}: ${of - failed} of ${counted(of, 'question')} passed, ${failed} failed${where} (${who})`;
}
