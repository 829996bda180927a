/** What an advice says. Numbers are texts: exact decimals, or fractions `n/d` (very long ones cut, marked by `…`). */
import type { Bilingual } from '@tanxiao/contracts';

export interface Named {
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
}

export interface AdvisedBand {
  readonly code: string;
  readonly title: Bilingual;
}

/** From the graded value to a limit. */
export interface LimitDistance {
  readonly limit: Named & {
    readonly relation: '<=' | '<' | '>=' | '>';
    readonly value: string;
    /** For reading. */
    readonly shown: string;
  };
  /** Limit minus value; for reading, and exactly. */
  readonly absolute: string;
  readonly absoluteExact: string;
  /** In per cent of the value's magnitude, for reading; null where the value is zero. */
  readonly percent: string | null;
}

/** Why no value of an input reaches a band with all else unchanged. */
export type Obstacle =
  /** The graded value is the same whatever the input is. */
  | 'no-effect'
  /** No quantity of it is enough. */
  | 'out-of-reach'
  /** It would have to be below the input's minimum. */
  | 'below-minimum'
  /** It would have to be above the input's maximum. */
  | 'above-maximum'
  /** Where it would be enough, a check of the rulebook rejects the submission. */
  | 'fails-check'
  /** Where it would be enough, a not-rated reason holds. */
  | 'not-rated'
  /** No decimal of at most 15 digits lies where it would be enough. */
  | 'no-decimal'
  /** The graded value is no ratio of two linear functions of it, nor pieces of such. */
  | 'not-solved';

export interface Change {
  /** What the input becomes: a decimal that a submission takes. */
  readonly value: string;
  /** New value minus present value. */
  readonly change: string;
  /** In per cent of the present value's magnitude, for reading; null where that is zero. */
  readonly percent: string | null;
}

/** A change of one input that reaches the band with all else unchanged. */
export interface Reached {
  readonly reachable: true;
  /** Where the band begins, exactly. */
  readonly exact: string;
  /** The least change: that place, rounded at 15 significant digits to the side that reaches the band. */
  readonly least: Change;
  /** A change of few digits, a little greater, which reaches the band as well. */
  readonly rounded: Change;
  /** The band that `least` really gives: the one wanted, or a better one. */
  readonly reaches: string;
}

export interface NotReached {
  readonly reachable: false;
  readonly obstacle: Obstacle;
  /** Where the band would begin, were the obstacle not there; null where there is no such place. */
  readonly needed: string | null;
  /** For reading. */
  readonly neededShown: string | null;
  /** Of the check or the reason. */
  readonly code: string | null;
  readonly message: Bilingual | null;
}

export type ReachAnswer = Reached | NotReached;

export type InputAdvice = Named & {
  readonly present: string;
  /** Whether the present value is the rulebook's default, not submitted. */
  readonly isDefault: boolean;
} & ReachAnswer;

/** Of a choice: the options that reach the band with all else unchanged. */
export interface ChoiceAdvice {
  readonly name: string;
  readonly title: Bilingual;
  /** Null: it was not submitted. */
  readonly present: AdvisedBand | null;
  readonly options: readonly AdvisedBand[];
}

export interface BetterBand extends AdvisedBand {
  /** From the value to this band's limit; null where it has none. */
  readonly distance: (LimitDistance & { readonly isMet: boolean }) | null;
  /** What the band asks beside its limit, as the rulebook writes it; null: nothing. */
  readonly condition: { readonly text: string; readonly isMet: boolean } | null;
  /** Reachable ones by the size of their relative change, then the others in the rulebook's order. */
  readonly inputs: readonly InputAdvice[];
  readonly choices: readonly ChoiceAdvice[];
}

/** The nearest limit on a side, and the band beyond it by the limits alone (gates and conditions may say otherwise). */
export interface Boundary extends LimitDistance {
  readonly beyond: AdvisedBand;
}

export interface Certainty {
  readonly answer: 'certain' | 'could-flip';
  /** The bands it can be, best first. */
  readonly bands: readonly string[];
  /** Whether it could become not rated. */
  readonly couldBeUnrated: boolean;
}

export interface UncertaintyAdvice {
  /** Each uncertain input alone, all others as submitted. */
  readonly single: readonly (Named & { readonly relative: string } & Certainty)[];
  /** All at once, in whatever directions are worst. */
  readonly together: Certainty;
}

export interface GradingAdvice {
  readonly name: string;
  readonly title: Bilingual;
  /** The graded value; null where bands have conditions only. */
  readonly of: Named | null;
  readonly value: string | null;
  readonly shown: string | null;
  readonly compare: 'full-value' | 'rounded-value';
  /** All bands, best first. */
  readonly bands: readonly AdvisedBand[];
  /** Null: there is no band, so there is nothing to advise; the reasons of the rating say why. */
  readonly band: AdvisedBand | null;
  readonly boundaries: { readonly below: Boundary | null; readonly above: Boundary | null };
  /** Gates that don't hold now; one decides the band, whatever the value. */
  readonly failedGates: readonly AdvisedBand[];
  /** From the next better band to the best. */
  readonly better: readonly BetterBand[];
  readonly uncertainty: UncertaintyAdvice | null;
}

export interface Advice {
  /**
   * Whether a band here depends on a statistic of the peers, which is held fixed: the subject is one of its own peers, so its change
   * would move it a little, but that depends on what all the others submit until the period's run.
   */
  readonly benchmarkHeldFixed: boolean;
  readonly gradings: readonly GradingAdvice[];
}
