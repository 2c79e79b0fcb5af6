// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const lighthouseRoot = path.dirname(require.resolve('lighthouse/package.json'));
const lighthouseVersion = JSON.parse(readFileSync(path.join(lighthouseRoot, 'package.json'), 'utf8')).version;

/** Where the bundled modules pretend to live. Lighthouse only compares such paths with each other. */
const VIRTUAL_ROOT = '/lighthouse';

/** Until every process of the browser has stopped recording once the browser was told to; a page stopped after 1 to 2 ms. Milliseconds. */
const STOPS_WITHIN = 50;

/** Modules that an audit never reaches, with what stands in for them. */
const leftOut = new Map([
  // Error reporting is opt-in in Lighthouse and never switched on here; it would bring 47 MB of OpenTelemetry.
  ['core/lib/sentry.js', sentryStandIn()],
  // Translations: the record is written in one language, so that two people's runs give the same bytes. Its strings must
  // be there: some differ from those in the code, and the report takes its labels from them.
  [
    'shared/localization/locales.js',
    "import english from './locales/en-US.json'; export const locales = {'en-US': english, en: english};",
  ],
  // The report of user flows; no flow is reported yet.
  [
    'report/generator/flow-report-assets.js',
    "export const flowReportAssets = {FLOW_REPORT_TEMPLATE: '', FLOW_REPORT_CSS: '', FLOW_REPORT_JAVASCRIPT: ''};",
  ],
]);

function sentryStandIn() {
  const noop = '() => {}';
  return `export const Sentry = {init: ${noop}, captureMessage: ${noop}, captureBreadcrumb: ${noop}, getContext: ${noop}, captureException: async ${noop}};`;
}

/** @param {string} folder @param {string} prefix @returns {string[]} */
function modulesBelow(folder, prefix = '') {
  const here = path.join(lighthouseRoot, folder, prefix);
  return readdirSync(here, { withFileTypes: true }).flatMap((entry) => {
    const name = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return modulesBelow(folder, name);
    return name.endsWith('.js') ? [name] : [];
  });
}

/**
 * Replaces text that must be there: a Lighthouse release that changes the place stops the build instead of shipping
 * a bundle that measures something else.
 * @param {string} file @param {string} source @param {string | RegExp} pattern @param {string} replacement
 */
function replaceOrFail(file, source, pattern, replacement) {
  const result = source.replace(pattern, () => replacement);
  if (result === source) {
    throw new Error(`Lighthouse ${lighthouseVersion}: ${file} no longer contains ${pattern}`);
  }
  return result;
}

/** @param {string} file @param {string} source @param {[string | RegExp, string][]} replacements */
function replaceEach(file, source, replacements) {
  return replacements.reduce((text, [pattern, by]) => replaceOrFail(file, text, pattern, by), source);
}

/** @param {string} text @param {string[]} names */
function listing(text, names) {
  return replaceOrFail(
    'core/runner.js',
    text,
    /const fileList = \[[\s\S]*?\];/,
    `const fileList = ${JSON.stringify(names)};`,
  );
}

/** Brings `remembered` into a module of Lighthouse. @param {string} source */
function remembering(source) {
  const module = path.join(import.meta.dirname, 'remembered.ts');
  return `import { remembered } from ${JSON.stringify(module)};\n${source}`;
}

/** @type {Map<string, (source: string) => string>} */
const changes = new Map([
  [
    'core/runner.js',
    (source) => {
      const [beforeGatherers, gatherers] = source.split('static getGathererList()');
      return `${listing(beforeGatherers, modulesBelow('core/audits'))}static getGathererList()${listing(gatherers, modulesBelow('core/gather/gatherers'))}`;
    },
  ],
  [
    'core/config/config-helpers.js',
    (source) => {
      const entries = [
        ...modulesBelow('core/audits').map((name) => ['audits', name]),
        ...modulesBelow('core/gather/gatherers').map((name) => ['gather/gatherers', name]),
      ].map(([folder, name]) => {
        const key = `../${folder}/${name.replace(/\.js$/, '')}`;
        return `[${JSON.stringify(key)}, import(${JSON.stringify(`${key}.js`)})]`;
      });
      const bundled = replaceOrFail(
        'core/config/config-helpers.js',
        source,
        '/* BUILD_REPLACE_BUNDLED_MODULES */',
        `[${entries.join(',\n')}]`,
      );
      // Plugins of a person's config are not bundled: they are looked for beside it, as the command does.
      return replaceOrFail(
        'core/config/config-helpers.js',
        bundled,
        'function isBundledEnvironment() {',
        'function isBundledEnvironment() { return false;',
      );
    },
  ],
  [
    // esbuild's keepNames wraps functions in a helper that Lighthouse must hand to the page with them.
    'core/lib/page-functions.js',
    (source) =>
      replaceOrFail(
        'core/lib/page-functions.js',
        source,
        'function isBundledEnvironment() {',
        'function isBundledEnvironment() { return true;',
      ),
  ],
  [
    'shared/root.js',
    () =>
      `export const LH_ROOT = ${JSON.stringify(VIRTUAL_ROOT)}; export const lighthouseVersion = ${JSON.stringify(lighthouseVersion)};`,
  ],
  [
    'shared/localization/format.js',
    (source) => {
      const file = 'shared/localization/format.js';
      const listed = replaceOrFail(file, source, /fs\.readdirSync\(moduleDir \+ '\/locales\/'\)/, "['en-US.json']");
      // Each message is parsed once: the same few hundred are formatted thousands of times in a run.
      return replaceOrFail(
        file,
        listed,
        /const formatter = new IntlMessageFormatCtor\(message, localeForMessageFormat, formats, \{\s*ignoreTag: true,\s*\}\);/,
        `const formatters = (globalThis.uxAuditMessages ??= new Map());
  const formatterKey = localeForMessageFormat + message;
  const formatter = formatters.get(formatterKey) ?? new IntlMessageFormatCtor(message, localeForMessageFormat, formats, {ignoreTag: true});
  formatters.set(formatterKey, formatter);`,
      );
    },
  ],
  [
    // The index is a property of the machine, not of the page: the worker measures it once and says when (see machine.ts).
    'core/gather/driver/environment.js',
    (source) =>
      replaceOrFail(
        'core/gather/driver/environment.js',
        source,
        'async function getBenchmarkIndex(executionContext) {',
        'async function getBenchmarkIndex(executionContext) { if (globalThis.uxAuditBenchmarkIndex !== undefined) return globalThis.uxAuditBenchmarkIndex;',
      ),
  ],
  [
    // The browser takes a second and more to write the trace down and send it. The page is no longer recorded a moment after
    // the browser was told to stop, so it is asked about its elements meanwhile. Whoever needs the trace waits for it.
    'core/gather/gatherers/trace.js',
    (source) => {
      const file = 'core/gather/gatherers/trace.js';
      const stopped = replaceOrFail(
        file,
        source,
        'this._trace = await Trace.endTraceAndCollectEvents(driver.defaultSession);',
        `const session = driver.defaultSession;
    globalThis.uxAuditTrace = Promise.race([Trace.endTraceAndCollectEvents(session), session.onCrashPromise()]);
    globalThis.uxAuditTrace.catch(() => {}); // told by whoever asks for the trace
    await session.sendCommand('Browser.getVersion').catch(() => {}); // then the browser has heard that it is to stop
    await new Promise((resolve) => setTimeout(resolve, ${STOPS_WITHIN}));`,
      );
      return replaceOrFail(
        file,
        stopped,
        'getArtifact() {\n    return this._trace;',
        'getArtifact() {\n    return globalThis.uxAuditTrace;',
      );
    },
  ],
  [
    // What is computed of a script or style sheet alone is computed once, not in every run.
    'core/lib/minification-estimator.js',
    (source) => {
      const file = 'core/lib/minification-estimator.js';
      const remembered = ['JS', 'CSS'].map((kind) => {
        const name = `compute${kind}TokenLength`;
        return `(content) => remembered('${name}', content, ${name})`;
      });
      return replaceOrFail(
        file,
        remembering(source),
        'export {computeJSTokenLength, computeCSSTokenLength};',
        `const [rememberedJS, rememberedCSS] = [${remembered}];
export {rememberedJS as computeJSTokenLength, rememberedCSS as computeCSSTokenLength};`,
      );
    },
  ],
  [
    // The same questions, asked at once: the browser answers them while this process computes ahead (computeAhead.ts).
    'core/gather/gatherers/css-usage.js',
    (source) =>
      replaceOrFail(
        'core/gather/gatherers/css-usage.js',
        source,
        /await session\.sendCommand\('CSS\.startRuleUsageTracking'\);[\s\S]*?const \{ruleUsage\} = await session\.sendCommand\('CSS\.stopRuleUsageTracking'\);/,
        `const sent = (answer) => { answer.catch(() => {}); return answer; };
    const started = sent(session.sendCommand('CSS.startRuleUsageTracking'));
    const styled = sent(executionContext.evaluate(() => window.getComputedStyle(document.body), {args: []}));
    await new Promise(setImmediate);
    const stopped = sent(session.sendCommand('CSS.stopRuleUsageTracking'));
    await globalThis.uxAuditWhileWaiting?.(stopped);
    const [{ruleUsage}] = await Promise.all([stopped, started, styled]);`,
      ),
  ],
  [
    // Style sheets stay known to the browser for CSSUsage, which comes next (computeAhead.ts): it would read them again.
    'core/gather/gatherers/stylesheets.js',
    (source) =>
      replaceOrFail(
        'core/gather/gatherers/stylesheets.js',
        source,
        /await session\.sendCommand\('CSS\.disable'\);\s*await session\.sendCommand\('DOM\.disable'\);/,
        '',
      ),
  ],
  [
    // The same questions about images, but one for all that are alike (imageStyles.ts), and many on their way at once.
    'core/gather/gatherers/image-elements.js',
    (source) => {
      const file = 'core/gather/gatherers/image-elements.js';
      const from = (/** @type {string} */ name) => JSON.stringify(path.join(import.meta.dirname, name));
      /** @type {[string | RegExp, string][]} */
      const replacements = [
        [
          'return getHTMLImages(allElements).concat(getCSSImages(allElements));',
          `const images = getHTMLImages(allElements);
  const keys = styleKeysOf(allElements.filter(({localName}) => localName === 'img'));
  keys.forEach((key, index) => { images[index].styles = key; });
  return images.concat(getCSSImages(allElements));`,
        ],
        [
          'const elements = await executionContext.evaluate(collectImageElementInfo',
          'const collect = () => executionContext.evaluate(collectImageElementInfo',
        ],
        [
          /getHTMLImages,\s*getCSSImages,\s*\],\s*\}\);/,
          `getHTMLImages, getCSSImages, styleKeysOf]});
    this.questions = new ImageQuestions();
    const collecting = collect();
    await globalThis.uxAuditWhileWaiting?.(collecting);
    const elements = await collecting;`,
        ],
        [
          /await Promise\.all\(\[\s*session\.sendCommand\('DOM\.enable'\)/,
          `const isAsked = elements.some((element) => this.questions.isOpen(element));
    if (isAsked) await Promise.all([session.sendCommand('DOM.enable')`,
        ],
        [
          /await Promise\.all\(\[\s*session\.sendCommand\('DOM\.disable'\)/,
          `if (isAsked) await this.questions.keep(elements, await collect().catch(() => []));
    for (const element of elements) delete element.styles;
    if (isAsked) await Promise.all([session.sendCommand('DOM.disable')`,
        ],
        [
          /for \(const element of elements\) \{\s*if \(reachedGatheringBudget\)[\s\S]*?fetchElementWithSizeInformation\(driver, element\);\s*\}\s*\}/,
          `const asked = [];
    for (const element of elements) {
      if (reachedGatheringBudget) {
        skippedCount++;
        continue;
      }
      if (element.isInShadowDOM || element.isCss) continue;
      const rules = this.questions.answer(element, () =>
        this.fetchSourceRules(driver.defaultSession, element.node.devtoolsNodePath, element));
      rules.catch(() => {});
      asked.push(rules);
      if (asked.length > 20) await asked.shift();
    }
    await Promise.all(asked);
    const sized = elements.slice(0, elements.length - skippedCount)
      .filter((element) => element.isPicture || element.isCss || element.srcset);
    if (sized.length > 0) await globalThis.uxAuditTrace?.catch(() => {}); // answers would wait behind it, and have 250 ms
    const sizesUntil = performance.now() + 5000;
    for (const element of sized) {
      if (performance.now() > sizesUntil) break;
      await this.fetchElementWithSizeInformation(driver, element);
    }`,
        ],
      ];
      const changed = replaceEach(file, source, replacements);
      return `import {ImageQuestions} from ${from('imageStyles.ts')};
import {styleKeysOf} from ${from('inPage/styleKeys.ts')};
${changed}`;
    },
  ],
  [
    // The page is busy with axe for long: time to compute ahead (computeAhead.ts).
    'core/gather/gatherers/accessibility.js',
    (source) => {
      const file = 'core/gather/gatherers/accessibility.js';
      /** @type {[string | RegExp, string][]} */
      const replacements = [
        ['  getArtifact(passContext) {', '  async getArtifact(passContext) {'],
        ['return driver.executionContext.evaluate(', 'const checked = driver.executionContext.evaluate('],
        [
          /createAxeRuleResultArtifact,\s*runA11yChecks,\s*\],\s*\}\);/,
          `createAxeRuleResultArtifact, runA11yChecks]});
    await globalThis.uxAuditWhileWaiting?.(checked);
    return checked;`,
        ],
      ];
      return replaceEach(file, source, replacements);
    },
  ],
  [
    // It pauses for a moment: time to compute ahead. What the browser said meanwhile is heard before it goes on.
    'core/gather/gatherers/bf-cache-failures.js',
    (source) =>
      replaceOrFail(
        'core/gather/gatherers/bf-cache-failures.js',
        source,
        'await new Promise(resolve => setTimeout(resolve, AFTER_RETURN_TIMEOUT));',
        `const pause = new Promise(resolve => setTimeout(resolve, AFTER_RETURN_TIMEOUT));
    await globalThis.uxAuditWhileWaiting?.(pause);
    await pause;
    await new Promise(setImmediate);`,
      ),
  ],
  [
    // The configuration of a run is put together while the run before waits for its browser (see runConfig.ts).
    'core/gather/navigation-runner.js',
    (source) =>
      replaceOrFail(
        'core/gather/navigation-runner.js',
        source,
        "await initializeConfig('navigation', config, flags);",
        "await (globalThis.uxAuditConfig ?? initializeConfig('navigation', config, flags));",
      ),
  ],
]);

/** The same for what Lighthouse depends on. @type {Map<string, (source: string) => string>} */
const changesOfDependencies = new Map([
  [
    'legacy-javascript/legacy-javascript.js',
    (source) => {
      const file = 'legacy-javascript/legacy-javascript.js';
      const matched = replaceOrFail(
        file,
        remembering(source),
        'matcher.match(content)',
        "structuredClone(remembered('matches', content, (text) => matcher.match(text)))",
      );
      return replaceOrFail(
        file,
        matched,
        'pattern.estimateBytes(content)',
        "remembered('bytes of ' + pattern.name, content, (text) => pattern.estimateBytes(text))",
      );
    },
  ],
  [
    // A page fills up through much the same pictures in every run: each is decoded once. What is taken from a picture
    // depends on its bytes alone, and the white one that the first frames are compared with on its size alone.
    'speedline-core/lib/frame.js',
    (source) => {
      const file = 'speedline-core/lib/frame.js';
      const module = path.join(import.meta.dirname, 'remembered.ts');
      /** @type {[string | RegExp, string][]} */
      const replacements = [
        [
          'jpeg.decode(frames[0].getImage());',
          `remembered('size', frames[0].getImage().toString('latin1'), () => {
		const { width, height } = jpeg.decode(frames[0].getImage());
		return { width, height };
	});`,
        ],
        [
          'const frameData = Buffer.alloc(width * height * 4);',
          `const size = width + 'x' + height;
	if (whiteFrames.has(size)) return whiteFrames.get(size);
	const frameData = Buffer.alloc(width * height * 4);`,
        ],
        ['return jpegImageData.data;', 'whiteFrames.set(size, jpegImageData.data);\n\treturn jpegImageData.data;'],
        [
          /const pixels = this\.getParsedImage\(\);\s*_histogram = convertPixelsToHistogram\(pixels\);/,
          "_histogram = remembered('histogram', imgBuff.toString('latin1'), () => convertPixelsToHistogram(this.getParsedImage()));",
        ],
      ];
      const changed = replaceEach(file, source, replacements);
      return `const { remembered } = require(${JSON.stringify(module)});\nconst whiteFrames = new Map();\n${changed}`;
    },
  ],
]);

const assets = [
  [
    /fs\.readFileSync\(require\.resolve\('([^']+)'\), 'utf8'\)/g,
    (/** @type {string} */ id) => require.resolve(id, { paths: [lighthouseRoot] }),
  ],
  [
    /fs\.readFileSync\(\s*require\.resolve\('([^']+)'\), 'utf8'\)/g,
    (/** @type {string} */ id) => require.resolve(id, { paths: [lighthouseRoot] }),
  ],
  [/fs\.readFileSync\(moduleDir \+ '([^']+)',\s*'utf8'\)/g, null],
];

/** @param {string} file @param {string} source */
function inlineAssets(file, source) {
  let text = source;
  for (const [pattern, resolve] of assets) {
    text = text.replace(/** @type {RegExp} */ (pattern), (_, id) => {
      const asset = typeof resolve === 'function' ? resolve(id) : path.join(lighthouseRoot, path.dirname(file), id);
      return JSON.stringify(readFileSync(asset, 'utf8'));
    });
  }
  return text;
}

/**
 * Lets esbuild bundle Lighthouse into one file whose reports equal those of the package (test/engine/bundle.test.ts).
 * Lighthouse finds its audits, strings and assets on disk by its own module paths; each such place is filled in here.
 * @returns {import('esbuild').Plugin}
 */
export function bundleLighthouse() {
  return {
    name: 'bundle-lighthouse',
    setup(build) {
      const pattern = new RegExp(
        `^${lighthouseRoot.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}[\\\\/](core|shared|report|third-party)[\\\\/].*\\.js$`,
      );
      build.onLoad({ filter: pattern }, ({ path: absolute }) => {
        const file = path.relative(lighthouseRoot, absolute).replaceAll('\\', '/');
        let contents = leftOut.get(file);
        if (contents === undefined) {
          contents = readFileSync(absolute, 'utf8');
          contents = changes.get(file)?.(contents) ?? contents;
          contents = inlineAssets(file, contents);
          const virtual = `${VIRTUAL_ROOT}/${file}`;
          contents = contents
            .replaceAll('getModuleDirectory(import.meta)', JSON.stringify(path.posix.dirname(virtual)))
            .replaceAll('getModulePath(import.meta)', JSON.stringify(virtual))
            .replaceAll('createIcuMessageFn(import.meta.url', `createIcuMessageFn(${JSON.stringify(file)}`)
            .replaceAll('createRequire(import.meta.url)', 'createRequire(__filename)');
        }
        return { contents, loader: 'js' };
      });
      for (const [file, change] of changesOfDependencies) {
        const filter = new RegExp(
          `[\\\\/]node_modules[\\\\/]${file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`,
        );
        build.onLoad({ filter }, ({ path: absolute }) => ({
          contents: change(readFileSync(absolute, 'utf8')),
          loader: 'js',
        }));
      }
    },
  };
}
