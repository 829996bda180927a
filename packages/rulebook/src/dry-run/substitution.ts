/**
 * Plans between two versions: some kinds of change as in the one, the others as in the other. What a subject would
 * be graded under them tells, without guessing, which change moved it.
 */
import type { Benchmark } from '../evaluate/benchmarks';
import { usable } from '../evaluate/benchmarks';
import { type BenchmarkTotals, evaluateExactly } from '../evaluate/referee';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import type { ComparedPlans } from './changes';
import { type GradeOutcome, outcomeOf } from './outcome';

/** `structure`: formulas, not-rated rules and inputs, which cannot be told apart by exchanging numbers. */
export const CHANGE_KINDS = ['limit', 'benchmark', 'factor', 'parameter', 'structure'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A subject as both versions know it. */
export interface BothSides {
  readonly province: string;
  readonly before: SubjectSide;
  readonly after: SubjectSide;
}

export interface SubjectSide {
  /** In the order of the version's inputs. */
  readonly inputs: readonly (number | null)[];
  readonly benchmark: Benchmark | null;
}

const totals = new WeakMap<Benchmark, BenchmarkTotals>();

/** A benchmark's exact totals, parsed once. */
export function totalsOf(row: Benchmark | null): BenchmarkTotals | null {
  if (row === null) return null;
  let parsed = totals.get(row);
  if (!parsed) {
    parsed = usable(row).totals;
    totals.set(row, parsed);
  }
  return parsed;
}

export class Substitutions {
  private readonly plans = new Map<string, Plan>();

  constructor(private readonly compared: ComparedPlans) {}

  /** What the subject would be with these kinds of change in force and the others not yet. */
  outcome(subject: BothSides, inForce: ReadonlySet<ChangeKind>): GradeOutcome {
    const base = inForce.has('structure') ? 'after' : 'before';
    const benchmark = inForce.has('benchmark') ? subject.after : subject.before;
    const plan = this.planWith(inForce);
    const { columns } = evaluateExactly(plan, {
      inputs: subject[base].inputs,
      province: subject.province,
      benchmark: totalsOf(benchmark.benchmark),
    });
    return outcomeOf(plan, this.compared.grading[base], columns);
  }

  private planWith(inForce: ReadonlySet<ChangeKind>): Plan {
    const key = [...inForce].sort().join();
    let plan = this.plans.get(key);
    if (!plan) {
      plan = mixed(this.compared, inForce);
      this.plans.set(key, plan);
    }
    return plan;
  }
}

function mixed(compared: ComparedPlans, inForce: ReadonlySet<ChangeKind>): Plan {
  const side = (kind: ChangeKind): 'before' | 'after' => (inForce.has(kind) ? 'after' : 'before');
  const baseSide = side('structure');
  const base = compared[baseSide];
  const origins = { factor: compared[side('factor')], parameter: compared[side('parameter')] };
  const nodes = base.nodes.map((node) => withOriginOf(node, origins));
  const limits = { plan: compared[side('limit')], grading: compared.grading[side('limit')] };
  const index = compared.grading[baseSide];
  const gradings = base.gradings.map((grading, g) =>
    g === index ? withLimitsOf(base, grading, limits, nodes) : grading,
  );
  return { ...base, nodes, gradings };
}

/** A number of the same name, kind and unit takes the other version's value. */
function withOriginOf(
  node: PlanNode,
  from: { readonly factor: Plan; readonly parameter: Plan },
): PlanNode {
  const { origin } = node;
  const donorPlan = origin.kind === 'parameter' ? from.parameter : from.factor;
  const donor = donorPlan.nodes[donorPlan.slotOf.get(node.name) ?? -1];
  if (donor?.unit !== node.unit || donor.origin.kind !== origin.kind) return node;
  switch (donor.origin.kind) {
    case 'parameter':
    case 'factor':
      return { ...node, origin: donor.origin };
    case 'regional-factor':
      return origin.kind === 'regional-factor'
        ? { ...node, origin: { ...donor.origin, index: origin.index } }
        : node;
    default:
      return node;
  }
}

/** The limits get slots of their own: a parameter may bound a band and enter a formula as well. */
function withLimitsOf(
  base: Plan,
  grading: PlanGrading,
  from: { readonly plan: Plan; readonly grading: number },
  nodes: PlanNode[],
): PlanGrading {
  const donor = from.plan.gradings[from.grading]!;
  const column = base.results.findIndex((result) => result.slot === grading.slot);
  const bands = donor.bands.map((band) => {
    if (band.limit === null) return band;
    const slot = nodes.length;
    nodes.push({ ...from.plan.nodes[band.limit]!, slot, stage: 1, withheldBy: [] });
    return { ...band, limit: slot };
  });
  return {
    ...grading,
    bands,
    roundedAs: donor.roundedAs === null || column === -1 ? null : column,
  };
}
