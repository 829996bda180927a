/** Keeping the ratings of rows that the same transaction keeps: by COPY, since none of them can have been rated before. */
import { newId } from '@tanxiao/contracts';

import { copyIn, CopyRows } from './copy-rows';
import type { Provenance } from './provenance';
import type { RatingBatch } from './ratings';
import { unknownDocument } from './runs';
import type { Transaction } from './transaction';
import type { KeptUploadRow } from './upload-rows';

const COLUMNS =
  'id, submission_id, subject_id, revision, rulebook_id, period, region_code, industry_classification, ' +
  'industry_code, rulebook_hash, factor_set_hash, run_id, benchmark_run_id, year_before_id, benchmark_id, outcome, ' +
  'reasons, results, bands, grade, level, rank_value, actor, request_id';

/**
 * @param kept by id, every submission of the batch
 * @throws StoreError `unknown-document`; the transaction must roll back, at least to a savepoint
 */
export async function copyRatings(
  tx: Transaction,
  batch: RatingBatch,
  of: { readonly kept: ReadonlyMap<string, KeptUploadRow>; readonly by: Provenance },
): Promise<void> {
  if (batch.ratings.length === 0) return;
  const { rulebookHash, factorSetHash, runId, benchmarkRunId } = batch;
  await requireDocuments(tx, batch);
  const rows = new CopyRows();
  for (const rating of batch.ratings) {
    const one = of.kept.get(rating.submissionId);
    if (!one) throw new TypeError(`submission ${rating.submissionId} is not of this transaction`);
    const { outcome, reasons, values, bands } = rating.columns;
    rows.row(24).uuid(newId()).uuid(one.id).uuid(one.subjectId).int4(one.revision);
    rows.text(one.rulebookId).text(one.period).text(one.regionCode);
    rows.text(one.industryClassification).text(one.industryCode);
    rows.text(rulebookHash).text(factorSetHash).uuid(runId).uuid(benchmarkRunId);
    rows
      .uuid(rating.yearBeforeId ?? null)
      .uuid(rating.benchmarkId)
      .text(outcome);
    rows
      .textArray(reasons.length === 0 ? null : reasons)
      .float8Array(values)
      .int2Array(bands);
    rows.int2(rating.grade).int2(rating.level).float8(rating.rankValue);
    rows.text(of.by.actor).text(of.by.requestId);
  }
  await copyIn(tx, `tanxiao.ratings (${COLUMNS})`, rows);
}

async function requireDocuments(tx: Transaction, batch: RatingBatch): Promise<void> {
  const { rulebookHash, factorSetHash } = batch;
  const { rows } = await tx.query<{ known: boolean }>({
    name: 'known-documents',
    text: `SELECT EXISTS (SELECT FROM tanxiao.rulebook_documents WHERE hash = $1)
      AND EXISTS (SELECT FROM tanxiao.factor_set_documents WHERE hash = $2) AS known`,
    values: [rulebookHash, factorSetHash],
  });
  if (!rows[0]!.known) throw unknownDocument(rulebookHash, factorSetHash);
}
