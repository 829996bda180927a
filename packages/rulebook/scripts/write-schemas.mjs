/**
 * Writes rulebook.schema.json and factor-set.schema.json, the JSON Schemas that editors read.
 *
 *   npm run build && npm run schema -w packages/rulebook
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { format } from 'prettier';

const require = createRequire(import.meta.url);
const { factorSetEditorSchema, rulebookEditorSchema } = require('../dist/editor/editor-schema.js');
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

for (const [file, { schema, undescribed, unused }] of [
  ['rulebook.schema.json', rulebookEditorSchema()],
  ['factor-set.schema.json', factorSetEditorSchema()],
]) {
  if (undescribed.length + unused.length > 0) {
    process.stderr.write(
      `${file}: without a description: ${undescribed.join(', ') || 'none'}; descriptions of no field: ${unused.join(', ') || 'none'}; mend packages/rulebook/src/editor/*-fields.ts\n`,
    );
    process.exitCode = 1;
  }
  const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 });
  await writeFile(path.join(folder, file), text);
}
