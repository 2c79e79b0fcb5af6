import path from 'node:path';
import { expect, it } from 'vitest';
import { jsonSchemaNames, jsonSchemaOf } from '../../../src/core/jsonSchemas';

it.each(jsonSchemaNames)(
  'the JSON Schema of %s that is shipped is the one the code means (update it with vitest -u)',
  async (name) => {
    const shipped = path.resolve(import.meta.dirname, `../../../media/schemas/${name}.schema.json`);
    await expect(`${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`).toMatchFileSnapshot(shipped);
  },
);
