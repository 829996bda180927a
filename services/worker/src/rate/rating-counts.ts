/** What became of a batch that was rated on arrival, for the metrics. */
import type { RatingCounts } from '../metrics/worker-metrics';
import type { Evaluated } from './evaluate';
import type { Group } from './evaluate-group';

/** @param failed submissions that were recorded as failures, whether rating or keeping them failed */
export function countsOf(groups: readonly Group[], failed: Evaluated['failures']): RatingCounts {
  const lost = new Set(failed.map(({ submissionId }) => submissionId));
  const kept = groups
    .flatMap(({ evaluated }) => evaluated.ratings)
    .filter(({ submissionId }) => !lost.has(submissionId));
  const rated = kept.filter(({ columns }) => columns.outcome === 'rated').length;
  const refereed = groups.reduce((sum, { evaluated }) => sum + evaluated.refereed, 0);
  return { rated, notRated: kept.length - rated, failed: lost.size, refereed };
}
