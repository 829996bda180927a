/** One import under way: the upload as it was when this worker took it. */
import type { Provenance, UploadRow } from '@tanxiao/store';

import type { RowSpool } from './row-spool';
import type { UploadSheet } from './upload-sheet';

export interface ImportTask {
  readonly upload: UploadRow;
  readonly outboxId: number;
  /** Names this attempt as the upload's holder; fences its writes. */
  readonly holder: string;
  /** Whoever asked for the upload: its submissions are theirs. */
  readonly by: Provenance;
  readonly sheet: UploadSheet;
  /** What this attempt's first pass found good. */
  readonly spool: RowSpool;
}
