/** Subjects that try a plan: nothing known, zeros, both ends of what a quantity may be, and a seeded mixture. */
import type { NumericInput, Plan, SubjectData } from '@tanxiao/rulebook';

import { seededRandom } from '../agreement/random';

const GREATEST = 999_999_999_999_999;
const LEAST = 1e-15;
const MIXED = 6;
const REGIONS = ['330502', '330523', '540102', '110101'];

export function subjectsFor(plan: Plan, seed: number): SubjectData[] {
  const random = seededRandom(seed);
  /** Within what the form lets through; of a choice one of its options. */
  const admitted = ({ minimum, maximum, options }: NumericInput, value: number | null) => {
    if (value === null) return null;
    if (options) return Math.abs(Math.trunc(value)) % options.length;
    return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, value));
  };
  const all = (value: number | null): (number | null)[] =>
    plan.inputs.map((input) => admitted(input, value));
  const mixture = (): (number | null)[] =>
    plan.inputs.map((input) => {
      const value = random.pick([
        null,
        0,
        1,
        GREATEST,
        -GREATEST,
        LEAST,
        0.1,
        random.integer(-1_000_000, 1_000_000) / 1000,
        random.integer(1, 999_999_999) / 100,
        Number((random.next() * 10 ** random.integer(-5, 9)).toPrecision(9)),
      ]);
      return admitted(input, value);
    });
  const inputs = [
    ...[null, 0, 1, GREATEST, LEAST, -1].map(all),
    ...Array.from({ length: MIXED }, mixture),
  ];
  return inputs.map((values, i) => ({
    regionCode: REGIONS[i % REGIONS.length]!,
    industryClassification: 'gbt4754-2017',
    industryCode: ['1751', '2614'][i % 2]!,
    inputs: values,
  }));
}
