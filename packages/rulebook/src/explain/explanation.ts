/** An explanation as plain data, texts in both languages. */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Benchmark } from '../evaluate/benchmarks';

export interface SourceText {
  readonly key: string;
  readonly title: Bilingual;
  readonly citation: string;
  /** How sure the source itself is known: official, reported or assumed. */
  readonly status: string;
}

export interface Operand {
  readonly kind: 'input' | 'parameter' | 'factor' | 'fact' | 'table' | 'benchmark' | 'calculation';
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  /** Exact: a decimal, or a fraction `n/d`; null is unknown. */
  readonly value: string | null;
  /** For reading: the exact decimal where it is short, else its first digits and `…`. */
  readonly shown: string | null;
  readonly source: SourceText | null;
  readonly clause: string | null;
  readonly status: string | null;
  readonly note: Bilingual | null;
  /** Of a factor that is a product: what it is the product of. */
  readonly components: readonly {
    readonly name: string;
    readonly title: Bilingual;
    readonly value: string;
    readonly unit: string;
    readonly source: SourceText | null;
    readonly clause: string | null;
    readonly status: string;
  }[];
}

export interface ExplanationLine {
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  /** As the rulebook writes it. */
  readonly formula: string;
  /** The condition without which the value is unknown; null where there is none. */
  readonly onlyIf: string | null;
  /** The same with this subject's numbers, terms that are zero left out. */
  readonly substituted: string;
  readonly value: string | null;
  /** Rounded as the result column is, or to six significant digits for reading. */
  readonly shown: string | null;
  readonly source: SourceText | null;
  readonly clause: string;
  readonly operands: readonly Operand[];
  /** Terms of totals that are zero and not listed. */
  readonly zeroTerms: number;
}

/** A condition of a gate or band, with whether it holds; null is unknown. */
export interface ConditionExplanation {
  /** As the rulebook writes it. */
  readonly text: string;
  readonly holds: boolean | null;
  readonly operands: readonly Operand[];
}

export interface GradingExplanation {
  readonly name: string;
  readonly title: Bilingual;
  /** What is graded; null where bands have conditions only. */
  readonly of: string | null;
  /** Exact. */
  readonly value: string | null;
  /** For reading. */
  readonly shown: string | null;
  readonly compare: 'full-value' | 'rounded-value';
  readonly source: SourceText | null;
  readonly clause: string;
  /** Requirements before the bands, in their order. */
  readonly gates: readonly {
    readonly code: string;
    readonly title: Bilingual;
    readonly source: SourceText | null;
    readonly clause: string;
    readonly condition: ConditionExplanation;
    /** Code of the band that results where it does not hold. */
    readonly otherwise: string;
  }[];
  readonly bands: readonly {
    readonly code: string;
    readonly title: Bilingual;
    readonly relation: '<=' | '<' | '>=' | '>' | null;
    readonly limit: Operand | null;
    readonly condition: ConditionExplanation | null;
    readonly isResult: boolean;
  }[];
  readonly band: string | null;
}

export interface BenchmarkExplanation extends Benchmark {
  readonly title: Bilingual;
  readonly groupTitle: Bilingual;
  readonly clause: string;
  readonly source: SourceText | null;
  readonly exact: string | null;
  /** For reading. */
  readonly shown: string | null;
}

export interface Explanation {
  readonly rulebook: {
    readonly id: string;
    readonly version: string;
    readonly hash: string;
    readonly title: Bilingual;
  };
  readonly factorSet: {
    readonly id: string;
    readonly version: string;
    readonly hash: string;
    readonly title: Bilingual;
  };
  readonly period: { readonly id: string; readonly start: string; readonly end: string };
  /** Of every statistic that the subject was compared with. */
  readonly benchmarks: readonly BenchmarkExplanation[];
  readonly lines: readonly ExplanationLine[];
  readonly gradings: readonly GradingExplanation[];
  readonly reasons: readonly {
    readonly code: string;
    readonly message: Bilingual;
    readonly when: string | null;
  }[];
  readonly label: Bilingual | null;
  readonly columns: RatingColumns;
}
