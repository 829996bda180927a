/** Rulebook + factor set + period → plan: dated values picked, factors bound, units checked, slots given. */
import type { Bilingual, Period } from '@tanxiao/contracts';

import { calculationOrder } from '../document/check';
import { parameterOn } from '../document/check-bands';
import { type FactorSet, fixedFactor, regionalFactor } from '../document/factor-set';
import type { FactorName, Missing } from '../document/names';
import type { ProblemList } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import { Rational } from '../exact/rational';
import { namesIn } from '../formula/expression';
import { checkPlan } from './check-plan';
import { exactSizeProblem } from './exact-size';
import type { NodeOrigin, Plan, PlanNode, PlanPeers, PlanReason } from './plan';
import { isNonNegative } from './sign';

/** @throws RulebookError where the factor set lacks a factor, units don't agree, or exact values may grow too large */
export function compilePlan(rulebook: Rulebook, factorSet: FactorSet, period: Period): Plan {
  const plan = new Compilation(rulebook, factorSet, period).plan();
  checkExactSize(plan);
  return plan;
}

function checkExactSize(plan: Plan): void {
  const problem = exactSizeProblem(plan);
  if (!problem) return;
  const { document, problems } = plan.rulebook;
  const of = (list: readonly { readonly name: string }[]): number =>
    list.findIndex(({ name }) => name === problem.name);
  const place = [
    ['calculations', of(document.calculations)],
    ['peers', of(document.peers)],
  ].find(([, index]) => index !== -1);
  const list = problems.fresh();
  list.add(place ?? [], problem.code, problem.message);
  throw list.error();
}

class Compilation {
  private readonly nodes: PlanNode[] = [];
  private readonly slotOf = new Map<string, number>();
  private readonly reasonIndex: ReadonlyMap<string, number>;
  private regionalFactors = 0;
  private readonly problems: ProblemList;

  constructor(
    private readonly rulebook: Rulebook,
    private readonly factorSet: FactorSet,
    private readonly period: Period,
  ) {
    this.problems = rulebook.problems.fresh();
    this.reasonIndex = new Map(rulebook.document.notRated.map((rule, i) => [rule.reason, i]));
  }

  plan(): Plan {
    const { document, formulas, inputs } = this.rulebook;
    const { problems } = this;
    inputs.forEach((input, index) =>
      this.addNode(
        input.name,
        input.title,
        input.unit,
        { kind: 'input', index },
        {
          nullable: 'notRated' in input.missing,
          nonNegative:
            input.minimum !== null && input.minimum >= 0 && !defaultsBelowZero(input.missing),
          missingReason:
            'notRated' in input.missing ? this.reasonIndex.get(input.missing.notRated)! : null,
        },
      ),
    );
    for (const parameter of document.parameters) {
      const dated = parameterOn(parameter, this.period.end);
      const value = Rational.fromNumber(dated.value);
      this.addNode(
        parameter.name,
        parameter.title,
        parameter.unit,
        {
          kind: 'parameter',
          value,
          source: dated.source,
          clause: dated.clause ?? null,
          status: dated.status,
          from: dated.from,
        },
        { nullable: false, nonNegative: value.sign() >= 0, missingReason: null },
      );
    }
    for (const factor of this.rulebook.factorNames) this.addFactor(factor);
    problems.throwIfAny();
    for (const name of calculationOrder(document, formulas)) this.addCalculated(name);
    checkPlan(this.rulebook, (name) => this.node(name), this.problems);
    problems.throwIfAny();
    return {
      rulebook: this.rulebook,
      factorSet: this.factorSet,
      period: this.period,
      inputs,
      nodes: this.nodes,
      slotOf: this.slotOf,
      checks: document.checks.map((check, i) => ({
        code: check.code,
        message: check.message,
        require: formulas.checks[i]!,
      })),
      reasons: this.reasons(),
      results: document.results.columns.map((column) => {
        const node = this.node(column.name);
        return {
          name: node.name,
          title: node.title,
          unit: node.unit,
          decimals: column.decimals,
          slot: node.slot,
        };
      }),
      gradings: document.gradings.map((grading) => ({
        name: grading.name,
        title: grading.title,
        slot: this.node(grading.of).slot,
        roundedAs:
          grading.compare === 'full-value'
            ? null
            : document.results.columns.findIndex((c) => c.name === grading.of),
        source: grading.source,
        clause: grading.clause,
        bands: grading.bands.map((band) => {
          const limit = band.atMost ?? band.below;
          return {
            code: band.code,
            title: band.title,
            limit: limit === undefined ? null : this.node(limit).slot,
            inclusive: band.atMost !== undefined,
          };
        }),
      })),
      peers: this.peers(),
      headline: {
        grade: document.gradings.findIndex((g) => g.name === document.headline.grade),
        level:
          document.headline.level === undefined
            ? null
            : document.gradings.findIndex((g) => g.name === document.headline.level),
        rankBy: document.results.columns.findIndex((c) => c.name === document.headline.rankBy),
      },
    };
  }

  private node(name: string): PlanNode {
    return this.nodes[this.slotOf.get(name)!]!;
  }

  private addNode(
    name: string,
    title: Bilingual,
    unit: string,
    origin: NodeOrigin,
    facts: Pick<PlanNode, 'nullable' | 'nonNegative' | 'missingReason'> &
      Partial<Pick<PlanNode, 'stage' | 'withheldBy'>>,
  ): void {
    this.slotOf.set(name, this.nodes.length);
    this.nodes.push({
      slot: this.nodes.length,
      name,
      title,
      unit,
      origin,
      stage: 1,
      withheldBy: [],
      ...facts,
    });
  }

  private addFactor(name: FactorName): void {
    const factor = this.factorSet.document.factors.find(
      (f) => f.quantity === name.quantity && f.carrier === name.carrier,
    );
    if (!factor) {
      this.problems.add(
        ['factorSet'],
        'missing-factor',
        `factor set ${this.factorSet.id} ${this.factorSet.version} has no ${name.quantity} factor for carrier ${name.carrier}`,
      );
      return;
    }
    const fixed = fixedFactor(factor);
    if (fixed) {
      this.addNode(
        name.name,
        name.title,
        fixed.unit,
        { kind: 'factor', factor: fixed },
        {
          nullable: false,
          nonNegative: fixed.value.sign() >= 0,
          missingReason: null,
        },
      );
      return;
    }
    const factors = regionalFactor(factor, this.period.year);
    this.addNode(
      name.name,
      name.title,
      factor.unit,
      { kind: 'regional-factor', factors, index: this.regionalFactors++ },
      {
        nullable: true,
        nonNegative: [...factors.values()].every((f) => f.value.sign() >= 0),
        missingReason: this.reasonIndex.get(name.missing)!,
      },
    );
  }

  private addCalculated(name: string): void {
    const { document, formulas } = this.rulebook;
    const withheldBy = document.notRated.flatMap((rule, i) =>
      rule.withholds?.includes(name) ? [i] : [],
    );
    const peers = document.peers.find((p) => p.name === name);
    if (peers) {
      this.addNode(
        name,
        peers.title,
        peers.unit,
        { kind: 'benchmark' },
        {
          nullable: true,
          nonNegative: false,
          missingReason: this.reasonIndex.get(peers.missing.notRated)!,
          stage: 2,
          withheldBy,
        },
      );
      return;
    }
    const index = document.calculations.findIndex((c) => c.name === name);
    const calculation = document.calculations[index]!;
    const { formula, onlyIf } = formulas.calculations[index]!;
    const operands = [...namesIn(formula), ...(onlyIf ? namesIn(onlyIf) : [])].map((operand) =>
      this.node(operand),
    );
    const guards = withheldBy
      .flatMap((i) => namesIn(formulas.notRated[i]!))
      .map((operand) => this.node(operand));
    this.addNode(
      name,
      calculation.title,
      calculation.unit,
      {
        kind: 'calculation',
        formula,
        text: calculation.formula,
        onlyIf,
        onlyIfText: calculation.onlyIf ?? null,
        source: calculation.source,
        clause: calculation.clause,
      },
      {
        nullable:
          onlyIf !== null || withheldBy.length > 0 || operands.some((node) => node.nullable),
        nonNegative: isNonNegative(formula, (operand) => this.node(operand).nonNegative),
        missingReason: null,
        stage: [...operands, ...guards].some((node) => node.stage === 2) ? 2 : 1,
        withheldBy,
      },
    );
  }

  private reasons(): PlanReason[] {
    return this.rulebook.document.notRated.map((rule, i) => {
      const when = this.rulebook.formulas.notRated[i] ?? null;
      const late = when
        ? namesIn(when).some((name) => this.node(name).stage === 2)
        : this.nodes.some((node) => node.missingReason === i && node.stage === 2);
      return {
        code: rule.reason,
        message: rule.message,
        when,
        whenText: rule.when ?? null,
        stage: late ? 2 : 1,
      };
    });
  }

  private peers(): PlanPeers | null {
    const peers = this.rulebook.document.peers[0];
    if (!peers) return null;
    const minimum = this.node(peers.minimumPeers).origin;
    return {
      slot: this.node(peers.name).slot,
      numerator: this.node(peers.numerator).slot,
      denominator: this.node(peers.denominator).slot,
      members: this.rulebook.formulas.members[0]!,
      minimumPeers: minimum.kind === 'parameter' ? minimum.value.toNumber() : 0,
      groups: peers.groups,
    };
  }
}

function defaultsBelowZero(missing: Missing): boolean {
  return 'value' in missing && missing.value < 0;
}
