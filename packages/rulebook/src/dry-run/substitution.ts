/**
 * Plans between two versions: some kinds of change as in the one, the others as in the other. What a subject would
 * be graded under them tells, without guessing, which change moved it.
 */
import type { Benchmark } from '../evaluate/benchmarks';
import { usable } from '../evaluate/benchmarks';
import { type BenchmarkTotals, evaluateExactly } from '../evaluate/referee';
import type { Lookup, SubjectPlace } from '../plan/lookup';
import type { Plan, PlanNode } from '../plan/plan';
import type { ComparedPlans } from './changes';
import { withLimitsOf } from './limits';
import { type GradeOutcome, outcomeOf } from './outcome';

/** `structure`: formulas, not-rated rules and inputs, which cannot be told apart by exchanging numbers. */
export const CHANGE_KINDS = ['limit', 'benchmark', 'factor', 'parameter', 'structure'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A subject as both versions know it. */
export interface BothSides {
  readonly place: SubjectPlace;
  readonly before: SubjectSide;
  readonly after: SubjectSide;
}

export interface SubjectSide {
  /** In the order of the version's inputs. */
  readonly inputs: readonly (number | null)[];
  /** By statistic of the version. */
  readonly benchmarks: readonly (Benchmark | null)[];
}

const totals = new WeakMap<Benchmark, BenchmarkTotals>();

/** A benchmark's exact totals, parsed once. */
export function totalsOf(row: Benchmark | null | undefined): BenchmarkTotals | null {
  if (!row) return null;
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
    const peers = inForce.has('benchmark') ? 'after' : 'before';
    const plan = this.planWith(inForce);
    const { columns } = evaluateExactly(plan, {
      ...subject.place,
      inputs: subject[base].inputs,
      statistics: plan.statistics.map(({ name }, own) => {
        const at = this.compared[peers].statistics.findIndex((other) => other.name === name);
        // A statistic that only one version has comes with its formulas.
        return totalsOf(at < 0 ? subject[base].benchmarks[own] : subject[peers].benchmarks[at]);
      }),
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
  const donor = compared[side('limit')];
  const limits = { plan: donor, grading: donor.gradings[compared.grading[side('limit')]]! };
  const index = compared.grading[baseSide];
  const gradings = base.gradings.map((grading, g) =>
    g === index ? withLimitsOf({ plan: base, grading }, limits, nodes) : grading,
  );
  return { ...base, nodes, gradings };
}

/** A number of the same name, kind and unit takes the other version's value. */
function withOriginOf(
  node: PlanNode,
  from: { readonly factor: Plan; readonly parameter: Plan },
): PlanNode {
  const { origin } = node;
  const isTable = origin.kind === 'lookup' && origin.lookup.kind !== 'regional-factor';
  const donorPlan = origin.kind === 'parameter' || isTable ? from.parameter : from.factor;
  const donor = donorPlan.nodes[donorPlan.slotOf.get(node.name) ?? -1];
  if (donor?.unit !== node.unit || donor.origin.kind !== origin.kind) return node;
  switch (donor.origin.kind) {
    case 'parameter':
    case 'factor':
      return { ...node, origin: donor.origin };
    case 'lookup':
      return origin.kind === 'lookup'
        ? {
            ...node,
            origin: { ...origin, lookup: withContentOf(origin.lookup, donor.origin.lookup) },
          }
        : node;
    default:
      return node;
  }
}

/** Looked up as the plan does, among the other version's rows: positions of inputs are the plan's own. */
function withContentOf(own: Lookup, donor: Lookup): Lookup {
  if (donor.kind !== own.kind) return own;
  return donor.kind === 'table' && own.kind === 'table' ? { ...donor, by: own.by } : donor;
}
