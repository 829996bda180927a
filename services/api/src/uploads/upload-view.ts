/** An upload as the API shows it. */
import type { UploadRow } from '@tanxiao/store';

import type { UploadAnswer } from './schemas';

export function uploadView(row: UploadRow): UploadAnswer {
  const self = `/v1/uploads/${row.id}`;
  return {
    id: row.id,
    rulebook: row.rulebookId,
    period: row.period,
    filename: row.filename,
    format: row.format,
    partial: row.partial,
    state: row.state,
    bytes: row.bytes,
    sha256: row.sha256,
    rows: {
      read: row.rowsRead,
      accepted: row.rowsAccepted,
      rejected: row.rowsRejected,
      rated: row.rowsRated,
      failed: row.rowsFailed,
    },
    errors: row.errors,
    problem: row.problem,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    links: {
      self,
      errors: `${self}/errors`,
      annotated: `${self}/annotated`,
      original: `${self}/original`,
    },
  };
}
