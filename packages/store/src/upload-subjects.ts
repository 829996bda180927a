/** The subjects of an upload's rows, made or locked: ids as bytes, since nobody reads two thousand of them as texts. */
import { newIds, type SubmissionColumns } from '@tanxiao/contracts';

import { uuidArray } from './copy/binary-fields';
import type { Provenance } from './provenance';
import { textArray } from './sql-arrays';
import type { Transaction } from './transaction';

export interface LockedSubjects {
  /** By row, 16 bytes each. */
  readonly ids: Buffer;
  /** By row: 1 where the subject was there before. */
  readonly existing: Uint8Array;
}

const UUID_BYTES = 16;

/**
 * New subjects are made, all others are locked until the transaction ends. (New ones need no lock: until we commit, whoever
 * wants the same waits at the unique index.) In the order, and so without the deadlocks, of `lockSubjects`.
 */
export async function lockUploadSubjects(
  tx: Transaction,
  rows: SubmissionColumns,
  by: Provenance,
): Promise<LockedSubjects> {
  const { firsts, subjectOf } = distinctSubjects(rows);
  const proposed = newIds(firsts.length);
  const schemes = textArray(firsts.map((row) => rows.schemes[row]!));
  const codes = textArray(firsts.map((row) => rows.codes[row]!));
  const { rowCount: made } = await tx.query({
    name: 'make-upload-subjects',
    text: MAKE,
    values: [uuidArray(proposed), schemes, codes, by.actor, by.requestId],
  });
  const ids =
    made === firsts.length
      ? proposed
      : (
          await tx.query<{ ids: Buffer }>({
            name: 'lock-upload-subjects',
            text: LOCK,
            values: [schemes, codes],
          })
        ).rows[0]!.ids;
  const existing = Uint8Array.from(firsts, (_, k) =>
    ids === proposed || sameId(ids, proposed, k) ? 0 : 1,
  );
  if (subjectOf === null) return { ids, existing };
  const byRow = Buffer.allocUnsafe(rows.size * UUID_BYTES);
  for (let i = 0; i < rows.size; i++) {
    const from = subjectOf[i]! * UUID_BYTES;
    ids.copy(byRow, i * UUID_BYTES, from, from + UUID_BYTES);
  }
  return { ids: byRow, existing: Uint8Array.from(subjectOf, (k) => existing[k]!) };
}

/**
 * By subject its first row; by row its subject, null where each row has one of its own: a file names a subject once a
 * period.
 */
function distinctSubjects({ size, schemes, codes, periods }: SubmissionColumns): {
  readonly firsts: readonly number[];
  readonly subjectOf: Int32Array | null;
} {
  if (periods.length <= 1) return { firsts: [...new Array<null>(size).keys()], subjectOf: null };
  const known = new Map<string, number>();
  const firsts: number[] = [];
  const subjectOf = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const key = `${schemes[i]!}:${codes[i]!}`;
    let subject = known.get(key);
    if (subject === undefined) {
      subject = firsts.push(i) - 1;
      known.set(key, subject);
    }
    subjectOf[i] = subject;
  }
  return { firsts, subjectOf };
}

function sameId(ids: Buffer, proposed: Buffer, k: number): boolean {
  const from = k * UUID_BYTES;
  return ids.compare(proposed, from, from + UUID_BYTES, from, from + UUID_BYTES) === 0;
}

/** ON CONFLICT alone finds those that exist, as in `lockSubjects`; that all are new is seen from their number. */
const MAKE = `
INSERT INTO tanxiao.subjects (id, scheme, code, actor, request_id)
SELECT x.id, x.scheme, x.code, $4, $5 FROM unnest($1::uuid[], $2::text[], $3::text[]) AS x(id, scheme, code)
ORDER BY x.scheme COLLATE "C", x.code COLLATE "C"
ON CONFLICT (scheme, code) DO NOTHING`;

/** The inner FOR UPDATE forces one index probe after another, in the outer order; then they are put in that of the rows. */
const LOCK = `
SELECT string_agg(uuid_send(found.id), '' ORDER BY found.ordinal) AS ids FROM (
  SELECT locked.id, wanted.ordinal
  FROM (SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x(scheme, code, ordinal)
    ORDER BY x.scheme COLLATE "C", x.code COLLATE "C") wanted
  CROSS JOIN LATERAL (SELECT s.id FROM tanxiao.subjects s
    WHERE s.scheme = wanted.scheme COLLATE "C" AND s.code = wanted.code COLLATE "C" FOR NO KEY UPDATE) locked
  OFFSET 0) found`;
