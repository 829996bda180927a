/** Keeping the ratings of rows that the same transaction keeps: by COPY, since none of them can have been rated before. */
import { newId } from '@tanxiao/contracts';

import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyIn } from './copy/copy-streams';
import type { Provenance } from './provenance';
import type { RatingBatch } from './ratings';
import { unknownDocument } from './runs';
import type { Transaction } from './transaction';
import type { KeptUploadRow } from './upload-rows';

const COLUMNS =
  'id, submission_id, subject_id, revision, rulebook_id, period, region_code, industry_classification, ' +
  'industry_code, rulebook_hash, factor_set_hash, benchmark_run_id, year_before_id, benchmark_id, outcome, ' +
  'reasons, results, bands, grade, level, rank_value, actor, request_id';
const FIELDS = 23;
/** Six UUIDs, a revision, two bands, what ranks, and the NULL of the reasons. */
const FIXED_BYTES = 6 * 20 + 8 + 2 * 6 + 12 + 4;
/** What a row of a rulebook with some ten results takes; more is asked for as needed. */
const ROW_BYTES = 700;

/**
 * @param kept by id, every submission of the batch
 * @throws StoreError `unknown-document`; the transaction must roll back, at least to a savepoint
 */
export async function copyUploadRatings(
  tx: Transaction,
  batch: RatingBatch,
  of: { readonly kept: ReadonlyMap<string, KeptUploadRow>; readonly by: Provenance },
): Promise<void> {
  if (batch.ratings.length === 0) return;
  await requireDocuments(tx, batch);
  await copyIn(tx, `tanxiao.arrival_ratings (${COLUMNS})`, ratingRows(batch, of));
}

function ratingRows(
  { ratings, rulebookHash, factorSetHash, benchmarkRunId }: RatingBatch,
  { kept, by }: { readonly kept: ReadonlyMap<string, KeptUploadRow>; readonly by: Provenance },
): Buffer {
  const rows = new BinaryRowWriter(ratings.length * ROW_BYTES);
  for (const { submissionId, yearBeforeId, benchmarkId, columns, ...headline } of ratings) {
    const one = kept.get(submissionId);
    if (!one) throw new TypeError(`submission ${submissionId} is not of this transaction`);
    const { outcome, reasons, values, bands } = columns;
    rows.row(FIELDS, FIXED_BYTES);
    for (const id of [newId(), one.id, one.subjectId]) rows.uuid(id);
    rows.int4(one.revision);
    for (const text of [one.rulebookId, one.period, one.regionCode]) rows.text(text);
    for (const text of [one.industryClassification, one.industryCode]) rows.text(text);
    for (const hash of [rulebookHash, factorSetHash]) rows.text(hash);
    for (const id of [benchmarkRunId, yearBeforeId ?? null, benchmarkId]) rows.uuid(id);
    rows.text(outcome);
    if (reasons.length === 0) rows.null();
    else rows.texts(reasons);
    rows.numbers(values);
    rows.smallints(bands);
    rows.int2(headline.grade);
    rows.int2(headline.level);
    rows.float8(headline.rankValue);
    for (const text of [by.actor, by.requestId]) rows.text(text);
  }
  return rows.take();
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
