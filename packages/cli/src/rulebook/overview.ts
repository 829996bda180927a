/** What a rulebook consists of: its shapes, its worked examples, and how sure its numbers are. */
import type { Bilingual } from '@tanxiao/contracts';
import {
  checkExamples,
  type FactorSet,
  type Rulebook,
  ruleNumbers,
  type RuleShape,
  ruleShapes,
  type Status,
  writtenDocument,
} from '@tanxiao/rulebook';

export type StatusCounts = Readonly<Record<Status, number>>;

export interface RulebookOverview {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  readonly effectiveFrom: string;
  readonly shapes: readonly RuleShape[];
  readonly examples: number;
  /** Titles of those that do not come out as expected. */
  readonly failing: readonly Bilingual[];
  readonly numbers: StatusCounts;
}

export interface FactorSetOverview {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  readonly numbers: StatusCounts;
}

export function overviewOf(rulebook: Rulebook, factorSet: FactorSet): RulebookOverview {
  const { id, version, title, document } = rulebook;
  const examples = checkExamples(rulebook, factorSet);
  return {
    id,
    version,
    title,
    effectiveFrom: document.effective.from,
    shapes: ruleShapes(rulebook),
    examples: examples.length,
    failing: examples.filter(({ passes }) => !passes).map((example) => example.title),
    numbers: countsOf(ruleNumbers(writtenDocument(rulebook))),
  };
}

export function factorSetOverviewOf({ id, version, document }: FactorSet): FactorSetOverview {
  return {
    id,
    version,
    title: document.title,
    numbers: countsOf(document.factors.flatMap(numbersOf)),
  };
}

interface Sourced {
  readonly status: Status;
}

/** A factor of several numbers (heat value × carbon content × …) counts each. */
function numbersOf(factor: FactorSet['document']['factors'][number]): readonly Sourced[] {
  if ('product' in factor) return factor.product;
  return 'table' in factor ? factor.table : [factor];
}

function countsOf(numbers: readonly Sourced[]): StatusCounts {
  const counts = { official: 0, reported: 0, assumed: 0 };
  for (const { status } of numbers) counts[status]++;
  return counts;
}
