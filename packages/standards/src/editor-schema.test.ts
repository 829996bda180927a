/** What ships is what an editor accepts by the JSON Schemas of the rulebook package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv from 'ajv';
import { parse } from 'yaml';

import { factorSetFiles, rulebookFiles } from './documents';

const folder = path.dirname(require.resolve('@tanxiao/rulebook/package.json'));
const ajv = new Ajv({ strict: false, validateFormats: false });
const schemaOf = (file: string): object =>
  JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as object;

test.each([
  ['rulebook.schema.json', rulebookFiles()],
  ['factor-set.schema.json', factorSetFiles()],
])('%s marks nothing in the documents that ship', (file, documents) => {
  const accepts = ajv.compile(schemaOf(file));
  expect(documents.length).toBeGreaterThan(0);
  for (const { id, text } of documents) {
    expect([id, accepts(parse(text)), accepts.errors]).toEqual([id, true, null]);
  }
});
