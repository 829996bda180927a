/** A dry run as the API answers it and the command line prints it: plain data, texts in both languages. */
import type { DryRunMoverView, DryRunView, SubjectKey } from '@tanxiao/contracts';
import {
  causeText,
  type DryRun,
  type GradeOutcome,
  type Mover,
  type MoverSide,
  outcomeText,
} from '@tanxiao/rulebook';

export interface NamedSubject {
  readonly subject: SubjectKey;
  readonly name: string | null;
}

export interface DryRunViewOptions {
  /** By a mover's place in the population. */
  readonly subjectAt: (index: number) => NamedSubject;
  /** At most so many movers are listed; all are counted. */
  readonly movers: number;
  /** Told of each mover, also of those beyond the list. */
  readonly onMover?: (mover: Mover, subject: NamedSubject) => void;
}

export function dryRunView(run: DryRun, options: DryRunViewOptions): DryRunView {
  const { compared, matrix, counts } = run;
  const movers: DryRunMoverView[] = [];
  const causes = new CauseCounter();
  let moversTotal = 0;
  for (const mover of run.movers()) {
    moversTotal += 1;
    causes.add(mover);
    const subject = options.subjectAt(mover.index);
    options.onMover?.(mover, subject);
    if (movers.length < options.movers) movers.push(moverView(mover, subject));
  }
  const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return {
    period: compared.before.period.id,
    population: run.size,
    before: versionView(run, 'before', (row) => total(matrix.counts[row]!)),
    after: versionView(run, 'after', (column) => total(matrix.counts.map((row) => row[column]!))),
    counts: {
      better: counts.better,
      worse: counts.worse,
      unchanged: counts.unchanged,
      newlyRated: counts['newly-rated'],
      noLongerRated: counts['no-longer-rated'],
      notRated: counts['not-rated'],
      notComparable: counts['not-comparable'],
    },
    matrix: {
      before: matrix.rows.map(outcomeView),
      after: matrix.columns.map(outcomeView),
      counts: matrix.counts.map((row) => [...row]),
    },
    causes: causes.view(),
    moversTotal,
    movers,
  };
}

function versionView(
  run: DryRun,
  side: 'before' | 'after',
  count: (index: number) => number,
): DryRunView['before'] {
  const { rulebook, factorSet, period, gradings } = run.compared[side];
  const grading = gradings[run.compared.grading[side]]!;
  const outcomes = side === 'before' ? run.matrix.rows : run.matrix.columns;
  const { name, title, unit } = run.value[side];
  return {
    id: rulebook.id,
    version: rulebook.version,
    hash: rulebook.hash,
    title: rulebook.title,
    factorSet: { id: factorSet.id, version: factorSet.version, hash: factorSet.hash },
    appliedOn: period.end,
    grading: { name: grading.name, title: grading.title },
    value: { name, title, unit },
    distribution: outcomes.map((outcome, index) => ({
      outcome: outcomeView(outcome),
      count: count(index),
    })),
  };
}

function outcomeView(outcome: GradeOutcome): DryRunMoverView['before']['outcome'] {
  return {
    kind: outcome.kind,
    code: outcome.kind === 'rated' ? outcome.code : null,
    text: outcomeText(outcome),
    reasons: outcome.kind === 'not-rated' ? [...outcome.reasons] : [],
  };
}

function moverView(mover: Mover, { subject, name }: NamedSubject): DryRunMoverView {
  const { regionCode, industryClassification, industryCode, movement } = mover;
  return {
    ...{ subject, name, regionCode, industryClassification, industryCode, movement },
    before: sideView(mover.before),
    after: sideView(mover.after),
    ownValues: [...mover.ownValues],
    causes: mover.causes.map((cause) => ({
      ...cause,
      text: causeText(cause),
      alone: outcomeView(cause.alone),
      without: outcomeView(cause.without),
    })),
  };
}

function sideView({ outcome, value, benchmarks }: MoverSide): DryRunMoverView['before'] {
  const known = benchmarks.flatMap((row) => (row ? [row] : []));
  return { outcome: outcomeView(outcome), value, benchmarks: known };
}

class CauseCounter {
  private readonly counts = new Map<
    DryRunView['causes'][number]['kind'],
    { movers: number; sufficient: number }
  >();

  add({ causes }: Mover): void {
    for (const { kind, sufficient } of causes) {
      const count = this.counts.get(kind) ?? { movers: 0, sufficient: 0 };
      count.movers += 1;
      count.sufficient += Number(sufficient);
      this.counts.set(kind, count);
    }
  }

  view(): DryRunView['causes'] {
    return [...this.counts]
      .map(([kind, count]) => ({ kind, ...count }))
      .sort((a, b) => b.movers - a.movers || (a.kind < b.kind ? -1 : 1));
  }
}
