/**
 * What a chunk of a run reads: its submissions by binary COPY straight into columns. The subjects of a chunk are a range
 * of the submissions' key, so there is no join and no sorting; revisions that are not the frozen ones are passed over.
 */
import type { PoolClient } from 'pg';

import type { Queryable } from './connection';
import { uuidText } from './copy/binary-fields';
import { BinaryRowReader } from './copy/binary-row-reader';
import { copyOut } from './copy/copy-streams';
import { StoreError } from './errors';

/** Positions of a layout's inputs among the wanted columns; −1: not wanted. */
export type LayoutTarget = Int32Array;

export interface ChunkRequest {
  readonly runId: string;
  readonly seq: number;
  /** Of the run. */
  readonly rulebookId: string;
  readonly period: string;
  /** Room for so many subjects: columns that are all NaN, of which those that `targetOf` names are filled. */
  readonly columnsFor: (size: number) => readonly Float64Array[];
  /** Of every layout there is. @see loadAllLayouts */
  readonly targetOf: (layoutId: number) => LayoutTarget;
}

/** Where a subject is and what it does. */
export interface ChunkPlace {
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
}

/** A chunk's subjects in the order of their ordinals. */
export interface ChunkInputs {
  readonly size: number;
  /** 16 bytes a subject. */
  readonly submissionIds: Buffer;
  readonly subjectIds: Buffer;
  readonly revisions: Int32Array;
  readonly layoutIds: Int32Array;
  /** Distinct places, and each subject's position among them. */
  readonly places: readonly ChunkPlace[];
  readonly placeOf: Int32Array;
  /** NaN is unknown; what a subject's form did not have is unknown. */
  readonly columns: readonly Float64Array[];
  /** Each subject's submission of a year before, 16 zeros: none; null where the run reads none at all. */
  readonly yearBeforeIds: Buffer | null;
}

interface Population {
  readonly firstSubjectId: string;
  readonly lastSubjectId: string;
  readonly submissionIds: Buffer;
  readonly yearBeforeIds: Buffer | null;
}

/** @throws StoreError `unknown-submission` where a frozen submission is not found */
export async function readChunkInputs(
  client: PoolClient,
  request: ChunkRequest,
): Promise<ChunkInputs> {
  const population = await populationOf(client, request);
  const bytes = await copyOut(client, submissionsQuery(request, population));
  return decode(bytes, request, population);
}

async function populationOf(client: PoolClient, { runId, seq }: ChunkRequest): Promise<Population> {
  const { rows } = await client.query<Population>(
    `SELECT first_subject_id AS "firstSubjectId", last_subject_id AS "lastSubjectId", submission_ids AS "submissionIds",
       year_before_ids AS "yearBeforeIds" FROM tanxiao.run_populations WHERE run_id = $1 AND seq = $2`,
    [runId, seq],
  );
  if (!rows[0])
    throw new StoreError('bad-argument', {
      zh: `批次 ${runId} 没有第 ${seq} 段`,
      en: `run ${runId} has no chunk ${seq}`,
    });
  return rows[0];
}

const FIELDS = 8;

/** Texts here are ids of the run's own row and UUIDs; COPY takes no parameters. */
function submissionsQuery(
  { rulebookId, period }: ChunkRequest,
  { firstSubjectId, lastSubjectId }: Population,
): string {
  return `SELECT id, subject_id, revision, layout_id, region_code, industry_classification, industry_code, inputs
    FROM tanxiao.submissions WHERE rulebook_id = ${literal(rulebookId)} AND period = ${literal(period)}
      AND subject_id BETWEEN ${literal(firstSubjectId)} AND ${literal(lastSubjectId)} ORDER BY subject_id, revision`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function decode(bytes: Buffer, request: ChunkRequest, population: Population): ChunkInputs {
  const { submissionIds: wanted, yearBeforeIds } = population;
  const size = wanted.length / 16;
  const subjectIds = Buffer.allocUnsafe(size * 16);
  const revisions = new Int32Array(size);
  const layoutIds = new Int32Array(size);
  const placeOf = new Int32Array(size);
  const columns = request.columnsFor(size);
  const places: ChunkPlace[] = [];
  const placeByKey = new Map<string, number>();
  const unwanted: Float64Array[] = [];
  const reader = new BinaryRowReader(bytes);
  let row = 0;
  while (reader.next(FIELDS)) {
    const id = reader.uuid()!;
    const subject = reader.uuid()!;
    const revision = reader.int();
    const layoutId = reader.int();
    const placeAt = reader.offset;
    const key = reader.fieldsKey(3);
    const isFrozen =
      row < size && bytes.compare(wanted, row * 16, row * 16 + 16, id, id + 16) === 0;
    reader.float8s(
      isFrozen ? columns : unwanted,
      isFrozen ? request.targetOf(layoutId) : NONE,
      row,
    );
    if (!isFrozen) continue;
    bytes.copy(subjectIds, row * 16, subject, subject + 16);
    revisions[row] = revision;
    layoutIds[row] = layoutId;
    let place = placeByKey.get(key);
    if (place === undefined) {
      place = places.length;
      placeByKey.set(key, place);
      const [regionCode, industryClassification, industryCode] = reader.texts(3, placeAt);
      places.push({
        regionCode: regionCode!,
        industryClassification: industryClassification!,
        industryCode: industryCode!,
      });
    }
    placeOf[row] = place;
    row += 1;
  }
  if (row < size) throw missing(uuidText(wanted, row * 16));
  return {
    size,
    submissionIds: wanted,
    subjectIds,
    revisions,
    layoutIds,
    places,
    placeOf,
    columns,
    yearBeforeIds,
  };
}

/** A target for rows that are passed over: longer than any form. */
const NONE = new Int32Array(100_000).fill(-1);

function missing(id: string): StoreError {
  return new StoreError('unknown-submission', {
    zh: `批次冻结的填报 ${id} 不存在`,
    en: `submission ${id}, frozen by the run, does not exist`,
  });
}

/** Id of a subject's submission. */
export function submissionIdAt(
  { submissionIds }: Pick<ChunkInputs, 'submissionIds'>,
  position: number,
): string {
  return uuidText(submissionIds, position * 16);
}

/** All input layouts there are, by id: a few per rulebook. */
export async function loadAllLayouts(db: Queryable): Promise<Map<number, readonly string[]>> {
  const { rows } = await db.query<{ id: number; names: string[] }>(
    'SELECT id, names FROM tanxiao.input_layouts',
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}
