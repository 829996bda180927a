/** Where a statistic's values have a linear form, the form gives the referee's value; where they have none, none is made up. */
import fc from 'fast-check';

import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { Population } from '../evaluate/population';
import { evaluateExactly, measuredSlots } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { LinearMeasure } from './linear-measure';

const FORMULA = 'total(fuels, fuel * emission)';

/** The small rulebook with another formula for the emissions that its benchmark adds up. */
function planWith(formula: string): Plan {
  expect(SMALL_RULEBOOK).toContain(FORMULA);
  return compilePlan(
    parseRulebook(SMALL_RULEBOOK.replace(FORMULA, formula), 'small.yaml'),
    parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
    parsePeriod('2024')!,
  );
}
