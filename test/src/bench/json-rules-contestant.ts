/**
 * json-rules-engine has no formulas: results are facts computed by JavaScript (hand-written sums, the fastest there is),
 * level and grade are rules over them.
 */
import { Engine, type EngineResult, type RuleProperties } from 'json-rules-engine';

import type { CitySubjects, Row } from './city-subjects';
import { type Contestant, GRADING_NAMES, oneByOneAwaited, type Outcome } from './contestant';
import { coefficientsOf, limitsOf } from './hand-written';

const SUBJECTS = 300;

interface Results {
  readonly net_emissions_tco2: number | null;
  readonly comprehensive_energy_tce: number | null;
  readonly carbon_intensity: number | null;
  readonly carbon_efficiency_ratio: number | null;
}

export function jsonRulesContestant(city: CitySubjects): Contestant {
  const { plan, rows } = city;
  const engine = new Engine([], { allowUndefinedFacts: false });
  const results = resultsFrom(city);
  engine.addFact('results', async (_params, almanac) =>
    results(await almanac.factValue<Row>('subject')),
  );
  const graded = {
    carbon_level: 'carbon_intensity',
    carbon_efficiency_grade: 'carbon_efficiency_ratio',
  } as const;
  for (const grading of GRADING_NAMES)
    for (const rule of bandRules(grading, graded[grading], limitsOf(plan, grading)))
      engine.addRule(rule);
  return oneByOneAwaited({
    name: 'json-rules-engine',
    kind: 'rule engine',
    subjects: Math.min(SUBJECTS, rows.length),
    rate: (i) => engine.run({ subject: rows[i]! }),
    outcomeOf,
  });
}

async function outcomeOf({ events, almanac }: EngineResult): Promise<Outcome> {
  const bands = new Map(events.map(({ type, params }) => [type, Number(params?.band)]));
  return {
    ...(await almanac.factValue<Results>('results')),
    carbon_level: bands.get('carbon_level') ?? null,
    carbon_efficiency_grade: bands.get('carbon_efficiency_grade') ?? null,
  };
}

/** One rule a band: above the limit of the band before, up to its own. An unknown value meets none. */
function bandRules(
  type: string,
  result: keyof Results,
  limits: readonly number[],
): RuleProperties[] {
  const fact = { fact: 'results', path: `$.${result}` };
  return [...limits, null].map((limit, band) => ({
    conditions: {
      all: [
        ...(band > 0 ? [{ ...fact, operator: 'greaterThan', value: limits[band - 1]! }] : []),
        ...(limit === null ? [] : [{ ...fact, operator: 'lessThanInclusive', value: limit }]),
      ],
    },
    event: { type, params: { band } },
  }));
}

function resultsFrom({ plan, subjects }: CitySubjects): (row: Row) => Results {
  const names = plan.inputs.map(({ name }) => name);
  const net = coefficientsOf(plan, 'net_emissions_tco2', subjects[0]!);
  const energy = coefficientsOf(plan, 'comprehensive_energy_tce', subjects[0]!);
  return (row) => {
    if (row.carrier_33 === null) return NOTHING_KNOWN;
    let [netEmissions, energyUse] = [0, 0];
    for (let k = 0; k < names.length; k++) {
      const quantity = row[names[k]!] ?? 0;
      netEmissions += quantity * net[k]!;
      energyUse += quantity * energy[k]!;
    }
    const valueAdded = row.value_added_10k_cny ?? 0;
    const benchmark = row.benchmark ?? 0;
    const intensity = valueAdded > 0 && energyUse !== 0 ? netEmissions / valueAdded : null;
    return {
      net_emissions_tco2: netEmissions,
      comprehensive_energy_tce: energyUse,
      carbon_intensity: intensity,
      carbon_efficiency_ratio: intensity !== null && benchmark > 0 ? intensity / benchmark : null,
    };
  };
}

const NOTHING_KNOWN: Results = {
  net_emissions_tco2: null,
  comprehensive_energy_tce: null,
  carbon_intensity: null,
  carbon_efficiency_ratio: null,
};
