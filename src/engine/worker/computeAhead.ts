import { setTimeout as delay } from 'node:timers/promises';
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

/** By then the one question of Accessibility has left this process. Milliseconds. */
const QUESTION_SENT = 50;

/**
 * Computes Lighthouse's longest computations on the trace while this process would only wait for the browser. Audits
 * find the results in the run's cache, where they would put them.
 */
class ComputeAhead extends BaseGatherer {
  ended?: Promise<void>;

  /** @param beside the artifact that is gathered meanwhile; CSSUsage says itself when everything was asked */
  constructor(private readonly beside: string) {
    super();
  }

  override getArtifact({ dependencies, settings, baseArtifacts, ...context }: Context): void {
    const { SourceMaps, DevtoolsLog: devtoolsLog } = dependencies;
    const { HostDPR, GatherContext: gatherContext, URL } = baseArtifacts;
    // an error is told by the audits that need the result
    const compute = (computation: (trace: Trace) => Promise<unknown>) => async () => {
      const trace = await globalThis.uxAuditTrace?.catch(() => undefined);
      if (trace) await computation(trace).catch(() => {});
    };
    const page = { settings, SourceMaps, HostDPR };
    const insights = compute((trace) => TraceEngineResult.request({ trace, ...page } as never, context));
    const pictures = compute((trace) => Speedline.request(trace, context));
    const metrics = compute((trace) =>
      TimingSummary.request({ trace, devtoolsLog, gatherContext, URL, simulator: null, ...page } as never, context),
    );
    const whileAsked = (answer: Promise<unknown>) => {
      let isAnswered = false;
      const answered = answer.finally(() => {
        isAnswered = true;
      });
      this.ended ??= Promise.race([answered, globalThis.uxAuditTrace])
        .catch(() => {})
        .then(() => (isAnswered ? undefined : insights()));
    };
    globalThis.uxAuditAhead = { whileAsked, whilePausing: metrics };
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
/** What keeps the page busy for long. While the first of these is answered, the trace arrives and is computed with. */
const long = ['Accessibility', 'CSSUsage'];

/**
 * A configuration whose run computes ahead. The same artifacts are gathered in another order: those that the computations
 * need first; without Accessibility, CSSUsage as early as can be, since the browser still writes the trace down; the trace
 * before the first that needs it.
 */
export function computingAhead({ resolvedConfig, ...others }: Initialized): Initialized {
  const { artifacts = [], audits } = resolvedConfig;
  const named = (...ids: string[]) => ids.flatMap((id) => artifacts?.filter((artifact) => artifact.id === id) ?? []);
  const isMeasured = audits?.some(({ implementation }) => implementation.meta.id === 'speed-index');
  const beside = long.find((id) => named(id).length > 0);
  if (!isMeasured || !beside || named(...needed, 'Trace').length <= needed.length) return { resolvedConfig, ...others };
  const styles = named('Stylesheets', 'CSSUsage'); // in this order style sheets are read once (bundleLighthouse.mjs)
  const early = [...named(...needed), ...(beside === 'CSSUsage' ? styles : [])];
  const moved = [...early, ...styles, ...named('Trace')];
  const rest = (artifacts ?? []).flatMap((artifact) => {
    if (artifact.id === 'Stylesheets' && !early.includes(artifact)) return styles;
    if (artifact.id === 'TraceElements') return [...named('Trace'), artifact];
    return moved.includes(artifact) ? [] : [artifact];
  });
  const computing = new ComputeAhead(beside);
  const dependencies = { SourceMaps: { id: 'SourceMaps' }, DevtoolsLog: { id: 'DevtoolsLog' } };
  const pseudo = (id: string, instance: BaseGatherer) => ({ id, gatherer: { instance }, dependencies }) as never;
  const ordered = [...early, ...rest].flatMap((artifact) =>
    artifact.id === beside
      ? [pseudo('ComputeAhead', computing), artifact, pseudo('ComputedAhead', new ComputedAhead(computing))]
      : [artifact],
  );
  return { ...others, resolvedConfig: { ...resolvedConfig, artifacts: ordered } };
}
