/** What approving a rulebook will not change by itself, though one could expect it to: ratings that there are. */
import { parsePeriod } from '@tanxiao/contracts';
import { inForce } from '@tanxiao/rulebook';
import { listCurrentPublications, listSubmittedPeriods } from '@tanxiao/store';

import type { ApiContext } from '../context';
import type { SoundDocument } from './check-document';
import type { ProposalWarning } from './schemas';

/** Periods named in a sentence; the list beside it has them all. */
const NAMED = 12;

/** Of a rulebook that is not rated with yet. */
export async function rulebookWarnings(
  { pool, standards }: Pick<ApiContext, 'pool' | 'standards'>,
  candidate: SoundDocument,
): Promise<ProposalWarning[]> {
  const { id, effective } = candidate;
  const proposed = { id, document: { effective } };
  const versions = [...standards.rulebooks, proposed];
  const wouldRate = (periodId: string): boolean => {
    const period = parsePeriod(periodId);
    return period !== null && inForce(versions, id, period) === proposed;
  };
  const publications = await listCurrentPublications(pool, { rulebookId: id });
  const published = publications.map(({ period }) => period).filter(wouldRate);
  const submitted = (await listSubmittedPeriods(pool, id)).filter(wouldRate);
  const rated = submitted.filter((period) => !published.includes(period));
  return [...publishedWarning(published), ...ratedWarning(rated)];
}

function publishedWarning(periods: readonly string[]): ProposalWarning[] {
  if (periods.length === 0) return [];
  const named = namesOf(periods);
  return [
    {
      code: 'published-periods',
      message: {
        zh: `本版在已发布的评价期 ${named} 内有效：已发布的评级不变；批准后的新填报和下一次评价批次按本版评定，须重新运行并发布才会替换已发布的结果`,
        en: `this version is in force in periods that are published, ${named}: what is published stays; new submissions and the next run are rated by it, and only another run, published, takes the place of the results`,
      },
      periods: [...periods],
    },
  ];
}

function ratedWarning(periods: readonly string[]): ProposalWarning[] {
  if (periods.length === 0) return [];
  const named = namesOf(periods);
  return [
    {
      code: 'rated-periods',
      message: {
        zh: `评价期 ${named} 已有填报：已作出的暂定评级不变；批准后的新填报（含修订）和下一次评价批次按本版评定`,
        en: `there are submissions of ${named} already: their provisional ratings stay; submissions and revisions after approval, and the next run, are rated by this version`,
      },
      periods: [...periods],
    },
  ];
}

function namesOf(periods: readonly string[]): string {
  const named = periods.slice(0, NAMED).join(', ');
  return periods.length > NAMED ? `${named} … (${periods.length})` : named;
}
