/** Submissions: one subject's data for one period, as it crosses a border (JSON) and as it is kept. */
import { z } from 'zod';

/** A quantity in JSON: a number, a decimal string, or null where the value is unknown. */
export const quantitySchema = z.union([z.number(), z.string().max(64), z.null()]).meta({
  description:
    'Decimal of at most 15 significant digits, as a number or a string; of a choice the code of an option; null or absent means unknown',
});

/** One submission as a client writes it. Which fields a rulebook needs, and the names in `inputs`, its form says. */
export const submissionItemSchema = z
  .strictObject({
    uscc: z.string().max(64).optional().meta({
      description: 'Unified social credit code, GB 32100-2015',
      example: '91330500MA0DEMO01A',
    }),
    localId: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'A local id, where the rulebook admits subjects without a USCC' }),
    name: z.string().max(200).optional(),
    regionCode: z
      .string()
      .max(32)
      .optional()
      .meta({ description: 'Administrative code, 6 digits (GB/T 2260)', example: '330502' }),
    industryClassification: z.string().max(64).optional().meta({ example: 'gbt4754-2017' }),
    industryCode: z
      .string()
      .max(32)
      .optional()
      .meta({ description: 'Class code of the classification', example: '1751' }),
    inputs: z.record(z.string().max(64), quantitySchema),
  })
  .meta({ id: 'SubmissionItem' });
export type SubmissionItem = z.infer<typeof submissionItemSchema>;

export const MAX_SUBMISSIONS_PER_REQUEST = 5000;

export const submissionRequestSchema = z
  .strictObject({
    rulebook: z.string().max(100).meta({ example: 'industrial-carbon-efficiency' }),
    period: z.string().max(16).meta({ example: '2026Q3' }),
    partial: z
      .boolean()
      .default(false)
      .meta({ description: 'Keep the good ones where others are bad' }),
    submissions: z.array(submissionItemSchema).min(1).max(MAX_SUBMISSIONS_PER_REQUEST),
  })
  .meta({ id: 'SubmissionRequest' });
export type SubmissionRequest = z.infer<typeof submissionRequestSchema>;

export const SUBJECT_SCHEMES = ['uscc', 'local'] as const;
export type SubjectScheme = (typeof SUBJECT_SCHEMES)[number];

/** Who is rated: a code under a scheme. */
export interface SubjectKey {
  readonly scheme: SubjectScheme;
  readonly code: string;
}

/** A submission that passed its form's validation, ready to be kept or rated. */
export interface ValidSubmission {
  readonly subject: SubjectKey;
  readonly name: string | null;
  readonly period: string;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  /** In the order of the form's numeric inputs; null is unknown. Each has at most 15 significant digits. */
  readonly inputs: readonly (number | null)[];
}

/** A kept submission as the API shows it. */
export const submissionSchema = z
  .object({
    id: z.uuid(),
    rulebook: z.string(),
    period: z.string(),
    revision: z.int().min(1),
    subject: z.object({ scheme: z.enum(SUBJECT_SCHEMES), code: z.string() }),
    name: z.string().nullable(),
    regionCode: z.string(),
    industryClassification: z.string(),
    industryCode: z.string(),
    inputs: z.record(z.string(), z.union([z.number(), z.string()]).nullable()).meta({
      description:
        'Quantities in the rulebook’s units, choices by their option’s code; null is unknown',
    }),
    uploadId: z.uuid().nullable(),
    receivedAt: z.iso.datetime(),
  })
  .meta({ id: 'Submission' });
export type SubmissionView = z.infer<typeof submissionSchema>;
