/** What a rulebook asks of a subject: quantities and choices, families of quantities, facts by region or industry, tables. */
import { z } from 'zod';

import {
  bilingual,
  code,
  datedNumbers,
  missing,
  missingReason,
  name,
  ruleNumber,
  status,
  text,
  unit,
} from './schema-parts';

/** Where a submission leaves it blank: what the subject submitted as `input` for the same period a year before. */
const yearBefore = z.strictObject({ input: name });

const quantityInput = z.strictObject({
  name,
  title: bilingual,
  unit,
  /** Smaller values are rejected on arrival. */
  minimum: z.number().optional(),
  /** Greater values are rejected on arrival. */
  maximum: z.number().optional(),
  yearBefore: yearBefore.optional(),
  /** Of an input from the year before: where nothing was submitted then either. */
  missing,
  hint: bilingual.optional(),
});

const optionCode = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'letters, digits, _ and -');

/** One of a few options: formulas compare it with `==` and `!=` and an option's code in quotes. */
const choiceInput = z.strictObject({
  name,
  title: bilingual,
  options: z
    .array(z.strictObject({ code: optionCode, title: bilingual }))
    .min(2)
    .max(50),
  yearBefore: yearBefore.optional(),
  missing: z.union([z.strictObject({ option: optionCode }), missingReason]),
  hint: bilingual.optional(),
});

export const input = z.union([quantityInput, choiceInput]);

export const family = z.strictObject({
  name,
  title: bilingual,
  source: code,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
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
        maximum: z.number().optional(),
        /** Kept and shown, but no formula may read it. */
        informative: z.boolean().optional(),
        hint: bilingual.optional(),
      }),
    )
    .min(1)
    .max(200),
});

const prefixes = z
  .array(z.string().regex(/^[0-9A-Za-z]{1,16}$/))
  .min(1)
  .max(5000);

/** 1 where the subject's region or industry code starts with one of the listed ones, else 0. */
export const fact = z.strictObject({
  name,
  title: bilingual,
  of: z.enum(['region', 'industry']),
  /** First digits of the codes: `3308` is every county of a city, `25` every class of a division. */
  codes: prefixes,
  source: code,
  clause: text.optional(),
  status,
});

/** A number by region, by industry (the longest listed beginning of the code counts), or by a choice's option. */
export const table = z.strictObject({
  name,
  title: bilingual,
  unit,
  by: z.union([z.enum(['region', 'industry']), z.strictObject({ input: name })]),
  rows: z
    .array(z.strictObject({ key: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/), values: datedNumbers }))
    .min(1)
    .max(5000),
  /** Where no row fits: a number, or no rating with a reason. */
  otherwise: z.union([missingReason, ruleNumber]),
});
