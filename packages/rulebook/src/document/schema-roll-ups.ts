/**
 * Roll-ups: inputs of a higher subject (park, district, city) that are made of the ratings of lower ones. The share of
 * star factories among above-scale enterprises, the L of a district as a ratio of totals, a sum of emissions.
 */
import { z } from 'zod';

import { code, name, text } from './schema-parts';

/** Ratings that count: by the band of a grading, or those that are rated at all. */
const where = z.strictObject({
  grading: name,
  bands: z
    .array(z.string().regex(/^[A-Za-z0-9+-]{1,16}$/))
    .min(1)
    .max(100),
});

const base = {
  /** The input that is filled. */
  input: name,
  /** Id of the rulebook whose ratings are rolled up. */
  from: code,
  where: where.optional(),
  clause: text,
};
/** GB/T 8170: a quotient is rounded once, to so many places. */
const decimals = z.int().min(0).max(12);

export const rollUp = z.discriminatedUnion('aggregate', [
  /** How many ratings fit. */
  z.strictObject({ aggregate: z.literal('count'), ...base }),
  /** Those that fit, of all that are rated; with `among: all` the not rated count below the line, too. */
  z.strictObject({
    aggregate: z.literal('share'),
    among: z.enum(['rated', 'all']).default('rated'),
    decimals,
    ...base,
  }),
  /** `of`, `numerator` and `denominator` name a result of the lower rulebook, or a quantity that it asks for. */
  z.strictObject({ aggregate: z.literal('sum'), of: name, ...base }),
  z.strictObject({ aggregate: z.literal('mean'), of: name, decimals, ...base }),
  /** Sum of one value over sum of another. */
  z.strictObject({
    aggregate: z.literal('ratio-of-totals'),
    numerator: name,
    denominator: name,
    decimals,
    ...base,
  }),
]);
export type RollUpDocument = z.infer<typeof rollUp>;
