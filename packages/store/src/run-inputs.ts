/**
 * What a chunk of a run reads: its submissions by binary COPY straight into columns. The subjects of a chunk are a range
 * of the submissions' key, so there is no join and no sorting; revisions that are not the frozen ones are passed over.
 */
import type { PoolClient } from 'pg';

import type { Queryable } from './connection';
import { uuidText } from './copy/binary-fields';
import { copyUuid, isSameUuid, UUID_BYTES } from './copy/binary-format';
import { BinaryRowReader } from './copy/binary-row-reader';
import { ByteKeys } from './copy/byte-keys';
import { copyOut, literal } from './copy/copy-streams';
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
  return copyOut(client, submissionsQuery(request, population), (bytes) =>
    decode(bytes, request, population),
  );
}

async function populationOf(client: PoolClient, { runId, seq }: ChunkRequest): Promise<Population> {
  const population = await copyOut(client, populationQuery(runId, seq), (bytes) => {
    const reader = new BinaryRowReader(bytes);
    if (!reader.next(4)) return null;
    const [first, last] = [reader.uuid()!, reader.uuid()!];
    const [submissionIds, yearBeforeIds] = [reader.blob()!, reader.blob()];
    return {
      firstSubjectId: uuidText(bytes, first),
      lastSubjectId: uuidText(bytes, last),
      submissionIds: Buffer.from(submissionIds),
      yearBeforeIds: yearBeforeIds && Buffer.from(yearBeforeIds),
    };
  });
  if (population === null)
    throw new StoreError('bad-argument', {
      zh: `批次 ${runId} 没有第 ${seq} 段`,
      en: `run ${runId} has no chunk ${seq}`,
    });
  return population;
}

/** Binary: as text, ids would take twice their bytes, and be parsed. */
function populationQuery(runId: string, seq: number): string {
  return `SELECT first_subject_id, last_subject_id, submission_ids, year_before_ids FROM tanxiao.run_populations
    WHERE run_id = ${literal(runId)} AND seq = ${seq}`;
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

function decode(bytes: Buffer, request: ChunkRequest, population: Population): ChunkInputs {
  const rows = new ChunkRows(new BinaryRowReader(bytes), request, population);
  while (rows.next());
  return rows.inputs();
}

/** Rows of a chunk on their way into columns. */
class ChunkRows {
  private readonly size: number;
  private readonly wanted: Buffer;
  private readonly subjectIds: Buffer;
  private readonly revisions: Int32Array;
  private readonly layoutIds: Int32Array;
  private readonly places: ChunkPlace[] = [];
  private readonly placeKeys = new ByteKeys();
  private readonly placeOf: Int32Array;
  private readonly columns: readonly Float64Array[];
  private knownLayout = -1;
  private target: LayoutTarget = NONE;
  /** How many frozen revisions there were so far. */
  private found = 0;

  constructor(
    private readonly reader: BinaryRowReader,
    private readonly request: ChunkRequest,
    private readonly population: Population,
  ) {
    this.wanted = population.submissionIds;
    const size = this.wanted.length / UUID_BYTES;
    this.size = size;
    this.subjectIds = Buffer.allocUnsafe(size * UUID_BYTES);
    this.revisions = new Int32Array(size);
    this.layoutIds = new Int32Array(size);
    this.placeOf = new Int32Array(size);
    this.columns = request.columnsFor(size);
  }

  /** Reads a row; false where there is none left. */
  next(): boolean {
    const { reader, found: row } = this;
    if (!reader.next(FIELDS)) return false;
    const { bytes } = reader;
    const id = reader.uuid()!;
    const subject = reader.uuid()!;
    const revision = reader.int();
    const layoutId = reader.int();
    const placeAt = reader.offset;
    reader.skipFields(3);
    const placeEnd = reader.offset;
    if (row === this.size || !isSameUuid(this.wanted, row * UUID_BYTES, bytes, id)) {
      reader.float8s(this.columns, NONE, row);
      return true;
    }
    reader.float8s(this.columns, this.targetOf(layoutId), row);
    copyUuid(bytes, subject, this.subjectIds, row * UUID_BYTES);
    this.revisions[row] = revision;
    this.layoutIds[row] = layoutId;
    this.placeOf[row] = this.placeBetween(placeAt, placeEnd);
    this.found = row + 1;
    return true;
  }

  /** @throws StoreError `unknown-submission` where a frozen revision was not among the rows */
  inputs(): ChunkInputs {
    const { wanted, found } = this;
    if (found < this.size) throw missing(uuidText(wanted, found * UUID_BYTES));
    return {
      size: this.size,
      submissionIds: wanted,
      subjectIds: this.subjectIds,
      revisions: this.revisions,
      layoutIds: this.layoutIds,
      places: this.places,
      placeOf: this.placeOf,
      columns: this.columns,
      yearBeforeIds: this.population.yearBeforeIds,
    };
  }

  /** Neighbours mostly share one. */
  private targetOf(layoutId: number): LayoutTarget {
    if (layoutId !== this.knownLayout) {
      this.knownLayout = layoutId;
      this.target = this.request.targetOf(layoutId);
    }
    return this.target;
  }

  private placeBetween(start: number, end: number): number {
    const place = this.placeKeys.idOf(this.reader.bytes, start, end);
    if (place === this.places.length) this.places.push(placeIn(this.reader.texts(3, start)));
    return place;
  }
}

function placeIn([
  regionCode,
  industryClassification,
  industryCode,
]: readonly string[]): ChunkPlace {
  return {
    regionCode: regionCode!,
    industryClassification: industryClassification!,
    industryCode: industryCode!,
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
