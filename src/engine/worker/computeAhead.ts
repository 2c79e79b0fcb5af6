import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { TimingSummary } from 'lighthouse/core/computed/metrics/timing-summary.js';
import { Speedline } from 'lighthouse/core/computed/speedline.js';
import { TraceEngineResult } from 'lighthouse/core/computed/trace-engine-result.js';
import type { initializeConfig } from 'lighthouse/core/config/config.js';
import BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';

export type Trace = Parameters<typeof Speedline.request>[0];
type Initialized = Awaited<ReturnType<typeof initializeConfig>>;
type Context = Parameters<BaseGatherer['getArtifact']>[0] & {
  dependencies: { SourceMaps: object[]; DevtoolsLog: object[] };
};

/** By then a question has left this process. Milliseconds. */
const QUESTION_SENT = 20;

/**
 * Lets Lighthouse's longest computations on the trace be done while this process would only wait for an answer (see
 * bundleLighthouse.mjs for who waits). Audits find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps, DevtoolsLog: devtoolsLog } = dependencies;
    const { HostDPR, GatherContext: gatherContext, URL } = baseArtifacts;
    const page = { settings, SourceMaps, HostDPR };
    const metrics = { devtoolsLog, gatherContext, URL, simulator: null, ...page };
    const left: ((trace: Trace) => Promise<unknown>)[] = [
      (trace) => TraceEngineResult.request({ trace, ...page } as never, context),
      (trace) => Speedline.request(trace, context),
      (trace) => TimingSummary.request({ trace, ...metrics } as never, context),
    ];
    globalThis.uxAuditWhileWaiting = async (answer) => {
      let isAnswered = false;
      const noteAnswer = () => {
        isAnswered = true;
      };
      const answered = answer.then(noteAnswer, noteAnswer);
      await Promise.race([answered, delay(QUESTION_SENT)]);
      const trace = await Promise.race([answered, globalThis.uxAuditTrace]).catch(() => {}); // told by whoever needs it
      while (trace && !isAnswered && left.length > 0) {
        await left
          .shift()?.(trace)
          .catch(() => {}); // likewise
        await setImmediate(); // hears what the browser said meanwhile
      }
    };
  }
}

/** The computations need these, and none of them asks the page about its elements. */
const needed = ['DevtoolsLog', 'Scripts', 'SourceMaps'];

/**
 * A configuration whose run computes ahead. The same artifacts are gathered in another order: those that the computations
 * need first; then, while the browser still writes the trace down, what keeps the page busy for long (Accessibility, or
 * without it CSSUsage); the trace before the first that needs it.
 */
export function computingAhead({ resolvedConfig, ...others }: Initialized): Initialized {
  const { artifacts = [], audits } = resolvedConfig;
  const named = (...ids: string[]) => ids.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const [first, trace] = [named(...needed), named('Trace')];
  if (!isMeasured || first.length < needed.length || trace.length === 0) return { resolvedConfig, ...others };
  const [stylesheets] = named('Stylesheets');
  const styles = stylesheets ? [stylesheets, ...named('CSSUsage')] : []; // so style sheets are read once (bundleLighthouse.mjs)
  const early = [
    ...(named('Accessibility').length > 0 ? [] : styles),
    ...(named('TraceElements').length > 0 ? [] : trace), // nothing that is asked of the page needs it
  ];
  const rest = (artifacts ?? []).flatMap((artifact) => {
    if ([...first, ...early].includes(artifact)) return [];
    if (artifact === stylesheets) return styles;
    if (artifact.id === 'TraceElements') return [...trace, artifact];
    return [...styles, ...trace].includes(artifact) ? [] : [artifact];
  });
  const computing = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead() },
    dependencies: { SourceMaps: { id: 'SourceMaps' }, DevtoolsLog: { id: 'DevtoolsLog' } },
  } as never;
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: [...first, computing, ...early, ...rest] } };
}
