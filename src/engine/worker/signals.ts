import * as z from 'zod/mini';
import type { PageSignals } from '../../core/audit/developmentBuild';
import type { PageReading } from './inPage';

const created = z.object({
  method: z.literal('Network.webSocketCreated'),
  params: z.object({ requestId: z.string(), url: z.string() }),
});
const opened = z.object({
  method: z.literal('Network.webSocketWillSendHandshakeRequest'),
  params: z.object({ requestId: z.string(), request: z.object({ headers: z.record(z.string(), z.string()) }) }),
});
const script = z.object({ content: z.string() });

/** Whether a script of webpack has its modules as texts that are evaluated, as its mode `development` makes it. */
function isEvaluated(entry: unknown): boolean {
  const { content = '' } = script.safeParse(entry).data ?? {};
  return content.includes('eval("') && content.includes('\\n//# sourceURL=webpack');
}

/** What shows a development build: of the page as it was read, and of what Lighthouse recorded. */
export function signalsOf(
  { urls, globals, marks }: Pick<PageReading, 'urls' | 'globals' | 'marks'>,
  artifacts: { DevtoolsLog?: unknown; Scripts?: unknown },
): PageSignals {
  const log = Array.isArray(artifacts.DevtoolsLog) ? artifacts.DevtoolsLog : [];
  const sockets = new Map<string, { url: string; protocol?: string }>();
  for (const message of log) {
    const made = created.safeParse(message).data?.params;
    if (made) sockets.set(made.requestId, { url: made.url });
    const { requestId, request } = opened.safeParse(message).data?.params ?? {};
    const socket = sockets.get(requestId ?? '');
    const protocol = Object.entries(request?.headers ?? {}).find(([name]) => /^sec-websocket-protocol$/i.test(name));
    if (socket && protocol) socket.protocol = protocol[1];
  }
  const scripts = Array.isArray(artifacts.Scripts) ? artifacts.Scripts : [];
  const all = scripts.some(isEvaluated) ? [...marks, 'webpack'] : marks;
  return { urls, globals, marks: all, sockets: [...sockets.values()] };
}
