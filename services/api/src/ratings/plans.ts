/** The plan a kept rating was made with: of the loaded documents, else of those kept in the database. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { compilePlan, parseFactorSet, parseRulebook, type Plan } from '@tanxiao/rulebook';
import { getFactorSetDocument, getRulebookDocument, type RatingRow } from '@tanxiao/store';

import type { ApiContext } from '../context';

type MadeWith = Pick<RatingRow, 'rulebookHash' | 'factorSetHash' | 'period'>;

/** Plans of documents that are no longer shipped; there are few, and they never change. */
const keptPlans = new Map<string, Promise<Plan>>();

export async function planOf(context: ApiContext, rating: MadeWith): Promise<Plan> {
  const period = periodOf(rating);
  const { rulebookHash, factorSetHash } = rating;
  const loaded = context.standards.planByHash(rulebookHash, factorSetHash, period);
  if (loaded) return loaded;
  const key = `${rulebookHash} ${factorSetHash} ${period.id}`;
  const known = keptPlans.get(key);
  if (known) return known;
  const made = keptPlan(context, rating, period);
  keptPlans.set(key, made);
  // A failure is asked for again; a plan is not.
  made.catch(() => keptPlans.delete(key));
  return made;
}

/** From the documents as they are kept in the database, whatever this process was started with. */
export async function keptPlan(
  context: ApiContext,
  rating: MadeWith,
  period: Period = periodOf(rating),
): Promise<Plan> {
  const [rulebook, factorSet] = await Promise.all([
    getRulebookDocument(context.pool, rating.rulebookHash),
    getFactorSetDocument(context.pool, rating.factorSetHash),
  ]);
  if (!rulebook || !factorSet)
    throw new Error(`documents of a kept rating are missing: ${rating.rulebookHash}`);
  return compilePlan(
    parseRulebook(rulebook.text, `${rulebook.id}-${rulebook.version}.yaml`),
    parseFactorSet(factorSet.text, `${factorSet.id}-${factorSet.version}.yaml`),
    period,
  );
}

function periodOf(rating: MadeWith): Period {
  const period = parsePeriod(rating.period);
  if (!period) throw new Error(`a kept rating has no valid period: ${rating.period}`);
  return period;
}
