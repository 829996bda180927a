/** A hostile rulebook and factor set, and the harmless documents that hostile ones are made from. */
import type { FactorSetDocument, RulebookDocument } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

export interface HostileCase {
  readonly kind: string;
  readonly name: string;
  readonly rulebook: string;
  readonly factorSet: string;
  readonly period: string;
}

export const PERIOD = '2026Q3';

type Quantity = Extract<RulebookDocument['inputs'][number], { readonly unit: string }>;
type Ratio = Extract<RulebookDocument['peers'][number], { readonly numerator: string }>;

export interface Documents {
  /** Its inputs are quantities, its statistic is a ratio of totals. */
  readonly rulebook: Omit<RulebookDocument, 'inputs' | 'peers'> & {
    readonly inputs: Quantity[];
    readonly peers: Ratio[];
  };
  readonly factorSet: FactorSetDocument;
}

/** Fresh copies of the small rulebook that ships and of the two factors that it reads, free to be changed. */
export function smallDocuments(): Documents {
  const standards = loadStandards();
  const { document } = standards.rulebooks.find(
    ({ id }) => id === 'small-enterprise-carbon-efficiency',
  )!;
  const carriers = new Set(document.families.flatMap((f) => f.members.map((m) => m.code)));
  const { document: factorSet } = standards.factorSets.find(({ id }) => id === 'cn-industrial')!;
  return structuredClone({
    rulebook: {
      ...document,
      examples: [],
      inputs: document.inputs.filter((input) => 'unit' in input),
      peers: document.peers.filter((peers) => 'numerator' in peers),
    },
    factorSet: {
      ...factorSet,
      factors: factorSet.factors.filter(
        (f) => f.quantity === 'emission' && carriers.has(f.carrier),
      ),
    },
  });
}

/** The texts of all rulebooks and factor sets that ship, the factor set once a rulebook. */
export function shippedTexts(): readonly { rulebook: string; factorSet: string }[] {
  const { rulebooks, factorSets } = loadStandards();
  return rulebooks.map(({ text, document }) => ({
    rulebook: text,
    factorSet: factorSets.find(({ id }) => id === document.factorSet.id)!.text,
  }));
}

/** Documents as text: JSON is YAML. */
export function caseOf(
  kind: string,
  name: string,
  { rulebook, factorSet }: Documents,
): HostileCase {
  return {
    kind,
    name,
    rulebook: JSON.stringify(rulebook),
    factorSet: JSON.stringify(factorSet),
    period: PERIOD,
  };
}

/** The small documents with a change. */
export function changed(
  kind: string,
  name: string,
  change: (documents: Documents) => void,
): HostileCase {
  const documents = smallDocuments();
  change(documents);
  return caseOf(kind, name, documents);
}

/** Puts any value at a place of a document, also one that its type forbids. */
export function put(document: object, path: readonly (string | number)[], value: unknown): void {
  let at = document as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  Object.defineProperty(at, path.at(-1)!, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
