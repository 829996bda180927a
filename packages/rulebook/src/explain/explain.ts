/**
 * Explanations: every line of a rating's arithmetic with value, unit, factor, source, status and clause, from the
 * referee's exact values. Recomputed on demand, never stored. Plain data, texts in both languages; what is the same for
 * every subject is shared between explanations.
 */
import { decimalText } from '@tanxiao/contracts';

import type { Benchmark } from '../evaluate/benchmarks';
import { usable } from '../evaluate/benchmarks';
import type { SubjectData } from '../evaluate/population';
import { labelOf } from '../evaluate/rate';
import {
  type BenchmarkTotals,
  evaluateExactly,
  type ExactEvaluation,
  foundFor,
} from '../evaluate/referee';
import { peerGroupTitle } from '../plan/peer-group';
import type { Plan } from '../plan/plan';
import {
  type ExplainedCondition,
  type ExplainedGrading,
  type ExplainedLine,
  type ExplainedOperand,
  type ExplainedPlan,
  explainedPlan,
  operandOf,
} from './explained-plan';
import type {
  BenchmarkExplanation,
  ConditionExplanation,
  Explanation,
  ExplanationLine,
  GradingExplanation,
  Operand,
} from './explanation';
import { shownText } from './number-text';
import { DEFAULT_INPUT, type OperandFacts, SUBMITTED_INPUT, UNKNOWN_INPUT } from './operand-facts';
import { SubjectNumbers } from './subject-numbers';
import { Substitution } from './substitute';
import { yearBeforeNote } from './year-before-note';

/** @param benchmarks what the subject was compared with, one a statistic; those without one are left out */
export function explain(
  plan: Plan,
  subject: SubjectData,
  benchmarks: readonly Benchmark[],
): Explanation {
  const { regionCode, industryClassification, industryCode, inputs } = subject;
  const exact = evaluateExactly(plan, {
    ...{ regionCode, industryClassification, industryCode, inputs },
    statistics: plan.statistics.map(({ name }) => {
      const row = benchmarks.find(({ statistic }) => statistic === name);
      return row ? totalsOf(row) : null;
    }),
  });
  const explained = explainedPlan(plan);
  const context = new ExplanationContext(plan, explained, subject, exact);
  const { rulebook, factorSet, period } = explained.identity;
  return {
    rulebook,
    factorSet,
    period,
    benchmarks: benchmarks.map((row) => context.benchmark(row)),
    lines: explained.lines.map((line) => context.line(line)),
    gradings: explained.gradings.map((grading, index) =>
      context.grading(grading, exact.columns.bands[index] ?? null),
    ),
    reasons: exact.reasons.map((index) => {
      const reason = plan.reasons[index]!;
      return { code: reason.code, message: reason.message, when: reason.whenText };
    }),
    label: labelOf(plan, exact.columns.bands),
    columns: exact.columns,
  };
}

/** Read once a row: the subjects of a peer group are explained with the same one. */
const totalsOfRows = new WeakMap<Benchmark, BenchmarkTotals>();

function totalsOf(row: Benchmark): BenchmarkTotals {
  let totals = totalsOfRows.get(row);
  if (!totals) {
    ({ totals } = usable(row));
    totalsOfRows.set(row, totals);
  }
  return totals;
}

class ExplanationContext {
  private readonly operands: (Operand | undefined)[] = [];
  private readonly numbers: SubjectNumbers;
  private readonly substitution: Substitution;

  constructor(
    private readonly plan: Plan,
    private readonly explained: ExplainedPlan,
    private readonly subject: SubjectData,
    private readonly exact: ExactEvaluation,
  ) {
    this.numbers = new SubjectNumbers(exact.values, explained.options);
    this.substitution = new Substitution(this.numbers);
  }

  line(line: ExplainedLine): ExplanationLine {
    const { node } = line;
    const { name, title, unit, slot } = node;
    const { substitution } = this;
    substitution.next();
    const substituted = line.substituted(substitution);
    for (const read of line.conditionSlots) substitution.shows(read);
    const { slots, zeroTerms } = substitution;
    return {
      name,
      title,
      unit,
      formula: line.formula,
      onlyIf: line.onlyIf,
      substituted,
      value: this.numbers.exact(slot),
      shown: this.shownResult(line),
      source: line.source,
      clause: line.clause,
      operands: slots.map((read) => this.operand(read)),
      zeroTerms,
    };
  }

  /** As the result column is rounded, or for reading. */
  private shownResult({ node, result }: ExplainedLine): string | null {
    const value = this.exact.values[node.slot] ?? null;
    if (value === null) return null;
    return result === null
      ? shownText(value, null)
      : decimalText(this.exact.columns.values[result]!);
  }

  grading(
    { grading, source, gates, bands }: ExplainedGrading,
    result: number | null,
  ): GradingExplanation {
    const { slot } = grading;
    return {
      name: grading.name,
      title: grading.title,
      of: slot === null ? null : this.plan.nodes[slot]!.name,
      value: slot === null ? null : this.numbers.exact(slot),
      shown: slot === null ? null : this.numbers.reading(slot),
      compare: grading.roundedAs === null ? 'full-value' : 'rounded-value',
      source,
      clause: grading.clause,
      gates: gates.map(({ gate, source: gateSource, condition }) => ({
        code: gate.code,
        title: gate.title,
        clause: gate.clause,
        source: gateSource,
        condition: this.condition(condition),
        otherwise: grading.bands[gate.otherwise]!.code,
      })),
      bands: bands.map(({ band, condition }, index) => ({
        code: band.code,
        title: band.title,
        relation: band.limit?.relation ?? null,
        limit: band.limit ? this.operand(band.limit.slot) : null,
        condition: condition ? this.condition(condition) : null,
        isResult: index === result,
      })),
      band: result === null ? null : grading.bands[result]!.code,
    };
  }

  private condition({ text, holds, slots }: ExplainedCondition): ConditionExplanation {
    return {
      text,
      holds: holds(this.exact.values),
      operands: slots.map((slot) => this.operand(slot)),
    };
  }

  benchmark(row: Benchmark): BenchmarkExplanation {
    const statistic = this.plan.statistics.find(({ name }) => name === row.statistic);
    if (!statistic) throw new RangeError(`the rulebook has no statistic named ${row.statistic}`);
    return {
      ...row,
      title: statistic.title,
      groupTitle: peerGroupTitle(statistic.groups, row),
      clause: statistic.clause,
      source: this.explained.facts.rulebookSource(statistic.source),
      exact: this.numbers.exact(statistic.slot),
      shown: this.numbers.reading(statistic.slot),
    };
  }

  /** A name is an operand of several lines and gradings, with one value. */
  private operand(slot: number): Operand {
    const operand = this.explained.operands[slot]!;
    return (
      operand.constant ??
      (this.operands[slot] ??= operandOf(operand, this.factsOf(operand), {
        value: this.numbers.exact(slot),
        shown: this.numbers.shown(slot),
      }))
    );
  }

  private inputFacts(index: number, slot: number): OperandFacts {
    if ((this.exact.values[slot] ?? null) === null) return UNKNOWN_INPUT;
    const note = yearBeforeNote(this.plan, this.subject, index);
    if (note !== null) return { ...SUBMITTED_INPUT, note };
    return (this.subject.inputs[index] ?? null) === null ? DEFAULT_INPUT : SUBMITTED_INPUT;
  }

  private factsOf({ node, origin }: ExplainedOperand): OperandFacts {
    switch (origin.kind) {
      case 'fixed':
        return origin.facts;
      case 'input':
        return this.inputFacts(origin.index, node.slot);
      case 'found': {
        const { lookup } = origin;
        return this.explained.facts.ofFound(lookup.kind, foundFor(this.plan, lookup, this.subject));
      }
    }
  }
}
