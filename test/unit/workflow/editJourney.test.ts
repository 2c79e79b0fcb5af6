import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editedSteps } from '../../../src/core/journey/editSteps';
import { isMarker } from '../../../src/core/journey/recording';
import { withFigures } from '../../../src/core/outcomes/figures';
import { saveSteps, stampOf } from '../../../src/workflow/editJourney';
import { exportText } from '../../../src/workflow/exportRecord';
import { learnJourney } from '../../../src/workflow/journeys';
import { readJourney } from '../../../src/workflow/readJourney';
import { journeyPage } from '../../../src/workflow/webviewStates/journeyPage';
import { Workspace } from '../../../src/workflow/workspace';
import { attemptsOf, figuresOf, finding, marker, recording, runOf } from '../core/journey/build';

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'journey-'));
  workspace = new Workspace(root);
  await workspace.journeys.write('checkout', recording);
  await learnJourney(workspace, 'checkout', recording);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = async () => ({ workspace, parsed: await workspace.record.read(), error: undefined, latest: [] });

describe('saving the steps of a journey', () => {
  it('writes the markers alone, and tells the record the names', async () => {
    const steps = editedSteps(recording).map((step) => (step.name === 'Pay' ? { ...step, name: 'Settle' } : step));
    await saveSteps(workspace, 'checkout', { stamp: stampOf(recording), steps });
    const file = JSON.parse(readFileSync(path.join(root, 'ux-audit/journeys/checkout.json'), 'utf8'));
    const renamed = marker('Settle', { stage: 'purchase', expect: ['main', '#receipt'], own: 'kept' });
    expect(file).toEqual({
      ...recording,
      steps: recording.steps.map((action, index) => (index === 7 && isMarker(action) ? renamed : action)),
    });
    const { record } = await workspace.record.read();
    expect(record.targets.checkout?.steps).toEqual(['Cart', 'Address', 'Settle']);
  });

  it('writes nothing when the recording was changed meanwhile, or a step is wrong', async () => {
    const steps = editedSteps(recording);
    await expect(saveSteps(workspace, 'checkout', { stamp: 'old', steps })).rejects.toThrow(/changed meanwhile/);
    const nameless = steps.map((step) => ({ ...step, name: '' }));
    const stamp = stampOf(recording);
    await expect(saveSteps(workspace, 'checkout', { stamp, steps: nameless })).rejects.toThrow(/has no name/);
    expect(await workspace.journeys.recording('checkout')).toEqual(recording);
  });
});

describe('the page of a journey', () => {
  it('puts together what the files of a workspace say of it, and nothing of others', async () => {
    await workspace.journeys.addRun(runOf([[1_000, 200, 5_000]]));
    await workspace.journeys.addRun({ ...runOf([[1, 1, 1]]), target: 'other' });
    const figures = await figuresOf(attemptsOf(8, [2, 2]));
    await workspace.outcomes.update((before) => withFigures(before, figures));
    const ids = ['checkout/nielsen-10/H09/a', 'checkout/nielsen-10/H09/b'] as const;
    await workspace.record.update((record) => ({
      ...record,
      findings: {
        ...record.findings,
        [ids[0]]: finding(ids[0], 'Pay'),
        [ids[1]]: finding(ids[1], 'Pay', { target: 'home' }),
      },
    }));
    const { view, form, code } = await journeyPage(await open(), 'checkout');
    expect(view.answer.strong).toBe('8 of 10 people finish. All 2 who stop, stop at “Pay”.');
    expect(view.facts.find(({ label }) => label === 'Machine waits')?.value).toBe('6.2 s');
    expect(view.steps[2]?.findings.map(({ id }) => id)).toEqual([ids[0]]);
    expect(code).toBeNull();
    const steps = figures.filter(({ step }) => step === 'Pay').length;
    expect(form?.named).toMatchObject({ Pay: 1 + steps });
    expect(form?.actions).not.toContain('');
  });

  it('says why a recording cannot be used, and shows the rest', async () => {
    await workspace.journeys.write('checkout', { ...recording, steps: [marker('', {})] });
    const { view, form } = await journeyPage(await open(), 'checkout');
    expect(view.fault).toMatch(/the step that begins at steps\.0 is wrong/);
    expect(form).toBeNull();
    expect(view.steps.map(({ name }) => name)).toEqual(['Cart', 'Address', 'Pay']);
  });

  it('refuses a journey that is gone', async () => {
    await expect(
      readJourney(workspace, await workspace.record.read(), 'gone', { today: '2026-11-28' }),
    ).rejects.toThrow(/There is no journey "gone"/);
  });

  it('is in the exported report with the same numbers', async () => {
    const options = { title: 'Shop', madeOn: '2026-11-28', version: '1' };
    const report = async () => exportText(workspace, await workspace.record.read(), 'html', options);
    expect(await report()).not.toContain('class="steps"');
    await workspace.journeys.addRun(runOf([[1_000, 200, 5_000]]));
    const html = await report();
    expect(html).toContain('A person waits 6.2 s for the machine, 5.0 s of it at “Pay”.');
    expect(html).toContain('▲ waits longest');
  });
});
