/**
 * The dry run: one population rated under two rulebook versions, and who moves from which grade to which, with the
 * reason of each move. Nothing is kept anywhere. The kernel rates all; the referee sees movers only.
 */
import type { Period, RatingColumns } from '@tanxiao/contracts';

import type { Rulebook } from '../document/rulebook';
import { type Benchmark, BenchmarkTable } from '../evaluate/benchmarks';
import { rate, type Ratings } from '../evaluate/rate';
import type { Plan, PlanResult } from '../plan/plan';
import { benchmarksOf } from '../statistics/benchmarks-of';
import { ReasonFinder, type Reasons } from './causes';
import { changesOf, type ComparedPlans, type PlanChanges } from './changes';
import type { ComparedPopulation, DryRunSubject, PopulationSide } from './compared-population';
import { type NamedBenchmark, namedBenchmark } from './named-benchmark';
import {
  GradeOrder,
  type GradeOutcome,
  type Movement,
  MOVEMENTS,
  outcomeKey,
  outcomeOf,
  REFUSED,
} from './outcome';

export interface MoverSide {
  readonly outcome: GradeOutcome;
  /** The value graded, rounded as its result column is kept; null is unknown. */
  readonly value: number | null;
  /** By statistic of the version. */
  readonly benchmarks: readonly (NamedBenchmark | null)[];
}

export interface Mover extends Omit<DryRunSubject, 'layout' | 'inputs'>, Reasons {
  /** Place among the population's subjects, from 0. */
  readonly index: number;
  readonly movement: Exclude<Movement, 'unchanged' | 'not-rated'>;
  readonly before: MoverSide;
  readonly after: MoverSide;
}

export interface MigrationMatrix {
  /** Under the version before: every grade, then what was met beside grades. */
  readonly rows: readonly GradeOutcome[];
  /** Under the version after. */
  readonly columns: readonly GradeOutcome[];
  /** By row, then column; the sum is the population. */
  readonly counts: readonly (readonly number[])[];
}

export interface DryRun {
  readonly compared: ComparedPlans;
  readonly size: number;
  readonly matrix: MigrationMatrix;
  readonly counts: Readonly<Record<Movement, number>>;
  readonly changes: PlanChanges;
  /** Result column that shows the graded value (where there is none, the one ranked by). */
  readonly value: { readonly before: PlanResult; readonly after: PlanResult };
  /** In the population's order; reasons are found one by one as they are asked for. */
  movers(): Generator<Mover>;
}

/**
 * The plans with the grading to compare: the headline's grade, or one by name. Null where one of the versions has no
 * grading of that name.
 */
export function comparedPlans(
  plans: { readonly before: Plan; readonly after: Plan },
  grading: string | null = null,
): ComparedPlans | null {
  const indexIn = (plan: Plan): number =>
    grading === null
      ? plan.headline.grade
      : plan.gradings.findIndex(({ name }) => name === grading);
  const indices = { before: indexIn(plans.before), after: indexIn(plans.after) };
  return indices.before < 0 || indices.after < 0 ? null : { ...plans, grading: indices };
}

/**
 * The period a version is tried on: a draft that comes into force after the period's last day is applied as on its own
 * first day, so that its new numbers count and not those they replace. The data's year still picks regional factors.
 */
export function trialPeriod(rulebook: Rulebook, period: Period): Period {
  const { from } = rulebook.document.effective;
  return from > period.end ? { ...period, end: from } : period;
}

export function dryRun(compared: ComparedPlans, population: ComparedPopulation): DryRun {
  const changes = changesOf(compared);
  const tableBefore = benchmarksOf(compared.before, population.before.population);
  const tableAfter = sameBenchmarks(compared, changes, population)
    ? BenchmarkTable.from(compared.after, tableBefore.rows)
    : benchmarksOf(compared.after, population.after.population);
  const before = new RatedSide(compared, 'before', population.before, tableBefore);
  const after = new RatedSide(compared, 'after', population.after, tableAfter);
  const order = new GradeOrder(before.codes, after.codes);
  const counts = Object.fromEntries(MOVEMENTS.map((movement) => [movement, 0])) as Record<
    Movement,
    number
  >;
  const matrix = new MatrixCounter();
  for (let i = 0; i < population.size; i++) {
    const [old, now] = [before.outcome(i), after.outcome(i)];
    counts[order.movement(old, now)] += 1;
    matrix.add(old, now);
  }
  return {
    compared,
    size: population.size,
    matrix: matrix.matrix(before, after),
    counts,
    changes,
    value: { before: before.column, after: after.column },
    movers: () => movers({ compared, changes, population, before, after, order }),
  };
}

/** Limits alone don't touch a benchmark: computing it once halves the time of the commonest dry run. */
function sameBenchmarks(
  { before, after }: ComparedPlans,
  changes: PlanChanges,
  population: ComparedPopulation,
): boolean {
  const same = (of: (plan: Plan) => unknown): boolean =>
    exactText(of(before)) === exactText(of(after));
  return (
    !changes.structure &&
    changes.factors.length === 0 &&
    changes.parameters.length === 0 &&
    changes.tables.length === 0 &&
    same(({ statistics, results }) => [statistics, results]) &&
    population.before.population.size === population.size &&
    population.after.population.size === population.size
  );
}

/** Rationals are made of big integers, which JSON does not know. */
function exactText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? `${part}n` : part,
  );
}

/** The population as one version rates it. */
class RatedSide {
  readonly column: PlanResult;
  private readonly plan: Plan;
  private readonly grading: number;
  private readonly columnIndex: number;
  private readonly ratings: Ratings;
  private readonly known = new Map<string, GradeOutcome>();

  constructor(
    compared: ComparedPlans,
    side: 'before' | 'after',
    readonly subjects: PopulationSide,
    table: BenchmarkTable,
  ) {
    this.plan = compared[side];
    this.grading = compared.grading[side];
    const { slot } = this.plan.gradings[this.grading]!;
    const found = this.plan.results.findIndex((result) => result.slot === slot);
    this.columnIndex = found === -1 ? this.plan.headline.rankBy : found;
    this.column = this.plan.results[this.columnIndex]!;
    this.ratings = rate(this.plan, subjects.population, table);
  }

  get codes(): readonly string[] {
    return this.plan.gradings[this.grading]!.bands.map(({ code }) => code);
  }

  /** Every grade, best first. */
  get grades(): readonly GradeOutcome[] {
    return this.plan.gradings[this.grading]!.bands.map(({ code, title }) => ({
      kind: 'rated',
      code,
      title,
    }));
  }

  /** Null where the version refuses the subject. */
  columns(i: number): RatingColumns | null {
    const member = this.subjects.member(i);
    return member < 0 ? null : this.ratings.columns(member);
  }

  /** By statistic; empty where the version refuses the subject. */
  benchmarks(i: number): readonly (Benchmark | null)[] {
    const member = this.subjects.member(i);
    return member < 0 ? [] : this.ratings.benchmarks(member);
  }

  outcome(i: number): GradeOutcome {
    const columns = this.columns(i);
    if (columns === null) return REFUSED;
    // Few differ: one object each instead of one a subject.
    const key = `${columns.bands[this.grading]} ${columns.reasons.join()}`;
    let outcome = this.known.get(key);
    if (!outcome) {
      outcome = outcomeOf(this.plan, this.grading, columns);
      this.known.set(key, outcome);
    }
    return outcome;
  }

  side(i: number): MoverSide {
    return {
      outcome: this.outcome(i),
      value: this.columns(i)?.values[this.columnIndex] ?? null,
      benchmarks: this.benchmarks(i).map((row, k) => namedBenchmark(this.plan.statistics[k]!, row)),
    };
  }

  subject(i: number) {
    const member = this.subjects.member(i);
    const { inputs } = this.subjects.population.subject(member);
    return { inputs, benchmarks: this.benchmarks(i) };
  }
}

class MatrixCounter {
  private readonly rows = new Map<string, GradeOutcome>();
  private readonly columns = new Map<string, GradeOutcome>();
  private readonly counts = new Map<string, number>();

  add(before: GradeOutcome, after: GradeOutcome): void {
    const [row, column] = [outcomeKey(before), outcomeKey(after)];
    this.rows.set(row, before);
    this.columns.set(column, after);
    const key = JSON.stringify([row, column]);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  matrix(before: RatedSide, after: RatedSide): MigrationMatrix {
    const rows = axis(before.grades, this.rows.values());
    const columns = axis(after.grades, this.columns.values());
    const count = (row: GradeOutcome, column: GradeOutcome): number =>
      this.counts.get(JSON.stringify([outcomeKey(row), outcomeKey(column)])) ?? 0;
    return {
      rows,
      columns,
      counts: rows.map((row) => columns.map((column) => count(row, column))),
    };
  }
}

/** All grades, then other outcomes met, in an order that does not depend on the subjects'. */
function axis(grades: readonly GradeOutcome[], met: Iterable<GradeOutcome>): GradeOutcome[] {
  const others = [...met].filter(({ kind }) => kind !== 'rated');
  return [...grades, ...others.sort((a, b) => (outcomeKey(a) < outcomeKey(b) ? -1 : 1))];
}

interface Moving {
  readonly compared: ComparedPlans;
  readonly changes: PlanChanges;
  readonly population: ComparedPopulation;
  readonly before: RatedSide;
  readonly after: RatedSide;
  readonly order: GradeOrder;
}

function* movers(moving: Moving): Generator<Mover> {
  const { population, before, after, order } = moving;
  const finder = new ReasonFinder(moving.compared, moving.changes);
  for (let index = 0; index < population.size; index++) {
    const movement = order.movement(before.outcome(index), after.outcome(index));
    if (movement === 'unchanged' || movement === 'not-rated') continue;
    yield {
      ...population.identity(index),
      index,
      movement,
      before: before.side(index),
      after: after.side(index),
      ...reasonsOf(moving, finder, index),
    };
  }
}

function reasonsOf(
  { population, before, after }: Moving,
  finder: ReasonFinder,
  index: number,
): Reasons {
  const outcome = { before: before.outcome(index), after: after.outcome(index) };
  const columns = { before: before.columns(index), after: after.columns(index) };
  if (columns.before === null || columns.after === null) {
    const outOfRange = [...before.subjects.refusal(index), ...after.subjects.refusal(index)];
    const share = { alone: outcome.after, without: outcome.before };
    return {
      ownValues: [],
      causes: [{ ...share, sufficient: true, necessary: true, kind: 'range', outOfRange }],
    };
  }
  return finder.reasons({
    outcome,
    columns: { before: columns.before, after: columns.after },
    place: population.identity(index),
    before: before.subject(index),
    after: after.subject(index),
  });
}
