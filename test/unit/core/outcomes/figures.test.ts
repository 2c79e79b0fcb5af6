import { describe, expect, it } from 'vitest';
import { effectOf, emptyFigures, figureKey, withFigures, withoutFigures } from '../../../../src/core/outcomes/figures';
import { figure } from '../impact/build';

describe('figures of one place from two sources', () => {
  const [shop, app] = [figure({ source: 'shop.csv' }), figure({ source: 'app.csv', value: 3 })];
  const key = figureKey(shop);
  const both = withFigures(emptyFigures(), [shop, app]);

  it('stand side by side', () => {
    expect(both.values).toEqual({ [key]: shop, [`${key} (app.csv)`]: app });
    expect(effectOf(both, [app])).toEqual({ beside: [key], replaced: [] });
  });

  it('stand once each, also when one comes again after the other was removed', () => {
    const alone = withoutFigures(both, [key]);
    const corrected = { ...app, value: 4 };
    expect(effectOf(alone, [corrected])).toEqual({ beside: [], replaced: [`${key} (app.csv)`] });
    expect(withFigures(alone, [corrected]).values).toEqual({ [`${key} (app.csv)`]: corrected });
    const doubled = { ...alone, values: { ...alone.values, [key]: app } };
    expect(withFigures(doubled, [corrected]).values).toEqual({ [`${key} (app.csv)`]: corrected });
  });
});
