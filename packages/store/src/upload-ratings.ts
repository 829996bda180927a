/** Keeping the ratings of rows that the same transaction keeps: by COPY, since none of them can have been rated before. */
import { newIds, type SubmissionColumns } from '@tanxiao/contracts';

import { textField, uuidField } from './copy/binary-fields';
import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyRows } from './copy/copy-streams';
import type { Provenance } from './provenance';
import {
  HEADLINE_BYTES,
  type RatingColumnsToKeep,
  reasonFields,
  writeHeadlineBands,
  writeRankValue,
} from './rating-columns';
import type { RatingBatch } from './ratings';
import { unknownDocument } from './runs';
import type { Transaction } from './transaction';
import { type KeptUploadRows, longest, placeFields } from './upload-rows';

/** Ratings of rows of one period, by column as the kernel fills them. */
export interface UploadRatings extends Omit<RatingBatch, 'ratings'>, RatingColumnsToKeep {
  readonly period: string;
  /** By rating: its position among the rows. */
  readonly rows: Int32Array;
  /** By row: the submission of a year before that was read; null: none. Null: of no row. */
  readonly yearBeforeIds: readonly (string | null)[] | null;
}

const COLUMNS =
  'id, submission_id, subject_id, revision, rulebook_id, period, region_code, industry_classification, ' +
  'industry_code, rulebook_hash, factor_set_hash, benchmark_run_id, year_before_id, benchmark_id, outcome, ' +
  'reasons, results, bands, grade, level, rank_value, actor, request_id';
const FIELDS = 23;
const UUID_BYTES = 16;
/** Five UUIDs, a revision, and the headers of two arrays. */
const FIXED_BYTES = 5 * 20 + 8 + HEADLINE_BYTES + 2 * 24;

/**
 * @throws StoreError `unknown-document`; the transaction must roll back, at least to a savepoint
 */
export async function copyUploadRatings(
  tx: Transaction,
  ratings: UploadRatings,
  of: {
    readonly rulebookId: string;
    readonly rows: SubmissionColumns;
    readonly kept: KeptUploadRows;
    readonly by: Provenance;
  },
): Promise<void> {
  if (ratings.rows.length === 0) return;
  await requireDocuments(tx, ratings);
  await copyRows(tx, `tanxiao.arrival_ratings (${COLUMNS})`, ratingRows(ratings, of));
}

type Kept = Parameters<typeof copyUploadRatings>[2];

/** Fields that many rows share. */
interface SharedFields {
  /** By rating, 16 bytes each. */
  readonly ids: Uint8Array;
  readonly period: Buffer;
  readonly places: readonly Buffer[];
  readonly documents: Buffer;
  readonly benchmarks: readonly Buffer[];
  /** By set of reasons: outcome and reasons. */
  readonly outcomes: ReadonlyMap<number, Buffer>;
  readonly who: Buffer;
  /** Of a row, but for its place and outcome. */
  readonly fixedBytes: number;
}

function ratingRows(ratings: UploadRatings, of: Kept): BinaryRowWriter {
  const count = ratings.rows.length;
  const shared = sharedFields(ratings, of);
  const { fixedBytes, places, outcomes } = shared;
  const writer = new BinaryRowWriter(
    count * (fixedBytes + longest(places) + longest([...outcomes.values()])),
  );
  for (let k = 0; k < count; k++)
    if (ratings.failed[k] === 0) writeRow(writer, { ratings, of, shared }, k);
  return writer;
}

function sharedFields(ratings: UploadRatings, { rulebookId, rows, by }: Kept): SharedFields {
  const period = Buffer.concat([rulebookId, ratings.period].map(textField));
  const documents = Buffer.concat([
    ...[ratings.rulebookHash, ratings.factorSetHash].map(textField),
    uuidField(ratings.benchmarkRunId),
  ]);
  const who = Buffer.concat([by.actor, by.requestId].map(textField));
  const same = period.length + documents.length + who.length;
  return {
    ids: newIds(ratings.rows.length),
    period,
    places: placeFields(rows),
    documents,
    benchmarks: Array.from(ratings.benchmarkIds, uuidField),
    outcomes: outcomesOf(ratings),
    who,
    fixedBytes: FIXED_BYTES + same + ratings.results.length * 12 + ratings.bands.length * 6,
  };
}

function writeRow(
  writer: BinaryRowWriter,
  {
    ratings,
    of: { rows, kept },
    shared,
  }: { readonly ratings: UploadRatings; readonly of: Kept; readonly shared: SharedFields },
  k: number,
): void {
  const row = ratings.rows[k]!;
  const place = shared.places[rows.placeOf[row]!]!;
  const outcome = shared.outcomes.get(ratings.reasons[k]!)!;
  writer.row(FIELDS, shared.fixedBytes + place.length + outcome.length);
  writer.uuidFrom(shared.ids, k * UUID_BYTES);
  writer.uuidFrom(kept.ids, row * UUID_BYTES);
  writer.uuidFrom(kept.subjectIds, row * UUID_BYTES);
  writer.int4(kept.revisions[row]!);
  writer.encoded(shared.period);
  writer.encoded(place);
  writer.encoded(shared.documents);
  writer.uuid(ratings.yearBeforeIds?.[row] ?? null);
  const benchmark = ratings.benchmarks[k]!;
  if (benchmark < 0) writer.null();
  else writer.encoded(shared.benchmarks[benchmark]!);
  writer.encoded(outcome);
  writer.float8s(ratings.results, k);
  writer.int2s(ratings.bands, k);
  writeHeadlineBands(writer, ratings, k);
  writeRankValue(writer, ratings, k);
  writer.encoded(shared.who);
}

/** By set of reasons: outcome and reasons as fields. */
function outcomesOf(ratings: UploadRatings): Map<number, Buffer> {
  const none = Buffer.from([0xff, 0xff, 0xff, 0xff]);
  const of = new Map([[0, Buffer.concat([textField('rated'), none])]]);
  for (const [key, reasons] of reasonFields(ratings))
    of.set(key, Buffer.concat([textField('not-rated'), reasons]));
  return of;
}

async function requireDocuments(
  tx: Transaction,
  { rulebookHash, factorSetHash }: Omit<RatingBatch, 'ratings'>,
): Promise<void> {
  const { rows } = await tx.query<{ known: boolean }>({
    name: 'known-documents',
    text: `SELECT EXISTS (SELECT FROM tanxiao.rulebook_documents WHERE hash = $1)
      AND EXISTS (SELECT FROM tanxiao.factor_set_documents WHERE hash = $2) AS known`,
    values: [rulebookHash, factorSetHash],
  });
  if (!rows[0]!.known) throw unknownDocument(rulebookHash, factorSetHash);
}
