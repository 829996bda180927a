/** What is kept of ratings by columns beside what the kernel made, in runs and of a file's rows alike. */
import { type Plan, type RatedColumns, reasonCodes } from '@tanxiao/rulebook';
import type { RatingColumnsToKeep } from '@tanxiao/store';

import type { KeptBenchmarks } from './evaluate';

type Made = Pick<RatedColumns, 'results' | 'bands' | 'reasons'>;

/** As the tables demand: a rating has a grade, or a reason why not. Null: so it is. */
export function undecided({ headline }: Plan, { bands, reasons }: Made, i: number): Error | null {
  const isGraded = bands[headline.grade]![i] !== -1;
  return isGraded === (reasons[i] === 0)
    ? null
    : new Error('neither a grade nor a reason, or both');
}

/** Not rated is never a bad place in a ranking: it has none. @param failed 1 where there is no rating at all */
export function rankValues(
  { headline }: Plan,
  { results, bands }: Made,
  failed: Uint8Array,
): Float64Array {
  const grades = bands[headline.grade]!;
  return results[headline.rankBy]!.map((value, i) =>
    grades[i] === -1 || failed[i] === 1 ? NaN : value,
  );
}

export function reasonSets(plan: Plan, { reasons }: Made): RatingColumnsToKeep['reasonSets'] {
  return new Map(
    [...new Set(reasons)].filter(Boolean).map((mask) => [mask, reasonCodes(plan, mask)]),
  );
}

const NOT_ASKED = -2;

/**
 * By rating, the benchmark of the first statistic. Subjects of one group share a row, which is looked up once.
 * @param of how many ratings there are, and where each of the rated stands among them
 */
export function benchmarkColumn(
  rated: RatedColumns,
  of: { readonly size: number; readonly positions: Int32Array },
  kept: KeptBenchmarks | null,
): Pick<RatingColumnsToKeep, 'benchmarks' | 'benchmarkIds'> {
  const benchmarks = new Int32Array(of.size).fill(-1);
  const benchmarkIds: string[] = [];
  const placeOfRow = new Map<object, number>();
  const placeOf = (cell: number): number => {
    const row = rated.benchmarkOfCell(0, cell);
    if (row === null) return -1;
    const known = placeOfRow.get(row);
    if (known !== undefined) return known;
    const id = kept?.idOf(row) ?? null;
    const place = id === null ? -1 : benchmarkIds.push(id) - 1;
    placeOfRow.set(row, place);
    return place;
  };
  const { cells, cellCount, size } = rated;
  const { positions } = of;
  const placeOfCell = new Int32Array(cellCount).fill(NOT_ASKED);
  for (let i = 0; i < size; i++) {
    const cell = cells[i]!;
    if (placeOfCell[cell] === NOT_ASKED) placeOfCell[cell] = placeOf(cell);
    benchmarks[positions[i]!] = placeOfCell[cell]!;
  }
  return { benchmarks, benchmarkIds };
}
