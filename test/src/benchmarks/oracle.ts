/**
 * Benchmarks the long way: every subject by the referee, every total in rationals, every rank by sorting exact values.
 * It shares no sum, no rounding by doubles and no search near a rank with the engine's benchmarks: it is their oracle.
 */
import {
  type Benchmark,
  BenchmarkTable,
  evaluateExactly,
  isMember,
  peerGroupKey,
  type Plan,
  type PlanStatistic,
  Rational,
  roundResult,
  roundToInterval,
  type SubjectData,
} from '@tanxiao/rulebook';

const DISPLAY_PLACES = 6;

/** Rows by stage, statistic and level in the plan's order, then by group key. */
export function oracleRows(plan: Plan, subjects: readonly SubjectData[]): readonly Benchmark[] {
  const stages = new Set(plan.statistics.map(({ stage }) => stage));
  let table = BenchmarkTable.from(plan, []);
  for (const stage of [...stages].sort((a, b) => a - b)) {
    const rows = plan.statistics.flatMap((statistic, index) =>
      statistic.stage === stage
        ? statisticRows(plan, index, peersOf(plan, index, subjects, table))
        : [],
    );
    table = BenchmarkTable.from(plan, [...table.rows, ...rows]);
  }
  return table.rows;
}

interface Peer {
  readonly subject: SubjectData;
  /** Of the statistic: two of a ratio, else one. */
  readonly values: readonly Rational[];
}

function peersOf(
  plan: Plan,
  index: number,
  subjects: readonly SubjectData[],
  table: BenchmarkTable,
): Peer[] {
  const { stage, measure } = plan.statistics[index]!;
  const slots =
    measure.kind === 'ratio-of-totals' ? [measure.numerator, measure.denominator] : [measure.of];
  return subjects.flatMap((subject) => {
    const statistics = plan.statistics.map((_, k) => table.find(k, subject)?.totals ?? null);
    const exact = evaluateExactly(plan, { ...subject, statistics }, stage);
    if (!isMember(plan, index, exact)) return [];
    return [{ subject, values: slots.map((slot) => exact.values[slot]!) }];
  });
}

function statisticRows(plan: Plan, index: number, peers: readonly Peer[]): Benchmark[] {
  const { name, groups, measure, slot } = plan.statistics[index]!;
  const places = plan.results.find((result) => result.slot === slot)?.decimals ?? DISPLAY_PLACES;
  return groups.flatMap((group) => {
    const byKey = new Map<string, Peer[]>();
    for (const peer of peers) {
      const key = peerGroupKey(group, peer.subject);
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), peer]);
    }
    return [...byKey.keys()].sort().map((groupKey): Benchmark => {
      const values = byKey.get(groupKey)!.map((peer) => peer.values);
      const [numerator, denominator] = totalsOf(measure, values);
      const isZero = denominator.sign() === 0;
      return {
        ...{ statistic: name, level: group.level, groupKey, size: values.length },
        numerator: numerator.toString(),
        denominator: denominator.toString(),
        value: isZero ? null : roundResult(numerator.over(denominator), places),
      };
    });
  });
}

function totalsOf(
  measure: PlanStatistic['measure'],
  values: readonly (readonly Rational[])[],
): readonly [Rational, Rational] {
  const count = values.length;
  const firsts = values.map(([first]) => first!);
  switch (measure.kind) {
    case 'ratio-of-totals':
      return [sum(firsts), sum(values.map(([, second]) => second!))];
    case 'mean': {
      const unit = Rational.of(1n, 10n ** BigInt(measure.decimals));
      return [sum(firsts.map((one) => roundToInterval(one, unit))), Rational.of(BigInt(count))];
    }
    case 'median': {
      const sorted = firsts.sort((a, b) => a.compare(b));
      const middle = sorted.slice(Math.floor((count - 1) / 2), Math.floor(count / 2) + 1);
      return [sum(middle), Rational.of(BigInt(middle.length))];
    }
    case 'top-share': {
      const sorted = firsts.sort((a, b) => a.compare(b));
      if (measure.best === 'highest') sorted.reverse();
      const { n, d } = measure.share;
      const rank = Number((n * BigInt(count) + d - 1n) / d);
      return [sorted[Math.max(1, rank) - 1]!, Rational.ONE];
    }
  }
}

function sum(values: readonly Rational[]): Rational {
  return values.reduce((total, value) => total.plus(value), Rational.ZERO);
}
