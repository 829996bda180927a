/** The industrial rulebook 1.1.0: measured heat values count, and where there are none everything is as by 1.0.0. */
import { parsePeriod } from '@tanxiao/contracts';
import {
  compilePlan,
  evaluateExactly,
  type ExactEvaluation,
  type Plan,
  Rational,
} from '@tanxiao/rulebook';
import fc from 'fast-check';

import { loadStandards } from './standards';

const ID = 'industrial-carbon-efficiency';
const standards = loadStandards();

/** Compiled for a quarter of 1.1.0, whether or not the version is in force in it. */
function planOfVersion(version: string): Plan {
  const rulebook = standards.rulebooks.find((one) => one.id === ID && one.version === version)!;
  const { id } = rulebook.document.factorSet;
  const factorSet = standards.factorSets.find((one) => one.id === id)!;
  return compilePlan(rulebook, factorSet, parsePeriod('2026Q4')!);
}

const before = planOfVersion('1.0.0');
const after = planOfVersion('1.1.0');

type Values = Readonly<Record<string, number | null>>;

/** By a version's own inputs; the benchmark is 2 tCO2 per 10,000 CNY. */
function evaluate(plan: Plan, values: Values): ExactEvaluation {
  return evaluateExactly(plan, {
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: plan.inputs.map(({ name }) => values[name] ?? null),
    statistics: [{ numerator: Rational.of(2n), denominator: Rational.ONE }],
  });
}

const amount = fc.oneof(
  fc.integer({ min: 0, max: 10 ** 6 }),
  fc.integer({ min: 0, max: 10 ** 9 }).map((n) => n / 10 ** 4),
);
const quantity = fc.option(amount, { nil: null, freq: 2 });
const unmeasured: fc.Arbitrary<Values> = fc.record(
  Object.fromEntries(before.inputs.map(({ name }) => [name, quantity])),
);

test('the last quarter of 2026 is the first that 1.1.0 rates', () => {
  const versionOf = (period: string) => standards.plan(ID, parsePeriod(period)!)?.rulebook.version;
  expect(['2021', '2026Q3', '2026Q4', '2026H2', '2026'].map(versionOf)).toEqual([
    ...['1.0.0', '1.0.0', '1.1.0', '1.1.0', '1.1.0'],
  ]);
});

test('all inputs of 1.0.0 are inputs of 1.1.0, which adds those that are measured or adopted', () => {
  const added = after.inputs.slice(before.inputs.length);
  expect(after.inputs.slice(0, before.inputs.length)).toEqual(before.inputs);
  expect(added).toHaveLength(34);
  expect(added.every(({ missing }) => 'unknown' in missing)).toBe(true);
});

test('a fuel has a measured heat value exactly where its default factor is made of one', () => {
  const madeOfHeat = after.factorSet.document.factors
    .filter((f) => 'product' in f && f.product.some(({ name }) => name === 'net-calorific-value'))
    .map(({ carrier }) => `measured_heat_value_${carrier}`);
  const inputs = after.inputs.map(({ name }) => name);
  expect(inputs.filter((name) => name.startsWith('measured_heat_value_'))).toEqual(madeOfHeat);
});

test('the limits of a measured heat value admit the default and refuse kcal/kg, kJ/kg, MJ/m3 and tce', () => {
  for (const { name, unit, minimum, maximum } of after.inputs) {
    if (!name.startsWith('measured_heat_value_')) continue;
    const slot = after.slotOf.get(name.replace('measured_heat_value', 'net_calorific_value'))!;
    const { origin, unit: defaultUnit } = after.nodes[slot]!;
    const heat = origin.kind === 'factor' ? origin.factor.value.toNumber() : NaN;
    expect(unit).toBe(defaultUnit);
    const isAdmitted = (value: number): boolean => minimum! <= value && value <= maximum!;
    expect([name, isAdmitted(heat)]).toEqual([name, true]);
    const mistaken = [
      heat * 238.8,
      heat * 1000,
      ...(unit === 'GJ/t' ? [] : [heat / 10]),
      heat / 29.3,
    ];
    expect([name, mistaken.filter(isAdmitted)]).toEqual([name, []]);
  }
});

test('without a measured value 1.1.0 gives every subject the outcome of 1.0.0', () => {
  fc.assert(
    fc.property(unmeasured, (values) => {
      const [old, now] = [evaluate(before, values), evaluate(after, values)];
      expect(now.columns).toEqual(old.columns);
      for (const name of ['fuel_emissions_tco2', 'comprehensive_energy_tce', 'net_emissions_tco2'])
        expect(exactly(after, now, name)).toBe(exactly(before, old, name));
    }),
    { numRuns: 500 },
  );
});

function exactly(plan: Plan, { values }: ExactEvaluation, name: string): string | undefined {
  return values[plan.slotOf.get(name)!]?.toString();
}

test('emissions and energy of a fuel grow with its measured heat value, all else being equal', () => {
  const fuels = after.inputs.filter(({ name }) => name.startsWith('measured_heat_value_'));
  const measured = fc.constantFrom(...fuels).chain(({ name, minimum, maximum }) =>
    fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map((shares) => ({
        name,
        heat: shares
          .map((share) => Number((minimum! + share * (maximum! - minimum!)).toPrecision(6)))
          .sort((a, b) => a - b),
      })),
  );
  fc.assert(
    fc.property(unmeasured, measured, (values, { name, heat }) => {
      const carrier = name.replace('measured_heat_value', 'carrier');
      const [low, high] = heat.map((value) =>
        evaluate(after, { ...values, carrier_33: 1, [carrier]: 1e7, [name]: value }),
      );
      for (const result of ['fuel_emissions_tco2', 'comprehensive_energy_tce']) {
        const slot = after.slotOf.get(result)!;
        const order = low!.values[slot]!.compare(high!.values[slot]!);
        expect(order).toBe(heat[0] === heat[1] ? 0 : -1);
      }
    }),
    { numRuns: 300 },
  );
});
