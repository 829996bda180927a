/** What the steps of one compilation share: the document and its factors, and the nodes that are made so far. */
import type { Period } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import type { ProblemList } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import type { Lookup } from './lookup';
import type { NodeOrigin, PlanNode } from './plan';

export type NodeFacts = Pick<PlanNode, 'nullable' | 'nonNegative' | 'missingReason'> &
  Partial<Pick<PlanNode, 'stage' | 'withheldBy'>>;

type Named = Pick<PlanNode, 'name' | 'title' | 'unit'>;

export interface Compilation {
  readonly rulebook: Rulebook;
  readonly factorSet: FactorSet;
  readonly period: Period;
  readonly nodes: NodeList;
  readonly problems: ProblemList;
  /** Position of a reason that the document lists. */
  readonly reasonIndex: (reason: string) => number;
}

export function newCompilation(
  rulebook: Rulebook,
  factorSet: FactorSet,
  period: Period,
): Compilation {
  const reasons = new Map(rulebook.document.notRated.map((rule, i) => [rule.reason, i]));
  return {
    ...{ rulebook, factorSet, period },
    nodes: new NodeList(),
    problems: rulebook.problems.fresh(),
    reasonIndex: (reason) => reasons.get(reason)!,
  };
}

/** Nodes in their order, found by name; names exist, the document was checked. */
export class NodeList {
  readonly all: PlanNode[] = [];
  readonly lookups: Lookup[] = [];
  readonly slotOf = new Map<string, number>();

  add({ name, title, unit }: Named, origin: NodeOrigin, facts: NodeFacts): void {
    this.slotOf.set(name, this.all.length);
    this.all.push({
      ...{ slot: this.all.length, name, title, unit, origin },
      ...{ stage: 1, withheldBy: [] },
      ...facts,
    });
  }

  addLookup(of: Named, lookup: Lookup, facts: NodeFacts): void {
    this.add(of, { kind: 'lookup', lookup, index: this.lookups.length }, facts);
    this.lookups.push(lookup);
  }

  slot(name: string): number {
    return this.slotOf.get(name)!;
  }

  named(name: string): PlanNode {
    return this.all[this.slot(name)]!;
  }

  /** Of what reads these names: the latest of their stages. */
  stageOf(names: readonly string[]): number {
    return Math.max(1, ...names.map((name) => this.named(name).stage));
  }
}
