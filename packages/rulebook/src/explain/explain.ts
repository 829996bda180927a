/**
 * Explanations: every line of a rating's arithmetic with value, unit, factor, source, status and clause, from the
 * referee's exact values. Recomputed on demand, never stored. Plain data, texts in both languages.
 */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Benchmark } from '../evaluate/benchmarks';
import { usable } from '../evaluate/benchmarks';
import { provinceOf, type SubjectData } from '../evaluate/population';
import { labelOf } from '../evaluate/rate';
import { evaluateExactly, type ExactEvaluation } from '../evaluate/referee';
import { namesIn } from '../formula/expression';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import { exactText, readingText, shownText } from './number-text';
import { substituted } from './substitute';

export interface SourceText {
  readonly key: string;
  readonly title: Bilingual;
  readonly citation: string;
  /** How sure the source itself is known: official, reported or assumed. */
  readonly status: string;
}

export interface Operand {
  readonly kind: 'input' | 'parameter' | 'factor' | 'benchmark' | 'calculation';
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

export interface GradingExplanation {
  readonly name: string;
  readonly title: Bilingual;
  readonly of: string;
  /** Exact. */
  readonly value: string | null;
  /** For reading. */
  readonly shown: string | null;
  readonly compare: 'full-value' | 'rounded-value';
  readonly source: SourceText | null;
  readonly clause: string;
  readonly bands: readonly {
    readonly code: string;
    readonly title: Bilingual;
    readonly relation: '<=' | '<' | null;
    readonly limit: Operand | null;
    readonly isResult: boolean;
  }[];
  readonly band: string | null;
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
  readonly benchmark:
    | (Benchmark & {
        readonly title: Bilingual;
        readonly groupTitle: Bilingual;
        readonly clause: string;
        readonly source: SourceText | null;
        readonly exact: string | null;
        /** For reading. */
        readonly shown: string | null;
      })
    | null;
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

export function explain(
  plan: Plan,
  subject: SubjectData,
  benchmark: Benchmark | null,
): Explanation {
  const exact = evaluateExactly(plan, {
    inputs: subject.inputs,
    province: provinceOf(subject.regionCode),
    benchmark: benchmark ? usable(benchmark).totals : null,
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
    benchmark: benchmark ? context.benchmark(benchmark) : null,
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

class ExplanationContext {
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
    const value = this.exact.values[grading.slot] ?? null;
    return {
      name: grading.name,
      title: grading.title,
      of: this.plan.nodes[grading.slot]!.name,
      value: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
      compare: grading.roundedAs === null ? 'full-value' : 'rounded-value',
      source: this.rulebookSource(grading.source),
      clause: grading.clause,
      bands: grading.bands.map((b, index) => ({
        code: b.code,
        title: b.title,
        relation: b.limit === null ? null : b.inclusive ? '<=' : '<',
        limit: b.limit === null ? null : this.operand(this.plan.nodes[b.limit]!.name),
        isResult: index === band,
      })),
      band: band === null ? null : grading.bands[band]!.code,
    };
  }

  benchmark(row: Benchmark): NonNullable<Explanation['benchmark']> {
    const document = this.plan.rulebook.document.peers[0]!;
    const group = this.plan.peers?.groups.find((g) => g.level === row.level);
    const value = this.exact.values[this.plan.peers?.slot ?? -1] ?? null;
    return {
      ...row,
      title: document.title,
      groupTitle: group?.title ?? document.title,
      clause: document.clause,
      source: this.rulebookSource(document.source),
      exact: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
    };
  }

  private operand(name: string): Operand {
    const node = this.plan.nodes[this.plan.slotOf.get(name)!]!;
    const value = this.exact.values[node.slot] ?? null;
    const base = {
      name,
      title: node.title,
      unit: node.unit,
      value: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
      note: null,
      components: [],
    };
    const { origin } = node;
    switch (origin.kind) {
      case 'input': {
        const isDefault = (this.subject.inputs[origin.index] ?? null) === null && value !== null;
        return {
          ...base,
          kind: 'input',
          source: null,
          clause: null,
          status: null,
          note: isDefault
            ? { zh: '未填报，按规范取默认值', en: 'not submitted, the rulebook’s default counts' }
            : null,
        };
      }
      case 'parameter':
        return {
          ...base,
          kind: 'parameter',
          source: this.rulebookSource(origin.source),
          clause: origin.clause,
          status: origin.status,
        };
      case 'factor':
      case 'regional-factor': {
        const factor =
          origin.kind === 'factor'
            ? origin.factor
            : origin.factors.get(provinceOf(this.subject.regionCode));
        if (!factor) return { ...base, kind: 'factor', source: null, clause: null, status: null };
        const at = factor.region === null ? null : `${factor.region}, ${factor.year}`;
        return {
          ...base,
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
      case 'benchmark':
        return { ...base, kind: 'benchmark', source: null, clause: null, status: null };
      case 'calculation':
        return {
          ...base,
          kind: 'calculation',
          source: this.rulebookSource(origin.source),
          clause: origin.clause,
          status: null,
        };
    }
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
