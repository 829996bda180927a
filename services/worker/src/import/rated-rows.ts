/** An upload's rows through the rule engine, by columns: one evaluation a period that they name. */
import { parsePeriod, type SubmissionColumns } from '@tanxiao/contracts';
import {
  layoutColumns,
  type Plan,
  Population,
  rateColumns,
  withYearBefore,
} from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import {
  type KeptUploadRows,
  latestOfPeriod,
  loadForRating,
  loadLayouts,
  type Queryable,
  type RatingBatch,
  type UploadRatings,
  uuidText,
} from '@tanxiao/store';

import { benchmarkColumn, rankValues, reasonSets, withUndecided } from '../rate/columns-to-keep';
import type { KeptBenchmarks } from '../rate/evaluate';
import type { BenchmarkSource } from '../rate/published-benchmarks';
import { periodBefore } from '../rate/year-before';
import type { Columns, ColumnSpace } from '../run/column-space';

export interface RowsToRate {
  readonly rulebookId: string;
  readonly rows: SubmissionColumns;
  readonly kept: KeptUploadRows;
}

export interface RatingFailure {
  readonly submissionId: string;
  readonly error: unknown;
}

/** Rows that were rated together. */
export interface RatedRows {
  readonly documents: Omit<RatingBatch, 'ratings'>;
  /** Null: none could be rated. */
  readonly ratings: UploadRatings | null;
  readonly failures: readonly RatingFailure[];
  /** Of the ratings, those that the referee decided. */
  readonly refereed: number;
}

export interface RatingSource {
  readonly columnSpace: ColumnSpace;
  /** The transaction that keeps the rows. */
  readonly db: Queryable;
  readonly plans: PeriodPlans;
  /** In the order of the rows' columns of inputs. */
  readonly inputNames: readonly string[];
}

/** By period that rows name: what rates them; null where no version is in force (the form lets none through). */
export type PeriodPlans = ReadonlyMap<string, Pick<Group, 'plan' | 'published'> | null>;

export async function periodPlans(
  { periods }: Pick<SubmissionColumns, 'periods'>,
  by: {
    readonly rulebookId: string;
    readonly standards: Standards;
    readonly benchmarks: BenchmarkSource;
  },
): Promise<PeriodPlans> {
  const plans = new Map<string, Pick<Group, 'plan' | 'published'> | null>();
  for (const period of periods) {
    const read = parsePeriod(period);
    const plan = read && by.standards.plan(by.rulebookId, read);
    plans.set(period, plan && { plan, published: await by.benchmarks(plan) });
  }
  return plans;
}

/** In the order of the periods. Every row is among the ratings or the failures. */
export async function rateRows(of: RowsToRate, source: RatingSource): Promise<RatedRows[]> {
  const rated: RatedRows[] = [];
  for (const [index, period] of of.rows.periods.entries()) {
    const rows = rowsOfPeriod(of, index);
    if (rows.length > 0) rated.push(...(await rateOfPeriod(of, { period, rows }, source)));
  }
  return rated;
}

/** Positions of the rows that name a period. */
function rowsOfPeriod({ rows: { size, periods, periodOf } }: RowsToRate, index: number) {
  const all = Int32Array.from({ length: size }, (_, i) => i);
  return periods.length === 1 ? all : all.filter((i) => periodOf[i] === index);
}

interface Group {
  readonly plan: Plan;
  /** Positions. */
  readonly rows: Int32Array;
  readonly published: KeptBenchmarks | null;
  readonly before: YearBefore | null;
}

async function rateOfPeriod(
  of: RowsToRate,
  { period, rows }: { readonly period: string; readonly rows: Int32Array },
  source: RatingSource,
): Promise<RatedRows[]> {
  const by = source.plans.get(period) ?? null;
  if (by === null) {
    const error = new Error(
      `no version of rulebook ${of.rulebookId} is in force in period ${period}`,
    );
    const documents = { rulebookHash: '', factorSetHash: '', benchmarkRunId: null };
    const failures = Array.from(rows, (row) => ({ submissionId: submissionId(of, row), error }));
    return [{ documents, ratings: null, failures, refereed: 0 }];
  }
  const before = await yearBeforeOf(of, { plan: by.plan, rows }, source.db);
  return rateOrHalve(of, { ...by, rows, before }, source);
}

/** Where rows cannot be rated together they are halved until the one bad row is alone: the rest goes through. */
function rateOrHalve(of: RowsToRate, group: Group, source: RatingSource): RatedRows[] {
  const { rows, plan, published } = group;
  try {
    return [rateTogether(of, group, source)];
  } catch (error) {
    if (rows.length === 1) {
      const documents = documentsOf(plan, published);
      const failures = [{ submissionId: submissionId(of, rows[0]!), error }];
      return [{ documents, ratings: null, failures, refereed: 0 }];
    }
    const middle = rows.length >> 1;
    return [rows.subarray(0, middle), rows.subarray(middle)].flatMap((half) =>
      rateOrHalve(of, { ...group, rows: half }, source),
    );
  }
}

function rateTogether(of: RowsToRate, group: Group, source: RatingSource): RatedRows {
  const { plan, rows, published, before } = group;
  const room = source.columnSpace.take(plan.inputs.length, rows.length);
  try {
    fillColumns(of, group, { room, inputNames: source.inputNames });
    const intake = Population.fromColumns(plan, {
      columns: room.columns,
      places: of.rows.places,
      placeOf: rows.map((row) => of.rows.placeOf[row]!),
      size: rows.length,
    });
    const columns = rateColumns(plan, intake.population, published?.table ?? null);
    const unrated = withUndecided(plan, columns, columns.failures);
    const ratedRows = intake.positions.map((position) => rows[position]!);
    const failures = [
      ...intake.refused.map(({ position, error }) => ({ row: rows[position]!, error })),
      ...unrated.failures.map(({ position, error }) => ({ row: ratedRows[position]!, error })),
    ].map(({ row, error }) => ({ submissionId: submissionId(of, row), error }));
    const documents = documentsOf(plan, published);
    const compared = benchmarkColumn(
      columns,
      { size: columns.size, positions: Int32Array.from(unrated.failed.keys()) },
      published,
    );
    // One literal, as of the columns of runs.
    const ratings: UploadRatings = {
      rulebookHash: documents.rulebookHash,
      factorSetHash: documents.factorSetHash,
      benchmarkRunId: documents.benchmarkRunId,
      period: plan.period.id,
      rows: ratedRows,
      headline: plan.headline,
      results: columns.results,
      bands: columns.bands,
      reasons: columns.reasons,
      reasonSets: reasonSets(plan, columns),
      rankValues: rankValues(plan, columns, unrated.failed),
      benchmarks: compared.benchmarks,
      benchmarkIds: compared.benchmarkIds,
      yearBeforeIds: before?.ids ?? null,
      failed: unrated.failed,
    };
    return { documents, ratings, failures, refereed: columns.refereed };
  } finally {
    room.release();
  }
}

/** The rows' inputs in the plan's order, what is taken from a year before filled in. */
function fillColumns(
  { rows: given }: RowsToRate,
  { plan, rows, before }: Group,
  { room, inputNames }: { readonly room: Columns; readonly inputNames: readonly string[] },
): void {
  const { columns } = room;
  const reader = layoutColumns(inputNames, plan.inputs);
  given.inputs.forEach((from, input) => {
    const to = columns[reader.target[input]!];
    if (from === null || to === undefined) return;
    for (let k = 0; k < rows.length; k++) to[k] = from[rows[k]!]!;
  });
  for (let k = 0; k < rows.length; k++) {
    reader.settle(columns, k);
    const read = before?.read(rows[k]!) ?? null;
    if (read === null) continue;
    const stated = columns.map((column) => (Number.isNaN(column[k]) ? null : column[k]!));
    withYearBefore(plan, stated, read).inputs.forEach((value, input) => {
      columns[input]![k] = value ?? NaN;
    });
  }
}

/** What rows take from the submissions of a year before, by row. */
interface YearBefore {
  readonly ids: readonly (string | null)[];
  readonly read: (row: number) => Parameters<typeof withYearBefore>[2] | null;
}

/** Null where the plan reads none. */
async function yearBeforeOf(
  of: RowsToRate,
  { plan, rows }: Pick<Group, 'plan' | 'rows'>,
  db: Queryable,
): Promise<YearBefore | null> {
  const period = periodBefore(plan);
  if (period === null) return null;
  const submissionIds = Array.from(rows, (row) => submissionId(of, row));
  const latest = await latestOfPeriod(db, { submissionIds, period });
  const found = await loadForRating(db, [...latest.values()]);
  const layouts = await loadLayouts(db, [...new Set(found.map(({ layoutId }) => layoutId))]);
  const byId = new Map(found.map((one) => [one.id, one]));
  const ids = new Array<string | null>(of.rows.size).fill(null);
  rows.forEach((row, k) => (ids[row] = latest.get(submissionIds[k]!) ?? null));
  return {
    ids,
    read: (row) => {
      const id = ids[row] ?? null;
      if (id === null) return null;
      const one = byId.get(id);
      const layout = one && layouts.get(one.layoutId);
      if (!layout) throw new Error(`submission ${id} of a year before does not exist`);
      return { period: one.period, revision: null, layout, inputs: one.inputs };
    },
  };
}

function documentsOf(plan: Plan, published: KeptBenchmarks | null): RatedRows['documents'] {
  return {
    rulebookHash: plan.rulebook.hash,
    factorSetHash: plan.factorSet.hash,
    benchmarkRunId: published?.runId ?? null,
  };
}

function submissionId({ kept }: RowsToRate, row: number): string {
  return uuidText(kept.ids, row * 16);
}
