/** What a client sends in a schedule, drawn from a seed. Pure. Two of one seed are the same to the byte. */
import { usccCheckCharacter } from '@tanxiao/contracts';

import { type Random, seededRandom } from '../agreement/random';

export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';
/** Arrives while the runs of `PERIOD` go on. */
export const NEXT_PERIOD = '2026Q4';

const SINGLES = 140;
const ROWS = 160;
const CORRECTED = 25;
const CORRECTED_LATER = 25;
const NEXT = 40;
const INDUSTRIES = ['1751', '2511', '3011', '3130'];
const REGIONS = ['330502', '330503', '330521'];

/** A submission as the API takes it. */
export interface EnterpriseData {
  readonly uscc: string;
  readonly name: string;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  readonly inputs: Record<string, number | string | null>;
}

export interface Workload {
  readonly seed: number;
  /** Posted one by one. */
  readonly singles: readonly EnterpriseData[];
  /** A CSV file of other subjects. */
  readonly file: string;
  readonly rows: number;
  /** Second revisions of some of `singles`, posted after the first. */
  readonly corrections: readonly EnterpriseData[];
  /** Posted for the next period while a run goes on. */
  readonly nextPeriod: readonly EnterpriseData[];
  /** Revisions after the publication of the first run. */
  readonly lateCorrections: readonly EnterpriseData[];
}

export function workloadOf(seed: number): Workload {
  const random = seededRandom(seed);
  const singles = items(random, 0, SINGLES);
  const file = items(random, SINGLES, ROWS);
  return {
    seed,
    singles,
    file: csvOf(file),
    rows: file.length,
    corrections: items(random, 0, CORRECTED),
    nextPeriod: items(random, 0, NEXT),
    lateCorrections: items(random, 100, CORRECTED_LATER),
  };
}

/** A CSV file of so many subjects. */
export function fileOf(seed: number, rows: number): string {
  return csvOf(items(seededRandom(seed), 0, rows));
}

function items(random: Random, first: number, count: number): EnterpriseData[] {
  return Array.from({ length: count }, (_, index) => item(random, first + index));
}

/** Region and industry belong to the subject's number, quantities are drawn. */
function item(random: Random, number: number): EnterpriseData {
  return {
    uscc: usccOf(number),
    name: `样本企业 ${number}`,
    regionCode: REGIONS[number % REGIONS.length]!,
    industryClassification: 'gbt4754-2017',
    industryCode: INDUSTRIES[number % INDUSTRIES.length]!,
    inputs: {
      value_added_10k_cny: random.integer(100, 900_000) / 100,
      carrier_33: random.integer(10_000, 5_000_000) / 10_000,
      carrier_15: random.chance(0.3) ? null : (random.integer(0, 100_000) / 1000).toFixed(3),
    },
  };
}

function usccOf(number: number): string {
  const first17 = `91330502${String(number).padStart(9, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

function csvOf(rows: readonly EnterpriseData[]): string {
  const inputs = ['value_added_10k_cny', 'carrier_33', 'carrier_15'];
  const lines = rows.map((row) =>
    [
      ...[row.uscc, row.name, row.regionCode, row.industryClassification, row.industryCode],
      ...inputs.map((name) => row.inputs[name] ?? ''),
    ].join(','),
  );
  const header = ['uscc', 'name', 'region_code', 'industry_classification', 'industry_code'];
  return [[...header, ...inputs].join(','), ...lines, ''].join('\n');
}

/** Over all parts, as they stand when everything was kept. */
export function expectedCounts({
  singles,
  rows,
  corrections,
  nextPeriod,
  lateCorrections,
}: Workload) {
  return {
    subjects: singles.length + rows,
    submissions:
      singles.length + rows + corrections.length + nextPeriod.length + lateCorrections.length,
  };
}
