/** Rulebook + factor set + period → plan: dated values picked, factors bound, units checked, slots given. */
import type { Bilingual, Period } from '@tanxiao/contracts';

import { limitsOf, parameterOn } from '../document/check-bands';
import { type FactorSet, fixedFactor, regionalFactor } from '../document/factor-set';
import type { FactorName, Missing } from '../document/names';
import { calculationOrder } from '../document/order';
import type { ProblemList } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import { Rational } from '../exact/rational';
import { type Condition, namesIn, requiredNames } from '../formula/expression';
import { checkPlan } from './check-plan';
import { exactSizeProblem } from './exact-size';
import type { Lookup } from './lookup';
import { peerGroupLevels } from './peer-group';
import type {
  NodeOrigin,
  Plan,
  PlanGrading,
  PlanNode,
  PlanReason,
  PlanStatistic,
  StatisticMeasure,
} from './plan';
import { isNonNegative } from './sign';
import { tableLookup } from './table-lookup';

/** @throws RulebookError where the factor set lacks a factor, units don't agree, or exact values may grow too large */
export function compilePlan(rulebook: Rulebook, factorSet: FactorSet, period: Period): Plan {
  const plan = new Compilation(rulebook, factorSet, period).plan();
  checkExactSize(plan);
  return plan;
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

type NodeFacts = Pick<PlanNode, 'nullable' | 'nonNegative' | 'missingReason'> &
  Partial<Pick<PlanNode, 'stage' | 'withheldBy'>>;

class Compilation {
  private readonly nodes: PlanNode[] = [];
  private readonly slotOf = new Map<string, number>();
  private readonly reasonIndex: ReadonlyMap<string, number>;
  private readonly lookups: Lookup[] = [];
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
    this.addInputs();
    this.addParameters();
    for (const factor of this.rulebook.factorNames) this.addFactor(factor);
    this.addFacts();
    this.addTables();
    problems.throwIfAny();
    for (const name of calculationOrder(document, formulas)) this.addCalculated(name);
    checkPlan(this.rulebook, (name) => this.node(name), problems);
    problems.throwIfAny();
    const gradingIndex = (name: string): number =>
      document.gradings.findIndex((grading) => grading.name === name);
    const { grade, level, rankBy, best } = document.headline;
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
      gradings: document.gradings.map((_, i) => this.grading(i)),
      lookups: this.lookups,
      statistics: document.peers.map((_, i) => this.statistic(i)),
      headline: {
        grade: gradingIndex(grade),
        level: level === undefined ? null : gradingIndex(level),
        rankBy: document.results.columns.findIndex((c) => c.name === rankBy),
        best,
      },
    };
  }

  private node(name: string): PlanNode {
    return this.nodes[this.slotOf.get(name)!]!;
  }

  private slots(names: Iterable<string>): number[] {
    return [...names].map((name) => this.slotOf.get(name)!);
  }

  private addNode(
    of: { readonly name: string; readonly title: Bilingual; readonly unit: string },
    origin: NodeOrigin,
    facts: NodeFacts,
  ): void {
    const { name, title, unit } = of;
    this.slotOf.set(name, this.nodes.length);
    this.nodes.push({
      ...{ slot: this.nodes.length, name, title, unit, origin },
      ...{ stage: 1, withheldBy: [] },
      ...facts,
    });
  }

  private addInputs(): void {
    this.rulebook.inputs.forEach((input, index) => {
      const { missing, minimum } = input;
      const notRated = 'notRated' in missing;
      this.addNode(
        input,
        { kind: 'input', index },
        {
          nullable: notRated,
          nonNegative: minimum !== null && minimum >= 0 && !defaultsBelowZero(missing),
          missingReason: notRated ? this.reasonIndex.get(missing.notRated)! : null,
        },
      );
    });
  }

  private addParameters(): void {
    for (const parameter of this.rulebook.document.parameters) {
      const dated = parameterOn(parameter, this.period.end);
      const value = Rational.fromNumber(dated.value);
      const { source, clause = null, status, from } = dated;
      this.addNode(
        parameter,
        { kind: 'parameter', value, source, clause, status, from },
        { nullable: false, nonNegative: value.sign() >= 0, missingReason: null },
      );
    }
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
        { ...name, unit: fixed.unit },
        { kind: 'factor', factor: fixed },
        { nullable: false, nonNegative: fixed.value.sign() >= 0, missingReason: null },
      );
      return;
    }
    const factors = regionalFactor(factor, this.period.year);
    this.addLookup(
      { ...name, unit: factor.unit },
      { kind: 'regional-factor', factors },
      {
        nullable: true,
        nonNegative: [...factors.values()].every((f) => f.value.sign() >= 0),
        missingReason: this.reasonIndex.get(name.missing)!,
      },
    );
  }

  private addFacts(): void {
    for (const fact of this.rulebook.document.facts) {
      const { of, codes, source, clause = null, status } = fact;
      this.addLookup(
        { ...fact, unit: '1' },
        { kind: 'fact', of, codes, source, clause, status },
        { nullable: false, nonNegative: true, missingReason: null },
      );
    }
  }

  private addTables(): void {
    const { document, inputs } = this.rulebook;
    for (const table of document.tables) {
      const lookup = tableLookup(table, { document, inputs, day: this.period.end });
      const { by, otherwise, rows } = lookup;
      const choice = typeof by === 'object' ? inputs[by.input]! : null;
      this.addLookup(table, lookup, {
        nullable: otherwise === null || (choice !== null && 'notRated' in choice.missing),
        nonNegative: [...rows.values(), ...(otherwise ? [otherwise] : [])].every(
          ({ exact }) => exact.sign() >= 0,
        ),
        missingReason:
          'notRated' in table.otherwise ? this.reasonIndex.get(table.otherwise.notRated)! : null,
      });
    }
  }

  private addLookup(
    of: { readonly name: string; readonly title: Bilingual; readonly unit: string },
    lookup: Lookup,
    facts: NodeFacts,
  ): void {
    this.addNode(of, { kind: 'lookup', lookup, index: this.lookups.length }, facts);
    this.lookups.push(lookup);
  }

  private addCalculated(name: string): void {
    const { document, formulas } = this.rulebook;
    const withheldBy = document.notRated.flatMap((rule, i) =>
      rule.withholds?.includes(name) ? [i] : [],
    );
    const statistic = document.peers.findIndex((p) => p.name === name);
    if (statistic >= 0) {
      const peers = document.peers[statistic]!;
      this.addNode(
        peers,
        { kind: 'statistic', index: statistic },
        {
          nullable: true,
          nonNegative: false,
          missingReason: this.reasonIndex.get(peers.missing.notRated)!,
          stage: 1 + this.stageOfStatistic(statistic),
          withheldBy,
        },
      );
      return;
    }
    const index = document.calculations.findIndex((c) => c.name === name);
    const calculation = document.calculations[index]!;
    const { formula, onlyIf } = formulas.calculations[index]!;
    const required = [...requiredNames(formula), ...(onlyIf ? requiredNames(onlyIf) : [])];
    const guards = withheldBy.flatMap((i) => namesIn(formulas.notRated[i]!));
    const read = [...namesIn(formula), ...(onlyIf ? namesIn(onlyIf) : []), ...guards];
    this.addNode(
      calculation,
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
          onlyIf !== null ||
          withheldBy.length > 0 ||
          required.some((operand) => this.node(operand).nullable),
        nonNegative: isNonNegative(formula, (operand) => this.node(operand).nonNegative),
        missingReason: null,
        stage: this.stageOf(read),
        withheldBy,
      },
    );
  }

  private stageOf(names: readonly string[]): number {
    return Math.max(1, ...names.map((name) => this.node(name).stage));
  }

  /** Of what a statistic is made of, membership included. */
  private stageOfStatistic(index: number): number {
    const measure = this.measure(index);
    const slots =
      measure.kind === 'ratio-of-totals' ? [measure.numerator, measure.denominator] : [measure.of];
    return Math.max(
      ...slots.map((slot) => this.nodes[slot]!.stage),
      this.stageOf(namesIn(this.rulebook.formulas.members[index]!)),
    );
  }

  private measure(index: number): StatisticMeasure {
    const peers = this.rulebook.document.peers[index]!;
    const slot = (name: string): number => this.slotOf.get(name)!;
    switch (peers.statistic) {
      case 'ratio-of-totals':
        return {
          kind: peers.statistic,
          numerator: slot(peers.numerator),
          denominator: slot(peers.denominator),
        };
      case 'mean':
        return { kind: peers.statistic, of: slot(peers.of), decimals: peers.decimals };
      case 'median':
        return { kind: peers.statistic, of: slot(peers.of) };
      case 'top-share':
        return {
          kind: peers.statistic,
          of: slot(peers.of),
          share: this.parameterValue(peers.share),
          best: peers.best,
        };
    }
  }

  private parameterValue(name: string): Rational {
    const { origin } = this.node(name);
    return origin.kind === 'parameter' ? origin.value : Rational.ZERO;
  }

  private statistic(index: number): PlanStatistic {
    const peers = this.rulebook.document.peers[index]!;
    const { name, title, groups, source, clause } = peers;
    return {
      ...{ name, title, source, clause },
      groups: peerGroupLevels(groups, this.rulebook.inputs),
      slot: this.slotOf.get(name)!,
      measure: this.measure(index),
      members: this.rulebook.formulas.members[index]!,
      minimumPeers: this.parameterValue(peers.minimumPeers).toNumber(),
      stage: this.stageOfStatistic(index),
    };
  }

  private reasons(): PlanReason[] {
    return this.rulebook.document.notRated.map((rule, i) => {
      const when = this.rulebook.formulas.notRated[i] ?? null;
      const automatic = this.nodes.filter((node) => node.missingReason === i);
      return {
        code: rule.reason,
        message: rule.message,
        when,
        whenText: rule.when ?? null,
        stage: when ? this.stageOf(namesIn(when)) : Math.max(1, ...automatic.map((n) => n.stage)),
      };
    });
  }

  private grading(index: number): PlanGrading {
    const { document, formulas } = this.rulebook;
    const grading = document.gradings[index]!;
    const { gates, when } = formulas.gradings[index]!;
    const slot = grading.of === undefined ? null : this.slotOf.get(grading.of)!;
    const bands = grading.bands.map((band, j) => {
      const [limit] = limitsOf(band);
      return {
        code: band.code,
        title: band.title,
        limit: limit ? { slot: this.slotOf.get(limit.name)!, relation: limit.relation } : null,
        when: when[j] ?? null,
        whenText: band.when ?? null,
      };
    });
    const conditions = [...gates, ...when].filter((c): c is Condition => c !== null);
    return {
      name: grading.name,
      title: grading.title,
      slot,
      roundedAs:
        grading.compare === 'full-value'
          ? null
          : document.results.columns.findIndex((c) => c.name === grading.of),
      source: grading.source,
      clause: grading.clause,
      gates: grading.gates.map((gate, j) => ({
        code: gate.code,
        title: gate.title,
        require: gates[j]!,
        requireText: gate.require,
        otherwise: grading.bands.findIndex((band) => band.code === gate.otherwise),
        source: gate.source,
        clause: gate.clause,
      })),
      bands,
      reads: [
        ...new Set([
          ...(slot === null ? [] : [slot]),
          ...bands.flatMap(({ limit }) => (limit ? [limit.slot] : [])),
          ...conditions.flatMap((condition) => this.slots(requiredNames(condition))),
        ]),
      ],
    };
  }
}

function defaultsBelowZero(missing: Missing): boolean {
  return 'value' in missing && missing.value < 0;
}
