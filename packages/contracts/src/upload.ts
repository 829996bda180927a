/** Uploads: a file of submissions, its life and its honest counts. */
import { z } from 'zod';

/**
 * receiving: bytes are arriving · received: all bytes are kept, the worker will read them · checking: rows are
 * being validated · importing: good rows are being kept · done · rejected: rows were bad and the caller did not
 * ask for `partial`, nothing was kept · unreadable: the file as a whole could not be read.
 */
export const UPLOAD_STATES = [
  'receiving',
  'received',
  'checking',
  'importing',
  'done',
  'rejected',
  'unreadable',
] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

export const UPLOAD_FORMATS = ['csv', 'xlsx'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

export const uploadSchema = z
  .object({
    id: z.uuid(),
    rulebook: z.string(),
    period: z.string().nullable().meta({ description: 'For rows that state none of their own' }),
    filename: z.string(),
    format: z.enum(UPLOAD_FORMATS),
    partial: z.boolean(),
    state: z.enum(UPLOAD_STATES),
    bytes: z.int(),
    sha256: z.string().nullable(),
    rows: z.object({
      read: z.int().meta({ description: 'Data rows read so far' }),
      accepted: z.int().meta({ description: 'Rows kept as submissions' }),
      rejected: z.int().meta({ description: 'Rows with at least one error' }),
      rated: z
        .int()
        .meta({ description: 'Accepted rows with a rating (rated or not rated with a reason)' }),
    }),
    errors: z.int().meta({ description: 'Errors found, over all rejected rows' }),
    problem: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Upload' });
export type UploadView = z.infer<typeof uploadSchema>;
