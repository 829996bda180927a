import { readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv from 'ajv';
import { parse } from 'yaml';

import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { factorSetEditorSchema, rulebookEditorSchema } from './editor-schema';

const committed = (file: string): object =>
  JSON.parse(readFileSync(path.join(__dirname, '../..', file), 'utf8')) as object;

describe.each([
  ['rulebook.schema.json', rulebookEditorSchema],
  ['factor-set.schema.json', factorSetEditorSchema],
])('%s', (file, generate) => {
  test('is what `npm run schema -w packages/rulebook` writes today', () => {
    expect(committed(file)).toEqual(JSON.parse(JSON.stringify(generate().schema)));
  });

  test('describes every field, and describes none that does not exist', () => {
    const { undescribed, unused } = generate();
    expect({ undescribed, unused }).toEqual({ undescribed: [], unused: [] });
  });
});

describe('an editor that reads it', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const rulebook = ajv.compile(committed('rulebook.schema.json'));
  const factorSet = ajv.compile(committed('factor-set.schema.json'));

  test('marks nothing in a sound document', () => {
    expect([rulebook(parse(SMALL_RULEBOOK)), rulebook.errors]).toEqual([true, null]);
    expect([factorSet(parse(SMALL_FACTOR_SET)), factorSet.errors]).toEqual([true, null]);
  });

  test.each([
    ['a field that does not exist', 'subject: enterprise', 'subject: enterprise\nsubjekt: x'],
    ['a missing field', 'status: assumed }]', '}]'],
    ['a value that is not allowed', 'region: city', 'region: village'],
    ['a name of the wrong form', 'name: intensity', 'name: Intensity'],
    ['a number in place of a text', 'version: 1.0.0', 'version: 1.0'],
  ])('marks %s', (_, right, wrong) => {
    expect(SMALL_RULEBOOK).toContain(right);
    expect(rulebook(parse(SMALL_RULEBOOK.replace(right, wrong)))).toBe(false);
  });
});
