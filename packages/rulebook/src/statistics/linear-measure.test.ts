/** Where a statistic's values have a linear form, it gives the referee's value; where they have none, none is made up. */
import fc from 'fast-check';

import { Population } from '../evaluate/population';
import { evaluateExactly, measuredSlots } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { Plan } from '../plan/plan';
import { type LinearForm, LinearMeasure } from './linear-measure';
import { EMISSIONS, notesPlan } from './notes-plan.fixture';

const place = (regionCode: string) => ({
  regionCode,
  ...{ industryClassification: 'any', industryCode: '1111' },
});

function formsAt(plan: Plan, statistic: number, regionCode = '330502') {
  const population = new Population(plan, 1);
  population.add({ ...place(regionCode), inputs: [] });
  const measure = new LinearMeasure(plan, statistic);
  return measure.forms(measure.lookups.map((lookup) => population.foundAt(lookup)[0]!));
}

function valueOf(form: LinearForm, inputs: readonly number[]): string {
  let sum = Rational.of(form.constant);
  for (const [input, coefficient] of form.coefficients)
    sum = sum.plus(Rational.fromNumber(inputs[input]!).times(Rational.of(coefficient)));
  return sum.over(Rational.of(form.divisor)).toString();
}

const quantity = fc.integer({ min: 0, max: 10 ** 9 }).map((units) => units / 10 ** 4);

test.each([
  EMISSIONS,
  `100 * ${EMISSIONS} / 100 - good_limit * output`,
  '-(fuel_01 + fuel_01) * emission_01 - fuel_02 * emission_02 * (fair_limit / good_limit)',
  'known(note) ? fuel_01 * emission_01 : fuel_02 * emission_02',
  'not known(note) or not known(fuel_01) ? fuel_01 * emission_01 : fuel_02 * emission_02',
])('%s is a form of the inputs, equal to the referee’s value', (formula) => {
  const plan = notesPlan({ emissions: formula });
  fc.assert(
    fc.property(fc.tuple(quantity, quantity, quantity, quantity), (inputs) => {
      const { values } = evaluateExactly(plan, {
        ...place('330502'),
        inputs,
        statistics: [null, null],
      });
      plan.statistics.forEach(({ measure }, statistic) => {
        const forms = formsAt(plan, statistic)!;
        measuredSlots(measure).forEach((slot, k) =>
          expect(valueOf(forms[k]!, inputs)).toBe(values[slot]!.toString()),
        );
      });
    }),
    { numRuns: 50 },
  );
});

test.each([
  'fuel_01 * emission_01 * note + fuel_02 * emission_02',
  'min(fuel_01 * emission_01, fuel_02 * emission_02)',
  'note > 0 ? fuel_01 * emission_01 : fuel_02 * emission_02',
])('%s has no form', (formula) => {
  expect(formsAt(notesPlan({ emissions: formula }), 1)).toBeNull();
});

test('a branch on an input that may be blank is taken as if it were, and the input is named', () => {
  const plan = notesPlan({
    emissions: 'known(output) ? fuel_01 * emission_01 : fuel_02 * emission_02',
  });
  const measure = new LinearMeasure(plan, 1);
  const names = measure.assumedUnknown.map((input) => plan.inputs[input]!.name);
  expect(names).toEqual(['output']);
  const [numerator] = formsAt(plan, 1)!;
  expect([...numerator!.coefficients.keys()].map((k) => plan.inputs[k]!.name)).toEqual(['fuel_02']);
});

test('a form belongs to what the lookups find, and there is none where they find nothing', () => {
  const plan = notesPlan();
  expect(formsAt(plan, 1, '330502')).not.toBeNull();
  expect(formsAt(plan, 1, '990000')).toBeNull();
});
