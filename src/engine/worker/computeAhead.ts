import { Speedline } from 'lighthouse/core/computed/speedline.js';
import { TraceEngineResult } from 'lighthouse/core/computed/trace-engine-result.js';
import type { initializeConfig } from 'lighthouse/core/config/config.js';
import BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';

export type Trace = Parameters<typeof Speedline.request>[0];
type Initialized = Awaited<ReturnType<typeof initializeConfig>>;
type Context = Parameters<BaseGatherer['getArtifact']>[0] & {
  dependencies: { SourceMaps: object[] };
};

/** By then the one question of Accessibility has left this process. Milliseconds. */
const QUESTION_SENT = 50;

/**
 * Computes Lighthouse's two longest computations on the trace while the page is still asked about its elements: this
 * process would only wait for the browser then. Audits find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  /** @param beside the artifact that is gathered meanwhile; ImageElements says itself when everything was asked */
  constructor(private readonly beside: string) {
    super();
  }

  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps } = dependencies;
    const { HostDPR } = baseArtifacts;
    const compute = async () => {
      const trace = await globalThis.uxAuditTrace;
      if (!trace) return;
      await TraceEngineResult.request({ trace, settings, SourceMaps, HostDPR } as never, context);
      await Speedline.request(trace, context);
    };
    globalThis.uxAuditComputeAhead = () => {
      globalThis.uxAuditAhead ??= compute().catch(() => {}); // an error is told by the audits that need the result
    };
    if (this.beside === 'Accessibility') setTimeout(globalThis.uxAuditComputeAhead, QUESTION_SENT);
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
  const beside = rest[at]?.id;
  if (!isMeasured || first.length < needed.length || trace.length === 0 || !beside)
    return { resolvedConfig, ...others };
  const ahead = {
    id: 'ComputeAhead',
    gatherer: { instance: new ComputeAhead(beside) },
    dependencies: { SourceMaps: { id: 'SourceMaps' } },
  } as never;
  const ordered = [...first, ...rest.slice(0, at), ahead, ...rest.slice(at, at + 1), ...trace, ...rest.slice(at + 1)];
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: ordered } };
}
