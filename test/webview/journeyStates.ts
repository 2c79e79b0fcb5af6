import { actionsOf, actionText, editedSteps } from '../../src/core/journey/editSteps';
import { type JourneyData, journeyView } from '../../src/core/journey/journeyView';
import { journeySteps, type Recording } from '../../src/core/journey/recording';
import type { JourneyPageState } from '../../src/protocol/journeyPage';
import { attemptsOf, click, dataOf, figuresOf, finding, marker, recording, runOf } from '../unit/core/journey/build';

export const evil = '<script>window.hacked=1</script>';

/** The state of a page of what is known of a journey. */
export function stateOf(
  data: Partial<JourneyData> = {},
  other: Partial<JourneyPageState> = {},
  of: Recording | null = recording,
): JourneyPageState {
  const steps = of ? journeySteps(of) : undefined;
  const view = journeyView(dataOf({ ...(steps && { steps }), isRecorded: of !== null, ...data }));
  const worst = view.steps[view.worst?.index ?? -1];
  const first = worst?.findings[0];
  const form = of && {
    stamp: 'stamp',
    actions: actionsOf(of).map(actionText),
    steps: editedSteps(of),
    named: { Pay: 2 },
  };
  return {
    view,
    code: worst && first ? { id: first.id, step: worst.name } : null,
    lines: first ? [first.id] : [],
    form: form ?? null,
    isBusy: false,
    edits: false,
    ...other,
  };
}

const waits = [
  [2_100, 1_800, 11_000],
  [2_000, 1_900, 10_400],
  [2_300, 1_700, 11_300],
];
const problems = [
  finding('An invalid card is not explained', 'Pay'),
  finding('Contrast too low', 'Pay', { kind: 'automated', rule: 'lighthouse/color-contrast' }),
  finding(`Said ${evil}`, 'Address', { kind: 'reported', comments: 11, state: { status: 'open', severity: 2 } }),
];

/** A journey of twelve steps with long names, one of them hostile. */
function long(): { of: Recording; names: string[] } {
  const names = Array.from({ length: 12 }, (_, index) =>
    index === 4 ? evil : `Step ${index + 1} of a long way to an insurance of the whole household`,
  );
  const steps = names.flatMap((name, index) => [marker(name), click(`Continue ${index}`)]);
  return { of: { title: 'Long', steps: [{ type: 'navigate', url: 'http://localhost/' }, ...steps] }, names };
}

/** What is known in part or in whole, by name. */
export async function states(): Promise<Record<string, JourneyPageState>> {
  const figures = await figuresOf(attemptsOf(17, [0, 1, 2, 2, 2, 2, 2]));
  const before = await figuresOf(attemptsOf(15, [0, 1, 2, 2, 2], 1), { source: 'round-1.csv', date: '2026-09-10' });
  const earlier = { ...runOf(waits.map((walk) => [...walk.slice(0, 2), 4_000])), at: '2026-11-20T09:00:00.000Z' };
  const { of, names } = long();
  const walk = names.map((_, index) => 300 + 200 * index);
  const full = {
    ...runOf([]),
    walks: [walk, walk].map((each) => ({
      disturbed: false,
      steps: each.map((waiting, index) => ({
        name: names[index] ?? '',
        outcome: 'reached' as const,
        waiting,
        until: 'rest' as const,
        vitals: [],
        requests: 3,
        bytes: 2_000,
        errors: [evil],
      })),
    })),
  };
  return {
    both: stateOf({
      figures: [...before, ...figures],
      runs: [earlier, runOf(waits)],
      findings: problems,
      target: { kind: 'journey', stage: 'purchase', owner: 'ana' },
    }),
    machine: stateOf({ runs: [runOf(waits)] }),
    people: stateOf({ figures }, {}, null),
    nothing: stateOf(),
    unrecorded: stateOf({ steps: [] }, {}, null),
    failed: stateOf({
      runs: [runOf([[900, undefined, undefined]])],
      findings: [
        finding('“Address” cannot be completed', 'Address', { kind: 'automated', rule: 'journey/address-fails' }),
      ],
    }),
    long: stateOf({ runs: [full], findings: [finding(evil, evil), finding('Elsewhere', undefined)] }, {}, of),
    form: stateOf({ runs: [runOf(waits)] }, { edits: true }),
  };
}
