/** What a rulebook defines: its numeric inputs in order, its factors by name, its formulas parsed. */
import type { Bilingual } from '@tanxiao/contracts';

import type { Condition, NumberExpression } from '../formula/expression';

export type Missing =
  | { readonly value: number }
  | { readonly notRated: string }
  /** No more than that: what reads it is unknown, too, unless `known(…)` guards it. */
  | { readonly unknown: true };

export interface ChoiceOption {
  readonly code: string;
  readonly title: Bilingual;
}

export interface NumericInput {
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly missing: Missing;
  readonly hint: Bilingual | null;
  /** Kept and shown; no formula reads it. */
  readonly informative: boolean;
  /** The input whose value of the same period a year before counts where this one is blank; null: none. */
  readonly yearBefore: string | null;
  /** Of a choice: its value is the position of an option, from 0. Null for a quantity. */
  readonly options: readonly ChoiceOption[] | null;
}

export interface FactorName {
  readonly name: string;
  readonly title: Bilingual;
  readonly quantity: string;
  readonly carrier: string;
  /** Names of the parts that it is the product of; null: the whole factor. */
  readonly parts: readonly string[] | null;
  readonly missing: string;
  /** Position of what defines it among the document's factors. */
  readonly entry: number;
}

export interface ParsedCalculation {
  readonly formula: NumberExpression;
  readonly onlyIf: Condition | null;
}

export interface ParsedGrading {
  readonly gates: readonly Condition[];
  /** By band. */
  readonly when: readonly (Condition | null)[];
}

/** Every formula of the document, parsed; by position in the document. */
export interface Formulas {
  readonly calculations: readonly ParsedCalculation[];
  readonly checks: readonly Condition[];
  readonly notRated: readonly (Condition | null)[];
  readonly members: readonly Condition[];
  readonly gradings: readonly ParsedGrading[];
}
