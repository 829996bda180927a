/** The 40 energy carriers (能源品种) of statistical form 205-1, their units and reference coefficients. */
import type { Bilingual } from '@tanxiao/contracts';

import { decimalCell, indexUnique, readCsvTable, statusCell, wordCell } from './csv-table';
import { StandardsDataError } from './data-error';
import { readDataFile } from './data-folder';
import type { Status } from './status';
import { type Source, YamlFields } from './yaml-fields';

/** Machine names of the form's units: 吨, 万立方米, 百万千焦, 万千瓦时, 吨标准煤. */
export const CARRIER_UNITS = ['t', '10k_m3', 'GJ', '10MWh', 'tce'] as const;
export type CarrierUnit = (typeof CARRIER_UNITS)[number];

export interface Carrier {
  /** "01" to "40". */
  readonly code: string;
  /** Without the form's "其中:", which `parent` says. */
  readonly name: Bilingual;
  readonly unit: CarrierUnit;
  readonly unitZh: string;
  /** The row this one is part of (其中): its quantity is inside the parent's and is never added to it. */
  readonly parent?: string;
  /** Reference coefficient, tce per unit, as decimal text; `max` where the form prints a range. Row 40 has none. */
  readonly coalEquivalentTcePerUnit?: { readonly value: string; readonly max?: string };
  readonly statuses: {
    readonly code: Status;
    readonly unit: Status;
    readonly coalEquivalent: Status;
  };
}

/** One column of the form: 甲, 乙, 丙, 1 to 10, 丁. */
export interface FormColumn {
  readonly column: string;
  /** Name in electronic copies of the form: "beginNum". */
  readonly key: string;
  readonly name: Bilingual;
  readonly note?: Bilingual;
  readonly status: Status;
}

export interface Carriers {
  readonly meta: { readonly id: string; readonly title: Bilingual; readonly source: Source };
  get(code: string): Carrier | undefined;
  /** In the form's order. */
  all(): readonly Carrier[];
  columns(): readonly FormColumn[];
}

const CARRIER_COLUMNS = [
  'code',
  'name_zh',
  'name_en',
  'unit_zh',
  'unit',
  'parent',
  'coal_equivalent_tce_per_unit',
  'coal_equivalent_tce_per_unit_max',
  'code_status',
  'unit_status',
  'coal_equivalent_status',
] as const;
const FORM_COLUMNS = [
  'column',
  'key',
  'name_zh',
  'name_en',
  'note_zh',
  'note_en',
  'status',
] as const;

export function parseCarriers(file: string, csv: string): Carrier[] {
  const carriers = readCsvTable(file, csv, CARRIER_COLUMNS).map((row): Carrier => {
    const value = decimalCell(file, row.code, row.coal_equivalent_tce_per_unit);
    const max = decimalCell(file, row.code, row.coal_equivalent_tce_per_unit_max);
    return {
      code: row.code,
      name: { zh: row.name_zh, en: row.name_en },
      unit: wordCell(file, row.code, row.unit, CARRIER_UNITS),
      unitZh: row.unit_zh,
      ...(row.parent === '' ? {} : { parent: row.parent }),
      ...(value === undefined
        ? {}
        : { coalEquivalentTcePerUnit: { value, ...(max === undefined ? {} : { max }) } }),
      statuses: {
        code: statusCell(file, row.code, row.code_status),
        unit: statusCell(file, row.code, row.unit_status),
        coalEquivalent: statusCell(file, row.code, row.coal_equivalent_status),
      },
    };
  });
  const byCode = indexUnique(file, carriers, (carrier) => carrier.code);
  for (const { code, parent } of carriers) {
    if (parent !== undefined && !byCode.has(parent)) {
      throw new StandardsDataError(file, code, `parent "${parent}" is not in the table`);
    }
  }
  return carriers;
}

export function parseFormColumns(file: string, csv: string): FormColumn[] {
  return readCsvTable(file, csv, FORM_COLUMNS).map((row) => ({
    column: row.column,
    key: row.key,
    name: { zh: row.name_zh, en: row.name_en },
    ...(row.note_zh === '' ? {} : { note: { zh: row.note_zh, en: row.note_en } }),
    status: statusCell(file, row.column, row.status),
  }));
}

/** Loads form 205-1 of the data folder. */
export function loadCarriers(): Carriers {
  const base = 'carriers/form-205-1';
  const fields = YamlFields.parse(`${base}.yaml`, readDataFile(`${base}.yaml`));
  const carriers = parseCarriers(`${base}.csv`, readDataFile(`${base}.csv`));
  const columns = parseFormColumns(`${base}-columns.csv`, readDataFile(`${base}-columns.csv`));
  const byCode = indexUnique(`${base}.csv`, carriers, (carrier) => carrier.code);
  return {
    meta: { id: fields.text('form'), title: fields.bilingual('title'), source: fields.source() },
    get: (code) => byCode.get(code),
    all: () => carriers,
    columns: () => columns,
  };
}
