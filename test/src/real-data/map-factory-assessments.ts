/**
 * Maps the US factory assessments (1981 to 2012) to a file for the small-enterprise form, row by row. What is
 * converted how, and why the currency does not matter, stands in README.md. No row is dropped and no value mended:
 * the dirt is what makes these records worth rating.
 */
import { Rational } from '@tanxiao/rulebook';

import { joinCsvLine, splitCsvLine } from './csv-line';
import { convertExactly } from './exact-conversion';

export const REAL_DATA_RULEBOOK = 'small-enterprise-carbon-efficiency';
export const REAL_DATA_PERIOD = '2023';
const REGION_CODE = '330500';
const CLASSIFICATION = 'sic-1987';
/** GJ in one MMBtu, as the data's own description states it. */
const GJ_PER_MMBTU = Rational.parse('1.055056');
/** US dollars in a unit of revenue, kWh in a 万千瓦时. */
const PER_TEN_THOUSAND = Rational.parse('1/10000');
const GAS_DECIMALS = 6;

/** Kept beside the rated columns, under an `x_` that the form ignores. */
const KEPT_ASIDE = [
  ...['fy', 'naics', 'state', 'sales', 'employees', 'plant_area', 'products', 'prodlevel'],
  ...['produnits', 'prodhours', 'ec_plant_usage', 'e2_plant_usage'],
] as const;
const OTHER_FUELS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => `e${n}_plant_usage`);
const ASIDE: readonly string[] = [...KEPT_ASIDE, ...OTHER_FUELS];

export const MAPPED_COLUMNS: readonly string[] = [
  ...['local_id', 'period', 'region_code', 'industry_classification', 'industry_code'],
  ...['revenue_10k_cny', 'carrier_15', 'carrier_33'],
  ...ASIDE.map((column) => `x_${column}`),
];

export interface MappingCounts {
  rows: number;
  blankIndustry: number;
  /** Codes of fewer digits than SIC's four: a lost leading zero or a group instead of a class. */
  shortIndustry: number;
  blankRevenue: number;
  blankElectricity: number;
  blankGas: number;
  /** Rows with any fuel besides electricity and natural gas, which the small-enterprise rulebook does not count. */
  withOtherFuels: number;
  negativeOtherFuels: number;
  /** Cells of revenue, electricity or gas that are no plain decimal; they are passed on as they are. */
  notNumeric: number;
}

export function newMappingCounts(): MappingCounts {
  return {
    rows: 0,
    blankIndustry: 0,
    shortIndustry: 0,
    blankRevenue: 0,
    blankElectricity: 0,
    blankGas: 0,
    withOtherFuels: 0,
    negativeOtherFuels: 0,
    notNumeric: 0,
  };
}

/** 万立方米 of natural gas in one MMBtu, for a net calorific value in GJ per 万立方米. */
export function gasPerMmbtu(netCalorificValue: string): Rational {
  return GJ_PER_MMBTU.over(Rational.parse(netCalorificValue));
}

function mapped(text: string, convert: (text: string) => string | null, counts: MappingCounts) {
  if (text === '') return '';
  const converted = convert(text);
  if (converted !== null) return converted;
  counts.notNumeric += 1;
  return text;
}

/** One row of the source, by column name, as the cells of MAPPED_COLUMNS. */
function mapRow(
  cell: (column: string) => string,
  gas: Rational,
  counts: MappingCounts,
): readonly string[] {
  const [industry, sales, electricity, naturalGas] = [
    cell('sic'),
    cell('sales'),
    cell('ec_plant_usage'),
    cell('e2_plant_usage'),
  ];
  const otherFuels = OTHER_FUELS.map(cell).filter((quantity) => quantity !== '');
  counts.rows += 1;
  counts.blankIndustry += Number(industry === '');
  counts.shortIndustry += Number(industry.length > 0 && industry.length < 4);
  counts.blankRevenue += Number(sales === '');
  counts.blankElectricity += Number(electricity === '');
  counts.blankGas += Number(naturalGas === '');
  counts.withOtherFuels += Number(otherFuels.length > 0);
  counts.negativeOtherFuels += Number(otherFuels.some((quantity) => quantity.startsWith('-')));
  return [
    ...[cell('id'), REAL_DATA_PERIOD, REGION_CODE, CLASSIFICATION, industry],
    mapped(sales, (text) => convertExactly(text, PER_TEN_THOUSAND), counts),
    mapped(naturalGas, (text) => convertExactly(text, gas, GAS_DECIMALS), counts),
    mapped(electricity, (text) => convertExactly(text, PER_TEN_THOUSAND), counts),
    ...ASIDE.map(cell),
  ];
}

/**
 * Lines of the source file (header first) to lines of the mapped CSV (header first), without line ends.
 * `counts` is filled on the way.
 */
export async function* mapFactoryAssessments(
  lines: AsyncIterable<string> | Iterable<string>,
  gas: Rational,
  counts: MappingCounts = newMappingCounts(),
): AsyncGenerator<string> {
  let positions: ReadonlyMap<string, number> | null = null;
  for await (const line of lines) {
    if (line === '') continue;
    const fields = splitCsvLine(line);
    if (!positions) {
      positions = new Map(fields.map((name, position) => [name, position]));
      yield joinCsvLine(MAPPED_COLUMNS);
      continue;
    }
    const byName: ReadonlyMap<string, number> = positions;
    const cell = (column: string): string => {
      const position = byName.get(column);
      const value = position === undefined ? undefined : fields[position];
      if (value === undefined) throw new Error(`no column ${column} in: ${line.slice(0, 80)}`);
      return value;
    };
    yield joinCsvLine(mapRow(cell, gas, counts));
  }
}
