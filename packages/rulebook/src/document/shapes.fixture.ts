/** A rulebook that has every shape of rule once, for the tests of this package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parsePeriod } from '@tanxiao/contracts';

import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { parseFactorSet } from './factor-set';
import { parseRulebook } from './rulebook';
import { SMALL_FACTOR_SET } from './small.fixture';

export const SHAPES_RULEBOOK = readFileSync(
  path.join(__dirname, 'shapes-rulebook.fixture.yaml'),
  'utf8',
);

export function shapesPlan(text = SHAPES_RULEBOOK, period = '2024'): Plan {
  return compilePlan(
    parseRulebook(text, 'shapes.yaml'),
    parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
    parsePeriod(period)!,
  );
}
