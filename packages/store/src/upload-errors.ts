/** Errors of an upload's rows: recorded in batches, paged, and streamed row by row for the annotated file. */
import type { Issue, IssueCode } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import { numberTextArray, textArray } from './sql-arrays';

export interface RowErrors {
  /** 1-based line of the sheet. */
  readonly row: number;
  readonly issues: readonly Issue[];
}

/** Keeps the errors of some rows; those kept before (same upload, row and place in the row) are left alone. */
export async function recordUploadErrors(
  db: Queryable,
  uploadId: string,
  errors: readonly RowErrors[],
  by: Provenance,
): Promise<void> {
  const flat = errors.flatMap(({ row, issues }) =>
    issues.map((issue, ordinal) => ({ row, ordinal, issue })),
  );
  if (flat.length === 0) return;
  await db.query(
    `INSERT INTO tanxiao.upload_errors (upload_id, row_number, ordinal, column_name, code, seen, params, actor, request_id)
     SELECT $1, x.row_number, x.ordinal, x.column_name, x.code, x.seen, x.params::jsonb, $8, $9
     FROM unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS x(row_number, ordinal, column_name, code, seen, params)
     ON CONFLICT (upload_id, row_number, ordinal) DO NOTHING`,
    [
      uploadId,
      numberTextArray(flat.map(({ row }) => row)),
      numberTextArray(flat.map(({ ordinal }) => ordinal)),
      textArray(flat.map(({ issue }) => withoutNul(issue.column))),
      textArray(flat.map(({ issue }) => issue.code)),
      textArray(flat.map(({ issue }) => withoutNul(issue.seen))),
      textArray(
        flat.map(({ issue }) =>
          issue.params ? JSON.stringify(issue.params).replaceAll('\\u0000', '\\ufffd') : null,
        ),
      ),
      by.actor,
      by.requestId,
    ],
  );
}

/** What a client sent may hold U+0000, which PostgreSQL's text cannot: an error about it must still be recorded. */
function withoutNul(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\u0000', '\ufffd');
}

export interface UploadErrorRow {
  readonly row: number;
  /** Place within the row, from 0. */
  readonly ordinal: number;
  readonly issue: Issue;
}

/** The place of an error, for paging. */
export interface UploadErrorKey {
  readonly row: number;
  readonly ordinal: number;
}

/** Errors by row and place, after `after`. */
export async function listUploadErrors(
  db: Queryable,
  request: {
    readonly uploadId: string;
    readonly after?: UploadErrorKey | undefined;
    /** Default 100. */
    readonly limit?: number | undefined;
  },
): Promise<UploadErrorRow[]> {
  const { rows } = await db.query<{
    row: number;
    ordinal: number;
    code: IssueCode;
    column: string | null;
    seen: string | null;
    params: Record<string, string> | null;
  }>(
    `SELECT row_number AS "row", ordinal, code, column_name AS "column", seen, params FROM tanxiao.upload_errors
     WHERE upload_id = $1 AND (row_number, ordinal) > ($2, $3) ORDER BY row_number, ordinal LIMIT $4`,
    [
      request.uploadId,
      request.after?.row ?? -1,
      request.after?.ordinal ?? -1,
      request.limit ?? 100,
    ],
  );
  return rows.map(({ row, ordinal, code, column, seen, params }) => ({
    row,
    ordinal,
    issue: {
      code,
      row,
      ...(column === null ? {} : { column }),
      ...(seen === null ? {} : { seen }),
      ...(params === null ? {} : { params }),
    },
  }));
}

/** Bad rows in order, each with all its errors; holds no connection between two pages of 1,000 errors. */
export async function* streamUploadErrors(
  db: Queryable,
  uploadId: string,
): AsyncGenerator<RowErrors> {
  let after: UploadErrorKey | undefined;
  // The last row seen: its other errors may stand on the next page.
  const open: { row: number; issues: Issue[] }[] = [];
  for (;;) {
    const page = await listUploadErrors(db, { uploadId, after, limit: 1000 });
    for (const { row, issue } of page) {
      if (open[0]?.row === row) {
        open[0].issues.push(issue);
        continue;
      }
      yield* open.splice(0);
      open.push({ row, issues: [issue] });
    }
    const last = page.at(-1);
    if (!last) break;
    after = last;
  }
  yield* open;
}
