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

/** By then the one question of Accessibility has left this process. Milliseconds. */
const QUESTION_SENT = 50;

/**
 * Computes Lighthouse's two longest computations on the trace while this process would only wait for the browser. Audits
 * find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  ended?: Promise<void>;

  /** @param beside the artifact that is gathered meanwhile; CSSUsage says itself when everything was asked */
  constructor(private readonly beside: string) {
    super();
  }

  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps } = dependencies;
    const { HostDPR } = baseArtifacts;
    // an error is told by the audits that need the result
    const compute = async (computation: (trace: Trace) => Promise<unknown>) => {
      const trace = await globalThis.uxAuditTrace;
      if (trace) await computation(trace);
    };
    const insights = () =>
      compute((trace) => TraceEngineResult.request({ trace, settings, SourceMaps, HostDPR } as never, context)).catch(
        () => {},
      );
    const pictures = () => compute((trace) => Speedline.request(trace, context)).catch(() => {});
    const whileAsked = () => {
      this.ended ??= insights();
    };
    globalThis.uxAuditAhead = { whileAsked, whilePausing: pictures };
    if (this.beside === 'Accessibility') this.ended = delay(QUESTION_SENT).then(insights).then(pictures);
  }
}

/** What has a limit of time in the browser waits until this process is free to hear the answer. */
class ComputedAhead extends BaseGatherer {
  constructor(private readonly ahead: ComputeAhead) {
    super();
  }

  override async getArtifact(): Promise<void> {
    await this.ahead.ended;
  }
}

/** The computations need these, and none of them asks the page about its elements. */
const needed = ['DevtoolsLog', 'Scripts', 'SourceMaps'];
/** What keeps the page busy for long: while the first of these is answered, the trace arrives and is computed with. */
const long = ['Accessibility', 'CSSUsage'];

/**
 * A configuration whose run computes ahead. The same artifacts are gathered, those that the computations need first, and
 * CSSUsage after the others that ask about style sheets, so that the trace has arrived by then.
 */
export function computingAhead({ resolvedConfig, ...others }: Initialized): Initialized {
  const { artifacts = [], audits } = resolvedConfig;
  const named = (...ids: string[]) => ids.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const [first, trace] = [named(...needed), named('Trace')];
  const [stylesheets] = named('Stylesheets');
  const cssUsage = stylesheets ? named('CSSUsage') : [];
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const rest = (artifacts ?? [])
    .filter((artifact) => ![...first, ...trace, ...cssUsage].includes(artifact))
    .flatMap((artifact) => (artifact === stylesheets ? [artifact, ...cssUsage] : [artifact]));
  const at = rest.findIndex(({ id }) => long.includes(id));
  const beside = rest[at]?.id;
  if (!isMeasured || first.length < needed.length || trace.length === 0 || !beside)
    return { resolvedConfig, ...others };
  const computing = new ComputeAhead(beside);
  const pseudo = (id: string, instance: BaseGatherer) =>
    ({ id, gatherer: { instance }, dependencies: { SourceMaps: { id: 'SourceMaps' } } }) as never;
  const ordered = [
    ...first,
    ...rest.slice(0, at),
    pseudo('ComputeAhead', computing),
    ...rest.slice(at, at + 1),
    pseudo('ComputedAhead', new ComputedAhead(computing)),
    ...trace,
    ...rest.slice(at + 1),
  ];
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: ordered } };
}
