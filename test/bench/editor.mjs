import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../hosts/browser.mjs';
import { startHost, workbenchUrl } from '../hosts/server.mjs';
import { median, spread, table } from './measure.mjs';

const limits = { activation: 30, delay: 20, tree: 100 };
/** Of the record whose view is refreshed. */
const findings = 10_000;
const limitMs = 300_000;
const shopFolder = 'media/sample-shop/flawed';

/** What the suite needs to audit a page of its workspace, and to have the terminal program audit the same page. */
function auditOf(root, chrome) {
  const shop = path.join(root, shopFolder);
  const cli = [
    path.join(root, 'dist/cli.mjs'),
    'audit',
    'index.html',
    '--serve',
    shop,
    '--no-record',
    '--yes',
    '--quiet',
  ];
  return {
    UX_AUDIT_BENCH_PAGE: 'index.html',
    UX_AUDIT_BENCH_COMMAND: JSON.stringify([process.execPath, ...cli, '--browser', chrome]),
  };
}

/** Starts one VS Code, runs the suite in its extension host and resolves with its figures. */
async function inFreshHost({ root, output, chrome, bundle }, { audit = false, findings: many = 0 } = {}) {
  const result = path.join(output, 'editor.json');
  rmSync(result, { force: true });
  const host = await startHost({
    host: 'newest',
    workspace: path.join(root, shopFolder),
    underDevelopment: true,
    settings: { 'uxAudit.browserPath': chrome },
    env: {
      UX_AUDIT_BENCH_RESULT: result,
      ...(audit && auditOf(root, chrome)),
      ...(many > 0 && { UX_AUDIT_BENCH_FINDINGS: String(many) }),
    },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const code = new Promise((resolve, reject) => {
      // the workbench calls these two by name: one for console lines, one at the end
      page.exposeFunction('codeAutomationLog', () => {}).catch(reject);
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
      setTimeout(() => reject(new Error(`The extension host did not end in ${limitMs} ms.`)), limitMs).unref();
    });
    const url = workbenchUrl(host, { extensionDevelopmentPath: root, extensionTestsPath: bundle('editorSuite') });
    const [ended] = await Promise.all([code, page.goto(url)]);
    if (ended !== 0 || !existsSync(result)) {
      throw new Error(`The suite failed in VS Code:\n${readFileSync(host.log, 'utf8').slice(-3000)}`);
    }
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** What the extension costs the editor that loads it. */
export async function measure(bench) {
  const { verdicts, pairs = 5 } = bench;
  const load = [];
  const whole = [];
  const first = [];
  for (let host = 1; host <= pairs; host += 1) {
    const figures = await inFreshHost(bench);
    if (figures.wasActive) throw new Error('The extension was active before it was asked for.');
    load.push(figures.load);
    whole.push(figures.load + figures.activate);
    first.push(figures.first);
    const parts = `${figures.load.toFixed(1)} ms to load and ${figures.activate.toFixed(1)} ms to activate`;
    console.log(`fresh VS Code ${host} of ${pairs}: ${parts}`);
  }
  const { idle, elsewhere, audit } = await inFreshHost(bench, { audit: true });
  const { tree } = await inFreshHost(bench, { findings });
  const loop = ({ p99, max }) => `${p99.toFixed(1)} ms (max ${max.toFixed(0)})`;
  const under = { strict: true };
  table(
    ['newest VS Code', 'measured', 'limit', ''],
    [
      [
        `activation with loading, ${pairs} fresh hosts`,
        `${spread(whole, 1)} ms`,
        `under ${limits.activation} ms`,
        verdicts.atMost('editor: activation in ms', median(whole), {
          ...under,
          limit: limits.activation,
          text: `${spread(whole, 1)} ms`,
        }),
      ],
      ['of it loading the code, for comparison', `${spread(load, 1)} ms`, '', ''],
      ['the first command or look at a view then, for comparison', `${spread(first, 1)} ms`, '', ''],
      [
        `findings view of ${findings} findings refreshed, ${tree.length} times`,
        `${spread(tree, 0)} ms`,
        `under ${limits.tree} ms`,
        verdicts.atMost('editor: refresh of the findings view in ms', median(tree), {
          ...under,
          limit: limits.tree,
          text: `${spread(tree, 0)} ms`,
        }),
      ],
      [
        `event loop delay p99 during an audit, ${audit.seconds.toFixed(0)} s`,
        loop(audit),
        `under ${limits.delay} ms`,
        verdicts.atMost('editor: event loop delay p99 during an audit in ms', audit.p99, {
          ...under,
          limit: limits.delay,
          text: loop(audit),
        }),
      ],
      [
        `the same while the terminal program audits, ${elsewhere.seconds.toFixed(0)} s, for comparison`,
        loop(elsewhere),
        '',
        '',
      ],
      [`the same without an audit, ${idle.seconds.toFixed(0)} s, for comparison`, loop(idle), '', ''],
    ],
  );
  console.log(
    "\nActivation is what VS Code's own notes say, with fetching the stored state from the workbench. Delays contain the" +
      ' 5 ms between two samples; what an audit elsewhere causes is the load on the processors, not the extension.',
  );
}
