/** A chunk's ratings, written by binary COPY from the columns that the kernel filled, with the chunk's completion in one transaction. */
import type { PoolClient } from 'pg';

import { textField, uuidField } from './copy/binary-fields';
import { isSameUuid } from './copy/binary-format';
import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyRows } from './copy/copy-streams';
import {
  type RatingColumnsToKeep,
  reasonFields,
  writeHeadlineBands,
  writeRankValue,
} from './rating-columns';
import type { ChunkInputs } from './run-inputs';

export interface ChunkRatings extends RatingColumnsToKeep {
  readonly runId: string;
  readonly period: string;
  readonly firstOrdinal: number;
  readonly inputs: Pick<
    ChunkInputs,
    'size' | 'submissionIds' | 'subjectIds' | 'revisions' | 'places' | 'placeOf' | 'yearBeforeIds'
  >;
}

const TABLE = `tanxiao.run_ratings (run_id, subject_id, submission_id, benchmark_id, year_before_id, rank_value, ordinal, revision,
  grade, level, period, region_code, industry_classification, industry_code, reasons, results, bands)`;
const FIELDS = 17;
/** Of a row without its texts and arrays. */
const FIXED_BYTES = 200;

/** A year-before id of zeros says that there is none. */
const NO_ID = Buffer.alloc(16);

export async function copyRatings(client: PoolClient, ratings: ChunkRatings): Promise<void> {
  await copyRows(client, TABLE, ratingRows(ratings));
}

/** Fields that many rows share. */
interface SharedFields {
  readonly runId: Buffer;
  readonly period: Buffer;
  readonly places: readonly Buffer[];
  readonly reasons: ReadonlyMap<number, Buffer>;
  readonly benchmarks: readonly Buffer[];
  /** Of a row, but for its place and reasons. */
  readonly fixedBytes: number;
}

function ratingRows(ratings: ChunkRatings): BinaryRowWriter {
  const { inputs, failed } = ratings;
  const shared = sharedFields(ratings);
  const writer = new BinaryRowWriter(inputs.size * (shared.fixedBytes + 40));
  for (let i = 0; i < inputs.size; i++) if (failed[i] === 0) writeRow(writer, ratings, shared, i);
  return writer;
}

function sharedFields(ratings: ChunkRatings): SharedFields {
  const { inputs, results, bands } = ratings;
  const period = textField(ratings.period);
  return {
    runId: uuidField(ratings.runId),
    period,
    places: Array.from(inputs.places, ({ regionCode, industryClassification, industryCode }) =>
      Buffer.concat([regionCode, industryClassification, industryCode].map(textField)),
    ),
    reasons: reasonFields(ratings),
    benchmarks: Array.from(ratings.benchmarkIds, uuidField),
    fixedBytes: FIXED_BYTES + period.length + 48 + results.length * 12 + bands.length * 6,
  };
}

function writeRow(
  writer: BinaryRowWriter,
  ratings: ChunkRatings,
  shared: SharedFields,
  i: number,
): void {
  const { inputs } = ratings;
  const { yearBeforeIds } = inputs;
  const place = shared.places[inputs.placeOf[i]!]!;
  const reason = shared.reasons.get(ratings.reasons[i]!) ?? null;
  writer.row(FIELDS, shared.fixedBytes + place.length + (reason?.length ?? 0));
  writer.encoded(shared.runId);
  writer.uuidFrom(inputs.subjectIds, i * 16);
  writer.uuidFrom(inputs.submissionIds, i * 16);
  const benchmark = ratings.benchmarks[i]!;
  if (benchmark < 0) writer.null();
  else writer.encoded(shared.benchmarks[benchmark]!);
  if (yearBeforeIds === null || isSameUuid(yearBeforeIds, i * 16, NO_ID, 0)) writer.null();
  else writer.uuidFrom(yearBeforeIds, i * 16);
  writeRankValue(writer, ratings, i);
  writer.int4(ratings.firstOrdinal + i);
  writer.int4(inputs.revisions[i]!);
  writeHeadlineBands(writer, ratings, i);
  writer.encoded(shared.period);
  writer.encoded(place);
  if (reason === null) writer.null();
  else writer.encoded(reason);
  writer.float8s(ratings.results, i);
  writer.int2s(ratings.bands, i);
}
