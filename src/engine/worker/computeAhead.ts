import { setTimeout as delay } from 'node:timers/promises';
import { Speedline } from 'lighthouse/core/computed/speedline.js';
import { TraceEngineResult } from 'lighthouse/core/computed/trace-engine-result.js';
import type { initializeConfig } from 'lighthouse/core/config/config.js';
import BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';

export type Trace = Parameters<typeof Speedline.request>[0];
type Initialized = Awaited<ReturnType<typeof initializeConfig>>;
type Context = Parameters<BaseGatherer['getArtifact']>[0] & {
  dependencies: { SourceMaps: object[] };
};

/** By then the question that keeps the page busy has left this process. Milliseconds. */
const QUESTION_SENT = 50;

/**
 * Starts Lighthouse's two longest computations on the trace while the page is still asked about its elements: this
 * process would only wait for the browser then. Audits find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps } = dependencies;
    const { HostDPR } = baseArtifacts;
    const computed = async () => {
      const [trace] = await Promise.all([globalThis.uxAuditTrace, delay(QUESTION_SENT)]);
      if (!trace) return;
      await TraceEngineResult.request({ trace, settings, SourceMaps, HostDPR } as never, context);
      await Speedline.request(trace, context);
    };
    globalThis.uxAuditAhead = computed().catch(() => {}); // an error is told by the audits that need the result
  }
}

/** The computations need these, and none of them asks the page about its elements. */
const needed = ['DevtoolsLog', 'Scripts', 'SourceMaps'];
/** What keeps the page busy for long: while the first of these is answered, the trace arrives and is computed with. */
const long = ['Accessibility', 'ImageElements'];

/** A configuration whose run computes ahead. The same artifacts are gathered, those that the computations need first. */
export function computingAhead({ resolvedConfig, ...others }: Initialized): Initialized {
  const { artifacts, audits } = resolvedConfig;
  const named = (id: string) => artifacts?.filter((artifact) => artifact.id === id) ?? [];
  const first = needed.flatMap(named);
  const trace = named('Trace');
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const rest = artifacts?.filter((artifact) => ![...first, ...trace].includes(artifact)) ?? [];
  const at = rest.findIndex(({ id }) => long.includes(id));
  if (!isMeasured || first.length < needed.length || trace.length === 0 || at < 0) return { resolvedConfig, ...others };
  const ahead = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead() },
    dependencies: { SourceMaps: { id: 'SourceMaps' } },
  } as never;
  const ordered = [...first, ...rest.slice(0, at), ahead, ...rest.slice(at, at + 1), ...trace, ...rest.slice(at + 1)];
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: ordered } };
}
