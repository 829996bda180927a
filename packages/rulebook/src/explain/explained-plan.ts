/**
 * What explanations of a plan have in common, made once a plan: formulas ready to be written with numbers, operands that
 * are the same for every subject, sources, decimals. Left to each explanation are the subject's values and their texts.
 */
import { constantValue, type ExactCondition, exactCondition } from '../evaluate/exact-program';
import { type Condition, namesIn } from '../formula/expression';
import type { Lookup } from '../plan/lookup';
import type { Plan, PlanBand, PlanGate, PlanGrading, PlanNode } from '../plan/plan';
import type { Explanation, Operand, SourceText } from './explanation';
import { exactText, readingText } from './number-text';
import { type OperandFacts, PlanFacts } from './operand-facts';
import { type OptionCodes } from './subject-numbers';
import { type SubstitutedText, substitutedText } from './substitute';

/** Where an operand's facts come from, if not from the plan alone. */
export type OperandOrigin =
  | { readonly kind: 'fixed'; readonly facts: OperandFacts }
  | { readonly kind: 'input'; readonly index: number }
  | {
      readonly kind: 'found';
      readonly lookup: Exclude<Lookup, { readonly kind: 'fact' }>;
    };

export interface ExplainedOperand {
  readonly node: PlanNode;
  /** As readers see it: a choice has a unit only so that it is compared with its own options. */
  readonly unit: string;
  readonly origin: OperandOrigin;
  /** The whole operand, where it is the same for every subject. */
  readonly constant: Operand | null;
}

export interface ExplainedLine {
  readonly node: PlanNode;
  readonly formula: string;
  readonly onlyIf: string | null;
  readonly substituted: SubstitutedText;
  /** Position of the result column that shows the value; null where none does. */
  readonly result: number | null;
  readonly source: SourceText | null;
  readonly clause: string;
  /** That `onlyIf` reads. */
  readonly conditionSlots: readonly number[];
}

export interface ExplainedCondition {
  readonly text: string;
  readonly holds: ExactCondition;
  readonly slots: readonly number[];
}

export interface ExplainedGrading {
  readonly grading: PlanGrading;
  readonly source: SourceText | null;
  readonly gates: readonly {
    readonly gate: PlanGate;
    readonly source: SourceText | null;
    readonly condition: ExplainedCondition;
  }[];
  readonly bands: readonly {
    readonly band: PlanBand;
    readonly condition: ExplainedCondition | null;
  }[];
}

export interface ExplainedPlan {
  readonly identity: Pick<Explanation, 'rulebook' | 'factorSet' | 'period'>;
  readonly facts: PlanFacts;
  readonly options: OptionCodes;
  /** By slot. */
  readonly operands: readonly ExplainedOperand[];
  readonly lines: readonly ExplainedLine[];
  readonly gradings: readonly ExplainedGrading[];
}

const NO_UNIT = '1';

const explained = new WeakMap<Plan, ExplainedPlan>();

export function explainedPlan(plan: Plan): ExplainedPlan {
  let known = explained.get(plan);
  if (!known) {
    known = makeExplainedPlan(plan);
    explained.set(plan, known);
  }
  return known;
}

function makeExplainedPlan(plan: Plan): ExplainedPlan {
  const facts = new PlanFacts(plan);
  return {
    identity: identityOf(plan),
    facts,
    options: plan.nodes.map((node) => optionCodes(plan, node)),
    operands: plan.nodes.map((node) => explainedOperand(plan, facts, node)),
    lines: plan.nodes.flatMap((node) => explainedLine(plan, facts, node)),
    gradings: plan.gradings.map((grading) => ({
      grading,
      source: facts.rulebookSource(grading.source),
      gates: grading.gates.map((gate) => ({
        gate,
        source: facts.rulebookSource(gate.source),
        condition: explainedCondition(plan, gate.require, gate.requireText),
      })),
      bands: grading.bands.map((band) => ({
        band,
        condition: band.when ? explainedCondition(plan, band.when, band.whenText!) : null,
      })),
    })),
  };
}

function identityOf({ rulebook, factorSet, period }: Plan): ExplainedPlan['identity'] {
  return {
    rulebook: {
      id: rulebook.id,
      version: rulebook.version,
      hash: rulebook.hash,
      title: rulebook.title,
    },
    factorSet: {
      id: factorSet.id,
      version: factorSet.version,
      hash: factorSet.hash,
      title: factorSet.title,
    },
    period: { id: period.id, start: period.start, end: period.end },
  };
}

function optionCodes(plan: Plan, { origin }: PlanNode): readonly string[] | null {
  if (origin.kind !== 'input') return null;
  return plan.inputs[origin.index]!.options?.map(({ code }) => code) ?? null;
}

function explainedOperand(plan: Plan, facts: PlanFacts, node: PlanNode): ExplainedOperand {
  const unit = optionCodes(plan, node) === null ? node.unit : NO_UNIT;
  const origin = operandOrigin(facts, node);
  const value = constantValue(node);
  const constant =
    value === null || origin.kind !== 'fixed'
      ? null
      : operandOf({ node, unit }, origin.facts, {
          value: exactText(value),
          shown: readingText(value),
        });
  return { node, unit, origin, constant };
}

function operandOrigin(facts: PlanFacts, { origin }: PlanNode): OperandOrigin {
  if (origin.kind === 'input') return origin;
  if (origin.kind === 'lookup' && origin.lookup.kind !== 'fact')
    return { kind: 'found', lookup: origin.lookup };
  return { kind: 'fixed', facts: facts.fixed(origin)! };
}

/** One literal with every field: spreads of parts took half the time of an explanation. */
export function operandOf(
  { node, unit }: Pick<ExplainedOperand, 'node' | 'unit'>,
  { kind, source, clause, status, note, components }: OperandFacts,
  { value, shown }: Pick<Operand, 'value' | 'shown'>,
): Operand {
  return {
    kind,
    name: node.name,
    title: node.title,
    unit,
    value,
    shown,
    source,
    clause,
    status,
    note,
    components,
  };
}

function explainedLine(plan: Plan, facts: PlanFacts, node: PlanNode): ExplainedLine[] {
  const { origin } = node;
  if (origin.kind !== 'calculation') return [];
  const result = plan.results.findIndex(({ slot }) => slot === node.slot);
  return [
    {
      node,
      formula: origin.text,
      onlyIf: origin.onlyIfText,
      substituted: substitutedText(plan, origin.formula),
      result: result < 0 ? null : result,
      source: facts.rulebookSource(origin.source),
      clause: origin.clause,
      conditionSlots: origin.onlyIf ? slotsIn(plan, origin.onlyIf) : [],
    },
  ];
}

function explainedCondition(plan: Plan, condition: Condition, text: string): ExplainedCondition {
  return { text, holds: exactCondition(plan, condition), slots: slotsIn(plan, condition) };
}

function slotsIn(plan: Plan, condition: Condition): number[] {
  return namesIn(condition).map((name) => plan.slotOf.get(name)!);
}
