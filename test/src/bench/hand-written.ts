/**
 * The floor: what a programmer who wants speed would write for these results alone, loops over typed arrays in plain
 * doubles, four columns at a time in blocks that stay in the cache (27 M/s; a loop subject by subject made 10 M/s). No
 * error bound, no reasons, no other results. Both sums are linear in the inputs, so their coefficients are asked of the
 * referee and no number of a rule stands here.
 */
import { evaluateExactly, type Plan, type SubjectData } from '@tanxiao/rulebook';

import type { CitySubjects } from './city-subjects';
import type { GRADING_NAMES } from './contestant';
import { type Contestant } from './contestant';

/** Subjects whose sums stay in the first-level cache. */
const BLOCK = 2048;

/** By input: what one unit of it adds to a result. */
export function coefficientsOf(
  plan: Plan,
  name: string,
  place: Omit<SubjectData, 'inputs'>,
): Float64Array {
  const at = (k: number): number => {
    const inputs = plan.inputs.map((_, i) => (i === k ? 1 : 0));
    const { values } = evaluateExactly(plan, { ...place, inputs, statistics: [null] });
    return values[plan.slotOf.get(name)!]!.toNumber();
  };
  return Float64Array.from(plan.inputs, (_, k) => at(k));
}

/** Upper limits of a grading's bands, ascending; the last band has none. */
export function limitsOf(plan: Plan, grading: (typeof GRADING_NAMES)[number]): number[] {
  const { bands } = plan.gradings.find(({ name }) => name === grading)!;
  return bands.flatMap(({ limit }) => {
    const origin = limit === null ? null : plan.nodes[limit.slot]!.origin;
    return origin?.kind === 'parameter' ? [origin.value.toNumber()] : [];
  });
}

export function handWrittenLoop({ plan, population, subjects, rows }: CitySubjects): Contestant {
  const count = population.size;
  const { inputs } = population.kernelInput([]);
  const coefficients = coefficientsOf(plan, 'net_emissions_tco2', subjects[0]!);
  const terms = [...coefficients.keys()].filter((k) => coefficients[k] !== 0);
  const used = paddedToFours(
    terms.map((k) => inputs[k]!),
    new Float64Array(count),
  );
  const factors = Float64Array.from(
    paddedToFours(
      terms.map((k) => coefficients[k]!),
      0,
    ),
  );
  const limits = Float64Array.from(limitsOf(plan, 'carbon_efficiency_grade'));
  const valueAdded = inputs[plan.inputs.findIndex(({ name }) => name === 'value_added_10k_cny')]!;
  const benchmark = Float64Array.from(rows, (row) => row.benchmark ?? NaN);
  const net = new Float64Array(count);
  const intensity = new Float64Array(count);
  const ratio = new Float64Array(count);
  const grade = new Int8Array(count);
  return {
    name: 'hand-written loops: net emissions, L, K, grade only',
    kind: 'floor',
    subjects: count,
    run: () => {
      for (let from = 0; from < count; from += BLOCK) {
        const to = Math.min(count, from + BLOCK);
        addProducts(net, { columns: used, factors, from, to });
        for (let i = from; i < to; i++) {
          const l = valueAdded[i]! > 0 ? net[i]! / valueAdded[i]! : NaN;
          const k = l / benchmark[i]!;
          let band = 0;
          while (band < limits.length && k > limits[band]!) band++;
          intensity[i] = l;
          ratio[i] = k;
          grade[i] = k === k ? band : -1;
        }
      }
    },
    outcome: (i) => ({
      net_emissions_tco2: known(net[i]!),
      carbon_intensity: known(intensity[i]!),
      carbon_efficiency_ratio: known(ratio[i]!),
      carbon_efficiency_grade: grade[i] === -1 ? null : grade[i]!,
    }),
  };
}

function paddedToFours<T>(items: readonly T[], filling: T): T[] {
  const missing = (4 - (items.length % 4)) % 4;
  return [...items, ...new Array<T>(missing).fill(filling)];
}

interface Products {
  /** As many as factors, a multiple of four. */
  readonly columns: readonly Float64Array[];
  readonly factors: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** Into `sums`: of each subject its quantities times the factors. */
function addProducts(sums: Float64Array, { columns, factors, from, to }: Products): void {
  sums.fill(0, from, to);
  for (let t = 0; t < factors.length; t += 4) {
    const [x0, x1, x2, x3] = [columns[t]!, columns[t + 1]!, columns[t + 2]!, columns[t + 3]!];
    const [f0, f1, f2, f3] = [factors[t]!, factors[t + 1]!, factors[t + 2]!, factors[t + 3]!];
    for (let i = from; i < to; i++)
      sums[i]! += x0[i]! * f0 + x1[i]! * f1 + x2[i]! * f2 + x3[i]! * f3;
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
