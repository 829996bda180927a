/**
 * Keeping an upload's rows by COPY, in the transaction that moves its checkpoint: the caller's fence (`saveUploadProgress`)
 * sees to it that a row is kept once.
 */
import { newIds, type SubmissionColumns } from '@tanxiao/contracts';

import { textField, uuidArray, uuidField } from './copy/binary-fields';
import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyRows } from './copy/copy-streams';
import type { Provenance } from './provenance';
import { layoutIdOf } from './submissions';
import type { Transaction } from './transaction';
import { lockUploadSubjects } from './upload-subjects';

export interface UploadRowsToKeep {
  readonly rulebookId: string;
  readonly uploadId: string;
  /** Names of the numeric inputs, in the order of the columns of inputs. */
  readonly inputNames: readonly string[];
  /** After the checkpoint; a subject stands at most once a period. */
  readonly rows: SubmissionColumns;
}

/** What the rows became, by row: what a rating repeats of its submission, and where it is. */
export interface KeptUploadRows {
  /** Of submissions, 16 bytes each. */
  readonly ids: Buffer;
  /** Of subjects, 16 bytes each. */
  readonly subjectIds: Buffer;
  readonly revisions: Int32Array;
}

/**
 * Numbers the rows' revisions under their subjects' locks. Writing them is under way when this resolves: `written` must
 * be awaited, and reads of them through the same transaction wait for it by themselves.
 */
export async function keepUploadRows(
  tx: Transaction,
  request: UploadRowsToKeep,
  by: Provenance,
): Promise<{ readonly kept: KeptUploadRows; readonly written: Promise<void> }> {
  const layoutId = await layoutIdOf(tx, request.inputNames, by);
  const { ids: subjectIds, existing } = await lockUploadSubjects(tx, request.rows, by);
  const revisions = await nextRevisions(tx, request, { subjectIds, existing });
  const kept = { ids: newIds(request.rows.size), subjectIds, revisions };
  return { kept, written: copySubmissions(tx, { request, kept, layoutId, by }) };
}

const UUID_BYTES = 16;

/** Subjects made by this transaction have none before. */
async function nextRevisions(
  tx: Transaction,
  { rulebookId, rows }: UploadRowsToKeep,
  { subjectIds, existing }: { readonly subjectIds: Buffer; readonly existing: Uint8Array },
): Promise<Int32Array> {
  const revisions = new Int32Array(rows.size).fill(1);
  if (!existing.includes(1)) return revisions;
  for (const [k, period] of rows.periods.entries()) {
    const asked: number[] = [];
    for (let i = 0; i < rows.size; i++)
      if (existing[i] === 1 && rows.periodOf[i] === k) asked.push(i);
    const ids = Buffer.concat(
      asked.map((i) => subjectIds.subarray(i * UUID_BYTES, (i + 1) * UUID_BYTES)),
    );
    const found = await tx.query<{ ordinal: number; revision: number }>({
      name: 'last-revisions',
      text: LAST_REVISIONS,
      values: [uuidArray(ids), rulebookId, period],
    });
    for (const { ordinal, revision } of found.rows) revisions[asked[ordinal - 1]!] = revision + 1;
  }
  return revisions;
}

/** A statement after the locks: it sees every revision that their earlier holders committed. */
const LAST_REVISIONS = `
SELECT wanted.ordinal::int, last.revision FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, ordinal)
CROSS JOIN LATERAL (SELECT max(s.revision)::int AS revision FROM tanxiao.submissions s
  WHERE s.rulebook_id = $2 AND s.period = $3 AND s.subject_id = wanted.id) last
WHERE last.revision IS NOT NULL`;

const COLUMNS =
  'id, subject_id, layout_id, revision, row_number, upload_id, rulebook_id, period, region_code, ' +
  'industry_classification, industry_code, name, actor, request_id, inputs';
const FIELDS = 15;
/** Two UUIDs, layout, revision and row number, and the array's header. */
const FIXED_BYTES = 2 * 20 + 3 * 8 + 24;
/** What a row's name takes, about; more is asked for as needed. */
const NAME_BYTES = 60;

async function copySubmissions(
  tx: Transaction,
  of: {
    readonly request: UploadRowsToKeep;
    readonly kept: KeptUploadRows;
    readonly layoutId: number;
    readonly by: Provenance;
  },
): Promise<void> {
  const { kept, layoutId, by } = of;
  const { rows, rulebookId, uploadId } = of.request;
  const before = Buffer.concat([uuidField(uploadId), textField(rulebookId)]);
  const periods = rows.periods.map((period) => Buffer.concat([before, textField(period)]));
  const places = placeFields(rows);
  const who = Buffer.concat([by.actor, by.requestId].map(textField));
  const unstated = new Float64Array(rows.size).fill(NaN);
  const inputs = rows.inputs.map((column) => column ?? unstated);
  const fixed = FIXED_BYTES + inputs.length * 12 + who.length;
  const writer = new BinaryRowWriter(
    rows.size * (fixed + NAME_BYTES + longest(periods) + longest(places)),
  );
  for (let i = 0; i < rows.size; i++) {
    const period = periods[rows.periodOf[i]!]!;
    const place = places[rows.placeOf[i]!]!;
    writer.row(FIELDS, fixed + period.length + place.length);
    writer.uuidFrom(kept.ids, i * UUID_BYTES);
    writer.uuidFrom(kept.subjectIds, i * UUID_BYTES);
    writer.int4(layoutId);
    writer.int4(kept.revisions[i]!);
    writer.int4(rows.rowNumbers[i]!);
    writer.encoded(period);
    writer.encoded(place);
    writer.text(rows.names[i]!);
    writer.encoded(who);
    writer.float8s(inputs, i);
  }
  await copyRows(tx, `tanxiao.submissions (${COLUMNS})`, writer);
}

/** By place: region, classification and code as fields of a COPY. */
export function placeFields({ places }: Pick<SubmissionColumns, 'places'>): Buffer[] {
  return places.map(({ regionCode, industryClassification, industryCode }) =>
    Buffer.concat([regionCode, industryClassification, industryCode].map(textField)),
  );
}

export function longest(fields: readonly Buffer[]): number {
  return fields.reduce((most, { length }) => Math.max(most, length), 0);
}
