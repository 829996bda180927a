/** Dry runs: what a rule change would do to a population, as the API and the command line tell it. */
import { z } from 'zod';

import { bilingualSchema, notRatedReasonSchema } from './rating';
import { SUBJECT_SCHEMES } from './submission';

/** A document by its version, or its text itself. */
const documentText = z.strictObject({
  text: z.string().min(1).meta({ description: 'YAML of at most 1 MB, not kept' }),
});
const documentVersion = z.strictObject({
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
});

const documentProposal = z.strictObject({
  proposal: z.uuid().meta({ description: 'Id of a proposal, decided or not' }),
});

export const dryRunRequestSchema = z
  .strictObject({
    rulebook: z.string().min(1).max(100).meta({ example: 'industrial-carbon-efficiency' }),
    period: z.string().meta({ description: '`2026Q3`, `2026H1` or `2026`', example: '2026Q3' }),
    before: z
      .string()
      .regex(/^(?:\d{1,6}\.\d{1,6}\.\d{1,6}|[0-9a-f]{64})$/)
      .optional()
      .meta({ description: 'Version or hash; default: the version in force in the period' }),
    after: z.union([documentText, documentVersion, documentProposal]),
    factorSet: z
      .union([
        documentText,
        documentVersion.extend({ id: z.string().min(1).max(100) }),
        documentProposal,
      ])
      .optional()
      .meta({ description: 'For the version after, in place of the factor set that it names' }),
    grading: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'The grading to compare; default: the one that is the grade' }),
    movers: z
      .int()
      .min(0)
      .max(1000)
      .default(100)
      .meta({ description: 'How many movers to list; their total is always told' }),
  })
  .meta({ id: 'DryRunRequest' });
export type DryRunRequest = z.output<typeof dryRunRequestSchema>;

const outcomeSchema = z
  .object({
    kind: z.enum(['rated', 'not-rated', 'refused']),
    code: z.string().nullable().meta({ description: 'Of the grade; null where there is none' }),
    text: bilingualSchema,
    reasons: z.array(notRatedReasonSchema),
  })
  .meta({ id: 'DryRunOutcome' });

const benchmarkSchema = z
  .object({
    statistic: z.string(),
    level: z.string(),
    groupKey: z.string(),
    groupTitle: bilingualSchema,
    size: z.int(),
    numerator: z.string(),
    denominator: z.string(),
    value: z.number().nullable(),
  })
  .meta({ id: 'DryRunBenchmark' });

const moverSideSchema = z.object({
  outcome: outcomeSchema,
  value: z.number().nullable().meta({ description: 'The value graded, as a rating keeps it' }),
  benchmarks: z
    .array(benchmarkSchema)
    .meta({ description: 'Those that there are, in the order of the statistics of the version' }),
});

const numberChangeSchema = z
  .object({
    name: z.string(),
    title: bilingualSchema,
    unit: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: 'NumberChange' });

const limitSchema = z
  .object({
    name: z.string(),
    relation: z.enum(['<=', '<', '>=', '>']),
    value: z.string().nullable(),
  })
  .nullable();

const ruleSchema = z.object({ message: bilingualSchema, when: z.string().nullable() }).nullable();

export const CAUSE_KINDS = [
  'limit',
  'benchmark',
  'factor',
  'parameter',
  'formula',
  'not-rated-rule',
  'range',
] as const;

const causeSchema = z
  .object({
    kind: z.enum(CAUSE_KINDS),
    text: bilingualSchema,
    sufficient: z.boolean().meta({ description: 'This change alone has the same outcome' }),
    necessary: z.boolean().meta({ description: 'Without this change the outcome is another' }),
    alone: outcomeSchema,
    without: outcomeSchema,
    limits: z
      .array(
        z.object({
          band: z.string(),
          title: bilingualSchema,
          before: limitSchema,
          after: limitSchema,
        }),
      )
      .readonly()
      .optional(),
    compareMode: z.boolean().optional(),
    benchmarks: z
      .array(
        z.object({
          statistic: z.string(),
          title: bilingualSchema,
          before: benchmarkSchema.nullable(),
          after: benchmarkSchema.nullable(),
          changed: z.array(z.enum(['group', 'size', 'value'])).readonly(),
        }),
      )
      .readonly()
      .optional(),
    factors: z.array(numberChangeSchema).readonly().optional(),
    parameters: z.array(numberChangeSchema).readonly().optional(),
    formulas: z
      .array(
        z.object({
          name: z.string(),
          title: bilingualSchema,
          before: z.string().nullable(),
          after: z.string().nullable(),
        }),
      )
      .readonly()
      .optional(),
    inputs: z.array(z.string()).readonly().optional(),
    decided: z
      .boolean()
      .optional()
      .meta({ description: 'Whether these formulas reach the subject; false: all that changed' }),
    rules: z
      .array(z.object({ code: z.string(), before: ruleSchema, after: ruleSchema }))
      .readonly()
      .optional(),
    outOfRange: z
      .array(
        z.object({
          name: z.string(),
          value: z.number(),
          minimum: z.number().nullable(),
          maximum: z.number().nullable(),
        }),
      )
      .readonly()
      .optional(),
  })
  .meta({ id: 'DryRunCause' });

const versionSchema = z
  .object({
    id: z.string(),
    version: z.string(),
    hash: z.string(),
    title: bilingualSchema,
    factorSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    appliedOn: z.iso.date().meta({
      description:
        'The day whose numbers count: the last of the period, or the first of a version that begins later',
    }),
    grading: z.object({ name: z.string(), title: bilingualSchema }),
    value: z.object({ name: z.string(), title: bilingualSchema, unit: z.string() }),
    distribution: z.array(z.object({ outcome: outcomeSchema, count: z.int() })),
  })
  .meta({ id: 'DryRunVersion' });

const moverSchema = z
  .object({
    subject: z.object({ scheme: z.enum(SUBJECT_SCHEMES), code: z.string() }),
    name: z.string().nullable(),
    regionCode: z.string(),
    industryClassification: z.string(),
    industryCode: z.string(),
    movement: z.enum(['better', 'worse', 'newly-rated', 'no-longer-rated', 'not-comparable']),
    before: moverSideSchema,
    after: moverSideSchema,
    ownValues: z.array(numberChangeSchema),
    causes: z.array(causeSchema),
  })
  .meta({ id: 'DryRunMover' });

export const dryRunSchema = z
  .object({
    period: z.string(),
    population: z.int(),
    before: versionSchema,
    after: versionSchema,
    counts: z.object({
      better: z.int(),
      worse: z.int(),
      unchanged: z.int(),
      newlyRated: z.int(),
      noLongerRated: z.int(),
      notRated: z.int().meta({ description: 'In neither version' }),
      notComparable: z.int(),
    }),
    matrix: z.object({
      before: z.array(outcomeSchema),
      after: z.array(outcomeSchema),
      counts: z
        .array(z.array(z.int()))
        .meta({ description: 'By outcome before, then after; the sum is the population' }),
    }),
    causes: z
      .array(z.object({ kind: z.enum(CAUSE_KINDS), movers: z.int(), sufficient: z.int() }))
      .meta({ description: 'How many movers each kind of cause took part in, and sufficed for' }),
    moversTotal: z.int(),
    movers: z.array(moverSchema),
  })
  .meta({ id: 'DryRun' });
export type DryRunView = z.infer<typeof dryRunSchema>;
export type DryRunMoverView = z.infer<typeof moverSchema>;
