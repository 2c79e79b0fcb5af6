import type { AuditEngine, AuditProgress } from '../engine/auditEngine';
import type { AtRest } from '../engine/sideBySide';

interface Asking {
  engine: Partial<Pick<AuditEngine, 'atRest'>>;
  signal?: AbortSignal | undefined;
  /** Gets the wait for other audits of this machine. */
  onWait?: ((progress: AuditProgress) => void) | undefined;
}

/**
 * Audits pages side by side. When one of the audits rejects, the others are stopped.
 * @param begin begins all audits; what else is to be waited for may be among its promises
 * @throws why the first one rejected, once all have ended; and as AuditEngine.atRest
 */
export async function allAtRest(
  { engine, signal, onWait }: Asking,
  begin: (beside: AtRest) => Promise<unknown>[],
): Promise<void> {
  await engine.atRest?.(
    async ({ audit, visit }) => {
      const stop = new AbortController();
      const either = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
      let reason: [unknown] | undefined;
      const all = begin({
        audit: (request, control) => audit(request, { ...control, signal: either }),
        visit: (request, control) => visit(request, { ...control, signal: either }),
      });
      for (const one of all) {
        one.catch((error: unknown) => {
          reason ??= [error];
          stop.abort(); // no other page can succeed
        });
      }
      await Promise.allSettled(all);
      if (reason) throw reason[0];
    },
    { signal, ...(onWait && { onProgress: onWait }) },
  );
}
