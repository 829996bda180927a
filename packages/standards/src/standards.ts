/**
 * Rulebooks and factor sets, parsed and ready: which version rates a period, and the plan for it.
 * Plans are compiled once a rulebook, factor set and period, and kept.
 */
import type { Bilingual, Period } from '@tanxiao/contracts';
import { compilePlan, type FactorSet, inForce, type Plan, type Rulebook } from '@tanxiao/rulebook';

import { shippedDocuments } from './parse-documents';

/** How a document that does not ship came to be rated with. */
export interface Approval {
  readonly proposalId: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
}

export interface Standards {
  readonly rulebooks: readonly Rulebook[];
  readonly factorSets: readonly FactorSet[];
  /** Of the approved documents among them, by hash; all others ship. */
  readonly approvals: ReadonlyMap<string, Approval>;
  /** The plan of the version in force on the period's last day; null where there is none. */
  plan(rulebookId: string, period: Period): Plan | null;
  /** The plan of one exact content; null where a document of that hash is not at hand. */
  planByHash(rulebookHash: string, factorSetHash: string, period: Period): Plan | null;
}

/** A rulebook names a factor set that is not at hand. */
export class MissingFactorSetError extends Error {
  readonly text: Bilingual;

  constructor(rulebook: Rulebook) {
    const { id, version } = rulebook.document.factorSet;
    const text = {
      zh: `评价规范 ${rulebook.id} ${rulebook.version} 所用的因子集 ${id} ${version} 没有载入：请补上该因子集，或改正规范中的 factorSet`,
      en: `rulebook ${rulebook.id} ${rulebook.version} needs factor set ${id} ${version}, which is not loaded: add that factor set, or mend the rulebook's factorSet`,
    };
    super(text.en);
    this.text = text;
    this.name = 'MissingFactorSetError';
  }
}

let shipped: Standards | null = null;

/** What ships in this package. @throws what `dataProblem` words: never for the files as shipped */
export function loadStandards(): Standards {
  if (shipped) return shipped;
  const { rulebooks, factorSets } = shippedDocuments();
  shipped = standardsOf(rulebooks, factorSets);
  return shipped;
}

/** The same without the versions of one rulebook whose hash is not listed: as they were before those came. */
export function standardsAmong(
  standards: Standards,
  of: { readonly rulebookId: string; readonly hashes: readonly string[] },
): Standards {
  const { rulebooks, factorSets, approvals } = standards;
  const kept = rulebooks.filter(({ id, hash }) => id !== of.rulebookId || of.hashes.includes(hash));
  return kept.length === rulebooks.length
    ? standards
    : standardsOf(kept, factorSets, { approvals });
}

export interface StandardsOptions {
  /** Default: none is approved. */
  readonly approvals?: ReadonlyMap<string, Approval>;
  /** Plans made before, by documents and period: given to the next standards, none is compiled again. */
  readonly plans?: Map<string, Plan>;
}

/** Of versions that begin on one day, the last of the list counts. @throws MissingFactorSetError */
export function standardsOf(
  rulebooks: readonly Rulebook[],
  factorSets: readonly FactorSet[],
  { approvals = new Map(), plans = new Map<string, Plan>() }: StandardsOptions = {},
): Standards {
  const planOf = (rulebook: Rulebook, factorSet: FactorSet, period: Period): Plan => {
    const key = `${rulebook.hash} ${factorSet.hash} ${period.id}`;
    let plan = plans.get(key);
    if (!plan) {
      plan = compilePlan(rulebook, factorSet, period);
      plans.set(key, plan);
    }
    return plan;
  };
  const factorSetOf = (rulebook: Rulebook): FactorSet => {
    const { id, version } = rulebook.document.factorSet;
    const found = factorSets.find((set) => set.id === id && set.version === version);
    if (!found) throw new MissingFactorSetError(rulebook);
    return found;
  };
  rulebooks.forEach(factorSetOf);
  return {
    rulebooks,
    factorSets,
    approvals,
    plan: (rulebookId, period) => {
      const rulebook = inForce(rulebooks, rulebookId, period);
      return rulebook ? planOf(rulebook, factorSetOf(rulebook), period) : null;
    },
    planByHash: (rulebookHash, factorSetHash, period) => {
      const rulebook = rulebooks.find((r) => r.hash === rulebookHash);
      const factorSet = factorSets.find((f) => f.hash === factorSetHash);
      return rulebook && factorSet ? planOf(rulebook, factorSet, period) : null;
    },
  };
}
