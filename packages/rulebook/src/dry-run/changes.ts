/**
 * What two plans do differently, as far as a rating can depend on it: the facts that reasons of a move are made of.
 * Names are compared, so a renamed calculation is one that went and one that came.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { namesIn } from '../formula/expression';
import type { Lookup } from '../plan/lookup';
import type { Plan, PlanNode } from '../plan/plan';
import { changedConditions, type ConditionChange } from './conditions';
import { changedLimits, type LimitChange } from './limits';

/** A number by name: exact decimal or fraction, null where a version has none. */
export interface NumberChange {
  readonly name: string;
  readonly title: Bilingual;
  readonly unit: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface FormulaChange {
  readonly name: string;
  readonly title: Bilingual;
  /** As the version writes it; null where it has no such calculation. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface RuleChange {
  readonly code: string;
  readonly before: { readonly message: Bilingual; readonly when: string | null } | null;
  readonly after: { readonly message: Bilingual; readonly when: string | null } | null;
}

export interface PlanChanges {
  readonly limits: readonly LimitChange[];
  /** Whether full values are compared in one version and rounded ones in the other. */
  readonly compareMode: boolean;
  /** Names of factors with another value in some province. */
  readonly factors: readonly string[];
  /** Parameters that formulas and conditions read. */
  readonly parameters: readonly NumberChange[];
  /** Names of tables and facts with another value somewhere. */
  readonly tables: readonly string[];
  readonly formulas: readonly FormulaChange[];
  /** Of bands and gates of the grading compared. */
  readonly conditions: readonly ConditionChange[];
  readonly rules: readonly RuleChange[];
  /** Names of inputs that only one version has, whose absence means something else, or with other options. */
  readonly inputs: readonly string[];
  /** Whether formulas, rules or names differ: what cannot be exchanged number by number. */
  readonly structure: boolean;
}

export interface ComparedPlans {
  readonly before: Plan;
  readonly after: Plan;
  /** Index of the grading compared, in each. */
  readonly grading: { readonly before: number; readonly after: number };
}

export function changesOf({ before, after, grading }: ComparedPlans): PlanChanges {
  const old = { plan: before, grading: before.gradings[grading.before]! };
  const now = { plan: after, grading: after.gradings[grading.after]! };
  const { factors, unlike } = changedFactors(before, after);
  const { parameters, unlike: otherUnits } = changedParameters(before, after);
  const { tables, unlike: otherTables } = changedTables(before, after);
  const formulas = changedFormulas(before, after);
  const conditions = changedConditions(old, now);
  const rules = changedRules(before, after);
  const inputs = changedInputs(before, after);
  const graded = ({ plan, grading: { slot } }: typeof old): string | null =>
    slot === null ? null : plan.nodes[slot]!.name;
  return {
    limits: changedLimits(old, now),
    compareMode: (old.grading.roundedAs === null) !== (now.grading.roundedAs === null),
    factors,
    parameters,
    tables,
    formulas,
    conditions,
    rules,
    inputs,
    structure:
      formulas.length + conditions.length + rules.length + inputs.length > 0 ||
      [unlike, otherUnits, otherTables, otherStatistics(before, after)].includes(true) ||
      graded(old) !== graded(now),
  };
}

function* inBoth(before: Plan, after: Plan): Generator<readonly [PlanNode, PlanNode]> {
  for (const node of before.nodes) {
    const slot = after.slotOf.get(node.name);
    if (slot !== undefined) yield [node, after.nodes[slot]!];
  }
}

/** A factor's value in a province; null where there is none. */
export function factorIn({ origin }: PlanNode, province: string): string | null {
  if (origin.kind === 'factor') return origin.factor.value.toString();
  const factors = regionalFactors(origin);
  return factors?.get(province)?.value.toString() ?? null;
}

function regionalFactors(origin: PlanNode['origin']) {
  return origin.kind === 'lookup' && origin.lookup.kind === 'regional-factor'
    ? origin.lookup.factors
    : null;
}

function isFactor({ origin }: PlanNode): boolean {
  return origin.kind === 'factor' || regionalFactors(origin) !== null;
}

/** Whether a node of this kind stands in one plan only. */
function inOneOnly(before: Plan, after: Plan, is: (node: PlanNode) => boolean): boolean {
  return (
    before.nodes.some((node) => is(node) && !after.slotOf.has(node.name)) ||
    after.nodes.some((node) => is(node) && !before.slotOf.has(node.name))
  );
}

function changedFactors(before: Plan, after: Plan): { factors: string[]; unlike: boolean } {
  const factors: string[] = [];
  let unlike = inOneOnly(before, after, isFactor);
  for (const [old, now] of inBoth(before, after)) {
    if (!isFactor(old)) continue;
    if (old.origin.kind !== now.origin.kind || old.unit !== now.unit) unlike = true;
    const provinces = [old, now].flatMap(({ origin }) => [
      ...(regionalFactors(origin)?.keys() ?? ['']),
    ]);
    if (provinces.some((province) => factorIn(old, province) !== factorIn(now, province)))
      factors.push(old.name);
  }
  return { factors, unlike };
}

/** Tables and facts. Another key to look up by is another structure. */
function changedTables(before: Plan, after: Plan): { tables: string[]; unlike: boolean } {
  const isTable = ({ origin }: PlanNode): boolean => origin.kind === 'lookup';
  const tables: string[] = [];
  let unlike = inOneOnly(before, after, isTable);
  for (const [old, now] of inBoth(before, after)) {
    if (old.origin.kind !== 'lookup' || old.origin.lookup.kind === 'regional-factor') continue;
    if (now.origin.kind !== 'lookup' || now.unit !== old.unit) {
      unlike = true;
      continue;
    }
    const [a, b] = [tableTexts(before, old.origin.lookup), tableTexts(after, now.origin.lookup)];
    if (a.key !== b.key) unlike = true;
    if (a.content !== b.content) tables.push(old.name);
  }
  return { tables, unlike };
}

/** What it looks up by, and what it holds, as texts to compare. */
function tableTexts(plan: Plan, lookup: Lookup): { key: string; content: string } {
  switch (lookup.kind) {
    case 'regional-factor':
      return { key: 'regional-factor', content: '' };
    case 'fact':
      return { key: `fact ${lookup.of}`, content: [...lookup.codes].sort().join() };
    case 'table': {
      const { by, rows, otherwise } = lookup;
      const held = [...rows].map(([key, { exact }]) => `${key}=${exact.toString()}`).sort();
      return {
        key: `table ${typeof by === 'object' ? `input ${plan.inputs[by.input]!.name}` : by}`,
        content: [...held, otherwise?.exact.toString() ?? 'none'].join(),
      };
    }
  }
}

/** Whether a statistic stands in one plan only, or in another unit: its values cannot be exchanged. */
function otherStatistics(before: Plan, after: Plan): boolean {
  const texts = (plan: Plan): string =>
    plan.statistics
      .map(({ name, slot }) => `${name} ${plan.nodes[slot]!.unit}`)
      .sort()
      .join();
  return texts(before) !== texts(after);
}

function changedParameters(
  before: Plan,
  after: Plan,
): { parameters: NumberChange[]; unlike: boolean } {
  const read = new Set([...namesRead(before), ...namesRead(after)]);
  const parameters: NumberChange[] = [];
  let unlike = false;
  for (const [old, now] of inBoth(before, after)) {
    if (old.origin.kind !== 'parameter' || !read.has(old.name)) continue;
    if (now.origin.kind !== 'parameter' || now.unit !== old.unit) {
      unlike = true;
    } else if (!old.origin.value.equals(now.origin.value)) {
      const { name, title, unit } = now;
      parameters.push({
        ...{ name, title, unit },
        before: old.origin.value.toString(),
        after: now.origin.value.toString(),
      });
    }
  }
  return { parameters, unlike };
}

/** Names that calculations and conditions read; a limit that only bounds a band is none of them. */
function namesRead(plan: Plan): string[] {
  const calculated = plan.nodes.flatMap(({ origin }) =>
    origin.kind === 'calculation' ? [origin.formula, origin.onlyIf] : [],
  );
  const conditions = [
    ...plan.reasons.map(({ when }) => when),
    ...plan.statistics.map(({ members }) => members),
    ...plan.gradings.flatMap(({ gates, bands }) => [
      ...gates.map(({ require }) => require),
      ...bands.map(({ when }) => when),
    ]),
  ];
  return [...calculated, ...conditions].flatMap((one) => (one ? namesIn(one) : []));
}

/** Compared by syntax tree: the text of a total may stay while the set that it goes over changes. */
function changedFormulas(before: Plan, after: Plan): FormulaChange[] {
  const written = (plan: Plan, name: string): { text: string; tree: string } | null => {
    const node = plan.nodes[plan.slotOf.get(name) ?? -1];
    if (node?.origin.kind !== 'calculation') return null;
    const { formula, onlyIf, text, onlyIfText } = node.origin;
    const tree = JSON.stringify([formula, onlyIf, node.unit]);
    return { text: onlyIfText === null ? text : `${text} [${onlyIfText}]`, tree };
  };
  const calculated = [...before.nodes, ...after.nodes].filter(
    ({ origin }) => origin.kind === 'calculation',
  );
  const titles = new Map(calculated.map(({ name, title }) => [name, title]));
  return [...titles].flatMap(([name, title]) => {
    const [old, now] = [written(before, name), written(after, name)];
    if (old?.tree === now?.tree) return [];
    return [{ name, title, before: old?.text ?? null, after: now?.text ?? null }];
  });
}

function changedRules(before: Plan, after: Plan): RuleChange[] {
  const codes = [...before.reasons, ...after.reasons].map(({ code }) => code);
  const ruleOf = (plan: Plan, code: string) => {
    const index = plan.reasons.findIndex((reason) => reason.code === code);
    const reason = plan.reasons[index];
    if (!reason) return null;
    const { message, when, whenText } = reason;
    const named = (nodes: readonly PlanNode[]): string[] => nodes.map(({ name }) => name).sort();
    const withheld = named(plan.nodes.filter((node) => node.withheldBy.includes(index)));
    const missing = named(plan.nodes.filter((node) => node.missingReason === index));
    return { message, when: whenText, tree: JSON.stringify([when, withheld, missing]) };
  };
  return [...new Set(codes)].flatMap((code) => {
    const [old, now] = [ruleOf(before, code), ruleOf(after, code)];
    if (old?.tree === now?.tree) return [];
    const told = (rule: typeof old) => rule && { message: rule.message, when: rule.when };
    return [{ code, before: told(old), after: told(now) }];
  });
}

function changedInputs(before: Plan, after: Plan): string[] {
  const absent = (plan: Plan): Map<string, string> =>
    new Map(
      plan.inputs.map(({ name, unit, missing, yearBefore, options }) => {
        const codes = options?.map(({ code }) => code) ?? null;
        return [name, JSON.stringify([unit, missing, yearBefore, codes])];
      }),
    );
  const [old, now] = [absent(before), absent(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => old.get(name) !== now.get(name),
  );
}
