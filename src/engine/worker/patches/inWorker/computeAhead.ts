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

/** How long a request takes to leave this process. Milliseconds. */
const QUESTION_SENT = 20;
/** How long to wait until the browser's processes stop recording; a page takes 1 to 2 ms. Milliseconds. */
const STOPS_WITHIN = 50;

/** The trace of each session's run. */
const traces = new WeakMap<Session, Promise<Trace>>();
/** The computations that are left in each run. */
const computations = new WeakMap<Session, ((trace: Trace) => Promise<unknown>)[]>();

/** Ends the recording; {@link traceOf} gives the trace once the browser has sent it. */
export async function stopRecording(session: Session, collect: (session: Session) => Promise<Trace>): Promise<void> {
  const trace = Promise.race([collect(session), session.onCrashPromise()]);
  trace.catch(() => {}); // a caller of traceOf gets the error
  traces.set(session, trace);
  await session.sendCommand('Browser.getVersion').catch(() => {}); // after its answer the browser has begun to stop
  await delay(STOPS_WITHIN);
}

/** The trace of a run; undefined unless {@link stopRecording} ended it. */
export function traceOf(session: Session): Promise<Trace> | undefined {
  return traces.get(session);
}

/** Waits until the browser has sent the trace. */
export async function traceIsThere(session: Session): Promise<void> {
  await traceOf(session)?.catch(() => {}); // code that needs it gets the error
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
  const trace = await Promise.race([answered, traceOf(session)]).catch(() => {}); // code that needs it gets the error
  while (trace && !isAnswered && left.length > 0) {
    const compute = left.shift();
    await compute?.(trace).catch(() => {}); // the audit that needs the result gets the error
    await setImmediate(); // handles the browser's messages
  }
  return answer;
}

/** Tracks which CSS rules are used. Sends all requests at once, so that the worker can compute meanwhile. */
export async function trackRules(session: Session, computeStyles: () => Promise<unknown>) {
  const started = session.sendCommand('CSS.startRuleUsageTracking');
  const styled = computeStyles();
  for (const answer of [started, styled]) answer.catch(() => {}); // awaited below
  await setImmediate();
  const used = await whileWaiting(session, session.sendCommand('CSS.stopRuleUsageTracking'));
  await Promise.all([started, styled]);
  return used;
}

/** Lists Lighthouse's longest computations on the trace. Audits find the results in Lighthouse's own cache. */
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

/** The artifacts that the computations need. None of them asks the page about its elements. */
const needed = ['DevtoolsLog', 'Scripts', 'SourceMaps'];

/**
 * Reorders the artifacts of a run that computes ahead. First come those that the computations need; then, while the
 * browser still writes the trace, the one that keeps the page busy for long (Accessibility, or without it CSSUsage).
 * The trace comes before the first artifact that needs it, and before a file that would wait for it.
 */
export function computingAhead({ artifacts, audits }: Config): Config['artifacts'] {
  const named = (...ids: string[]) => ids.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const [first, trace] = [named(...needed), named('Trace')];
  if (!isMeasured || first.length < needed.length || trace.length === 0) return artifacts;
  const traced = [...trace, ...named('LlmsTxt')];
  const early = [
    ...(named('Accessibility').length > 0 ? [] : named('CSSUsage')),
    ...(named('TraceElements').length > 0 ? [] : traced), // no other artifact needs it
  ];
  const rest = (artifacts ?? []).flatMap((artifact) => {
    if ([...first, ...early, ...traced].includes(artifact)) return [];
    return artifact.id === 'TraceElements' ? [...traced, artifact] : [artifact];
  });
  const computing = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead() },
    dependencies: { SourceMaps: { id: 'SourceMaps' }, DevtoolsLog: { id: 'DevtoolsLog' } },
  } as never;
  return [...first, computing, ...early, ...rest];
}
