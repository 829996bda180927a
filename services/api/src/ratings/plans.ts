/** The plan a kept rating was made with: of the loaded documents, else of those kept in the database. */
import { createHash } from 'node:crypto';

import { parsePeriod, type Period } from '@tanxiao/contracts';
import { compilePlan, parseFactorSet, parseRulebook, type Plan } from '@tanxiao/rulebook';
import {
  getFactorSetDocument,
  getRulebookDocument,
  type KeptDocument,
  type RatingRow,
} from '@tanxiao/store';

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

/**
 * The plan for a replay: what is kept in the database under the rating's hashes must be there and still have them.
 * Equal hashes mean equal texts, so the plan itself may be one that was compiled before (compiling takes 0.2 s).
 */
export async function replayPlan(context: ApiContext, rating: MadeWith): Promise<Plan> {
  await keptDocuments(context, rating);
  return planOf(context, rating);
}

async function keptPlan(context: ApiContext, rating: MadeWith, period: Period): Promise<Plan> {
  const { rulebook, factorSet } = await keptDocuments(context, rating);
  return compilePlan(
    parseRulebook(rulebook.text, `${rulebook.id}-${rulebook.version}.yaml`),
    parseFactorSet(factorSet.text, `${factorSet.id}-${factorSet.version}.yaml`),
    period,
  );
}

async function keptDocuments(
  context: ApiContext,
  rating: MadeWith,
): Promise<{ rulebook: KeptDocument; factorSet: KeptDocument }> {
  const [rulebook, factorSet] = await Promise.all([
    getRulebookDocument(context.pool, rating.rulebookHash),
    getFactorSetDocument(context.pool, rating.factorSetHash),
  ]);
  for (const [document, hash] of [
    [rulebook, rating.rulebookHash],
    [factorSet, rating.factorSetHash],
  ] as const)
    if (!document || createHash('sha256').update(document.text).digest('hex') !== hash)
      throw new Error(`the document that a rating names is missing or was altered: ${hash}`);
  return { rulebook: rulebook!, factorSet: factorSet! };
}

function periodOf(rating: MadeWith): Period {
  const period = parsePeriod(rating.period);
  if (!period) throw new Error(`a kept rating has no valid period: ${rating.period}`);
  return period;
}
