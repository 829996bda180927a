/**
 * A plan: one rulebook bound to one factor set and one period. Every name has become a node with a slot; nodes
 * stand in an order in which each reads only earlier ones. Kernel and referee both run over these nodes.
 */
import type { Bilingual, Period } from '@tanxiao/contracts';

import type { BandLimit } from '../document/check-bands';
import type { FactorSet, FactorValue } from '../document/factor-set';
import type { ChoiceOption, NumericInput } from '../document/names';
import type { Rulebook } from '../document/rulebook';
import type { Status } from '../document/schema-parts';
import type { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';
import type { Lookup } from './lookup';

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
  /** By what the subject is: position among the plan's lookups. */
  | { readonly kind: 'lookup'; readonly lookup: Lookup; readonly index: number }
  /** Of the peers: position among the plan's statistics. */
  | { readonly kind: 'statistic'; readonly index: number }
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
  /** 1: the subject's own data suffice. 2: needs a statistic of stage-1 values, 3: one of stage-2 values, and so on. */
  readonly stage: number;
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
  readonly stage: number;
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
  /** Slot of the value that bounds the band, and how values in it relate to it; null: no bound. */
  readonly limit: { readonly slot: number; readonly relation: BandLimit['relation'] } | null;
  /** Must hold, too; null: nothing more is asked. */
  readonly when: Condition | null;
  readonly whenText: string | null;
}

/** A requirement before the bands. */
export interface PlanGate {
  readonly code: string;
  readonly title: Bilingual;
  readonly require: Condition;
  readonly requireText: string;
  /** Index of the band that results where it does not hold. */
  readonly otherwise: number;
  readonly source: string;
  readonly clause: string;
}

export interface PlanGrading {
  readonly name: string;
  readonly title: Bilingual;
  /** Of the graded value; null where bands have conditions only. */
  readonly slot: number | null;
  /** Compare the rounded value of this result column; null: compare the full value. */
  readonly roundedAs: number | null;
  readonly source: string;
  readonly clause: string;
  readonly gates: readonly PlanGate[];
  readonly bands: readonly PlanBand[];
  /** Slots whose being unknown makes the band unknown: of value, limits, conditions. */
  readonly reads: readonly number[];
}

export type RegionScope = 'county' | 'city' | 'province' | 'all';

/** A choice that divides the groups of a level. */
export interface PeerChoice {
  readonly name: string;
  /** Index among the plan's inputs. */
  readonly input: number;
  readonly options: readonly ChoiceOption[];
  /** Position of the option that counts where nothing was submitted; null: there is none. */
  readonly otherwise: number | null;
}

export interface PeerGroupLevel {
  readonly level: string;
  readonly title: Bilingual;
  /** Empty: subjects are peers whatever they chose. */
  readonly by: readonly PeerChoice[];
  readonly industryDigits: number;
  readonly region: RegionScope;
}

/** What is computed over the peers; numbers are slots. */
export type StatisticMeasure =
  | { readonly kind: 'ratio-of-totals'; readonly numerator: number; readonly denominator: number }
  /** Of values rounded to so many decimals. */
  | { readonly kind: 'mean'; readonly of: number; readonly decimals: number }
  | { readonly kind: 'median'; readonly of: number }
  /** The value that the best `share` reach, by nearest rank. */
  | {
      readonly kind: 'top-share';
      readonly of: number;
      readonly share: Rational;
      readonly best: 'highest' | 'lowest';
    };

export interface PlanStatistic {
  readonly name: string;
  readonly title: Bilingual;
  readonly slot: number;
  readonly measure: StatisticMeasure;
  readonly members: Condition;
  readonly minimumPeers: number;
  readonly groups: readonly PeerGroupLevel[];
  readonly source: string;
  readonly clause: string;
  /** Of the values that it is made of: it can be computed once statistics of earlier stages are there. */
  readonly stage: number;
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
  readonly lookups: readonly Lookup[];
  readonly statistics: readonly PlanStatistic[];
  /** Indices: of gradings, of gradings, of results. */
  readonly headline: {
    readonly grade: number;
    readonly level: number | null;
    readonly rankBy: number;
    /** Which end of `rankBy` ranks first. */
    readonly best: 'highest' | 'lowest';
  };
}
