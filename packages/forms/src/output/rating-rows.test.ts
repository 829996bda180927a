import { parsePeriod, type RatingColumns } from '@tanxiao/contracts';
import { parse } from 'csv-parse/sync';

import { INDUSTRIAL, planFor, testUscc } from '../testing/forms';
import { ratingCsvHeader, ratingCsvRow, type RatingRow, rejectedCsvRow } from './rating-rows';

const plan = planFor(INDUSTRIAL, parsePeriod('2026Q3')!)!;

const record = (line: string): Record<string, string> =>
  parse<Record<string, string>>(ratingCsvHeader(plan) + line, { columns: true })[0]!;

const rating: RatingColumns = {
  outcome: 'rated',
  reasons: [],
  values: plan.results.map((_, index) =>
    index === 0 ? 1e-7 : index === 1 ? 123456789012345 : null,
  ),
  bands: plan.gradings.map(() => 2),
};
const row: RatingRow = {
  subject: { scheme: 'uscc', code: testUscc(1) },
  name: '=HYPERLINK("x")',
  regionCode: '330502',
  industryClassification: 'gbt4754-2017',
  industryCode: '1751',
  rating,
  peers: { level: 'class', groupKey: 'class:gbt4754-2017:1751@330500', size: 12 },
};

describe('ratings as CSV', () => {
  test('hold key, outcome, exact plain decimals, grading codes, label and peer group', () => {
    expect(record(ratingCsvRow(plan, row))).toMatchObject({
      uscc: testUscc(1),
      local_id: '',
      period: '2026Q3',
      rulebook: 'industrial-carbon-efficiency@1.0.0',
      outcome: 'rated',
      reasons: '',
      [plan.results[0]!.name]: '0.0000001',
      [plan.results[1]!.name]: '123456789012345',
      carbon_level: 'high',
      carbon_efficiency_grade: '3',
      label_zh: '高碳3级',
      peer_level: 'class',
      peer_size: '12',
    });
  });

  test('a name is never run as a formula', () => {
    expect(record(ratingCsvRow(plan, row)).name).toBe(`'=HYPERLINK("x")`);
  });

  test('not rated says why, by code and sentence', () => {
    const notRated: RatingColumns = {
      outcome: 'not-rated',
      reasons: ['no-energy', 'no-benchmark'],
      values: plan.results.map(() => null),
      bands: plan.gradings.map(() => null),
    };
    expect(record(ratingCsvRow(plan, { ...row, rating: notRated, peers: null }))).toMatchObject({
      outcome: 'not-rated',
      reasons: 'no-energy; no-benchmark',
      reasons_zh: '未填报任何能源消费；没有可用的行业平均',
      label_zh: '',
      peer_size: '',
    });
  });

  test('a rejected row says what it was and all that is wrong with it', () => {
    const key = {
      ...{ uscc: '12"3', localId: '', name: 'a', period: '2026Q3', regionCode: '-1' },
      ...{ industryClassification: '', industryCode: '1' },
    };
    const issues = [
      { code: 'uscc-length', seen: '12"3' },
      { code: 'unknown-region', seen: '-1' },
    ] as const;
    expect(record(rejectedCsvRow(plan, key, issues))).toMatchObject({
      uscc: '12"3',
      region_code: "'-1",
      outcome: 'rejected',
      reasons: 'uscc-length; unknown-region',
    });
  });
});
