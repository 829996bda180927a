/** What is kept of ratings by columns beside what the kernel made, in runs and of a file's rows alike. */
import { type Plan, type RatedColumns, reasonCodes } from '@tanxiao/rulebook';
import type { RatingColumnsToKeep } from '@tanxiao/store';

import type { KeptBenchmarks } from './evaluate';

type Made = Pick<RatedColumns, 'results' | 'bands' | 'reasons'>;

interface Unrated {
  /** Among the ratings. */
  readonly position: number;
  readonly error: unknown;
}

/**
 * As the tables demand, a rating has a grade or a reason why not: those that have neither, or both, join those known to
 * have failed.
 */
export function withUndecided(
  { headline }: Plan,
  { bands, reasons }: Made,
  known: readonly Unrated[],
): { readonly failed: Uint8Array; readonly failures: readonly Unrated[] } {
  const failed = new Uint8Array(reasons.length);
  for (const { position } of known) failed[position] = 1;
  const undecided = undecidedPositions(bands[headline.grade]!, reasons, failed);
  for (const position of undecided) failed[position] = 1;
  const error = new Error('neither a grade nor a reason, or both');
  return { failed, failures: [...known, ...undecided.map((position) => ({ position, error }))] };
}

function undecidedPositions(grades: Int8Array, reasons: Int32Array, failed: Uint8Array): number[] {
  const positions: number[] = [];
  for (let i = 0; i < reasons.length; i++)
    if (failed[i] === 0 && (grades[i] === -1) === (reasons[i] === 0)) positions.push(i);
  return positions;
}

/** Not rated is never a bad place in a ranking: it has none. @param failed 1 where there is no rating at all */
export function rankValues(
  { headline }: Plan,
  { results, bands }: Made,
  failed: Uint8Array,
): Float64Array {
  const grades = bands[headline.grade]!;
  const values = results[headline.rankBy]!.slice(0, grades.length);
  for (let i = 0; i < values.length; i++) if (grades[i] === -1 || failed[i] === 1) values[i] = NaN;
  return values;
}

export function reasonSets(plan: Plan, { reasons }: Made): RatingColumnsToKeep['reasonSets'] {
  const masks = new Set<number>();
  let last = 0;
  for (const mask of reasons) {
    if (mask === 0 || mask === last) continue;
    masks.add(mask);
    last = mask;
  }
  return new Map(Array.from(masks, (mask) => [mask, reasonCodes(plan, mask)]));
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
  const placeOfCell = new Int32Array(cellCount).fill(NOT_ASKED);
  for (let i = 0; i < size; i++)
    if (placeOfCell[cells[i]!] === NOT_ASKED) placeOfCell[cells[i]!] = placeOf(cells[i]!);
  spread(placeOfCell, { cells, positions: of.positions, size }, benchmarks);
  return { benchmarks, benchmarkIds };
}

/** By rating, what its cell has. */
function spread(
  ofCells: Int32Array,
  of: { readonly cells: Int32Array; readonly positions: Int32Array; readonly size: number },
  into: Int32Array,
): void {
  const { cells, positions, size } = of;
  for (let i = 0; i < size; i++) into[positions[i]!] = ofCells[cells[i]!]!;
}
