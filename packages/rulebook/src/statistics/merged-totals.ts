/** The totals that partials of one statistic have been merged into so far. */
import type { GroupTotals, TotalsPartial } from './partial';

export class MergedTotals {
  private readonly levels: readonly Map<string, GroupTotals>[];

  constructor(levels: number) {
    this.levels = Array.from({ length: levels }, () => new Map<string, GroupTotals>());
  }

  add(partial: TotalsPartial): void {
    partial.levels.forEach((groups, level) => {
      const merged = this.levels[level]!;
      for (const group of groups) {
        const { groupKey } = group;
        const before = merged.get(groupKey);
        merged.set(groupKey, before ? together(before, group) : group);
      }
    });
  }

  /** By level. */
  groups(): GroupTotals[][] {
    return this.levels.map((level) => [...level.values()]);
  }
}

function together(a: GroupTotals, b: GroupTotals): GroupTotals {
  return {
    groupKey: a.groupKey,
    size: a.size + b.size,
    numerator: a.numerator.plus(b.numerator),
    denominator: a.denominator.plus(b.denominator),
  };
}
