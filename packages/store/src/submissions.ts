/** Keeping submissions: numbered revisions, safe under concurrent writers, each with its place in the outbox. */
import { newId, type ValidSubmission } from '@tanxiao/contracts';

import { StoreError } from './errors';
import { enqueueSubmissions } from './outbox';
import type { Provenance } from './provenance';
import { numberTextArray, textArray } from './sql-arrays';
import { matrixRow, numberMatrix } from './sql-matrix';
import type { Transaction } from './transaction';

export interface KeepSubmissionsRequest {
  readonly rulebookId: string;
  /** Names of the numeric inputs, in the order of every item's `inputs`. */
  readonly inputNames: readonly string[];
  readonly items: readonly SubmissionToKeep[];
  /** The upload the items come from; each then needs its `rowNumber`. */
  readonly uploadId?: string | null | undefined;
}

export interface SubmissionToKeep {
  readonly submission: ValidSubmission;
  /** 1-based line of the sheet; only with an upload. */
  readonly rowNumber?: number | undefined;
  /** Of the request it came by, where requests are kept together. Default: the call's. */
  readonly requestId?: string | undefined;
}

export interface KeptSubmission {
  readonly id: string;
  /** 1, 2, 3… per subject, rulebook and period. */
  readonly revision: number;
  /** True where this (upload, row) had been kept before: nothing was written, nothing enqueued. */
  readonly alreadyKept: boolean;
}

/**
 * Keeps all items, in the caller's transaction, and puts the new ones in the outbox (≤ 500 ids a row). Returns one
 * entry per item, in the items' order. Several items of one subject and period get consecutive revisions in that order.
 *
 * Concurrency: locks the subjects in (scheme, code) order, so concurrent calls of one call per transaction never
 * deadlock; two calls in one transaction may, and `inTransaction` retries those. Measured: see README.
 * @throws StoreError `not-a-quantity` where an input is NaN or infinite, `bad-argument` where shapes disagree.
 */
export async function keepSubmissions(
  tx: Transaction,
  request: KeepSubmissionsRequest,
  by: Provenance,
): Promise<KeptSubmission[]> {
  const { items } = request;
  if (items.length === 0) return [];
  checkShapes(request);
  const layoutId = await layoutIdOf(tx, request.inputNames, by);
  const { ids: subjectIds } = await lockSubjects(tx, items, by);
  const ids = items.map(() => newId());
  const inputs = numberMatrix(items.map(({ submission }) => submission.inputs));
  const { rows } = await tx.query<{ ordinal: number; id: string; revision: number; kept: boolean }>(
    {
      name: 'keep-submissions',
      text: KEEP,
      values: [
        textArray(ids),
        textArray(subjectIds),
        textArray(items.map(({ submission }) => submission.period)),
        textArray(items.map(({ submission }) => submission.name)),
        textArray(items.map(({ submission }) => submission.regionCode)),
        textArray(items.map(({ submission }) => submission.industryClassification)),
        textArray(items.map(({ submission }) => submission.industryCode)),
        numberTextArray(items.map(({ rowNumber }) => rowNumber ?? null)),
        request.rulebookId,
        request.uploadId ?? null,
        layoutId,
        by.actor,
        textArray(items.map(({ requestId }) => requestId ?? by.requestId)),
        inputs.parameter,
        inputs.width,
      ],
    },
  );
  const kept = rows.map(({ id, revision, kept: alreadyKept }) => ({ id, revision, alreadyKept }));
  const fresh = kept.filter(({ alreadyKept }) => !alreadyKept).map(({ id }) => id);
  await enqueueSubmissions(tx, fresh, by, request.uploadId ?? null);
  return kept;
}

function checkShapes({ inputNames, items, uploadId }: KeepSubmissionsRequest): void {
  const wrong = items.findIndex(({ submission }) => submission.inputs.length !== inputNames.length);
  if (wrong >= 0)
    throw new StoreError('bad-argument', {
      zh: `第 ${wrong} 项的指标个数与表单不符，应为 ${inputNames.length} 个`,
      en: `item ${wrong} has not the ${inputNames.length} inputs that inputNames states`,
    });
  if (items.some(({ rowNumber }) => (rowNumber === undefined) === Boolean(uploadId)))
    throw new StoreError('bad-argument', {
      zh: '来自上传文件的项必须有行号，其他项不得有行号',
      en: 'items of an upload must state rowNumber, others must not',
    });
}

/** Layouts differ only with rulebook versions, so there are few; the hash makes the long list of names a key. */
export async function layoutIdOf(
  tx: Transaction,
  names: readonly string[],
  by: Provenance,
): Promise<number> {
  const text = `SELECT id FROM tanxiao.input_layouts WHERE hash = sha256(convert_to(array_to_string($1::text[], E'\\n'), 'UTF8'))`;
  const find = { name: 'find-layout', text, values: [textArray(names)] };
  const found = await tx.query<{ id: number }>(find);
  if (found.rows[0]) return found.rows[0].id;
  await tx.query(
    `INSERT INTO tanxiao.input_layouts (hash, names, actor, request_id)
     VALUES (sha256(convert_to(array_to_string($1::text[], E'\\n'), 'UTF8')), $1::text[], $2, $3)
     ON CONFLICT (hash) DO NOTHING`,
    [textArray(names), by.actor, by.requestId],
  );
  return (await tx.query<{ id: number }>(find)).rows[0]!.id;
}

interface SubjectRow {
  id: string;
  scheme: string;
  code: string;
}

/**
 * Ids of the items' subjects, in the items' order, and which of them were there before; new subjects are made, all others are locked until the transaction
 * ends. (New ones need no lock: until we commit, whoever wants the same waits at the unique index.)
 * Both statements go through the subjects in (scheme, code) order. Whoever waits in the first holds only new subjects
 * that stand before the one waited for; whoever waits in the second has no insertion left to wait for: no cycle.
 */
export async function lockSubjects(
  tx: Transaction,
  items: readonly SubmissionToKeep[],
  by: Provenance,
): Promise<{ readonly ids: readonly string[]; readonly existing: ReadonlySet<string> }> {
  const keyOf = ({ scheme, code }: { scheme: string; code: string }): string => `${scheme}:${code}`;
  const requestOf = new Map<string, string>();
  const distinct = [
    ...new Map(items.map(({ submission: { subject } }) => [keyOf(subject), subject])).values(),
  ];
  for (const { submission, requestId } of items) {
    const key = keyOf(submission.subject);
    // The first of them is who brings a new subject.
    if (!requestOf.has(key)) requestOf.set(key, requestId ?? by.requestId);
  }
  const schemes = textArray(distinct.map(({ scheme }) => scheme));
  const codes = textArray(distinct.map(({ code }) => code));
  const ids = textArray(distinct.map(() => newId()));
  const requestIds = textArray(distinct.map((subject) => requestOf.get(keyOf(subject))!));
  const made = await tx.query<SubjectRow>({
    name: 'make-subjects',
    text: MAKE,
    values: [ids, schemes, codes, by.actor, requestIds],
  });
  let locked: SubjectRow[] = [];
  if (made.rows.length < distinct.length) {
    const values = [schemes, codes];
    locked = (await tx.query<SubjectRow>({ name: 'lock-subjects', text: LOCK, values })).rows;
  }
  const idOf = new Map([...made.rows, ...locked].map((row) => [keyOf(row), row.id]));
  return {
    ids: items.map(({ submission: { subject } }) => idOf.get(keyOf(subject))!),
    existing: new Set(locked.map(({ id }) => id)),
  };
}

/** ON CONFLICT alone finds those that exist: an anti-join would hash the whole table for every batch (73 ms at 60,000 subjects). */
const MAKE = `
INSERT INTO tanxiao.subjects (id, scheme, code, actor, request_id)
SELECT x.id, x.scheme, x.code, $4, x.request_id
FROM unnest($1::uuid[], $2::text[], $3::text[], $5::text[]) AS x(id, scheme, code, request_id)
ORDER BY x.scheme COLLATE "C", x.code COLLATE "C"
ON CONFLICT (scheme, code) DO NOTHING RETURNING id, scheme, code`;

/** The inner FOR UPDATE forces one index probe after another, in the outer order. */
const LOCK = `
SELECT locked.id, wanted.scheme, wanted.code
FROM (SELECT * FROM unnest($1::text[], $2::text[]) AS x(scheme, code) ORDER BY x.scheme COLLATE "C", x.code COLLATE "C") wanted
CROSS JOIN LATERAL (SELECT s.id FROM tanxiao.subjects s
  WHERE s.scheme = wanted.scheme COLLATE "C" AND s.code = wanted.code COLLATE "C" FOR NO KEY UPDATE) locked`;

/** A fresh snapshot after the locks: it sees every revision that earlier holders of the locks committed. */
const KEEP = `
WITH item AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
    $13::text[])
    WITH ORDINALITY AS x(id, subject_id, period, name, region_code, industry_classification, industry_code, row_number, request_id, ordinal)
), kept AS (
  SELECT item.ordinal, s.id, s.revision FROM item
  JOIN tanxiao.submissions s ON s.upload_id = $10::uuid AND s.row_number = item.row_number
  WHERE $10::uuid IS NOT NULL
), fresh AS (
  SELECT item.*, row_number() OVER (PARTITION BY item.subject_id, item.period ORDER BY item.ordinal)
    + coalesce((SELECT max(s.revision) FROM tanxiao.submissions s
        WHERE s.rulebook_id = $9 AND s.period = item.period AND s.subject_id = item.subject_id), 0) AS revision
  FROM item WHERE item.ordinal NOT IN (SELECT ordinal FROM kept)
), inserted AS (
  INSERT INTO tanxiao.submissions (id, subject_id, rulebook_id, period, revision, layout_id, inputs, name, region_code,
    industry_classification, industry_code, upload_id, row_number, actor, request_id)
  SELECT id, subject_id, $9, period, revision, $11, ${matrixRow('$14', '$15', 'ordinal::int')}, name, region_code,
    industry_classification, industry_code, $10::uuid, row_number, $12, request_id
  FROM fresh
)
SELECT ordinal::int, id, revision::int, false AS kept FROM fresh
UNION ALL SELECT ordinal::int, id, revision, true FROM kept
ORDER BY ordinal`;
