import { setTimeout as delay } from 'node:timers/promises';
import { Speedline } from 'lighthouse/core/computed/speedline.js';
import { TraceEngineResult } from 'lighthouse/core/computed/trace-engine-result.js';
import type { initializeConfig } from 'lighthouse/core/config/config.js';
import BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';

type Initialized = Awaited<ReturnType<typeof initializeConfig>>;
type Context = Parameters<BaseGatherer['getArtifact']>[0] & {
  dependencies: { Trace: Parameters<typeof Speedline.request>[0]; SourceMaps: object[] };
};

/** By then the question that keeps the page busy has left this process. Milliseconds. */
const QUESTION_SENT = 50;

/**
 * Starts Lighthouse's two longest computations on the trace while the page is still asked about its elements: this
 * process would only wait for the browser then. Audits find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { Trace: trace, SourceMaps } = dependencies;
    const { HostDPR } = baseArtifacts;
    const computed = async () => {
      await delay(QUESTION_SENT);
      await TraceEngineResult.request({ trace, settings, SourceMaps, HostDPR } as never, context);
      await Speedline.request(trace, context);
    };
    globalThis.uxAuditAhead = computed().catch(() => {}); // an error is told by the audits that need the result
  }
}

/** None of these asks the page about its elements, and the computations need them. */
const needed = ['DevtoolsLog', 'Trace', 'Scripts', 'SourceMaps'];
/** What keeps the page busy for long: the first of these that is asked. */
const long = ['Accessibility', 'ImageElements'];

/** A configuration whose run computes ahead. The same artifacts are gathered, those that the computations need first. */
export function computingAhead({ resolvedConfig, ...others }: Initialized): Initialized {
  const { artifacts, audits } = resolvedConfig;
  const first = needed.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const rest = artifacts?.filter((artifact) => !first.includes(artifact)) ?? [];
  const at = rest.findIndex(({ id }) => long.includes(id));
  if (!isMeasured || first.length < needed.length || at < 0) return { resolvedConfig, ...others };
  const ahead = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead() },
    dependencies: { Trace: { id: 'Trace' }, SourceMaps: { id: 'SourceMaps' } },
  } as never;
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: [...first, ...rest.toSpliced(at, 0, ahead)] } };
}
