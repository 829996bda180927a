/** What the submissions resource takes and answers. */
import {
  issueSchema,
  MAX_SUBMISSIONS_PER_REQUEST,
  submissionRequestSchema,
  submissionSchema,
} from '@tanxiao/contracts';
import { z } from 'zod';

import { pageQuery, pageSchema } from '../http/cursor';
import { ISSUES_LISTED } from '../http/limits';
import {
  localIdParameter,
  periodParameter,
  rulebookParameter,
  usccParameter,
} from '../http/parameters';

/** The request without its items: they are checked one by one, so that a bad one is told by itself. */
export const submissionEnvelopeSchema = submissionRequestSchema.extend({
  submissions: z.array(z.unknown()).min(1).max(MAX_SUBMISSIONS_PER_REQUEST),
});

export const submissionReceiptSchema = z
  .object({
    rulebook: z.string(),
    period: z.string(),
    kept: z.int(),
    rejected: z.int(),
    totalErrors: z
      .int()
      .meta({ description: `Over all items; at most ${ISSUES_LISTED} are listed` }),
    items: z.array(
      z.object({
        index: z.int().meta({ description: 'Place in the request, from 0' }),
        status: z.enum(['kept', 'rejected']),
        id: z.uuid().optional(),
        revision: z.int().optional(),
        links: z.object({ self: z.string() }).optional(),
        errors: z.array(issueSchema).optional(),
      }),
    ),
    links: z.object({ ratings: z.string() }),
  })
  .meta({ id: 'SubmissionReceipt' });
export type SubmissionReceipt = z.infer<typeof submissionReceiptSchema>;

export const revisionsQuery = z.object({
  uscc: usccParameter.optional(),
  localId: localIdParameter.optional(),
  rulebook: rulebookParameter,
  period: periodParameter,
  ...pageQuery,
});

export const submissionPageSchema = pageSchema(submissionSchema).meta({ id: 'SubmissionPage' });
