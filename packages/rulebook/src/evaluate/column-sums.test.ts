/** Sums by columns are those of the rows, whatever the blocks hold. */
import { parsePeriod } from '@tanxiao/contracts';
import fc from 'fast-check';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import type { NumberExpression } from '../formula/expression';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { BLOCK_SUBJECTS, ColumnSums, IN_ROWS } from './column-sums';
import { ratingKernel, type RatingOutput } from './kernel';
import { Population } from './population';

const PLACE = { regionCode: '330502', industryClassification: 'any', industryCode: '1111' };
const FACTORS = [1.9, 2.3518289872, 0, 0.11, 3.1980666666, 21.6];
const CODES = FACTORS.map((_, k) => String(k + 11));
const LEAKAGE =
  '  - { name: leakage, title: { zh: 逸散, en: Leakage }, quantity: leakage, for: fuel, missing: { notRated: missing-factor } }\n';
const SUBJECTS = 2 * BLOCK_SUBJECTS + 7;

const factor = (quantity: string, code: string, value: number): string =>
  `  - { id: ${quantity}.${code}, quantity: ${quantity}, carrier: "${code}", unit: tCO2/t, product: [{ name: f, title: { zh: 值, en: Value }, value: ${value}, unit: tCO2/t, source: book, status: assumed }] }\n`;

/**
 * The small rulebook with six more fuels, four columns at once and two more: by two factors each, summed together, and
 * five of them once more by themselves.
 */
function sixMoreFuels(): Plan {
  const members = CODES.map(
    (code) => `      - { code: "${code}", title: { zh: 燃料, en: Fuel }, unit: t }\n`,
  );
  const factors = [
    ...CODES.map((code, k) => factor('emission', code, FACTORS[k]!)),
    ...['01', '02', ...CODES].map((code, k) => factor('leakage', code, 1 + FACTORS[k % 6]!)),
  ];
  const rulebook = SMALL_RULEBOOK.replace('sets:\n', `${members.join('')}sets:\n`)
    .replace(
      'sets:\n',
      'sets:\n  - { name: more, of: fuel, from: "11", to: "16" }\n  - { name: most, of: fuel, from: "12", to: "16" }\n',
    )
    .replace('factors:\n', `factors:\n${LEAKAGE}`)
    .replace(
      'total(fuels, fuel * emission)"',
      'total(fuels, fuel * emission) + total(more, fuel * emission) + total(most, fuel * emission) + total(more, fuel * leakage)"',
    );
  return compilePlan(
    parseRulebook(rulebook, 'small.yaml'),
    parseFactorSet(SMALL_FACTOR_SET + factors.join(''), 'few.yaml'),
    parsePeriod('2024')!,
  );
}

const plan = sixMoreFuels();

/** @param used by block, by input: whether its values are other than zero */
function populationOf(used: readonly (readonly boolean[])[]): Population {
  const population = new Population(plan, SUBJECTS);
  for (let i = 0; i < SUBJECTS; i++) {
    const inBlock = used[Math.floor(i / BLOCK_SUBJECTS)]!;
    const inputs = plan.inputs.map((_, k) =>
      inBlock[k] ? ((i * 7919 + k * 104729) % 1e5) / 1e3 : 0,
    );
    population.add({ ...PLACE, inputs });
  }
  return population;
}

const outputOf = (): RatingOutput => ({
  results: plan.results.map(() => new Float64Array(SUBJECTS)),
  bands: plan.gradings.map(() => new Int8Array(SUBJECTS)),
  reasons: new Int32Array(SUBJECTS),
  refer: new Uint8Array(SUBJECTS),
});

test('long totals of fixed factors are summed by columns', () => {
  const sums = new ColumnSums(plan, { leastTerms: 4 });
  const origin = plan.nodes[plan.slotOf.get('emissions')!]!.origin;
  const totals = origin.kind === 'calculation' ? totalsOf(origin.formula) : [];
  // The first has two terms, one of them by region.
  expect(totals.map((one) => sums.sumOf(one)?.terms.length)).toEqual([undefined, 6, 5, 6]);
});

function totalsOf(formula: NumberExpression): Extract<NumberExpression, { kind: 'total' }>[] {
  if (formula.kind === 'total') return [formula];
  return formula.kind === 'arithmetic'
    ? [...totalsOf(formula.left), ...totalsOf(formula.right)]
    : [];
}

test('a kernel with sums by columns writes bit for bit what one with sums in rows does, from any row to any other, whatever is zero', () => {
  const byColumns = ratingKernel(plan);
  const inRows = ratingKernel(plan, IN_ROWS);
  const statistics = [new Float64Array(SUBJECTS).fill(1.25)];
  const blocks = fc.array(
    fc.array(fc.boolean(), { minLength: plan.inputs.length, maxLength: plan.inputs.length }),
    { minLength: 3, maxLength: 3 },
  );
  fc.assert(
    fc.property(blocks, fc.nat(SUBJECTS), fc.nat(SUBJECTS), (used, a, b) => {
      const input = populationOf(used).kernelInput(statistics);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const [one, other, unmarked] = [outputOf(), outputOf(), outputOf()];
      byColumns(input, one, from, to);
      byColumns({ ...input, used: undefined }, unmarked, from, to);
      inRows(input, other, from, to);
      expect(one).toEqual(other);
      expect(unmarked).toEqual(other);
    }),
    { numRuns: 50 },
  );
});
