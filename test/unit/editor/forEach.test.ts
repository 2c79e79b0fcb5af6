import { describe, expect, it } from 'vitest';
import { coalesce } from '../../../src/editor/shared/coalesce';
import { forEach } from '../../../src/editor/shared/forEach';

describe('the same done for each of several things', () => {
  it('goes on where one of them fails, now and the next time', async () => {
    const told: string[] = [];
    const failed: unknown[] = [];
    const refresh = coalesce(() =>
      forEach(
        ['broken', 'whole', 'other'],
        async (page) => {
          if (page === 'broken') throw new Error('its state cannot be read');
          told.push(page);
        },
        (error) => failed.push((error as Error).message),
      ),
    );
    await refresh();
    await refresh();
    expect(told).toEqual(['whole', 'other', 'whole', 'other']);
    expect(failed).toEqual(['its state cannot be read', 'its state cannot be read']);
  });
});
