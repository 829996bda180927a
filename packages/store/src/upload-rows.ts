/**
 * Keeping an upload's rows by COPY, in the transaction that moves its checkpoint: the caller's fence (`saveUploadProgress`)
 * sees to it that a row is kept once, and that one transaction at a time writes for the upload.
 */
import { newId, type ValidSubmission } from '@tanxiao/contracts';

import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyIn } from './copy/copy-streams';
import type { Provenance } from './provenance';
import { textArray } from './sql-arrays';
import type { SubmissionForRating } from './submission-reads';
import { layoutIdOf, lockSubjects } from './submissions';
import type { Transaction } from './transaction';

export interface UploadRowsToKeep {
  readonly rulebookId: string;
  readonly uploadId: string;
  /** Names of the numeric inputs, in the order of every row's `inputs`. */
  readonly inputNames: readonly string[];
  readonly rows: readonly UploadRowToKeep[];
}

export interface UploadRowToKeep {
  readonly submission: ValidSubmission;
  /** 1-based line of the sheet, after the checkpoint. */
  readonly rowNumber: number;
}

/** As rating needs it; with what a rating repeats of its submission. */
export interface KeptUploadRow extends SubmissionForRating {
  readonly revision: number;
}

/**
 * Numbers the rows' revisions under their subjects' locks. Writing them is under way when this resolves: `written` must
 * be awaited, and reads of them through the same transaction wait for it by themselves.
 */
export async function keepUploadRows(
  tx: Transaction,
  request: UploadRowsToKeep,
  by: Provenance,
): Promise<{ readonly kept: readonly KeptUploadRow[]; readonly written: Promise<void> }> {
  const layoutId = await layoutIdOf(tx, request.inputNames, by);
  const { ids: subjectIds, existing } = await lockSubjects(tx, request.rows, by);
  const revisionOf = await revisions(tx, request, existing);
  const { rulebookId } = request;
  const kept = request.rows.map(({ submission }, i): KeptUploadRow => {
    const subjectId = subjectIds[i]!;
    const { period, regionCode, industryClassification, industryCode, inputs } = submission;
    const place = { rulebookId, period, regionCode, industryClassification, industryCode };
    return {
      ...place,
      id: newId(),
      subjectId,
      layoutId,
      inputs,
      revision: revisionOf(subjectId, period),
    };
  });
  return { kept, written: copySubmissions(tx, { request, kept, by }) };
}

/** Next revision per subject and period, each call one more. Subjects made by this transaction have none before. */
async function revisions(
  tx: Transaction,
  { rulebookId, rows }: UploadRowsToKeep,
  existing: ReadonlySet<string>,
): Promise<(subjectId: string, period: string) => number> {
  const last = new Map<string, number>();
  const periods =
    existing.size === 0 ? [] : [...new Set(rows.map(({ submission }) => submission.period))];
  for (const period of periods) {
    const found = await tx.query<{ id: string; revision: number }>({
      name: 'last-revisions',
      text: LAST_REVISIONS,
      values: [textArray([...existing]), rulebookId, period],
    });
    for (const { id, revision } of found.rows) last.set(`${period} ${id}`, revision);
  }
  return (subjectId, period) => {
    const key = `${period} ${subjectId}`;
    const next = (last.get(key) ?? 0) + 1;
    last.set(key, next);
    return next;
  };
}

/** A statement after the locks: it sees every revision that their earlier holders committed. */
const LAST_REVISIONS = `
SELECT wanted.id, last.revision FROM unnest($1::uuid[]) AS wanted(id)
CROSS JOIN LATERAL (SELECT max(s.revision)::int AS revision FROM tanxiao.submissions s
  WHERE s.rulebook_id = $2 AND s.period = $3 AND s.subject_id = wanted.id) last
WHERE last.revision IS NOT NULL`;

const COLUMNS =
  'id, subject_id, layout_id, revision, row_number, upload_id, rulebook_id, period, region_code, ' +
  'industry_classification, industry_code, name, actor, request_id, inputs';
const FIELDS = 15;
/** Three UUIDs, layout, revision and row number. */
const FIXED_BYTES = 3 * 20 + 3 * 8;
/** What a row's texts take, about; more is asked for as needed. */
const TEXTS_BYTES = 250;

async function copySubmissions(
  tx: Transaction,
  of: {
    readonly request: UploadRowsToKeep;
    readonly kept: readonly KeptUploadRow[];
    readonly by: Provenance;
  },
): Promise<void> {
  const { request, kept, by } = of;
  const inputsBytes = request.inputNames.length * 12;
  const rows = new BinaryRowWriter(kept.length * (FIXED_BYTES + TEXTS_BYTES + inputsBytes));
  kept.forEach((one, i) => {
    const { submission, rowNumber } = request.rows[i]!;
    rows.row(FIELDS, FIXED_BYTES);
    for (const id of [one.id, one.subjectId]) rows.uuid(id);
    for (const number of [one.layoutId, one.revision, rowNumber]) rows.int4(number);
    rows.uuid(request.uploadId);
    for (const text of [one.rulebookId, one.period, one.regionCode]) rows.text(text);
    for (const text of [one.industryClassification, one.industryCode]) rows.text(text);
    for (const text of [submission.name, by.actor, by.requestId]) rows.text(text);
    rows.numbers(one.inputs);
  });
  await copyIn(tx, `tanxiao.submissions (${COLUMNS})`, rows.take());
}
