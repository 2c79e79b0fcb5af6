import type { Patch } from './patch.mts';

/**
 * Lets the worker analyse the trace while the page answers. The browser takes over a second to write the trace and send
 * it, but stops recording at once, so Lighthouse asks the page about its elements meanwhile. Code that needs the trace
 * waits for it. While the worker waits for the page, it does Lighthouse's longest computations
 * (inWorker/computeAhead.ts).
 *
 * Gain on the clock: 2.7, 1.5 and 1.3 % (sample shop, sb-admin-2, admin-lte). Of processor time none. Upstream: none
 * filed.
 */
export const computeAhead: Patch = {
  name: 'computeAhead',
  changes: [
    {
      module: 'lighthouse/core/gather/navigation-runner.js',
      uses: { 'inWorker/computeAhead.ts': ['computingAhead'] },
      replace: [
        [
          'const computedCache = new Map();',
          `resolvedConfig.artifacts = computingAhead(resolvedConfig);
  const computedCache = new Map();`,
        ],
      ],
    },
    {
      module: 'lighthouse/core/gather/gatherers/trace.js',
      uses: { 'inWorker/computeAhead.ts': ['stopRecording', 'traceOf'] },
      replace: [
        [
          'this._trace = await Trace.endTraceAndCollectEvents(driver.defaultSession);',
          'await stopRecording(driver.defaultSession, Trace.endTraceAndCollectEvents);',
        ],
        [
          'getArtifact() {\n    return this._trace;',
          'getArtifact({driver}) {\n    return traceOf(driver.defaultSession);',
        ],
      ],
    },
    {
      // axe keeps the page busy for long.
      module: 'lighthouse/core/gather/gatherers/accessibility.js',
      uses: { 'inWorker/computeAhead.ts': ['whileWaiting'] },
      replace: [
        [
          'return driver.executionContext.evaluate(',
          'return whileWaiting(driver.defaultSession, driver.executionContext.evaluate(',
        ],
        [/runA11yChecks,\s*\],\s*\}\);/, 'runA11yChecks]}));'],
      ],
    },
    {
      // The same requests, sent at once.
      module: 'lighthouse/core/gather/gatherers/css-usage.js',
      uses: { 'inWorker/computeAhead.ts': ['trackRules'] },
      replace: [
        [
          /await session\.sendCommand\('CSS\.startRuleUsageTracking'\);[\s\S]*?\('CSS\.stopRuleUsageTracking'\);/,
          `const {ruleUsage} = await trackRules(session, () =>
      executionContext.evaluate(() => window.getComputedStyle(document.body), {args: []}));`,
        ],
      ],
    },
    // Answers whose limits are short, 250 ms to 2 s, would wait behind the trace and be lost.
    {
      module: 'lighthouse/core/gather/gatherers/image-elements.js',
      uses: { 'inWorker/computeAhead.ts': ['traceIsThere'] },
      replace: [
        [
          'let reachedGatheringBudget = false;',
          `if (elements.some(({isPicture, isCss, srcset}) => isPicture || isCss || srcset)) {
      await traceIsThere(driver.defaultSession);
    }
    let reachedGatheringBudget = false;`,
        ],
      ],
    },
    {
      module: 'lighthouse/core/gather/fetcher.js',
      uses: { 'inWorker/computeAhead.ts': ['traceIsThere'] },
      replace: [
        [
          'return this._fetchResourceOverProtocol(url, options);',
          `await traceIsThere(this.session);
    return this._fetchResourceOverProtocol(url, options);`,
        ],
      ],
    },
    {
      module: 'lighthouse/core/gather/driver/network.js',
      uses: { 'inWorker/computeAhead.ts': ['traceIsThere'] },
      replace: [
        [
          'session.setNextProtocolTimeout(timeout);',
          `await traceIsThere(session);
  session.setNextProtocolTimeout(timeout);`,
        ],
      ],
    },
    {
      // A pause, in which the worker handles the browser's messages.
      module: 'lighthouse/core/gather/gatherers/bf-cache-failures.js',
      uses: { 'inWorker/computeAhead.ts': ['whileWaiting'] },
      replace: [
        [
          'await new Promise(resolve => setTimeout(resolve, AFTER_RETURN_TIMEOUT));',
          `await whileWaiting(session, new Promise(resolve => setTimeout(resolve, AFTER_RETURN_TIMEOUT)));
    await new Promise(setImmediate);`,
        ],
      ],
    },
  ],
};
