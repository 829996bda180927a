/**
 * The referee: evaluates one subject in exact rationals. It decides wherever the kernel can't be certain, it is
 * what explanations and replays show, and it is the kernel's test oracle.
 */
import { decimalText, type RatingColumns } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import { type ExactProgram, exactProgram } from './exact-program';

/** The two totals of a peer group: their quotient is the benchmark, and it is only ever formed exactly. */
export interface BenchmarkTotals {
  readonly numerator: Rational;
  readonly denominator: Rational;
}

export interface ExactSubject {
  /** In the order of the plan's inputs; null is unknown, defaults are not yet in place. */
  readonly inputs: readonly (number | null)[];
  /** Province-level region code, which regional factors are looked up by. */
  readonly province: string;
  readonly benchmark: BenchmarkTotals | null;
}

export interface ExactEvaluation {
  /** By slot. */
  readonly values: readonly (Rational | null)[];
  /** Indices of the reasons that hold. */
  readonly reasons: readonly number[];
  readonly columns: RatingColumns;
}

type Values = (Rational | null)[];

/** Evaluates everything; `stage` 1 leaves out what needs the benchmark. */
export function evaluateExactly(
  plan: Plan,
  subject: ExactSubject,
  stage: 1 | 2 = 2,
): ExactEvaluation {
  const program = exactProgram(plan);
  const values: Values = new Array<Rational | null>(plan.nodes.length).fill(null);
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
  for (const node of plan.nodes) {
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

/** Values of the slots that the peers' two totals need; the others stay null. */
export function peerTotals(
  plan: Plan,
  subject: ExactSubject,
): { numerator: Rational | null; denominator: Rational | null } {
  const program = exactProgram(plan);
  const values: Values = [];
  for (const slot of program.peerSlots)
    values[slot] = nodeValue(plan, program, plan.nodes[slot]!, subject, values);
  return {
    numerator: values[plan.peers!.numerator] ?? null,
    denominator: values[plan.peers!.denominator] ?? null,
  };
}

/** The value of a node that calculates nothing. */
export function givenValue(plan: Plan, node: PlanNode, subject: ExactSubject): Rational | null {
  const { origin } = node;
  switch (origin.kind) {
    case 'input': {
      const given = subject.inputs[origin.index] ?? null;
      if (given !== null) return Rational.fromNumber(given);
      const { missing } = plan.inputs[origin.index]!;
      return 'value' in missing ? Rational.fromNumber(missing.value) : null;
    }
    case 'parameter':
      return origin.value;
    case 'factor':
      return origin.factor.value;
    case 'regional-factor':
      return origin.factors.get(subject.province)?.value ?? null;
    case 'benchmark': {
      const { benchmark } = subject;
      if (benchmark === null || benchmark.denominator.sign() === 0) return null;
      return benchmark.numerator.over(benchmark.denominator);
    }
    case 'calculation':
      return null;
  }
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

/** 0-based band of a value: the first whose bound it meets, else the last. */
export function bandOf(plan: Plan, grading: PlanGrading, value: Rational): number {
  const compared =
    grading.roundedAs === null
      ? value
      : Rational.parse(decimalText(roundResult(value, plan.results[grading.roundedAs]!.decimals)));
  const index = grading.bands.findIndex((band) => {
    if (band.limit === null) return true;
    const { origin } = plan.nodes[band.limit]!;
    if (origin.kind !== 'parameter') return false;
    const order = compared.compare(origin.value);
    return band.inclusive ? order <= 0 : order < 0;
  });
  return index;
}

function columnsOf(
  plan: Plan,
  values: readonly (Rational | null)[],
  reasons: readonly number[],
): RatingColumns {
  const bands = plan.gradings.map((grading, index) => {
    const value = values[grading.slot] ?? null;
    // A subject with a reason not to be rated has no grade, whatever could be computed.
    if (value === null || (index === plan.headline.grade && reasons.length > 0)) return null;
    return bandOf(plan, grading, value);
  });
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
