/** Rulebook + factor set + period → plan: dated values picked, factors bound, units checked, slots given. */
import type { Period } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import { calculationOrder } from '../document/order';
import type { Rulebook } from '../document/rulebook';
import { addCalculatedNode } from './calculated-nodes';
import { checkPlan } from './check-plan';
import { type Compilation, newCompilation } from './compilation';
import { exactSizeProblem } from './exact-size';
import { addGivenNodes } from './given-nodes';
import type { Plan, PlanResult } from './plan';
import { planGrading, planHeadline, planReasons } from './plan-gradings';
import { planStatistic } from './plan-statistics';

/** @throws RulebookError where the factor set lacks a factor, units don't agree, or exact values may grow too large */
export function compilePlan(rulebook: Rulebook, factorSet: FactorSet, period: Period): Plan {
  const compilation = newCompilation(rulebook, factorSet, period);
  addNodes(compilation);
  const plan = planOf(compilation);
  checkExactSize(plan);
  return plan;
}

function addNodes(compilation: Compilation): void {
  const { rulebook, nodes, problems } = compilation;
  addGivenNodes(compilation);
  problems.throwIfAny();
  for (const name of calculationOrder(rulebook.document, rulebook.formulas))
    addCalculatedNode(compilation, name);
  checkPlan(rulebook, (name) => nodes.named(name), problems);
  problems.throwIfAny();
}

function planOf(compilation: Compilation): Plan {
  const { rulebook, factorSet, period, nodes } = compilation;
  const { document, formulas, inputs } = rulebook;
  return {
    ...{ rulebook, factorSet, period, inputs },
    nodes: nodes.all,
    slotOf: nodes.slotOf,
    lookups: nodes.lookups,
    checks: document.checks.map((check, i) => ({
      code: check.code,
      message: check.message,
      require: formulas.checks[i]!,
    })),
    reasons: planReasons(compilation),
    results: planResults(compilation),
    gradings: document.gradings.map((_, i) => planGrading(compilation, i)),
    statistics: document.peers.map((_, i) => planStatistic(compilation, i)),
    headline: planHeadline(compilation),
  };
}

function planResults({ rulebook, nodes }: Compilation): PlanResult[] {
  return rulebook.document.results.columns.map((column) => {
    const { name, title, unit, slot } = nodes.named(column.name);
    return { name, title, unit, decimals: column.decimals, slot };
  });
}

function checkExactSize(plan: Plan): void {
  const problem = exactSizeProblem(plan);
  if (!problem) return;
  const { document, places, problems } = plan.rulebook;
  const isNamed = ({ name }: { readonly name: string }): boolean => name === problem.name;
  const place =
    places.calculations[document.calculations.findIndex(isNamed)] ??
    places.peers[document.peers.findIndex(isNamed)];
  const list = problems.fresh();
  list.add(place ?? [], problem.code, problem.message);
  throw list.error();
}
