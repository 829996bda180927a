/** The shape of a factor set (因子集), as zod schemas. */
import { z } from 'zod';

import { bilingual, code, date, key, sources, status, text, unit, version } from './schema-parts';

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
  /** None: for rulebooks that account for nothing. */
  factors: z.array(factorSchema).max(5000),
});
export type FactorSetDocument = z.infer<typeof factorSetSchema>;
