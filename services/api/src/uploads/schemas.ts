/** What the uploads resource takes and answers. */
import { issueSchema, UPLOAD_STATES, uploadSchema } from '@tanxiao/contracts';
import { z } from 'zod';

import { pageQuery, pageSchema } from '../http/cursor';
import { booleanParameter, inBoth, periodParameter, rulebookParameter } from '../http/parameters';

export const uploadQuery = z.object({
  rulebook: rulebookParameter,
  period: periodParameter.optional().meta({ description: 'For rows that state none of their own' }),
  partial: booleanParameter.optional().meta({
    description: 'Keep the good rows where others are bad; default false',
    type: 'boolean',
  }),
  filename: z
    .string()
    .max(255, inBoth('文件名不得超过 255 个字符', 'a file name has at most 255 characters'))
    .optional()
    .meta({ example: '2026Q3.xlsx' }),
});

export const uploadsQuery = z.object({ state: z.enum(UPLOAD_STATES).optional(), ...pageQuery });
export const uploadErrorsQuery = z.object(pageQuery);

export const uploadAnswerSchema = uploadSchema
  .extend({
    rows: uploadSchema.shape.rows.extend({
      failed: z.int().meta({
        description: 'Accepted rows that could not be rated for a defect of ours, recorded',
      }),
    }),
    links: z.object({
      self: z.string(),
      errors: z.string(),
      annotated: z.string(),
      original: z.string(),
    }),
  })
  .meta({ id: 'Upload' });
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;

export const uploadPageSchema = pageSchema(uploadAnswerSchema).meta({ id: 'UploadPage' });
export const uploadErrorPageSchema = pageSchema(issueSchema)
  .extend({
    errors: z.int().meta({ description: 'Errors found so far, over all rows' }),
    state: z.enum(UPLOAD_STATES),
  })
  .meta({ id: 'UploadErrorPage' });
