/**
 * Every published factor the project knows of, also those that must never reach a rating: a factor set picks from
 * here, and a reader who finds another number elsewhere can look up which document it came from.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { flagCell, indexUnique, readCsvTable, statusCell } from './csv-table';
import { StandardsDataError } from './data-error';
import { readDataFile } from './data-folder';
import type { Status } from './status';

export interface CatalogueFactor {
  /** Stable: "f0001". Clauses of factor sets name it. */
  readonly id: string;
  readonly group: string;
  /** The document the number is from; "" where its rows come from several. */
  readonly standard: string;
  readonly itemId: string;
  readonly item: string;
  readonly quantity: string;
  /** As printed, with trailing zeros; "" where the source gives no number (never zero). May be words. */
  readonly value: string;
  /** Upper end of a range, else "". */
  readonly valueMax: string;
  readonly unit: string;
  readonly basisOrScope: string;
  readonly year: string;
  readonly region: string;
  readonly status: Status;
  readonly source: string;
  readonly note: string;
  readonly usableForRating: boolean;
  /** Why not, where it is not usable. */
  readonly reason?: Bilingual;
}

const COLUMNS = [
  'id',
  'group',
  'standard',
  'item_id',
  'item',
  'quantity',
  'value',
  'value_max',
  'unit',
  'basis_or_scope',
  'year',
  'region',
  'status',
  'source',
  'note',
  'usable_for_rating',
  'reason_zh',
  'reason_en',
] as const;

export function parseFactorCatalogue(file: string, csv: string): CatalogueFactor[] {
  const factors = readCsvTable(file, csv, COLUMNS).map((row): CatalogueFactor => {
    const usableForRating = flagCell(file, row.id, row.usable_for_rating);
    if (usableForRating !== (row.reason_zh === '' && row.reason_en === '')) {
      throw new StandardsDataError(file, row.id, 'a reason is stated exactly where not usable');
    }
    return {
      id: row.id,
      group: row.group,
      standard: row.standard,
      itemId: row.item_id,
      item: row.item,
      quantity: row.quantity,
      value: row.value,
      valueMax: row.value_max,
      unit: row.unit,
      basisOrScope: row.basis_or_scope,
      year: row.year,
      region: row.region,
      status: statusCell(file, row.id, row.status),
      source: row.source,
      note: row.note,
      usableForRating,
      ...(usableForRating ? {} : { reason: { zh: row.reason_zh, en: row.reason_en } }),
    };
  });
  indexUnique(file, factors, (factor) => factor.id);
  return factors;
}

/** All rows of the catalogue in the data folder, in id order. */
export function listFactorCatalogue(): CatalogueFactor[] {
  const file = 'factors/catalogue.csv';
  return parseFactorCatalogue(file, readDataFile(file));
}
