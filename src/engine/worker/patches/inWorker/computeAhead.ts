import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { TimingSummary } from 'lighthouse/core/computed/metrics/timing-summary.js';
import { Speedline } from 'lighthouse/core/computed/speedline.js';
import { TraceEngineResult } from 'lighthouse/core/computed/trace-engine-result.js';
import type { initializeConfig } from 'lighthouse/core/config/config.js';
import BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';

type Trace = Parameters<typeof Speedline.request>[0];
type Config = Awaited<ReturnType<typeof initializeConfig>>['resolvedConfig'];
type Context = Parameters<BaseGatherer['getArtifact']>[0] & {
  dependencies: { SourceMaps: object[]; DevtoolsLog: object[] };
};
type Session = Context['driver']['defaultSession'];

/** By then a question has left this process. Milliseconds. */
const QUESTION_SENT = 20;
/** By then no process of the browser records any more; a page stops within 1 to 2 ms. Milliseconds. */
const STOPS_WITHIN = 50;

/** The trace of the run that a session belongs to. */
const traces = new WeakMap<Session, Promise<Trace>>();
/** What is still to be computed in that run. */
const computations = new WeakMap<Session, ((trace: Trace) => Promise<unknown>)[]>();

/** Ends the recording; {@link traceOf} gives the trace once the browser has sent it. */
export async function stopRecording(session: Session, collect: (session: Session) => Promise<Trace>): Promise<void> {
  const trace = Promise.race([collect(session), session.onCrashPromise()]);
  trace.catch(() => {}); // whoever asks for the trace is told
  traces.set(session, trace);
  await session.sendCommand('Browser.getVersion').catch(() => {}); // then the browser has heard that it is to stop
  await delay(STOPS_WITHIN);
}

/** The trace of a run; undefined unless {@link stopRecording} ended it. */
export function traceOf(session: Session): Promise<Trace> | undefined {
  return traces.get(session);
}

/** Waits for an answer, and computes ahead until it comes. */
export async function whileWaiting<T>(session: Session, answer: Promise<T>): Promise<T> {
  const left = computations.get(session) ?? [];
  if (left.length === 0) return answer;
  let isAnswered = false;
  const noteAnswer = () => {
    isAnswered = true;
  };
  const answered = answer.then(noteAnswer, noteAnswer);
  await Promise.race([answered, delay(QUESTION_SENT)]);
  const trace = await Promise.race([answered, traceOf(session)]).catch(() => {}); // whoever needs the trace is told
  while (trace && !isAnswered && left.length > 0) {
    const compute = left.shift();
    await compute?.(trace).catch(() => {}); // the audit that needs the result fails in the same way
    await setImmediate(); // hears what the browser said meanwhile
  }
  return answer;
}

/** Tracks which rules of style sheets are used; asks everything at once, so that the worker can compute meanwhile. */
export async function trackRules(session: Session, computeStyles: () => Promise<unknown>) {
  const started = session.sendCommand('CSS.startRuleUsageTracking');
  const styled = computeStyles();
  for (const answer of [started, styled]) answer.catch(() => {}); // heard below
  await setImmediate();
  const used = await whileWaiting(session, session.sendCommand('CSS.stopRuleUsageTracking'));
  await Promise.all([started, styled]);
  return used;
}

/** Notes Lighthouse's longest computations on the trace. Audits find the results where they would put them. */
class ComputeAhead extends BaseGatherer {
  override getArtifact({ dependencies, driver, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps, DevtoolsLog: devtoolsLog } = dependencies;
    const { HostDPR, GatherContext: gatherContext, URL } = baseArtifacts;
    const page = { settings, SourceMaps, HostDPR };
    const metrics = { devtoolsLog, gatherContext, URL, simulator: null, ...page };
    computations.set(driver.defaultSession, [
      (trace) => TraceEngineResult.request({ trace, ...page } as never, context),
      (trace) => Speedline.request(trace, context),
      (trace) => TimingSummary.request({ trace, ...metrics } as never, context),
    ]);
  }
}

/** The computations need these, and none of them asks the page about its elements. */
const needed = ['DevtoolsLog', 'Scripts', 'SourceMaps'];

/**
 * The artifacts of a run that computes ahead: the same in another order. First come those that the computations need;
 * then, while the browser still writes the trace down, what keeps the page busy for long (Accessibility, or without it
 * CSSUsage); the trace comes before the first that needs it.
 */
export function computingAhead({ artifacts, audits }: Config): Config['artifacts'] {
  const named = (...ids: string[]) => ids.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const [first, trace] = [named(...needed), named('Trace')];
  if (!isMeasured || first.length < needed.length || trace.length === 0) return artifacts;
  const early = [
    ...(named('Accessibility').length > 0 ? [] : named('CSSUsage')),
    ...(named('TraceElements').length > 0 ? [] : trace), // nothing that is asked of the page needs it
  ];
  const rest = (artifacts ?? []).flatMap((artifact) => {
    if ([...first, ...early, ...trace].includes(artifact)) return [];
    return artifact.id === 'TraceElements' ? [...trace, artifact] : [artifact];
  });
  const computing = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead() },
    dependencies: { SourceMaps: { id: 'SourceMaps' }, DevtoolsLog: { id: 'DevtoolsLog' } },
  } as never;
  return [...first, computing, ...early, ...rest];
}
