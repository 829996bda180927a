/**
 * The shape of a rulebook document (评价规范), as zod schemas: the YAML's every field, and the types of the rest
 * of the package. What a schema cannot say (names that exist, units that agree, no cycles) `check.ts` says.
 */
import { z } from 'zod';

import { isReadable } from './readable-text';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'snake_case, at most 63 characters');
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'kebab-case, at most 63 characters');
const date = z.iso.date();
const text = z
  .string()
  .min(1)
  .max(2000)
  .refine(
    isReadable,
    'control characters, marks of writing direction and half characters are no text',
  );
/** Stands on every rating: a template and the titles it takes must not multiply to megabytes. */
const shortText = text.max(200);
const version = z
  .string()
  .max(20)
  .regex(/^\d+\.\d+\.\d+$/);
const unit = z.string().max(64);
/** Codes of carriers, regions and periods as they are compared, never interpreted. */
const key = z.string().max(64);
export const bilingual = z.strictObject({ zh: text, en: text });
const shortBilingual = z.strictObject({ zh: shortText, en: shortText });
/** Each reads at most 500 parts; the plan bounds the whole (`plan/exact-size.ts`). */
const MAX_CALCULATIONS = 500;

/** How sure we are of a number: `domain.md`'s three words. */
export const status = z.enum(['official', 'reported', 'assumed']);
export type Status = z.infer<typeof status>;

/** What happens where a value is missing: a default that counts, or no rating with a reason. */
const missing = z.union([
  z.strictObject({ value: z.number() }),
  z.strictObject({ notRated: code }),
]);
const missingReason = z.strictObject({ notRated: code });

const source = z.strictObject({ title: bilingual, citation: text, status, url: text.optional() });
export const sources = z.record(code, source);

const input = z.strictObject({
  name,
  title: bilingual,
  unit,
  /** Smaller values are rejected on arrival. */
  minimum: z.number().optional(),
  missing,
  hint: bilingual.optional(),
});

const family = z.strictObject({
  name,
  title: bilingual,
  source: code,
  minimum: z.number().optional(),
  missing,
  hint: bilingual.optional(),
  members: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9]{1,16}$/),
        title: bilingual,
        unit,
        missing: missing.optional(),
        minimum: z.number().optional(),
        /** Kept and shown, but no formula may read it. */
        informative: z.boolean().optional(),
        hint: bilingual.optional(),
      }),
    )
    .min(1)
    .max(200),
});

const parameter = z.strictObject({
  name,
  title: bilingual,
  unit,
  values: z
    .array(
      z.strictObject({
        from: date,
        value: z.number(),
        source: code,
        clause: text.optional(),
        status,
      }),
    )
    .min(1)
    .max(100),
});

const calculation = z.strictObject({
  name,
  title: bilingual,
  unit,
  formula: text,
  /** The value is unknown (without a not-rated reason) where this does not hold. */
  onlyIf: text.optional(),
  source: code,
  clause: text,
});

const peers = z.strictObject({
  name,
  title: bilingual,
  unit,
  statistic: z.literal('ratio-of-totals'),
  numerator: name,
  denominator: name,
  /** Which subjects count; those with a not-rated reason of their own never do. */
  members: text,
  /** Name of the parameter: with fewer peers the next group is asked. */
  minimumPeers: name,
  source: code,
  clause: text,
  missing: missingReason,
  groups: z
    .array(
      z.strictObject({
        level: code,
        title: bilingual,
        industryDigits: z.int().min(0).max(6),
        region: z.enum(['county', 'city', 'province', 'all']),
      }),
    )
    .min(1)
    .max(10),
});

const notRated = z.strictObject({
  reason: code,
  message: bilingual,
  when: text.optional(),
  withholds: z.array(name).min(1).max(MAX_CALCULATIONS).optional(),
});

const grading = z.strictObject({
  name,
  title: bilingual,
  of: name,
  /** GB/T 8170, 4.3: compare the full value, or the value rounded as its result column is. */
  compare: z.enum(['full-value', 'rounded-value']),
  source: code,
  clause: text,
  bands: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Za-z0-9+-]{1,16}$/),
        title: shortBilingual,
        /** Name of a parameter: values up to and including it. */
        atMost: name.optional(),
        /** Name of a parameter: values short of it. */
        below: name.optional(),
      }),
    )
    .min(2)
    .max(100),
});

const exampleInputs = z.record(name, z.number().nullable());

/** A worked example: its arithmetic can be checked by hand, and it is a test. */
export const example = z.strictObject({
  title: bilingual,
  period: key,
  regionCode: key.default('330502'),
  industryCode: key.default('1751'),
  inputs: exampleInputs,
  /** The benchmark's two totals, where the example gives one. */
  benchmark: z.strictObject({ numerator: key, denominator: key }).optional(),
  expect: z.strictObject({
    outcome: z.enum(['rated', 'not-rated']),
    reasons: z.array(code).max(30).optional(),
    results: z.record(name, z.union([z.string(), z.null()])).optional(),
    gradings: z.record(name, z.union([z.string(), z.null()])).optional(),
    label: text.optional(),
  }),
});
export type Example = z.infer<typeof example>;

export const rulebookSchema = z.strictObject({
  rulebook: code,
  version,
  title: bilingual,
  subject: z.enum([
    'enterprise',
    'factory',
    'building',
    'park',
    'district',
    'city',
    'product',
    'project',
  ]),
  effective: z.strictObject({ from: date, to: date.optional() }),
  factorSet: z.strictObject({ id: code, version }),
  sources,
  subjectKey: z.strictObject({
    identifiers: z.array(z.enum(['uscc', 'local'])).min(1),
    /** `any` admits every other classification of digits, unchecked. */
    classifications: z
      .array(z.strictObject({ id: code, level: z.enum(['division', 'group', 'class']).optional() }))
      .min(1),
  }),
  inputs: z.array(input).max(500),
  families: z.array(family).max(20).default([]),
  sets: z
    .array(z.strictObject({ name, of: name, from: key, to: key }))
    .max(100)
    .default([]),
  factors: z
    .array(
      z.strictObject({
        name,
        title: bilingual,
        quantity: code,
        for: name,
        exclude: z.array(key).max(200).default([]),
        missing: missingReason,
      }),
    )
    .max(20)
    .default([]),
  parameters: z.array(parameter).max(1000).default([]),
  checks: z
    .array(z.strictObject({ code, require: text, message: bilingual }))
    .max(200)
    .default([]),
  calculations: z.array(calculation).min(1).max(MAX_CALCULATIONS),
  peers: z.array(peers).max(1).default([]),
  notRated: z.array(notRated).max(30),
  gradings: z.array(grading).max(20),
  label: z
    .strictObject({ of: z.array(name).min(1).max(20), zh: shortText, en: shortText })
    .optional(),
  results: z.strictObject({
    source: code,
    status,
    columns: z
      .array(z.strictObject({ name, decimals: z.int().min(0).max(12) }))
      .min(1)
      .max(100),
  }),
  headline: z.strictObject({ grade: name, level: name.optional(), rankBy: name }),
  examples: z.array(example).max(200).default([]),
});

export type RulebookDocument = z.infer<typeof rulebookSchema>;
export type FamilyDocument = z.infer<typeof family>;

/* ---- factor sets ---- */

const factorComponent = z.strictObject({
  name: code,
  title: bilingual,
  value: z.number(),
  over: z.number().positive().optional(),
  unit,
  source: code,
  clause: text.optional(),
  status,
});

const factorBase = {
  id: key.min(1),
  quantity: code,
  carrier: key,
  unit,
  note: bilingual.optional(),
};

export const factorSchema = z.union([
  z.strictObject({
    ...factorBase,
    value: z.number(),
    source: code,
    clause: text.optional(),
    status,
  }),
  z.strictObject({ ...factorBase, product: z.array(factorComponent).min(1).max(20) }),
  z.strictObject({
    ...factorBase,
    by: z.literal('region-year'),
    yearRule: z.enum(['latest-not-after', 'exact']),
    table: z
      .array(
        z.strictObject({
          region: key,
          year: z.int(),
          value: z.number(),
          published: text.optional(),
          source: code,
          clause: text.optional(),
          status,
        }),
      )
      .min(1)
      .max(5000),
  }),
]);
export type FactorDocument = z.infer<typeof factorSchema>;

export const factorSetSchema = z.strictObject({
  factorSet: code,
  version,
  title: bilingual,
  effective: z.strictObject({ from: date, to: date.optional() }),
  sources,
  factors: z.array(factorSchema).min(1).max(5000),
});
export type FactorSetDocument = z.infer<typeof factorSetSchema>;
