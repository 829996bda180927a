/**
 * Explanations: every line of a rating's arithmetic with value, unit, factor, source, status and clause, from the
 * referee's exact values. Recomputed on demand, never stored. Plain data, texts in both languages.
 */
import type { FactorValue } from '../document/factor-set';
import type { Benchmark } from '../evaluate/benchmarks';
import { usable } from '../evaluate/benchmarks';
import { conditionHolds } from '../evaluate/exact-program';
import type { SubjectData } from '../evaluate/population';
import { labelOf } from '../evaluate/rate';
import { evaluateExactly, type ExactEvaluation, foundFor } from '../evaluate/referee';
import type { Rational } from '../exact/rational';
import { type Condition, namesIn } from '../formula/expression';
import type { Lookup } from '../plan/lookup';
import { peerGroupTitle } from '../plan/peer-group';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import type {
  BenchmarkExplanation,
  ConditionExplanation,
  Explanation,
  ExplanationLine,
  GradingExplanation,
  Operand,
  SourceText,
} from './explanation';
import { exactText, readingText, shownText } from './number-text';
import { substituted, valueText } from './substitute';
import { yearBeforeNote } from './year-before-note';

/** @param benchmarks what the subject was compared with, one a statistic; those without one are left out */
export function explain(
  plan: Plan,
  subject: SubjectData,
  benchmarks: readonly Benchmark[],
): Explanation {
  const exact = evaluateExactly(plan, {
    ...subject,
    statistics: plan.statistics.map(({ name }) => {
      const row = benchmarks.find(({ statistic }) => statistic === name);
      return row ? usable(row).totals : null;
    }),
  });
  const context = new ExplanationContext(plan, subject, exact);
  const { rulebook, factorSet, period } = plan;
  return {
    rulebook: {
      id: rulebook.id,
      version: rulebook.version,
      hash: rulebook.hash,
      title: rulebook.title,
    },
    factorSet: {
      id: factorSet.id,
      version: factorSet.version,
      hash: factorSet.hash,
      title: factorSet.title,
    },
    period: { id: period.id, start: period.start, end: period.end },
    benchmarks: benchmarks.map((row) => context.benchmark(row)),
    lines: plan.nodes
      .filter((node) => node.origin.kind === 'calculation')
      .map((node) => context.line(node)),
    gradings: plan.gradings.map((grading, index) =>
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

type OperandFacts = Pick<Operand, 'kind' | 'source' | 'clause' | 'status' | 'note' | 'components'>;

const unknownFacts = (kind: Operand['kind']): OperandFacts => {
  return { kind, source: null, clause: null, status: null, note: null, components: [] };
};

const SUBMITTED_INPUT = unknownFacts('input');
const DEFAULT_INPUT: OperandFacts = {
  ...SUBMITTED_INPUT,
  note: { zh: '未填报，按规范取默认值', en: 'not submitted, the rulebook’s default counts' },
};

const UNKNOWN_INPUT: OperandFacts = {
  ...SUBMITTED_INPUT,
  note: { zh: '未填报', en: 'not submitted' },
};

/** A choice has a unit only so that it is compared with its own options: readers see none. */
const NO_UNIT = '1';

class ExplanationContext {
  private readonly operands = new Map<string, Operand>();

  constructor(
    private readonly plan: Plan,
    private readonly subject: SubjectData,
    private readonly exact: ExactEvaluation,
  ) {}

  line(node: PlanNode): ExplanationLine {
    const { origin } = node;
    if (origin.kind !== 'calculation') throw new Error(`${node.name} is not calculated`);
    const { text, zeroTerms, names } = substituted(this.plan, origin.formula, this.exact.values);
    const value = this.exact.values[node.slot] ?? null;
    const decimals =
      this.plan.results.find((result) => result.slot === node.slot)?.decimals ?? null;
    const conditionNames = origin.onlyIf ? namesIn(origin.onlyIf) : [];
    return {
      name: node.name,
      title: node.title,
      unit: node.unit,
      formula: origin.text,
      onlyIf: origin.onlyIfText,
      substituted: text,
      value: value === null ? null : exactText(value),
      shown: value === null ? null : shownText(value, decimals),
      source: this.rulebookSource(origin.source),
      clause: origin.clause,
      operands: [...new Set([...names, ...conditionNames])].map((name) => this.operand(name)),
      zeroTerms,
    };
  }

  grading(grading: PlanGrading, band: number | null): GradingExplanation {
    const { slot } = grading;
    const value = slot === null ? null : (this.exact.values[slot] ?? null);
    return {
      name: grading.name,
      title: grading.title,
      of: slot === null ? null : this.plan.nodes[slot]!.name,
      value: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
      compare: grading.roundedAs === null ? 'full-value' : 'rounded-value',
      source: this.rulebookSource(grading.source),
      clause: grading.clause,
      gates: grading.gates.map(
        ({ code, title, source, clause, require, requireText, otherwise }) => ({
          ...{ code, title, clause },
          source: this.rulebookSource(source),
          condition: this.condition(require, requireText),
          otherwise: grading.bands[otherwise]!.code,
        }),
      ),
      bands: grading.bands.map((b, index) => ({
        code: b.code,
        title: b.title,
        relation: b.limit?.relation ?? null,
        limit: b.limit ? this.operand(this.plan.nodes[b.limit.slot]!.name) : null,
        condition: b.when ? this.condition(b.when, b.whenText!) : null,
        isResult: index === band,
      })),
      band: band === null ? null : grading.bands[band]!.code,
    };
  }

  private condition(condition: Condition, text: string): ConditionExplanation {
    return {
      text,
      holds: conditionHolds(this.plan, condition, this.exact.values),
      operands: namesIn(condition).map((name) => this.operand(name)),
    };
  }

  benchmark(row: Benchmark): BenchmarkExplanation {
    const statistic = this.plan.statistics.find(({ name }) => name === row.statistic);
    if (!statistic) throw new RangeError(`the rulebook has no statistic named ${row.statistic}`);
    const value = this.exact.values[statistic.slot] ?? null;
    return {
      ...row,
      title: statistic.title,
      groupTitle: peerGroupTitle(statistic.groups, row),
      clause: statistic.clause,
      source: this.rulebookSource(statistic.source),
      exact: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
    };
  }

  /** A name is an operand of several lines and gradings, with one value. */
  private operand(name: string): Operand {
    let operand = this.operands.get(name);
    if (!operand) {
      operand = this.makeOperand(this.plan.nodes[this.plan.slotOf.get(name)!]!);
      this.operands.set(name, operand);
    }
    return operand;
  }

  /** One literal with every field: spreads of parts took half the time of an explanation. */
  private makeOperand(node: PlanNode): Operand {
    const value = this.exact.values[node.slot] ?? null;
    const { kind, source, clause, status, note, components } = this.factsOf(node, value);
    return {
      kind,
      name: node.name,
      title: node.title,
      unit: this.isChoice(node) ? NO_UNIT : node.unit,
      value: value === null ? null : exactText(value),
      shown: value === null ? null : valueText(this.plan, node.name, value),
      source,
      clause,
      status,
      note,
      components,
    };
  }

  private isChoice({ origin }: PlanNode): boolean {
    return origin.kind === 'input' && this.plan.inputs[origin.index]!.options !== null;
  }

  private factsOf({ origin }: PlanNode, value: Rational | null): OperandFacts {
    switch (origin.kind) {
      case 'input':
        return this.inputFacts(origin.index, value);
      case 'parameter':
        return this.rulebookFacts('parameter', origin, origin.status);
      case 'factor':
        return this.factorFacts(origin.factor);
      case 'lookup':
        return this.lookupFacts(origin.lookup);
      case 'statistic':
        return this.rulebookFacts('benchmark', this.plan.statistics[origin.index]!, null);
      case 'calculation':
        return this.rulebookFacts('calculation', origin, null);
    }
  }

  private inputFacts(index: number, value: Rational | null): OperandFacts {
    if (value === null) return UNKNOWN_INPUT;
    const note = yearBeforeNote(this.plan, this.subject, index);
    if (note !== null) return { ...SUBMITTED_INPUT, note };
    return (this.subject.inputs[index] ?? null) === null ? DEFAULT_INPUT : SUBMITTED_INPUT;
  }

  private rulebookFacts(
    kind: Operand['kind'],
    { source, clause }: { readonly source: string; readonly clause: string | null },
    status: string | null,
  ): OperandFacts {
    const text = this.rulebookSource(source);
    return { kind, source: text, clause, status, note: null, components: [] };
  }

  private lookupFacts(lookup: Lookup): OperandFacts {
    const found = foundFor(this.plan, lookup, this.subject);
    switch (lookup.kind) {
      case 'regional-factor':
        return found?.kind === 'factor' ? this.factorFacts(found.factor) : unknownFacts('factor');
      case 'fact':
        return this.rulebookFacts('fact', lookup, lookup.status);
      case 'table': {
        if (found?.kind !== 'table') return unknownFacts('table');
        const key = found.key === null ? null : `[${found.key}]`;
        const clause = [found.row.clause, key].filter(Boolean).join(' ') || null;
        return this.rulebookFacts('table', { ...found.row, clause }, found.row.status);
      }
    }
  }

  private factorFacts(factor: FactorValue): OperandFacts {
    const at = factor.region === null ? null : `${factor.region}, ${factor.year}`;
    return {
      kind: 'factor',
      source: this.factorSource(factor.source),
      clause: [factor.clause, at].filter((text) => text !== null).join('; ') || null,
      status: factor.status,
      note: factor.note,
      components: factor.components.map((part) => ({
        ...part,
        source: this.factorSource(part.source),
      })),
    };
  }

  private rulebookSource(key: string): SourceText | null {
    return sourceText(this.plan.rulebook.document.sources, key);
  }

  private factorSource(key: string): SourceText | null {
    return sourceText(this.plan.factorSet.document.sources, key);
  }
}

function sourceText(
  sources: Plan['rulebook']['document']['sources'],
  key: string,
): SourceText | null {
  const source = sources[key];
  return source
    ? { key, title: source.title, citation: source.citation, status: source.status }
    : null;
}
