/**
 * A plan: one rulebook bound to one factor set and one period. Every name has become a node with a slot; nodes
 * stand in an order in which each reads only earlier ones. Kernel and referee both run over these nodes.
 */
import type { Bilingual, Period } from '@tanxiao/contracts';

import type { FactorSet, FactorValue } from '../document/factor-set';
import type { NumericInput } from '../document/names';
import type { Rulebook } from '../document/rulebook';
import type { Status } from '../document/schema';
import type { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';

export type NodeOrigin =
  | { readonly kind: 'input'; readonly index: number }
  | {
      readonly kind: 'parameter';
      readonly value: Rational;
      readonly source: string;
      readonly clause: string | null;
      readonly status: Status;
      readonly from: string;
    }
  | { readonly kind: 'factor'; readonly factor: FactorValue }
  /** By province-level region code. */
  | {
      readonly kind: 'regional-factor';
      readonly factors: ReadonlyMap<string, FactorValue>;
      readonly index: number;
    }
  | { readonly kind: 'benchmark' }
  | {
      readonly kind: 'calculation';
      readonly formula: NumberExpression;
      readonly text: string;
      readonly onlyIf: Condition | null;
      readonly onlyIfText: string | null;
      readonly source: string;
      readonly clause: string;
    };

export interface PlanNode {
  readonly slot: number;
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  readonly origin: NodeOrigin;
  /** Whether it can be unknown. */
  readonly nullable: boolean;
  /** Whether it is known to be zero or more wherever it is known. */
  readonly nonNegative: boolean;
  /** 1: the subject's own data suffice. 2: needs the benchmark. */
  readonly stage: 1 | 2;
  /** Indices of the reasons that withhold it. */
  readonly withheldBy: readonly number[];
  /** Index of the reason that holds where it is missing; null where it can't be. */
  readonly missingReason: number | null;
}

export interface PlanReason {
  readonly code: string;
  readonly message: Bilingual;
  readonly when: Condition | null;
  readonly whenText: string | null;
  readonly stage: 1 | 2;
}

export interface PlanResult {
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  readonly decimals: number;
  readonly slot: number;
}

export interface PlanBand {
  readonly code: string;
  readonly title: Bilingual;
  /** Slot of the parameter that bounds the band from above; null for the last. */
  readonly limit: number | null;
  /** Whether the bound itself belongs to the band. */
  readonly inclusive: boolean;
}

export interface PlanGrading {
  readonly name: string;
  readonly title: Bilingual;
  readonly slot: number;
  /** Compare the rounded value of this result column; null: compare the full value. */
  readonly roundedAs: number | null;
  readonly source: string;
  readonly clause: string;
  readonly bands: readonly PlanBand[];
}

export type RegionScope = 'county' | 'city' | 'province' | 'all';

export interface PeerGroupLevel {
  readonly level: string;
  readonly title: Bilingual;
  readonly industryDigits: number;
  readonly region: RegionScope;
}

export interface PlanPeers {
  readonly slot: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly members: Condition;
  readonly minimumPeers: number;
  readonly groups: readonly PeerGroupLevel[];
}

export interface Plan {
  readonly rulebook: Rulebook;
  readonly factorSet: FactorSet;
  readonly period: Period;
  readonly inputs: readonly NumericInput[];
  readonly nodes: readonly PlanNode[];
  readonly slotOf: ReadonlyMap<string, number>;
  readonly checks: readonly {
    readonly code: string;
    readonly message: Bilingual;
    readonly require: Condition;
  }[];
  readonly reasons: readonly PlanReason[];
  readonly results: readonly PlanResult[];
  readonly gradings: readonly PlanGrading[];
  readonly peers: PlanPeers | null;
  /** Indices: of gradings, of gradings, of results. */
  readonly headline: {
    readonly grade: number;
    readonly level: number | null;
    readonly rankBy: number;
  };
}
