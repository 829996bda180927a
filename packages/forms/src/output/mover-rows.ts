/** Those who move in a dry run as CSV: grade, value and benchmark before and after, and why, in both languages. */
import { decimalText } from '@tanxiao/contracts';
import {
  causeText,
  type ComparedPlans,
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

const STATISTIC_COLUMNS = [
  '',
  '_peer_group',
  '_peer_group_zh',
  '_peer_group_en',
  '_peer_size',
] as const;

/** The lines of one dry run: both versions' statistics have their columns on either side. */
export class MoverCsv {
  /** Names of both versions' statistics beyond one that is the first of both, whose columns every file has. */
  private readonly further: readonly string[];

  constructor(private readonly compared: Pick<ComparedPlans, 'before' | 'after'>) {
    const names = {
      before: statisticNames(compared.before),
      after: statisticNames(compared.after),
    };
    const first = names.before[0] === names.after[0] ? names.before[0] : undefined;
    const all = new Set([...names.before, ...names.after]);
    this.further = [...all].filter((name) => name !== first);
  }

  /** With its line end; without a byte-order mark. */
  header(): string {
    return moverCsvHeader([
      ...SIDE_COLUMNS,
      ...this.further.flatMap((name) => STATISTIC_COLUMNS.map((suffix) => `${name}${suffix}`)),
    ]);
  }

  row(mover: Mover, subject: NamedSubject): string {
    const sides = (['before', 'after'] as const).map((side) => [
      ...sideCells(mover[side]),
      ...this.furtherCells(side, mover[side]),
    ]);
    return moverCsvRow(mover, subject, sides.flat());
  }

  private furtherCells(side: 'before' | 'after', { benchmarks }: MoverSide): string[] {
    const names = statisticNames(this.compared[side]);
    return this.further.flatMap((name) => benchmarkCells(benchmarks[names.indexOf(name)]));
  }
}

function statisticNames({ statistics }: ComparedPlans['before']): string[] {
  return statistics.map(({ name }) => name);
}

function moverCsvHeader(sideColumns: readonly string[]): string {
  return csvLine([
    ...KEY_COLUMNS,
    ...sideColumns.map((name) => `${name}_before`),
    ...sideColumns.map((name) => `${name}_after`),
    'causes',
    'why_zh',
    'why_en',
  ]);
}

function moverCsvRow(
  mover: Mover,
  { subject, name }: NamedSubject,
  sides: readonly string[],
): string {
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
    ...sides,
    mover.causes.map(({ kind }) => kind).join(SEPARATOR),
    harmlessText(texts.map(({ zh }) => zh).join('；')),
    harmlessText(texts.map(({ en }) => en).join(SEPARATOR)),
  ]);
}

/** The benchmark is that of the first statistic, as in a ratings file. */
function sideCells({ outcome, value, benchmarks }: MoverSide): string[] {
  const text = outcomeText(outcome);
  return [
    outcome.kind,
    outcome.kind === 'rated' ? outcome.code : '',
    harmlessText(text.zh),
    harmlessText(text.en),
    value === null ? '' : decimalText(value),
    ...benchmarkCells(benchmarks[0]),
  ];
}

function benchmarkCells(benchmark: MoverSide['benchmarks'][number] | undefined): string[] {
  return [
    benchmark?.value == null ? '' : decimalText(benchmark.value),
    benchmark?.groupKey ?? '',
    harmlessText(benchmark?.groupTitle.zh ?? ''),
    harmlessText(benchmark?.groupTitle.en ?? ''),
    benchmark ? String(benchmark.size) : '',
  ];
}
