import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, Reporter, Suite, TestCase, TestResult, TestStep } from '@playwright/test/reporter';
import { type EndedStep, journeyOf, runOfTests, type TestPlace, walkOfTest } from './core/journey/testRun';
import { environmentOf, slugError } from './core/record/targets';
import { inertLine } from './core/text/inertText';
import { keepTestRun, knownSteps } from './workflow/recordTests';
import { Workspace } from './workflow/workspace';

/** Options of the reporter: `['ux-audit/playwright', { record: true }]`. */
export interface ReporterOptions {
  /** The workspace folder; that of Playwright's configuration when left out. */
  workspace?: string;
  /** Path of the record below the workspace. */
  recordFile?: string;
  /** Whether steps that cannot be completed become findings of the record. */
  record?: boolean;
  /** Where the product runs: `local`, `deployed`, or a name of yours; told by `baseURL` when left out. */
  environment?: string;
}

/**
 * A Playwright reporter that turns tests into runs of journeys. A test names its journey with an annotation
 * (`{ type: 'journey', description: 'checkout' }`) or a tag (`@journey:checkout`); its `test.step`s are the steps.
 */
export default class JourneyReporter implements Reporter {
  private workspace: Workspace | undefined;
  private readonly at = new Date().toISOString();
  private readonly steps = new Map<TestResult, EndedStep[]>();
  /** By journey and project, whose browsers and windows differ. */
  private readonly walked = new Map<string, { journey: string; walks: TestWalk[] }>();

  constructor(private readonly options: ReporterOptions = {}) {}

  onBegin(config: FullConfig, _: Suite): void {
    const folder = config.configFile === undefined ? config.rootDir : path.dirname(config.configFile);
    this.workspace = new Workspace(path.resolve(this.options.workspace ?? folder), this.options.recordFile);
  }

  onStepEnd(_: TestCase, result: TestResult, step: TestStep): void {
    if (step.category !== 'test.step' || step.parent?.category === 'test.step') return;
    const { title, duration, error } = step;
    const told = error && { error: firstLine(error.message ?? error.value ?? '') || 'The step failed.' };
    this.steps.set(result, [...(this.steps.get(result) ?? []), { title, duration, ...told }]);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const journey = journeyOf(test);
    const steps = this.steps.get(result) ?? [];
    this.steps.delete(result);
    if (journey === undefined || result.status === 'skipped' || result.status === 'interrupted') return;
    const failed = result.status !== test.expectedStatus && steps.every(({ error }) => error === undefined);
    const outside = failed ? firstLine(result.error?.message ?? 'The test failed outside of its steps.') : undefined;
    const key = `${journey}\n${test.parent.project()?.name ?? ''}`;
    const walks = this.walked.get(key) ?? { journey, walks: [] };
    this.walked.set(key, { ...walks, walks: [...walks.walks, { test, steps, outside }] });
  }

  async onEnd(): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    for (const { journey, walks } of this.walked.values()) {
      const why = slugError(journey) ?? (walks.every(({ steps }) => steps.length === 0) ? NO_STEPS : undefined);
      if (why !== undefined) {
        this.say(`The journey "${journey}" was left out. ${why}`);
        continue;
      }
      try {
        const known = await knownSteps(workspace, journey);
        const longest = Math.max(...walks.map(({ steps }) => steps.length));
        const whole = walks.find(({ steps }) => steps.length === longest)?.steps ?? [];
        const names = known.length > 0 ? known : whole.map(({ title }) => title);
        const run = runOfTests(
          this.placeOf(journey, walks[0]?.test as TestCase),
          walks.map(({ steps, outside }) => walkOfTest(steps, names, outside)),
        );
        await keepTestRun(workspace, run, this.options.record ?? false);
      } catch (error) {
        this.say(`The journey "${journey}" was not kept. ${(error as Error).message}`); // the tests count, not this
      }
    }
  }

  printsToStdio(): boolean {
    return false;
  }

  private placeOf(target: string, test: TestCase): TestPlace {
    const { name = '', use = {} } = test.parent.project() ?? {};
    const { baseURL, browserName = 'chromium', viewport } = use;
    const environment =
      this.options.environment ?? (URL.canParse(baseURL ?? '') ? environmentOf(baseURL as string) : 'local');
    const { width = 1280, height = 720 } = viewport ?? {};
    return { target, environment, at: this.at, browser: name || browserName, viewport: { width, height } };
  }

  private say(text: string): void {
    process.stderr.write(`ux-audit: ${inertLine(text)}\n`);
  }
}

/** One walk of a journey by a test. */
interface TestWalk {
  test: TestCase;
  steps: EndedStep[];
  /** What failed outside of the steps. */
  outside: string | undefined;
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).split('\n')[0] ?? '';
}

const NO_STEPS = 'Its tests have no test.step.';
