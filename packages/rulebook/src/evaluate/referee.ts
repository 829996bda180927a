/**
 * The referee: evaluates one subject in exact rationals. It decides wherever the kernel can't be certain, it is
 * what explanations and replays show, and it is the kernel's test oracle.
 */
import { decimalText, type RatingColumns } from '@tanxiao/contracts';

import type { BandLimit } from '../document/check-bands';
import { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';
import {
  type Found,
  type Lookup,
  lookUp,
  lookupKey,
  type SubjectPlace,
  valueOfFound,
} from '../plan/lookup';
import type { Plan, PlanNode, StatisticMeasure } from '../plan/plan';
import { type ExactProgram, exactProgram } from './exact-program';

/** The two totals of a peer group: their quotient is the benchmark, and it is only ever formed exactly. */
export interface BenchmarkTotals {
  readonly numerator: Rational;
  readonly denominator: Rational;
}

export interface ExactSubject extends SubjectPlace {
  /** In the order of the plan's inputs; null is unknown, defaults are not yet in place. */
  readonly inputs: readonly (number | null)[];
  /** By statistic of the plan; null where there is none (yet). */
  readonly statistics: readonly (BenchmarkTotals | null)[];
}

export interface ExactEvaluation {
  /** By slot. */
  readonly values: readonly (Rational | null)[];
  /** Indices of the reasons that hold. */
  readonly reasons: readonly number[];
  readonly columns: RatingColumns;
}

type Values = (Rational | null)[];

/** Evaluates everything; a `stage` leaves out what needs statistics of that stage or later. */
export function evaluateExactly(
  plan: Plan,
  subject: ExactSubject,
  stage = Infinity,
): ExactEvaluation {
  const program = exactProgram(plan);
  const values = program.constants.slice();
  const holds = new Set<number>();
  const decided = new Set<number>();
  const reasonHolds = (index: number): boolean => {
    const when = program.when[index];
    if (when && !decided.has(index)) {
      decided.add(index);
      if (when(values) === true) holds.add(index);
    }
    return holds.has(index);
  };
  for (const node of program.varying) {
    if (node.stage > stage) continue;
    const withheld = node.withheldBy.some((reason) => reasonHolds(reason));
    const value = withheld ? null : nodeValue(plan, program, node, subject, values);
    values[node.slot] = value;
    if (value === null && node.missingReason !== null && !withheld) holds.add(node.missingReason);
  }
  plan.reasons.forEach((reason, index) => {
    if (reason.stage <= stage) reasonHolds(index);
  });
  const reasons = [...holds].sort((a, b) => a - b);
  return { values, reasons, columns: columnsOf(plan, values, reasons) };
}

/** The values that a statistic is made of, for a subject that is a peer. */
export function statisticValues(
  plan: Plan,
  statistic: number,
  subject: ExactSubject,
): readonly Rational[] {
  const program = exactProgram(plan);
  const values = program.constants.slice();
  for (const slot of program.statisticSlots[statistic]!)
    values[slot] = nodeValue(plan, program, plan.nodes[slot]!, subject, values);
  return measuredSlots(plan.statistics[statistic]!.measure).map((slot) => {
    const value = values[slot] ?? null;
    if (value === null) throw new Error('a peer has its values known: membership demands it');
    return value;
  });
}

export function measuredSlots(measure: StatisticMeasure): readonly number[] {
  return measure.kind === 'ratio-of-totals'
    ? [measure.numerator, measure.denominator]
    : [measure.of];
}

/** A peer has no not-rated reason of its own, its values are known, and it meets the statistic's condition. */
export function isMember(plan: Plan, statistic: number, exact: ExactEvaluation): boolean {
  if (exact.reasons.length > 0) return false;
  const { measure } = plan.statistics[statistic]!;
  if (measuredSlots(measure).some((slot) => exact.values[slot] === null)) return false;
  return exactProgram(plan).members[statistic]!(exact.values) === true;
}

/** The value of a node that calculates nothing. */
export function givenValue(plan: Plan, node: PlanNode, subject: ExactSubject): Rational | null {
  const { origin } = node;
  switch (origin.kind) {
    case 'input': {
      const value = inputValue(plan, subject.inputs, origin.index);
      return value === null ? null : Rational.fromNumber(value);
    }
    case 'parameter':
      return origin.value;
    case 'factor':
      return origin.factor.value;
    case 'lookup':
      return valueOfFound(foundFor(plan, origin.lookup, subject));
    case 'statistic': {
      const totals = subject.statistics[origin.index] ?? null;
      return totals === null ? null : quotientOf(totals);
    }
    case 'calculation':
      return null;
  }
}

/** Formed once a benchmark, and so are its texts: the subjects of a peer group share it. */
const quotients = new WeakMap<BenchmarkTotals, Rational | null>();

/** Null where the denominator is zero. */
function quotientOf(totals: BenchmarkTotals): Rational | null {
  let quotient = quotients.get(totals);
  if (quotient === undefined) {
    const { numerator, denominator } = totals;
    quotient = denominator.isZero() ? null : numerator.over(denominator);
    quotients.set(totals, quotient);
  }
  return quotient;
}

export function foundFor(
  plan: Plan,
  lookup: Lookup,
  subject: SubjectPlace & { readonly inputs: readonly (number | null)[] },
): Found | null {
  const key = lookupKey(lookup, subject, (input) => inputValue(plan, subject.inputs, input));
  return lookUp(lookup, key);
}

/** With the default in place; null is unknown. */
function inputValue(plan: Plan, inputs: readonly (number | null)[], index: number): number | null {
  const given = inputs[index] ?? null;
  if (given !== null) return given;
  const { missing } = plan.inputs[index]!;
  return 'value' in missing ? missing.value : null;
}

function nodeValue(
  plan: Plan,
  program: ExactProgram,
  node: PlanNode,
  subject: ExactSubject,
  values: Values,
): Rational | null {
  const formula = program.formulas[node.slot];
  if (!formula) return givenValue(plan, node, subject);
  const onlyIf = program.onlyIf[node.slot];
  return onlyIf && onlyIf(values) !== true ? null : formula(values);
}

/** 0-based band of a value: a gate's where one does not hold, else the first whose bound and condition it meets. */
export function bandOf(
  plan: Plan,
  grading: number,
  values: readonly (Rational | null)[],
): number | null {
  const { slot, roundedAs, reads, gates, bands } = plan.gradings[grading]!;
  if (reads.some((read) => values[read] === null)) return null;
  const program = exactProgram(plan).gradings[grading]!;
  const failed = gates.findIndex((_, i) => program.gates[i]!(values) !== true);
  if (failed >= 0) return gates[failed]!.otherwise;
  const value = slot === null ? null : values[slot]!;
  const compared =
    value === null || roundedAs === null
      ? value
      : Rational.parse(decimalText(roundResult(value, plan.results[roundedAs]!.decimals)));
  return bands.findIndex(({ limit }, i) => {
    const condition = program.when[i];
    if (condition && condition(values) !== true) return false;
    return limit === null || MEETS[limit.relation](compared!.compare(values[limit.slot]!));
  });
}

const MEETS: Readonly<Record<BandLimit['relation'], (order: number) => boolean>> = {
  '<=': (order) => order <= 0,
  '<': (order) => order < 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};

function columnsOf(
  plan: Plan,
  values: readonly (Rational | null)[],
  reasons: readonly number[],
): RatingColumns {
  // A subject with a reason not to be rated has no grade, whatever could be computed.
  const bands = plan.gradings.map((_, index) =>
    index === plan.headline.grade && reasons.length > 0 ? null : bandOf(plan, index, values),
  );
  return {
    outcome: bands[plan.headline.grade] === null ? 'not-rated' : 'rated',
    reasons: reasons.map((index) => plan.reasons[index]!.code),
    values: plan.results.map((result) => {
      const value = values[result.slot] ?? null;
      return value === null ? null : roundResult(value, result.decimals);
    }),
    bands,
  };
}
