/** Keeping the provisional ratings that are made on arrival: one multi-row insertion, idempotent by (submission, rulebook, factor set). */
import { newId, type RatingColumns } from '@tanxiao/contracts';

import { StoreError } from './errors';
import type { Provenance } from './provenance';
import { unknownDocument } from './runs';
import { numberTextArray, textArray } from './sql-arrays';
import { matrixRow, numberMatrix } from './sql-matrix';
import type { Transaction } from './transaction';

export interface RatingToKeep {
  readonly submissionId: string;
  /** Of the rulebook's first statistic; null: none. */
  readonly benchmarkId: string | null;
  /** The submission of a year before that was read; null or left out: none. */
  readonly yearBeforeId?: string | null;
  readonly columns: RatingColumns;
  /** Band of the headline grading, 1-based (`columns.bands[headline.grade]` + 1); null: none. */
  readonly grade: number | null;
  /** Band of the headline level, 1-based; null: none. */
  readonly level: number | null;
  /** The result that ranks; null: not ranked. */
  readonly rankValue: number | null;
}

export interface RatingBatch {
  readonly rulebookHash: string;
  readonly factorSetHash: string;
  /** The run whose benchmarks the ratings were compared with; null: none. */
  readonly benchmarkRunId: string | null;
  readonly ratings: readonly RatingToKeep[];
}

/**
 * Keeps ratings; those kept before (same submission, rulebook and factor set) are left alone. Subject, revision,
 * rulebook id, period, region and industry are the submission's. Returns how many were new. ≤ 10,000 at once.
 * @throws StoreError `unknown-document`, `unknown-submission`; the transaction must roll back.
 */
export async function keepRatings(
  tx: Transaction,
  batch: RatingBatch,
  by: Provenance,
): Promise<number> {
  if (batch.ratings.length === 0) return 0;
  // Ordered by submission, so that two workers with the same batch wait for one another instead of deadlocking.
  const ratings = [...batch.ratings].sort((a, b) => (a.submissionId < b.submissionId ? -1 : 1));
  const results = numberMatrix(ratings.map(({ columns }) => columns.values));
  const bands = numberMatrix(ratings.map(({ columns }) => columns.bands));
  const { rows } = await tx.query<{ documents: boolean; submissions: number; inserted: number }>(
    KEEP,
    [
      textArray(ratings.map(() => newId())),
      textArray(ratings.map(({ submissionId }) => submissionId)),
      textArray(ratings.map(({ benchmarkId }) => benchmarkId)),
      textArray(ratings.map(({ columns }) => columns.outcome)),
      textArray(
        ratings.map(({ columns }) =>
          columns.reasons.length === 0 ? null : textArray(columns.reasons),
        ),
      ),
      numberTextArray(ratings.map(({ grade }) => grade)),
      numberTextArray(ratings.map(({ level }) => level)),
      numberTextArray(ratings.map(({ rankValue }) => rankValue)),
      batch.rulebookHash,
      batch.factorSetHash,
      by.actor,
      by.requestId,
      results.parameter,
      results.width,
      bands.parameter,
      bands.width,
      batch.benchmarkRunId,
      textArray(ratings.map(({ yearBeforeId }) => yearBeforeId ?? null)),
    ],
  );
  const { documents, submissions, inserted } = rows[0]!;
  if (!documents) throw unknownDocument(batch.rulebookHash, batch.factorSetHash);
  if (submissions !== ratings.length)
    throw new StoreError('unknown-submission', {
      zh: `${ratings.length} 条评价中有 ${ratings.length - submissions} 条的填报不存在`,
      en: `${ratings.length - submissions} of ${ratings.length} ratings name a submission that does not exist`,
    });
  return inserted;
}

/** No foreign keys to documents, runs and benchmarks: each row would lock the same few rows; checked once per batch instead. OFFSET 0 forces index probes. */
const KEEP = `
WITH documents AS (
  SELECT EXISTS (SELECT FROM tanxiao.rulebook_documents WHERE hash = $9)
    AND EXISTS (SELECT FROM tanxiao.factor_set_documents WHERE hash = $10) AS known
), rating AS MATERIALIZED (
  SELECT x.*, s.subject_id, s.revision, s.rulebook_id, s.period, s.region_code, s.industry_classification, s.industry_code
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::smallint[], $8::float8[],
    $18::uuid[])
    WITH ORDINALITY AS x(id, submission_id, benchmark_id, outcome, reasons, grade, level, rank_value, year_before_id, ordinal)
  CROSS JOIN LATERAL (SELECT * FROM tanxiao.submissions WHERE id = x.submission_id OFFSET 0) s
), inserted AS (
  INSERT INTO tanxiao.arrival_ratings (id, submission_id, subject_id, revision, rulebook_id, period, rulebook_hash, factor_set_hash,
    benchmark_run_id, year_before_id, benchmark_id, outcome, reasons, results, bands, grade, level, rank_value, region_code, industry_classification,
    industry_code, actor, request_id)
  SELECT id, submission_id, subject_id, revision, rulebook_id, period, $9, $10,
    $17::uuid, year_before_id, benchmark_id, outcome, reasons::text[], ${matrixRow('$13', '$14', 'ordinal::int')},
    ${matrixRow('$15', '$16', 'ordinal::int')}::smallint[], grade, level, rank_value,
    region_code, industry_classification, industry_code, $11, $12
  FROM rating WHERE (SELECT known FROM documents) ORDER BY ordinal
  ON CONFLICT (submission_id, rulebook_hash, factor_set_hash, period, subject_id) DO NOTHING RETURNING 1
)
SELECT (SELECT known FROM documents) AS documents, (SELECT count(*)::int FROM rating) AS submissions,
  (SELECT count(*)::int FROM inserted) AS inserted`;
