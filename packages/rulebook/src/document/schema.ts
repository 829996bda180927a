/**
 * The shape of a rulebook document (评价规范), as zod schemas: the YAML's every field, and the types of the rest
 * of the package. What a schema cannot say (names that exist, units that agree, no cycles) `check.ts` says.
 */
import { z } from 'zod';

import { fact, family, input, table } from './schema-inputs';
import {
  bilingual,
  code,
  date,
  datedNumbers,
  key,
  missingReason,
  name,
  shortBilingual,
  shortText,
  sources,
  status,
  text,
  unit,
  version,
} from './schema-parts';
import { rollUp } from './schema-roll-ups';
import { score } from './schema-scores';
import { best, peers } from './schema-statistics';

export type { Status } from './schema-parts';

/** Each reads at most 500 parts; the plan bounds the whole (`plan/exact-size.ts`). */
const MAX_CALCULATIONS = 500;

const parameter = z.strictObject({
  name,
  title: bilingual,
  unit,
  values: datedNumbers,
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

const notRated = z.strictObject({
  reason: code,
  message: bilingual,
  when: text.optional(),
  withholds: z.array(name).min(1).max(MAX_CALCULATIONS).optional(),
});

const bandCode = z.string().regex(/^[A-Za-z0-9+-]{1,16}$/);

/**
 * Bands are asked in their order, the first that fits is the result; the last takes what is left. A limit is the name
 * of a parameter, a table, a calculation or a statistic (a rank quota is a limit by `top-share`).
 */
const band = z.strictObject({
  code: bandCode,
  title: shortBilingual,
  /** Values up to and including it. */
  atMost: name.optional(),
  /** Values short of it. */
  below: name.optional(),
  /** Values from it on, itself included. */
  atLeast: name.optional(),
  /** Values beyond it. */
  above: name.optional(),
  /** Only where this holds, too. */
  when: text.optional(),
});

/** A requirement that comes before the bands: where it does not hold, the band `otherwise` is the result. */
const gate = z.strictObject({
  code,
  title: bilingual,
  require: text,
  otherwise: bandCode,
  source: code,
  clause: text,
});

const grading = z.strictObject({
  name,
  title: bilingual,
  /** What is graded; left out where every band but the last has a condition and no limit (a ladder of gates). */
  of: name.optional(),
  /** GB/T 8170, 4.3: compare the full value, or the value rounded as its result column is. */
  compare: z.enum(['full-value', 'rounded-value']).default('full-value'),
  source: code,
  clause: text,
  gates: z.array(gate).max(60).default([]),
  bands: z.array(band).min(2).max(100),
});

const exampleInputs = z.record(name, z.union([z.number(), z.string(), z.null()]));
const totals = z.strictObject({ numerator: key, denominator: key });

/** A worked example: its arithmetic can be checked by hand, and it is a test. */
const expectedRating = z.strictObject({
  outcome: z.enum(['rated', 'not-rated']),
  reasons: z.array(code).max(30).optional(),
  results: z.record(name, z.union([z.string(), z.null()])).optional(),
  gradings: z.record(name, z.union([z.string(), z.null()])).optional(),
  label: text.optional(),
});

/** Such a submission is turned away on arrival: by what is wrong with an input, or by a check. */
const expectedRejection = z.strictObject({
  rejected: z
    .array(
      z.union([
        z.strictObject({
          input: name,
          issue: z.enum(['below-minimum', 'above-maximum', 'unknown-option', 'not-a-number']),
        }),
        z.strictObject({ check: code }),
      ]),
    )
    .min(1)
    .max(30),
});

export const example = z.strictObject({
  title: bilingual,
  period: key,
  regionCode: key.default('330502'),
  industryCode: key.default('1751'),
  inputs: exampleInputs,
  /** The two totals of the first statistic, where the example gives one. */
  benchmark: totals.optional(),
  /** The value of each statistic that the example gives, by name. */
  statistics: z.record(name, z.union([z.number(), totals])).optional(),
  expect: z.union([expectedRating, expectedRejection]),
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
    'platform',
  ]),
  effective: z.strictObject({ from: date, to: date.optional() }),
  factorSet: z.strictObject({ id: code, version }),
  sources,
  subjectKey: z.strictObject({
    identifiers: z.array(z.enum(['uscc', 'local'])).min(1),
    /** `any` admits every other classification of digits, unchecked. None: the subjects have no industry (a park, a project). */
    classifications: z
      .array(z.strictObject({ id: code, level: z.enum(['division', 'group', 'class']).optional() }))
      .default([]),
  }),
  inputs: z.array(input).max(500),
  families: z.array(family).max(20).default([]),
  sets: z
    .array(z.strictObject({ name, of: name, from: key, to: key }))
    .max(100)
    .default([]),
  facts: z.array(fact).max(100).default([]),
  tables: z.array(table).max(100).default([]),
  factors: z
    .array(
      z.strictObject({
        name,
        title: bilingual,
        quantity: code,
        /** Of factors that are products: the product of these parts of theirs alone. */
        parts: z.array(code).min(1).max(20).optional(),
        for: name,
        /** Codes of the members that have one; left out, all. */
        only: z.array(key).min(1).max(200).optional(),
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
  calculations: z.array(calculation).max(MAX_CALCULATIONS).default([]),
  scores: z.array(score).max(5).default([]),
  peers: z.array(peers).max(100).default([]),
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
  headline: z.strictObject({
    grade: name,
    level: name.optional(),
    rankBy: name,
    /** Which end of `rankBy` ranks first. */
    best: best.default('lowest'),
  }),
  /** Inputs that are made of lower subjects' ratings. */
  rollUps: z.array(rollUp).max(100).default([]),
  examples: z.array(example).max(200).default([]),
});

export type RulebookDocument = z.infer<typeof rulebookSchema>;
export type FamilyDocument = z.infer<typeof family>;
