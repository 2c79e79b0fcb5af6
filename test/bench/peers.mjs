import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../.ci/command.mjs';
import { timed } from './processes.mjs';

/** Programs to compare with. They are no dependencies of the project, only of its measurements. */
const versions = { '@lhci/cli': '0.15.1', unlighthouse: '0.18.1' };

/** Lighthouse's own mobile throttling (core/config/constants.js, mobileSlow4G). */
const mobileSlow4G = {
  rttMs: 150,
  throughputKbps: 1638.4,
  requestLatencyMs: 562.5,
  downloadThroughputKbps: 1474.56,
  uploadThroughputKbps: 675,
  cpuSlowdownMultiplier: 4,
};

function versionOf(modules, name) {
  return JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')).version;
}

/** Installs the peers into test-output/peers unless they are there; returns the folder of their modules. */
export async function providePeers(root) {
  const folder = path.join(root, 'test-output/peers');
  const modules = path.join(folder, 'node_modules');
  const ready = Object.entries(versions).every(
    ([name, version]) => existsSync(path.join(modules, name, 'package.json')) && versionOf(modules, name) === version,
  );
  if (!ready) {
    console.log(
      `installing ${Object.entries(versions)
        .map((entry) => entry.join(' '))
        .join(' and ')}`,
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: versions }, null, 2),
    );
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
    });
  }
  return modules;
}

/** The version of Lighthouse that a package of the peers loads. */
function lighthouseOf(modules, name) {
  const nested = path.join(name, 'node_modules/lighthouse');
  return versionOf(modules, existsSync(path.join(modules, nested)) ? nested : 'lighthouse');
}

/**
 * The peers, each with the settings it is run with and `collect`, which audits pages once each in a folder of its own
 * and resolves with milliseconds to its exit; all categories that it knows, or those that are given.
 */
export function peersOf(modules, { chrome, flags }) {
  return [
    {
      name: 'lhci collect',
      settings:
        `@lhci/cli ${versions['@lhci/cli']} with its Lighthouse ${lighthouseOf(modules, '@lhci/cli')}: method node, ` +
        `numberOfRuns 1, all categories, mobile, simulated throttling, chromeFlags ${flags}`,
      async collect(folder, origin, pages, categories) {
        writeFileSync(
          path.join(folder, 'lighthouserc.json'),
          JSON.stringify({
            ci: {
              collect: {
                method: 'node',
                numberOfRuns: 1,
                chromePath: chrome,
                url: pages.map((page) => origin + page),
                settings: { chromeFlags: flags, ...(categories && { onlyCategories: categories }) },
              },
            },
          }),
        );
        const cli = path.join(modules, '@lhci/cli/src/cli.js');
        const { exit, output } = await timed(process.execPath, [cli, 'collect'], { cwd: folder });
        const reports = path.join(folder, '.lighthouseci');
        const count = existsSync(reports)
          ? readdirSync(reports).filter((file) => /^lhr-.*\.json$/.test(file)).length
          : 0;
        mustBeAll('lhci collect', count, pages, output);
        return exit;
      },
    },
    {
      name: 'unlighthouse-ci',
      settings:
        `unlighthouse ${versions.unlighthouse} with its Lighthouse ${lighthouseOf(modules, '@unlighthouse/core')}: its four ` +
        'categories (it knows no others), mobile, simulated throttling set to that of Lighthouse (by itself it does not ' +
        'slow the processor down), samples 1, maxConcurrency 1, skipJavascript, no crawler, sitemap, robots.txt or sampling',
      async collect(folder, origin, pages, categories) {
        const config = {
          site: origin,
          urls: pages,
          cache: false,
          scanner: {
            device: 'mobile',
            samples: 1,
            skipJavascript: true,
            crawler: false,
            sitemap: false,
            robotsTxt: false,
            dynamicSampling: false,
            ignoreI18nPages: false,
          },
          lighthouseOptions: {
            ...{ throttlingMethod: 'simulate', throttling: mobileSlow4G },
            ...(categories && { onlyCategories: categories }),
          },
          chrome: { useSystem: true, useDownloadFallback: false },
          puppeteerOptions: { executablePath: chrome },
          puppeteerClusterOptions: { maxConcurrency: 1 },
          ci: { budget: null, buildStatic: false, reporter: 'jsonSimple' },
        };
        writeFileSync(
          path.join(folder, 'unlighthouse.config.mjs'),
          `export default ${JSON.stringify(config, null, 2)};\n`,
        );
        const cli = path.join(modules, 'unlighthouse/bin/unlighthouse-ci.mjs');
        const args = [cli, '--root', folder, '--config-file', 'unlighthouse.config.mjs'];
        const { exit, output } = await timed(process.execPath, args, { cwd: folder, env: { CI: '1' } });
        const results = path.join(folder, '.unlighthouse/ci-result.json');
        const measured = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : [];
        const [first = 'performance'] = categories ?? [];
        mustBeAll('unlighthouse-ci', measured.filter(({ [first]: score }) => score > 0).length, pages, output);
        return exit;
      },
    },
  ];
}

function mustBeAll(name, count, pages, output) {
  if (count !== pages.length)
    throw new Error(`${name} measured ${count} of ${pages.length} pages.\n${output.slice(-3000)}`);
}
