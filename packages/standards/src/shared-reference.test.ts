/**
 * The package's figures against the shared reference tables they were carried over from. The product never reads
 * those tables: where they are not beside the repository, these tests are skipped and say so.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'csv-parse/sync';

import { loadCarriers } from './carriers';
import { loadClassification } from './classification';
import { loadClassificationConversion } from './classification-conversion';
import { listFactorCatalogue } from './factor-catalogue';

const repositoryRoot = path.resolve(__dirname, '..', '..', '..');
const shared = process.env.TANXIAO_SHARED ?? path.resolve(repositoryRoot, '..', 'shared');
const reference = path.join(shared, 'reference');
const present = existsSync(reference);
if (!present) console.warn(`skipped: no shared reference tables at ${reference}`);

const table = (name: string): string[][] =>
  parse(readFileSync(path.join(reference, name), 'utf8'), { bom: true, from_line: 2 });

(present ? describe : describe.skip)('the shared reference', () => {
  test('every factor of the catalogue equals its row, field by field', () => {
    const ours = listFactorCatalogue().map((f) => [
      ...[f.group, f.standard, f.itemId, f.item, f.quantity, f.value, f.valueMax, f.unit],
      ...[f.basisOrScope, f.year, f.region, f.status, f.source, f.note],
    ]);
    expect(ours).toEqual(table('factors.csv'));
  });

  test('every carrier and every column of form 205-1 equals its row', () => {
    const carriers = loadCarriers();
    const ours = carriers.all().map((c) => {
      const range = c.coalEquivalentTcePerUnit;
      return [
        c.code,
        c.parent === undefined ? c.name.zh : `其中:${c.name.zh}`,
        c.unitZh,
        c.parent ?? '',
        range === undefined ? '' : [range.value, range.max].filter((end) => end).join('~'),
        ...[c.statuses.code, c.statuses.unit, c.statuses.coalEquivalent],
      ];
    });
    expect(ours).toEqual(table('energy_carriers_205_1.csv'));
    const columns = carriers.columns().map((c) => [c.column, c.key, c.name.zh, c.status]);
    const theirs = table('form_205_1_columns.csv').map(([column, key, label, , status]) => [
      ...[column, key, label, status],
    ]);
    expect(columns).toEqual(theirs);
  });

  test('every industry and every conversion equals its row', () => {
    const classification = loadClassification('gbt4754-2017');
    const levels = new Map(classification.meta.levels.map((level) => [level.id, level.title.zh]));
    const ours = classification
      .entries()
      .map((e) => [
        ...[e.code, e.nameZh, e.parent ?? '', levels.get(e.level)],
        ...[e.numericCode, e.highEnergy ? '1' : '0'],
      ]);
    expect(ours).toEqual(table('gbt4754.csv'));
    const pairs = loadClassificationConversion('gbt4754-2011-2017').pairs();
    expect(pairs.map((pair) => [pair.from, pair.to])).toEqual(table('gbt4754_2011_2017_map.csv'));
  });
});
