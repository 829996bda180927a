/**
 * Scores by indicators: groups of weighted indicators, bonuses with a cap, deductions. `expand-scores.ts` turns each
 * into parameters, statistics and calculations, so that there is one arithmetic, one trace and one exactness for all.
 */
import { z } from 'zod';

import { bilingual, code, name, ruleNumber, text } from './schema-parts';
import { peerBase } from './schema-statistics';

/** A value to compare with: one that the rulebook names, or one of the population's. */
const reference = z.union([
  name,
  /** The population's mean. */
  z.strictObject({ population: z.literal('mean') }),
  /** What the best `share` (name of a parameter) of the population reach; the best end follows from `better`. */
  z.strictObject({ population: z.literal('top-share'), share: name }),
]);

const indicatorBase = {
  name,
  title: bilingual,
  /** Points at full marks. */
  weight: ruleNumber,
  /** The value that is scored. */
  of: name,
  clause: text,
  /** Where the value is unknown: `zero` gives no points; left out, the score is unknown with the value's own reason. */
  unknown: z.literal('zero').optional(),
};
const better = z.enum(['higher', 'lower']);

export const indicator = z.discriminatedUnion('method', [
  /** Full marks at or better than `leading`, none short of `baseline`, linear between (GB/T 36132-2025). */
  z.strictObject({
    method: z.literal('linear'),
    ...indicatorBase,
    better,
    leading: reference,
    baseline: reference,
  }),
  /** value ÷ base × weight (base ÷ value where lower is better), at least 0, at most `cap` times the weight. */
  z.strictObject({
    method: z.literal('ratio'),
    ...indicatorBase,
    better,
    base: reference,
    cap: name,
  }),
  /** A share of the weight for each option of a choice. */
  z.strictObject({
    method: z.literal('options'),
    ...indicatorBase,
    shares: z.record(z.string(), ruleNumber),
  }),
  /** value ÷ full × weight, at least 0, at most the weight. */
  z.strictObject({ method: z.literal('count'), ...indicatorBase, full: name }),
  /** The value is the points, at least 0, at most the weight. */
  z.strictObject({ method: z.literal('points'), ...indicatorBase }),
]);

const adjustment = z.strictObject({
  name,
  title: bilingual,
  /** Points, zero or more. */
  of: name,
  clause: text,
  unknown: z.literal('zero').optional(),
});

export const score = z.strictObject({
  name,
  title: bilingual,
  source: code,
  clause: text,
  /** The weights add up to it. */
  full: ruleNumber,
  /** Who is compared where an indicator names the population. */
  population: z.strictObject(peerBase).optional(),
  groups: z
    .array(
      z.strictObject({
        name,
        title: bilingual,
        clause: text,
        /** Where stated, the weights of the group's indicators add up to it. */
        weight: ruleNumber.optional(),
        indicators: z.array(indicator).min(1).max(60),
      }),
    )
    .min(1)
    .max(20),
  bonuses: z
    .strictObject({
      /** At most so many points together. */
      cap: ruleNumber,
      items: z.array(adjustment).min(1).max(30),
    })
    .optional(),
  deductions: z.array(adjustment).max(30).default([]),
});
export type Reference = z.infer<typeof reference>;
export type ScoreDocument = z.infer<typeof score>;
export type IndicatorDocument = z.infer<typeof indicator>;
