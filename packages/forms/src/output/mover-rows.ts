/** Those who move in a dry run as CSV: grade, value and benchmark before and after, and why, in both languages. */
import { decimalText } from '@tanxiao/contracts';
import {
  causeText,
  type Mover,
  type MoverSide,
  outcomeText,
  ownValuesText,
} from '@tanxiao/rulebook';

import { csvLine, harmlessText } from './csv-line';
import type { NamedSubject } from './dry-run-view';

const KEY_COLUMNS = [
  'uscc',
  'local_id',
  'name',
  'region_code',
  'industry_classification',
  'industry_code',
  'movement',
] as const;
const SIDE_COLUMNS = [
  'outcome',
  'grade',
  'grade_zh',
  'grade_en',
  'value',
  'benchmark',
  'peer_group',
  'peer_group_zh',
  'peer_group_en',
  'peer_size',
] as const;
const SEPARATOR = '; ';

/** With its line end; without a byte-order mark. */
export function moverCsvHeader(): string {
  return csvLine([
    ...KEY_COLUMNS,
    ...SIDE_COLUMNS.map((name) => `${name}_before`),
    ...SIDE_COLUMNS.map((name) => `${name}_after`),
    'causes',
    'why_zh',
    'why_en',
  ]);
}

export function moverCsvRow(mover: Mover, { subject, name }: NamedSubject): string {
  const own = ownValuesText(mover.ownValues);
  const texts = [...mover.causes.map(causeText), ...(own ? [own] : [])];
  return csvLine([
    subject.scheme === 'uscc' ? subject.code : '',
    subject.scheme === 'local' ? harmlessText(subject.code) : '',
    harmlessText(name ?? ''),
    mover.regionCode,
    mover.industryClassification,
    mover.industryCode,
    mover.movement,
    ...sideCells(mover.before),
    ...sideCells(mover.after),
    mover.causes.map(({ kind }) => kind).join(SEPARATOR),
    harmlessText(texts.map(({ zh }) => zh).join('；')),
    harmlessText(texts.map(({ en }) => en).join(SEPARATOR)),
  ]);
}

/** The benchmark is that of the first statistic, as in a ratings file. */
function sideCells({ outcome, value, benchmarks }: MoverSide): string[] {
  const benchmark = benchmarks[0] ?? null;
  const text = outcomeText(outcome);
  return [
    outcome.kind,
    outcome.kind === 'rated' ? outcome.code : '',
    harmlessText(text.zh),
    harmlessText(text.en),
    value === null ? '' : decimalText(value),
    benchmark?.value == null ? '' : decimalText(benchmark.value),
    benchmark?.groupKey ?? '',
    harmlessText(benchmark?.groupTitle.zh ?? ''),
    harmlessText(benchmark?.groupTitle.en ?? ''),
    benchmark === null ? '' : String(benchmark.size),
  ];
}
