import { describe, expect, it } from 'vitest';
import { pagesToAudit } from '../../../src/cli/pagesToAudit';
import { Workspace } from '../../../src/workflow/workspace';

const targets = {
  home: { kind: 'page', path: '/', origins: { local: 'http://localhost:3000', staging: 'https://stage.example' } },
  cart: { kind: 'page', path: '/cart', origins: { local: 'http://localhost:3000' } },
  claim: { kind: 'journey', steps: ['find', 'file'] },
};
const planned = (inputs: string[], flags: object, known: object = targets) =>
  pagesToAudit(inputs, { record: true, quiet: true, ...flags }, new Workspace('/nowhere'), {
    targets: known as typeof targets,
  });

describe('all pages of the record', () => {
  it('are those that have an address where they are asked for', async () => {
    expect((await planned([], { all: true })).map(({ url }) => url)).toEqual([
      'http://localhost:3000/',
      'http://localhost:3000/cart',
    ]);
    expect((await planned([], { all: true, environment: 'staging' })).map(({ target }) => target)).toEqual(['home']);
  });

  it('are not mixed with named ones, and there has to be one', async () => {
    await expect(planned(['home'], { all: true })).rejects.toMatchObject({ code: 'all-or-some' });
    await expect(planned([], { all: true }, {})).rejects.toMatchObject({ code: 'nothing-to-audit' });
    await expect(planned([], {})).rejects.toMatchObject({ code: 'nothing-to-audit' });
  });
});
