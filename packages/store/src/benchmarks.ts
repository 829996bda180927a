/** Benchmarks (行业平均): a run's peer groups with their exact totals, and the published ones for provisional ratings. */
import { newId } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import { numberTextArray, textArray } from './sql-arrays';
import type { Transaction } from './transaction';

/** As the rulebook package's `Benchmark`. */
export interface BenchmarkToKeep {
  /** Name of the rulebook's statistic. */
  readonly statistic: string;
  /** Level of the peer group, as the rulebook names it. */
  readonly level: string;
  readonly groupKey: string;
  /** Peers in the group. */
  readonly size: number;
  /** Exact totals, `123.45` or `n/d`. */
  readonly numerator: string;
  readonly denominator: string;
  /** numerator / denominator, rounded, for display only; null where the denominator is zero. */
  readonly value: number | null;
}

export interface BenchmarkRow extends BenchmarkToKeep {
  readonly id: string;
  readonly runId: string;
  readonly rulebookId: string;
  readonly rulebookHash: string;
  readonly factorSetHash: string;
  readonly period: string;
  readonly createdAt: Date;
}

const BENCHMARK = `b.id, b.run_id AS "runId", b.rulebook_id AS "rulebookId", b.rulebook_hash AS "rulebookHash",
  b.factor_set_hash AS "factorSetHash", b.period, b.statistic, b.level, b.group_key AS "groupKey", b.size, b.numerator, b.denominator,
  b.value, b.created_at AS "createdAt"`;

/**
 * Keeps a run's benchmarks; a group kept before is left alone, so a repeated step is harmless. Rulebook, factor set and
 * period are the run's. Read them back, with their ids, by {@link loadRunBenchmarks}.
 */
export async function keepBenchmarks(
  tx: Transaction,
  runId: string,
  benchmarks: readonly BenchmarkToKeep[],
  by: Provenance,
): Promise<void> {
  // Pieces keep one statement's parameters at about a megabyte.
  for (let start = 0; start < benchmarks.length; start += 5000) {
    const piece = benchmarks.slice(start, start + 5000);
    await tx.query(
      `INSERT INTO tanxiao.benchmarks (id, run_id, rulebook_id, rulebook_hash, factor_set_hash, period, statistic, level,
         group_key, size, numerator, denominator, value, actor, request_id)
       SELECT x.id, r.id, r.rulebook_id, r.rulebook_hash, r.factor_set_hash, r.period, x.statistic, x.level, x.group_key,
         x.size, x.numerator, x.denominator, x.value, $10, $11
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::float8[])
         AS x(id, statistic, level, group_key, size, numerator, denominator, value)
       JOIN tanxiao.runs r ON r.id = $1
       ON CONFLICT (run_id, statistic, group_key, level) DO NOTHING`,
      [
        runId,
        textArray(piece.map(() => newId())),
        textArray(piece.map(({ statistic }) => statistic)),
        textArray(piece.map(({ level }) => level)),
        textArray(piece.map(({ groupKey }) => groupKey)),
        numberTextArray(piece.map(({ size }) => size)),
        textArray(piece.map(({ numerator }) => numerator)),
        textArray(piece.map(({ denominator }) => denominator)),
        numberTextArray(piece.map(({ value }) => value)),
        by.actor,
        by.requestId,
      ],
    );
  }
}

/** One benchmark, or null. */
export async function getBenchmark(db: Queryable, id: string): Promise<BenchmarkRow | null> {
  const { rows } = await db.query<BenchmarkRow>(
    `SELECT ${BENCHMARK} FROM tanxiao.benchmarks b WHERE b.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** A run's benchmarks of some groups, whichever statistic and level they are of: those of one subject. */
export async function loadGroupBenchmarks(
  db: Queryable,
  of: { readonly runId: string; readonly groupKeys: readonly string[] },
): Promise<BenchmarkRow[]> {
  const { rows } = await db.query<BenchmarkRow>(
    `SELECT ${BENCHMARK} FROM tanxiao.benchmarks b WHERE b.run_id = $1 AND b.group_key = ANY ($2::text[])
     ORDER BY b.statistic, b.level, b.group_key`,
    [of.runId, textArray([...of.groupKeys])],
  );
  return rows;
}

/** All of a run's benchmarks, by statistic, level and group. */
export async function loadRunBenchmarks(db: Queryable, runId: string): Promise<BenchmarkRow[]> {
  const { rows } = await db.query<BenchmarkRow>(
    `SELECT ${BENCHMARK} FROM tanxiao.benchmarks b WHERE b.run_id = $1 ORDER BY b.statistic, b.level, b.group_key`,
    [runId],
  );
  return rows;
}

export interface BenchmarksRequest {
  /** A run's; left out: those of the published runs. */
  readonly runId?: string | undefined;
  readonly rulebookId?: string | undefined;
  readonly period?: string | undefined;
  readonly level?: string | undefined;
  readonly groupKey?: string | undefined;
  /** Groups whose keys begin with it. */
  readonly groupKeyStart?: string | undefined;
  /** Only benchmarks with a greater id: the last of the page before. */
  readonly after?: string | undefined;
  /** Default 100; null: all that there are. */
  readonly limit?: number | null | undefined;
}

/** Benchmarks by id. */
export async function listBenchmarks(
  db: Queryable,
  request: BenchmarksRequest,
): Promise<BenchmarkRow[]> {
  const { rows } = await db.query<BenchmarkRow>(
    `SELECT ${BENCHMARK} FROM tanxiao.benchmarks b
     WHERE (CASE WHEN $1::uuid IS NULL THEN b.run_id IN (SELECT run_id FROM tanxiao.published_runs) ELSE b.run_id = $1 END)
       AND ($2::text IS NULL OR b.rulebook_id = $2) AND ($3::text IS NULL OR b.period = $3)
       AND ($4::text IS NULL OR b.level = $4) AND ($5::text IS NULL OR b.group_key = $5)
       AND ($6::uuid IS NULL OR b.id > $6)
       AND ($8::text IS NULL OR starts_with(b.group_key, $8))
     ORDER BY b.id LIMIT $7`,
    [
      request.runId ?? null,
      request.rulebookId ?? null,
      request.period ?? null,
      request.level ?? null,
      request.groupKey ?? null,
      request.after ?? null,
      request.limit === undefined ? 100 : request.limit,
      request.groupKeyStart ?? null,
    ],
  );
  return rows;
}

export interface PublishedRun {
  readonly runId: string;
  readonly rulebookId: string;
  readonly rulebookHash: string;
  readonly factorSetHash: string;
  readonly period: string;
  readonly publishedAt: Date;
}

/**
 * The published run whose benchmarks a rating made on arrival is compared with: of the latest published period of the
 * same kind (quarter, half-year, year) not after `period`; null where none is published. One index probe: ask it per
 * batch, and cache the benchmarks by run id ({@link loadRunBenchmarks}), which never change.
 */
export async function latestPublishedRun(
  db: Queryable,
  { rulebookId, period }: { readonly rulebookId: string; readonly period: string },
): Promise<PublishedRun | null> {
  const { rows } = await db.query<PublishedRun>(
    `SELECT p.run_id AS "runId", r.rulebook_id AS "rulebookId", r.rulebook_hash AS "rulebookHash",
       r.factor_set_hash AS "factorSetHash", p.period, p.published_at AS "publishedAt"
     FROM tanxiao.publications p JOIN tanxiao.runs r ON r.id = p.run_id
     WHERE p.rulebook_id = $1 AND p.period <= $2 AND substr(p.period, 5, 1) = substr($2, 5, 1)
     ORDER BY p.period DESC, p.id DESC LIMIT 1`,
    [rulebookId, period],
  );
  return rows[0] ?? null;
}
