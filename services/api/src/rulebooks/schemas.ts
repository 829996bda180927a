/** What the rulebooks and factor-sets resources answer: every number with its source and its status. */
import { bilingualSchema } from '@tanxiao/contracts';
import { z } from 'zod';

const statusSchema = z.enum(['official', 'reported', 'assumed']).meta({
  description:
    'official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law',
});

const sourcesSchema = z.record(
  z.string(),
  z.object({
    title: bilingualSchema,
    citation: z.string(),
    status: statusSchema,
    url: z.string().optional(),
  }),
);

const effectiveSchema = z.object({ from: z.string(), to: z.string().nullable() });

const provenance = {
  source: z.string().meta({ description: 'Key in `sources`' }),
  clause: z.string().nullable(),
};

export const documentOriginSchema = z
  .object({
    kind: z.enum(['shipped', 'approved']),
    approval: z
      .object({
        proposal: z.string(),
        proposedBy: z.string(),
        approvedBy: z.string(),
        approvedAt: z.string(),
      })
      .nullable()
      .meta({ description: 'Names as stated; null of a document that ships with the program' }),
  })
  .meta({ id: 'DocumentOrigin' });

export const rulebookSummarySchema = z
  .object({
    id: z.string(),
    version: z.string(),
    hash: z.string(),
    title: bilingualSchema,
    subject: z.string(),
    effective: effectiveSchema,
    origin: documentOriginSchema,
    factorSet: z.object({ id: z.string(), version: z.string() }),
    links: z.object({ self: z.string(), template: z.string() }),
  })
  .meta({ id: 'RulebookSummary' });

export const rulebookListSchema = z
  .object({ items: z.array(rulebookSummarySchema) })
  .meta({ id: 'RulebookList' });

const bandSchema = z.object({
  code: z.string(),
  title: bilingualSchema,
  atMost: z
    .string()
    .nullable()
    .meta({ description: 'Name of the number that bounds it, included' }),
  below: z.string().nullable().meta({ description: 'Name of the number that bounds it, excluded' }),
  atLeast: z.string().nullable().meta({ description: 'The same from below, included' }),
  above: z.string().nullable().meta({ description: 'The same from below, excluded' }),
  when: z.string().nullable().meta({ description: 'Only where this holds, too' }),
});

export const rulebookDetailSchema = rulebookSummarySchema
  .extend({
    sources: sourcesSchema,
    identifiers: z.array(z.string()),
    classifications: z.array(z.object({ id: z.string(), level: z.string().nullable() })),
    inputs: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        unit: z.string(),
        minimum: z.number().nullable(),
        maximum: z.number().nullable(),
        options: z
          .array(z.object({ code: z.string(), title: bilingualSchema }))
          .nullable()
          .meta({ description: 'Of a choice: what may be submitted' }),
        missing: z
          .union([
            z.object({ value: z.number() }),
            z.object({ notRated: z.string() }),
            z.object({ unknown: z.literal(true) }),
          ])
          .meta({
            description:
              'Where it is missing: a value counts, the subject is not rated for a reason, or it is unknown and other values count in its place',
          }),
        hint: bilingualSchema.nullable(),
        informative: z.boolean(),
      }),
    ),
    numbers: z
      .array(
        z.object({
          name: z.string(),
          title: bilingualSchema,
          unit: z.string(),
          from: z
            .string()
            .meta({ description: 'In force from this day, until the next of its name' }),
          value: z.number(),
          ...provenance,
          status: statusSchema,
        }),
      )
      .meta({ description: 'Every number of the rules' }),
    calculations: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        unit: z.string(),
        formula: z.string(),
        onlyIf: z.string().nullable(),
        ...provenance,
      }),
    ),
    tables: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        unit: z.string(),
        by: z.string().meta({ description: '`region`, `industry`, or the name of a choice' }),
        rows: z.array(
          z.object({
            key: z.string(),
            from: z.string(),
            value: z.number(),
            ...provenance,
            status: statusSchema,
          }),
        ),
      }),
    ),
    peers: z
      .array(
        z.object({
          name: z.string(),
          title: bilingualSchema,
          unit: z.string(),
          statistic: z.string(),
          of: z.array(z.string()).meta({
            description: 'The value it is made of; numerator and denominator of a ratio of totals',
          }),
          share: z.string().nullable().meta({ description: 'Of `top-share`: name of the number' }),
          best: z.enum(['highest', 'lowest']).nullable(),
          members: z.string(),
          minimumPeers: z.string(),
          groups: z.array(
            z.object({
              level: z.string(),
              title: bilingualSchema,
              by: z.array(z.string()).meta({
                description: 'Choices whose options agree among the peers; empty: any',
              }),
              industryDigits: z.int(),
              region: z.string(),
            }),
          ),
          ...provenance,
        }),
      )
      .meta({ description: 'Statistics of the peers' }),
    notRated: z.array(
      z.object({ code: z.string(), message: bilingualSchema, when: z.string().nullable() }),
    ),
    gradings: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        of: z.string().nullable(),
        compare: z.string(),
        gates: z.array(
          z.object({
            code: z.string(),
            title: bilingualSchema,
            require: z.string(),
            otherwise: z.string().meta({ description: 'The band where it does not hold' }),
            ...provenance,
          }),
        ),
        bands: z.array(bandSchema),
        ...provenance,
      }),
    ),
    results: z.array(z.object({ name: z.string(), decimals: z.int() })),
    headline: z.object({
      grade: z.string(),
      level: z.string().nullable(),
      rankBy: z.string(),
      best: z.enum(['highest', 'lowest']).meta({ description: 'Which end ranks first' }),
    }),
  })
  .meta({ id: 'Rulebook' });
export type RulebookDetail = z.infer<typeof rulebookDetailSchema>;

export const factorSetSummarySchema = z
  .object({
    id: z.string(),
    version: z.string(),
    hash: z.string(),
    title: bilingualSchema,
    effective: effectiveSchema,
    origin: documentOriginSchema,
    factors: z.int(),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'FactorSetSummary' });

export const factorSetListSchema = z
  .object({ items: z.array(factorSetSummarySchema) })
  .meta({ id: 'FactorSetList' });

const factorNumberSchema = z.object({
  region: z.string().nullable().meta({ description: 'Where the factor differs by region' }),
  year: z.int().nullable(),
  component: z
    .object({ name: z.string(), title: bilingualSchema })
    .nullable()
    .meta({ description: 'Where the factor is a product: which of its terms this is' }),
  value: z.number(),
  over: z.number().nullable().meta({ description: 'The value is divided by it, as in 44/12' }),
  unit: z.string(),
  ...provenance,
  status: statusSchema,
});

export const factorSetDetailSchema = factorSetSummarySchema
  .extend({
    sources: sourcesSchema,
    factors: z.array(
      z.object({
        id: z.string(),
        quantity: z.string(),
        carrier: z.string(),
        unit: z.string(),
        note: bilingualSchema.nullable(),
        numbers: z.array(factorNumberSchema),
      }),
    ),
  })
  .meta({ id: 'FactorSet' });
export type FactorSetDetail = z.infer<typeof factorSetDetailSchema>;
