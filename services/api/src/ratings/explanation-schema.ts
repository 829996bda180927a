/** The full arithmetic of one rating, as JSON in both languages. */
import { bilingualSchema, OUTCOMES } from '@tanxiao/contracts';
import { z } from 'zod';

const sourceSchema = z
  .object({
    key: z.string(),
    title: bilingualSchema,
    citation: z.string(),
    status: z.string(),
  })
  .meta({ id: 'Source' });

const exactValue = z
  .string()
  .nullable()
  .meta({ description: 'Exact: a decimal, or a fraction `n/d`; null is unknown' });

const readingValue = z.string().nullable().meta({
  description: 'For reading: the exact decimal where it is short, else its first digits and `…`',
});

const operandSchema = z
  .object({
    kind: z.enum(['input', 'parameter', 'factor', 'fact', 'table', 'benchmark', 'calculation']),
    name: z.string(),
    title: bilingualSchema,
    unit: z.string(),
    value: exactValue,
    shown: readingValue,
    source: sourceSchema.nullable(),
    clause: z.string().nullable(),
    status: z.string().nullable().meta({ description: 'official, reported or assumed' }),
    note: bilingualSchema.nullable(),
    components: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        value: z.string(),
        unit: z.string(),
        source: sourceSchema.nullable(),
        clause: z.string().nullable(),
        status: z.string(),
      }),
    ),
  })
  .meta({ id: 'Operand' });

const lineSchema = z
  .object({
    name: z.string(),
    title: bilingualSchema,
    unit: z.string(),
    formula: z.string().meta({ description: 'As the rulebook writes it' }),
    onlyIf: z
      .string()
      .nullable()
      .meta({ description: 'The condition without which the value is unknown' }),
    substituted: z.string().meta({ description: 'With this subject’s numbers' }),
    value: exactValue,
    shown: z.string().nullable().meta({ description: 'Rounded for reading' }),
    source: sourceSchema.nullable(),
    clause: z.string(),
    operands: z.array(operandSchema),
    zeroTerms: z.int().meta({ description: 'Terms of totals that are zero and not listed' }),
  })
  .meta({ id: 'ExplanationLine' });

const conditionSchema = z
  .object({
    text: z.string().meta({ description: 'As the rulebook writes it' }),
    holds: z.boolean().nullable(),
    operands: z.array(operandSchema),
  })
  .meta({ id: 'Condition' });

const documentSchema = z.object({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  title: bilingualSchema,
});

export const explanationSchema = z
  .object({
    ratingId: z.uuid(),
    submissionId: z.uuid(),
    yearBefore: z
      .object({ submissionId: z.uuid(), period: z.string(), revision: z.int() })
      .nullable()
      .meta({ description: 'The submission of the same period a year before that was read' }),
    rulebook: documentSchema,
    factorSet: documentSchema,
    period: z.object({ id: z.string(), start: z.string(), end: z.string() }),
    benchmarks: z
      .array(
        z.object({
          statistic: z.string(),
          level: z.string(),
          groupKey: z.string(),
          size: z.int(),
          numerator: z.string(),
          denominator: z.string(),
          value: z.number().nullable(),
          title: bilingualSchema,
          groupTitle: bilingualSchema,
          clause: z.string(),
          source: sourceSchema.nullable(),
          exact: exactValue,
          shown: readingValue,
        }),
      )
      .meta({ description: 'Of every statistic that the subject was compared with' }),
    lines: z.array(lineSchema),
    gradings: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        of: z.string().nullable(),
        value: exactValue,
        shown: readingValue,
        compare: z.enum(['full-value', 'rounded-value']),
        source: sourceSchema.nullable(),
        clause: z.string(),
        gates: z
          .array(
            z.object({
              code: z.string(),
              title: bilingualSchema,
              source: sourceSchema.nullable(),
              clause: z.string(),
              condition: conditionSchema,
              otherwise: z.string().meta({ description: 'The band where it does not hold' }),
            }),
          )
          .meta({ description: 'Requirements before the bands' }),
        bands: z.array(
          z.object({
            code: z.string(),
            title: bilingualSchema,
            relation: z.enum(['<=', '<', '>=', '>']).nullable(),
            limit: operandSchema.nullable(),
            condition: conditionSchema.nullable(),
            isResult: z.boolean(),
          }),
        ),
        band: z.string().nullable(),
      }),
    ),
    reasons: z.array(
      z.object({ code: z.string(), message: bilingualSchema, when: z.string().nullable() }),
    ),
    label: bilingualSchema.nullable(),
    columns: z.object({
      outcome: z.enum(OUTCOMES),
      reasons: z.array(z.string()),
      values: z.array(z.number().nullable()),
      bands: z.array(z.int().nullable()),
    }),
  })
  .meta({ id: 'Explanation' });
