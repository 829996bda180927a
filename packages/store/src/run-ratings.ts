/** A chunk's ratings, written by binary COPY from the columns that the kernel filled, with the chunk's completion in one transaction. */
import type { PoolClient } from 'pg';

import { textField, textsField, uuidField } from './copy/binary-fields';
import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyIn } from './copy/copy-streams';
import type { ChunkInputs } from './run-inputs';

export interface ChunkRatings {
  readonly runId: string;
  readonly period: string;
  readonly firstOrdinal: number;
  readonly inputs: Pick<
    ChunkInputs,
    'size' | 'submissionIds' | 'subjectIds' | 'revisions' | 'places' | 'placeOf' | 'yearBeforeIds'
  >;
  /** By result, by subject; NaN is unknown. */
  readonly results: readonly Float64Array[];
  /** By grading, by subject: 0-based band, −1 unknown. */
  readonly bands: readonly Int8Array[];
  /** Gradings of the headline. */
  readonly headline: { readonly grade: number; readonly level: number | null };
  /** By subject: what it is ranked by; NaN: it isn't ranked. */
  readonly rankValues: Float64Array;
  /** By subject: a set of reasons, as a key of `reasonSets`; 0: rated. */
  readonly reasons: Int32Array;
  readonly reasonSets: ReadonlyMap<number, readonly string[]>;
  /** By subject: position among `benchmarkIds`; −1: none. */
  readonly benchmarks: Int32Array;
  readonly benchmarkIds: readonly string[];
  /** 1 where the subject could not be rated: no row is written. */
  readonly failed: Uint8Array;
}

const TABLE = `tanxiao.run_ratings (run_id, subject_id, submission_id, benchmark_id, year_before_id, rank_value, ordinal, revision,
  grade, level, period, region_code, industry_classification, industry_code, reasons, results, bands)`;
const FIELDS = 17;
/** Of a row without its texts and arrays. */
const FIXED_BYTES = 200;

/** A year-before id of zeros says that there is none. */
const NO_ID = Buffer.alloc(16);

export async function copyRatings(client: PoolClient, ratings: ChunkRatings): Promise<void> {
  await copyIn(client, TABLE, ratingRows(ratings));
}

export function ratingRows(ratings: ChunkRatings): Buffer {
  const { inputs, results, bands, headline } = ratings;
  const { submissionIds, subjectIds, yearBeforeIds } = inputs;
  const runId = uuidField(ratings.runId);
  const period = textField(ratings.period);
  const places = inputs.places.map(({ regionCode, industryClassification, industryCode }) =>
    Buffer.concat([regionCode, industryClassification, industryCode].map(textField)),
  );
  const reasons = new Map([...ratings.reasonSets].map(([key, codes]) => [key, textsField(codes)]));
  const benchmarks = ratings.benchmarkIds.map(uuidField);
  const arrays = 48 + results.length * 12 + bands.length * 6;
  const writer = new BinaryRowWriter(inputs.size * (FIXED_BYTES + arrays + period.length + 40));
  const grades = bands[headline.grade]!;
  const levels = headline.level === null ? null : bands[headline.level]!;
  for (let i = 0; i < inputs.size; i++) {
    if (ratings.failed[i] === 1) continue;
    const place = places[inputs.placeOf[i]!]!;
    const reason = reasons.get(ratings.reasons[i]!) ?? null;
    writer.row(FIELDS, FIXED_BYTES + arrays + period.length + place.length + (reason?.length ?? 0));
    writer.encoded(runId);
    writer.uuidFrom(subjectIds, i * 16);
    writer.uuidFrom(submissionIds, i * 16);
    const benchmark = ratings.benchmarks[i]!;
    if (benchmark < 0) writer.null();
    else writer.encoded(benchmarks[benchmark]!);
    if (yearBeforeIds === null || yearBeforeIds.compare(NO_ID, 0, 16, i * 16, i * 16 + 16) === 0)
      writer.null();
    else writer.uuidFrom(yearBeforeIds, i * 16);
    const rankValue = ratings.rankValues[i]!;
    if (rankValue !== rankValue) writer.null();
    else writer.float8(rankValue);
    writer.int4(ratings.firstOrdinal + i);
    writer.int4(inputs.revisions[i]!);
    band(writer, grades[i]!);
    band(writer, levels === null ? -1 : levels[i]!);
    writer.encoded(period);
    writer.encoded(place);
    if (reason === null) writer.null();
    else writer.encoded(reason);
    writer.float8s(results, i);
    writer.int2s(bands, i);
  }
  return writer.take();
}

/** 1-based in the table. */
function band(writer: BinaryRowWriter, index: number): void {
  if (index === -1) writer.null();
  else writer.int2(index + 1);
}
