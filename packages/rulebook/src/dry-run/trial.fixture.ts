/** For the tests of dry runs: the small rulebook graded by its ratio, changed texts of it, and subjects by short names. */
import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { ComparedPopulation, type DryRunSubject } from './compared-population';
import { comparedPlans, type DryRun, dryRun, trialPeriod } from './dry-run';

/** A text found once and what takes its place. */
export type Edit = readonly [from: string, to: string];

/** Graded by intensity ÷ mean: limits 1 and 2, at least 3 peers, coal 2.2 and gas 21 t of CO2 a unit in 2024. */
export const RATIO_RULEBOOK = edited(SMALL_RULEBOOK, [
  ['of: intensity', 'of: ratio'],
  [
    '上限, en: Limit }\n    unit: tCO2/10k_cny\n    values: [{ from: "2021-01-01", value: 1,',
    '上限, en: Limit }\n    unit: "1"\n    values: [{ from: "2021-01-01", value: 1,',
  ],
  [
    '上限, en: Limit }\n    unit: tCO2/10k_cny\n    values: [{ from: "2021-01-01", value: 2,',
    '上限, en: Limit }\n    unit: "1"\n    values: [{ from: "2021-01-01", value: 2,',
  ],
]);

export const GOOD_LIMIT = 'value: 1, source: book';
export const FAIR_LIMIT = 'value: 2, source: book';
export const LEAST_PEERS = 'value: 3, source: book';
export const GAS_2023 = 'year: 2023, value: 21';

export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, [from, to]) => {
    if (now.split(from).length !== 2) throw new Error(`not found once: ${from}`);
    return now.replace(from, to);
  }, text);
}

export interface Trial {
  readonly rulebook?: readonly Edit[];
  readonly factors?: readonly Edit[];
}

export function planOf({ rulebook = [], factors = [] }: Trial, period = '2024'): Plan {
  const read = parseRulebook(edited(RATIO_RULEBOOK, rulebook), 'trial.yaml');
  const factorSet = parseFactorSet(edited(SMALL_FACTOR_SET, factors), 'few.yaml');
  return compilePlan(read, factorSet, trialPeriod(read, parsePeriod(period)!));
}

export interface SubjectOf {
  readonly key: string;
  readonly output?: number;
  readonly coal?: number;
  readonly gas?: number;
  readonly industry?: string;
}

const LAYOUT = ['fuel_02', 'output', 'fuel_01'];

export function subject({ key, output, coal, gas, industry = '1111' }: SubjectOf): DryRunSubject {
  return {
    key,
    regionCode: '330502',
    industryClassification: 'any',
    industryCode: industry,
    layout: LAYOUT,
    inputs: [gas ?? null, output ?? null, coal ?? null],
  };
}

export function populationOf(
  plans: { readonly before: Plan; readonly after: Plan },
  subjects: readonly SubjectOf[],
): ComparedPopulation {
  return filled(plans, subjects.map(subject));
}

export function filled(
  plans: { readonly before: Plan; readonly after: Plan },
  subjects: readonly DryRunSubject[],
): ComparedPopulation {
  const population = new ComparedPopulation(plans, subjects.length);
  for (const one of subjects) population.add(one);
  return population;
}

/** The unchanged rulebook against a changed one. */
export function tried(
  trial: Trial,
  subjects: readonly SubjectOf[],
  grading: string | null = null,
): DryRun {
  const plans = { before: planOf({}), after: planOf(trial) };
  return dryRun(comparedPlans(plans, grading)!, populationOf(plans, subjects));
}
