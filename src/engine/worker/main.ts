import { readFile, writeFile } from 'node:fs/promises';
import { generateReport } from 'lighthouse';
import { errorText } from '../../core/errors';
import type { SessionEvent } from '../../core/journey/sessionCount';
import type {
  AuditRequest,
  CheckRequest,
  FromWorker,
  LinksRequest,
  LookRequest,
  MapRequest,
  RecordRequest,
  RenderRequest,
  ScreenshotRequest,
  SessionRequest,
  SignInRequest,
  ToWorker,
  VisitRequest,
  WalkRequest,
  WorkerRequest,
} from '../../protocol/workerMessages';
import { Auditor } from './auditor';
import { check, sortAudits } from './check';
import { recordOnce } from './journey/recordOnce';
import { walkOnce } from './journey/walkOnce';
import { linksOf } from './links';
import { look as lookAt } from './login/prove';
import { signInOnce } from './login/signInOnce';
import { mapPage } from './mapPage';
import { PagesAtRest } from './pagesAtRest';
import { browserDied } from './runErrors';
import { takeScreenshot } from './screenshot';
import { runSession } from './session/runSession';
import type { PictureTaker } from './session/session';
import { visit } from './visit';

/**
 * The audit worker: the only process that loads Lighthouse. AuditEngine forks it. It takes one request at a time,
 * but for audits of pages at rest, and ends with its browsers when its parent ends or anything unexpected happens.
 */
function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) return resolve();
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

let auditor: Auditor | undefined;
let atRest: PagesAtRest | undefined;
/** Ends what a person does in the browser: a recording, a session, signing in, or bringing a page to a state. */
let stopRecording: AbortController | undefined;
/** The requests under way: one, or several audits of pages at rest. */
const busyWith = new Set<number>();

async function end(): Promise<never> {
  await Promise.all([auditor?.dispose().catch(() => {}), atRest?.dispose()]);
  process.exit();
}

async function audit(request: AuditRequest): Promise<void> {
  if (!auditor || !atRest) throw new Error('an audit was asked for before the start');
  if (request.isAside) {
    await send({ type: 'audited', id: request.id, ...(await atRest.audit(request)) });
    return;
  }
  await atRest.dispose(); // a second browser would disturb the load
  const { set, reports } = await auditor.audit(request, (phase, run, repeated) => {
    void send({ type: 'phase', id: request.id, phase, run, runs: request.runs, repeated });
  });
  await send({ type: 'audited', id: request.id, set, reports });
}

async function look(request: CheckRequest): Promise<void> {
  if (!auditor) throw new Error('a check was asked for before the start');
  const { audits, ...left } = sortAudits(request.audits);
  const report = audits.length > 0 ? await auditor.inBrowser({ ...request, audits }, check, true) : undefined;
  await send({ type: 'checked', id: request.id, ...left, ...(report && { report }) });
}

async function open(request: VisitRequest): Promise<void> {
  if (!auditor) throw new Error('a visit was asked for before the start');
  await auditor.inBrowser(request, visit);
  await send({ type: 'visited', id: request.id });
}

async function render({ id, report, html }: RenderRequest): Promise<void> {
  const result = JSON.parse(await readFile(report, 'utf8'));
  await writeFile(html, generateReport(result, 'html'));
  await send({ type: 'rendered', id });
}

async function screenshot(request: ScreenshotRequest): Promise<void> {
  if (!auditor) throw new Error('a screenshot was asked for before the start');
  await send({ type: 'screenshotTaken', id: request.id, file: await auditor.inBrowser(request, takeScreenshot) });
}

async function map(request: MapRequest): Promise<void> {
  if (!auditor) throw new Error('a map was asked for before the start');
  const stop = new AbortController();
  stopRecording = stop;
  const { isVisible, ...asked } = request;
  const shown = { ...asked, isVisible: request.by === 'hand' && isVisible !== false };
  const map = await auditor.inBrowser(shown, (browser) => mapPage(browser, request, stop.signal));
  await send({ type: 'mapped', id: request.id, map });
}

async function go(request: WalkRequest): Promise<void> {
  if (!auditor) throw new Error('a walk was asked for before the start');
  const onStep = (step: string) => void send({ type: 'step', id: request.id, step });
  await send({ type: 'walked', id: request.id, ...(await walkOnce(auditor, request, onStep)) });
}

async function readLinks(request: LinksRequest): Promise<void> {
  if (!auditor) throw new Error('links were asked for before the start');
  await send({ type: 'linked', id: request.id, ...(await auditor.inBrowser(request, linksOf)) });
}

async function record(request: RecordRequest): Promise<void> {
  if (!auditor) throw new Error('a recording was asked for before the start');
  const stop = new AbortController();
  stopRecording = stop;
  const { id } = request;
  const goOn = () => {}; // Ctrl+C reaches this process too, and ends the recording through its parent
  process.on('SIGINT', goOn);
  const actions = await recordOnce(auditor, request, stop.signal, (from, changed) => {
    void send({ type: 'actions', id, from, actions: changed });
  }).finally(() => process.off('SIGINT', goOn));
  await send({ type: 'recorded', id, actions });
}

/** Goes on in the session that is under way. */
let goOnInSession = () => {};

/** Takes a picture in the session that is under way. */
let takePictureInSession: PictureTaker | undefined;

async function participate(request: SessionRequest): Promise<void> {
  if (!auditor) throw new Error('a session was asked for before the start');
  const stop = new AbortController();
  stopRecording = stop;
  const { id } = request;
  const next = () =>
    new Promise<void>((resolve) => {
      goOnInSession = resolve;
    });
  const hear = (event: SessionEvent, at: number) => void send({ type: 'happened', id, event, at });
  const onTask = (take?: PictureTaker) => {
    takePictureInSession = take;
  };
  const goOn = () => {}; // Ctrl+C reaches this process too, and ends the session through its parent
  process.on('SIGINT', goOn);
  const answers = await runSession(auditor, request, hear, { next, onTask, stop: stop.signal }).finally(() => {
    process.off('SIGINT', goOn);
    takePictureInSession = undefined;
  });
  await send({ type: 'sessionEnded', id, answers });
}

async function signIn(request: SignInRequest): Promise<void> {
  if (!auditor) throw new Error('a login was asked for before the start');
  const stop = new AbortController();
  stopRecording = stop;
  await send({ type: 'signedIn', id: request.id, ...(await signInOnce(auditor, request, stop.signal)) });
}

async function see(request: LookRequest): Promise<void> {
  if (!auditor) throw new Error('a look was asked for before the start');
  await send({ type: 'seen', id: request.id, proof: await auditor.inBrowser(request, lookAt) });
}

function perform(request: WorkerRequest): Promise<void> {
  switch (request.type) {
    case 'audit':
      return audit(request);
    case 'check':
      return look(request);
    case 'visit':
      return open(request);
    case 'render':
      return render(request);
    case 'screenshot':
      return screenshot(request);
    case 'map':
      return map(request);
    case 'walk':
      return go(request);
    case 'links':
      return readLinks(request);
    case 'record':
      return record(request);
    case 'session':
      return participate(request);
    case 'signIn':
      return signIn(request);
    case 'look':
      return see(request);
  }
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'start') {
    auditor = new Auditor(
      message,
      (text) => void send({ type: 'notice', message: text }),
      (pid, running) => void send({ type: 'browser', pid, running }),
    );
    atRest = new PagesAtRest(auditor, message.temporaryFolder);
    return;
  }
  if (message.type === 'stop') return stopRecording?.abort();
  if (message.type === 'next') return goOnInSession();
  if (message.type === 'picture') return void takePictureInSession?.(message.file, message.mask).catch(() => {});
  const { id } = message;
  busyWith.add(id);
  void perform(message)
    .catch((error: unknown) => send({ type: 'failed', id, error: errorText(error) }))
    .finally(() => busyWith.delete(id));
});
process.on('disconnect', () => void end());
/** Puppeteer's errors of a request to a tab or browser that is closed. */
const CLOSED = new Set(['TargetCloseError', 'ConnectionClosedError']);
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, async (error: unknown) => {
    // Lighthouse leaves requests behind that nobody waits for; whoever uses the browser hears of its end by itself
    if (event === 'unhandledRejection' && error instanceof Error && CLOSED.has(error.name)) return;
    const reason = auditor?.browserHasEnded ? browserDied() : error; // the state of this process is unreliable now
    await Promise.all([...busyWith].map((id) => send({ type: 'failed', id, error: errorText(reason) })));
    await end();
  });
}
