/** A benchmark with what its peer group is called: a reader of a dry run knows no keys. */
import type { Bilingual } from '@tanxiao/contracts';

import type { Benchmark } from '../evaluate/benchmarks';
import { peerGroupTitle } from '../plan/peer-group';
import type { PlanStatistic } from '../plan/plan';

export interface NamedBenchmark extends Benchmark {
  readonly groupTitle: Bilingual;
}

export function namedBenchmark(
  { groups }: PlanStatistic,
  row: Benchmark | null | undefined,
): NamedBenchmark | null {
  return row ? { ...row, groupTitle: peerGroupTitle(groups, row) } : null;
}
