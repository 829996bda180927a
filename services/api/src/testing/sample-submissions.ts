/** Submissions for tests: valid USCCs by number, and data that the industrial rulebook rates. */
import { type SubmissionItem, usccCheckCharacter } from '@tanxiao/contracts';

export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';

/** A valid code for each number below 10^9. */
export function usccOf(number: number): string {
  const first17 = `91330502${String(number).padStart(9, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

export function sampleItem(
  number: number,
  overrides: Partial<SubmissionItem> = {},
): SubmissionItem {
  return {
    uscc: usccOf(number),
    name: `样本企业 ${number}`,
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: {
      value_added_10k_cny: 1000 + number,
      carrier_33: 100 + (number % 37),
      carrier_15: '12.5',
    },
    ...overrides,
  };
}

export function sampleRequest(items: readonly unknown[], extra: Record<string, unknown> = {}) {
  return { rulebook: RULEBOOK, period: PERIOD, submissions: items, ...extra };
}

/** A CSV file of the industrial form with the columns of {@link sampleItem}. */
export const CSV_HEADER =
  'uscc,name,region_code,industry_classification,industry_code,value_added_10k_cny,carrier_33,carrier_15';

export function csvRow(number: number): string {
  return `${usccOf(number)},样本企业 ${number},330502,gbt4754-2017,1751,${1000 + number},${100 + (number % 37)},12.5`;
}
