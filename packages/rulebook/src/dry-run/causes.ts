/**
 * Why a subject moved: which differences of the two versions touch it, and, where several do, which of them decided,
 * found by exact substitution (see `substitution.ts`).
 */
import { type Bilingual, decimalText, type RatingColumns } from '@tanxiao/contracts';

import type { Benchmark } from '../evaluate/benchmarks';
import { evaluateExactly, type ExactEvaluation } from '../evaluate/referee';
import { MEETS } from '../exact/comparison';
import { Rational } from '../exact/rational';
import { provinceOf } from '../plan/lookup';
import type { Plan } from '../plan/plan';
import {
  type ComparedPlans,
  factorIn,
  type FormulaChange,
  type NumberChange,
  type PlanChanges,
  type RuleChange,
} from './changes';
import type { OutOfRange } from './compared-population';
import type { Limit, LimitChange } from './limits';
import { type NamedBenchmark, namedBenchmark } from './named-benchmark';
import { type GradeOutcome, outcomeKey } from './outcome';
import { type BothSides, type ChangeKind, Substitutions, totalsOf } from './substitution';

export interface BenchmarkChange {
  /** Name of the statistic. */
  readonly statistic: string;
  readonly title: Bilingual;
  readonly before: NamedBenchmark | null;
  readonly after: NamedBenchmark | null;
  /** What of it changed: the peer group, its size, the exact quotient. */
  readonly changed: readonly ('group' | 'size' | 'value')[];
}

/** What one change does; exact. */
export interface Share {
  /** The outcome with this change and none of the others. */
  readonly alone: GradeOutcome;
  /** The outcome with all the others and without this one. */
  readonly without: GradeOutcome;
  /** `alone` is where the subject ends. */
  readonly sufficient: boolean;
  /** `without` is not where the subject ends. */
  readonly necessary: boolean;
}

export type Cause = Share &
  (
    | {
        readonly kind: 'limit';
        readonly limits: readonly LimitChange[];
        readonly compareMode: boolean;
      }
    | { readonly kind: 'benchmark'; readonly benchmarks: readonly BenchmarkChange[] }
    | { readonly kind: 'factor'; readonly factors: readonly NumberChange[] }
    | { readonly kind: 'parameter'; readonly parameters: readonly NumberChange[] }
    | {
        readonly kind: 'formula';
        readonly formulas: readonly FormulaChange[];
        readonly inputs: readonly string[];
      }
    | { readonly kind: 'not-rated-rule'; readonly rules: readonly RuleChange[] }
    | { readonly kind: 'range'; readonly outOfRange: readonly OutOfRange[] }
  );
export type CauseKind = Cause['kind'];

/** A subject that moved, as both versions rated it. */
export interface Moved extends BothSides {
  readonly outcome: { readonly before: GradeOutcome; readonly after: GradeOutcome };
  readonly columns: { readonly before: RatingColumns; readonly after: RatingColumns };
}

export interface Reasons {
  /** Results of the subject's own data, benchmark apart, that changed: decimals as kept. */
  readonly ownValues: readonly NumberChange[];
  /** Those that suffice first; never empty. */
  readonly causes: readonly Cause[];
}

type Exact = Readonly<Record<'before' | 'after', ExactEvaluation>>;

export class ReasonFinder {
  private readonly substitutions: Substitutions;
  /** By changed factor: the input whose quantity it multiplies. */
  private readonly quantityOf: ReadonlyMap<string, string>;

  constructor(
    private readonly compared: ComparedPlans,
    private readonly changes: PlanChanges,
  ) {
    this.substitutions = new Substitutions(compared);
    this.quantityOf = new Map([compared.before, compared.after].flatMap(quantitiesOfFactors));
  }

  reasons(moved: Moved): Reasons {
    const { before, after } = this.compared;
    const exactly = (side: 'before' | 'after'): ExactEvaluation =>
      evaluateExactly(this.compared[side], {
        ...moved.place,
        inputs: moved[side].inputs,
        statistics: moved[side].benchmarks.map(totalsOf),
      });
    const exact = { before: exactly('before'), after: exactly('after') };
    const kinds = this.kindsOf(moved, exact);
    const causes = this.shares(moved, kinds).flatMap(([kind, share]) =>
      this.causesOf(kind, share, moved, exact),
    );
    return { ownValues: ownValues({ before, after }, moved, exact), causes };
  }

  /** The kinds of difference that reach this subject at all. */
  private kindsOf(moved: Moved, exact: Exact): ChangeKind[] {
    const { limits, compareMode, structure } = this.changes;
    const kinds: ChangeKind[] = [];
    if (limits.length > 0 || compareMode) kinds.push('limit');
    if (this.benchmarksOf(moved).length > 0) kinds.push('benchmark');
    if (this.factorsOf(moved).length > 0) kinds.push('factor');
    if (this.parametersOf(exact).length > 0) kinds.push('parameter');
    if (structure || kinds.length === 0) kinds.push('structure');
    return kinds;
  }

  private shares(moved: Moved, kinds: readonly ChangeKind[]): [ChangeKind, Share][] {
    const { before, after } = moved.outcome;
    const end = outcomeKey(after);
    const only = kinds.length === 1;
    const all = kinds.map((kind): [ChangeKind, Share] => {
      // With one difference there is nothing to compute.
      const alone = only ? after : this.substitutions.outcome(moved, new Set([kind]));
      const others = new Set(kinds.filter((other) => other !== kind));
      const without = only ? before : this.substitutions.outcome(moved, others);
      const sufficient = outcomeKey(alone) === end;
      return [kind, { alone, without, sufficient, necessary: outcomeKey(without) !== end }];
    });
    const start = outcomeKey(before);
    const contributing = all.filter(
      ([, share]) => share.necessary || outcomeKey(share.alone) !== start,
    );
    return (contributing.length > 0 ? contributing : all).sort(
      ([, a], [, b]) => Number(b.sufficient) - Number(a.sufficient),
    );
  }

  private causesOf(kind: ChangeKind, share: Share, moved: Moved, exact: Exact): Cause[] {
    switch (kind) {
      case 'limit': {
        const { compareMode } = this.changes;
        return [{ ...share, kind, limits: this.limitsOf(moved, exact), compareMode }];
      }
      case 'benchmark':
        return [{ ...share, kind, benchmarks: this.benchmarksOf(moved) }];
      case 'factor':
        return [{ ...share, kind, factors: this.factorsOf(moved) }];
      case 'parameter':
        return [{ ...share, kind, parameters: this.parametersOf(exact) }];
      case 'structure':
        return this.structureCauses(share, moved, exact);
    }
  }

  /** The changed limits that this subject's value meets in one version and not in the other. */
  private limitsOf(moved: Moved, exact: Exact): LimitChange[] {
    const values = [
      this.compareValue('before', moved, exact),
      this.compareValue('after', moved, exact),
    ];
    const bounds = this.changes.limits.map(({ before, after }) => ({
      before: this.boundOf('before', before, exact),
      after: this.boundOf('after', after, exact),
    }));
    const crossed = this.changes.limits.filter(({ before, after }, k) =>
      values.some(
        (value) =>
          value !== null &&
          meets(value, before, bounds[k]!.before) !== meets(value, after, bounds[k]!.after),
      ),
    );
    return crossed.length > 0 ? crossed : [...this.changes.limits];
  }

  private boundOf(side: 'before' | 'after', limit: Limit | null, exact: Exact): Rational | null {
    if (limit === null) return null;
    if (limit.value !== null) return Rational.parse(limit.value);
    return exact[side].values[this.compared[side].slotOf.get(limit.name)!] ?? null;
  }

  /** Statistics of both versions whose value for the subject's peers differs, exactly. */
  private benchmarksOf({ before, after }: Moved): BenchmarkChange[] {
    const { before: old, after: now } = this.compared;
    return now.statistics.flatMap((statistic, index): BenchmarkChange[] => {
      const { name, title } = statistic;
      const at = old.statistics.findIndex((one) => one.name === name);
      if (at < 0) return [];
      const rows = {
        before: before.benchmarks[at] ?? null,
        after: after.benchmarks[index] ?? null,
      };
      if (sameQuotient(rows.before, rows.after)) return [];
      const changed = changedOf(rows);
      const named = {
        before: namedBenchmark(old.statistics[at]!, rows.before),
        after: namedBenchmark(statistic, rows.after),
      };
      return [{ statistic: name, title, ...named, changed }];
    });
  }

  /** Changed parameters, and tables and facts that hold something else for this subject. */
  private parametersOf(exact: Exact): NumberChange[] {
    const { before, after } = this.compared;
    const tables = this.changes.tables.flatMap((name): NumberChange[] => {
      const slot = after.slotOf.get(name)!;
      const old = exact.before.values[before.slotOf.get(name)!] ?? null;
      const now = exact.after.values[slot] ?? null;
      if (sameNumber(old, now)) return [];
      const { title, unit } = after.nodes[slot]!;
      return [
        {
          ...{ name, title, unit },
          before: old?.toString() ?? null,
          after: now?.toString() ?? null,
        },
      ];
    });
    return [...this.changes.parameters, ...tables];
  }

  /** What the version compares with its limits: the full value, or the rounded one. */
  private compareValue(side: 'before' | 'after', moved: Moved, exact: Exact): Rational | null {
    const { slot, roundedAs } = this.compared[side].gradings[this.compared.grading[side]]!;
    if (slot === null) return null;
    if (roundedAs === null) return exact[side].values[slot] ?? null;
    const rounded = moved.columns[side].values[roundedAs] ?? null;
    return rounded === null ? null : Rational.parse(decimalText(rounded));
  }

  /** Changed factors of the subject's province that multiply a quantity it has; all that changed there where none does. */
  private factorsOf(moved: Moved): NumberChange[] {
    const { before, after } = this.compared;
    const province = provinceOf(moved.place.regionCode);
    const changed = this.changes.factors.flatMap((name): NumberChange[] => {
      const old = before.nodes[before.slotOf.get(name)!]!;
      const now = after.nodes[after.slotOf.get(name)!]!;
      const values = { before: factorIn(old, province), after: factorIn(now, province) };
      if (values.before === values.after) return [];
      return [{ name, title: now.title, unit: now.unit, ...values }];
    });
    const used = changed.filter(({ name }) => {
      const quantity = this.quantityOf.get(name);
      return (['before', 'after'] as const).some((side) => {
        const at = this.compared[side].inputs.findIndex((input) => input.name === quantity);
        return (moved[side].inputs[at] ?? 0) !== 0;
      });
    });
    return used.length > 0 ? used : changed;
  }

  private structureCauses(share: Share, moved: Moved, exact: Exact): Cause[] {
    const held = new Set([...moved.columns.before.reasons, ...moved.columns.after.reasons]);
    const rules = this.changes.rules.filter(({ code }) => held.has(code));
    const valueOf = (side: 'before' | 'after', name: string): Rational | null =>
      exact[side].values[this.compared[side].slotOf.get(name) ?? -1] ?? null;
    // Conditions of bands and gates are no values: they may always have mattered.
    const isValue = (name: string): boolean =>
      this.compared.before.slotOf.has(name) || this.compared.after.slotOf.has(name);
    const formulas = this.changes.formulas.filter(
      ({ name }) => !isValue(name) || !sameNumber(valueOf('before', name), valueOf('after', name)),
    );
    const causes: Cause[] = rules.length > 0 ? [{ ...share, kind: 'not-rated-rule', rules }] : [];
    if (formulas.length > 0 || rules.length === 0)
      causes.push({
        ...share,
        kind: 'formula',
        formulas: formulas.length > 0 ? formulas : this.changes.formulas,
        inputs: this.changes.inputs,
      });
    return causes;
  }
}

/** @param bound of the limit for the subject; a band without a limit takes every value, an unknown bound none */
function meets(value: Rational, limit: Limit | null, bound: Rational | null): boolean {
  if (limit === null) return true;
  return bound !== null && MEETS[limit.relation](value.compare(bound));
}

function sameNumber(a: Rational | null, b: Rational | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

/** Whether two benchmarks are the same number, exactly: quotients of totals without dividing. */
function sameQuotient(before: Benchmark | null, after: Benchmark | null): boolean {
  if (before === after) return true;
  const [a, b] = [totalsOf(before), totalsOf(after)];
  if (a === null || b === null) return false;
  if (a.denominator.sign() === 0 || b.denominator.sign() === 0)
    return a.denominator.sign() === b.denominator.sign();
  return a.numerator.times(b.denominator).equals(b.numerator.times(a.denominator));
}

function changedOf(
  rows: Readonly<Record<'before' | 'after', Benchmark | null>>,
): BenchmarkChange['changed'][number][] {
  const changed: BenchmarkChange['changed'][number][] = [];
  if (rows.before?.groupKey !== rows.after?.groupKey) changed.push('group');
  if (rows.before?.size !== rows.after?.size) changed.push('size');
  changed.push('value');
  return changed;
}

/** Result columns that need no benchmark, by name, where their exact values differ. */
function ownValues(
  plans: { readonly before: Plan; readonly after: Plan },
  moved: Moved,
  exact: Exact,
): NumberChange[] {
  return plans.after.results.flatMap((result, index): NumberChange[] => {
    const at = plans.before.results.findIndex(({ name }) => name === result.name);
    const old = plans.before.results[at];
    if (!old || plans.after.nodes[result.slot]!.stage !== 1) return [];
    if (sameNumber(exact.before.values[old.slot] ?? null, exact.after.values[result.slot] ?? null))
      return [];
    const shown = (value: number | null | undefined): string | null =>
      value == null ? null : decimalText(value);
    const { name, title, unit } = result;
    return [
      {
        ...{ name, title, unit },
        before: shown(moved.columns.before.values[at]),
        after: shown(moved.columns.after.values[index]),
      },
    ];
  });
}

function quantitiesOfFactors({ rulebook }: Plan): [string, string][] {
  const { factors, families } = rulebook.document;
  return factors.flatMap(({ name, for: family }) =>
    (families.find((one) => one.name === family)?.members ?? []).map(
      ({ code }): [string, string] => [`${name}_${code}`, `${family}_${code}`],
    ),
  );
}
