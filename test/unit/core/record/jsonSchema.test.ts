import path from 'node:path';
import { expect, it } from 'vitest';
import { recordJsonSchema } from '../../../../src/core/record/jsonSchema';

it('the JSON Schema that is shipped is the one the code means (update it with vitest -u)', async () => {
  const shipped = path.resolve(import.meta.dirname, '../../../../media/schemas/findings.schema.json');
  await expect(`${JSON.stringify(recordJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(shipped);
});
