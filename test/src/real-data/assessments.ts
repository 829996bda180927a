/** The data file outside the checkout, and the heat of gas that the mapping of its rows takes from the standards. */
import { parsePeriod } from '@tanxiao/contracts';
import type { Plan, Rational } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { sharedPath } from '../support/shared-data';
import { gasPerMmbtu, REAL_DATA_PERIOD, REAL_DATA_RULEBOOK } from './map-factory-assessments';
import { naturalGasHeat } from './natural-gas';

/** Rows of the file, as its own description counts them. */
export const ASSESSMENT_ROWS = 15_738;

/** Null, with the reason printed, where the shared data are not beside the checkout. */
export function assessmentsPath(): string | null {
  return sharedPath('real-data/us_factory_assessments_1981_2012.csv');
}

/** The small-enterprise rulebook of the mapped period, with the factor set it names. */
export function assessmentsPlan(): Plan {
  const plan = loadStandards().plan(REAL_DATA_RULEBOOK, parsePeriod(REAL_DATA_PERIOD)!);
  if (!plan) throw new Error(`${REAL_DATA_RULEBOOK} is not in force in ${REAL_DATA_PERIOD}`);
  return plan;
}

export interface MappingGas {
  readonly ratio: Rational;
  /** GJ per 万立方米. */
  readonly heat: string;
  readonly factorSet: string;
}

export function mappingGas(): MappingGas {
  const { factorSet } = assessmentsPlan();
  const heat = naturalGasHeat(factorSet);
  return { ratio: gasPerMmbtu(heat), heat, factorSet: `${factorSet.id} ${factorSet.version}` };
}
