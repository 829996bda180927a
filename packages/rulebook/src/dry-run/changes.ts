/**
 * What two plans do differently, as far as a rating can depend on it: the facts that reasons of a move are made of.
 * Names are compared, so a renamed calculation is one that went and one that came.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { namesIn } from '../formula/expression';
import type { Plan, PlanBand, PlanGrading, PlanNode } from '../plan/plan';

/** The upper bound of a band; exact decimal. */
export interface Limit {
  readonly name: string;
  readonly relation: '<=' | '<';
  readonly value: string;
}

export interface LimitChange {
  readonly band: string;
  readonly title: Bilingual;
  /** Null: the version has no such band, or it is the last and takes every value above. */
  readonly before: Limit | null;
  readonly after: Limit | null;
}

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
  /** Parameters that formulas read. */
  readonly parameters: readonly NumberChange[];
  readonly formulas: readonly FormulaChange[];
  readonly rules: readonly RuleChange[];
  /** Names of inputs that only one version has, or whose absence means something else. */
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
  const gradings = {
    before: before.gradings[grading.before]!,
    after: after.gradings[grading.after]!,
  };
  const { factors, unlike } = changedFactors(before, after);
  const { parameters, unlike: otherUnits } = changedParameters(before, after);
  const formulas = changedFormulas(before, after);
  const rules = changedRules(before, after);
  const inputs = changedInputs(before, after);
  const ofOther =
    before.nodes[gradings.before.slot]!.name !== after.nodes[gradings.after.slot]!.name;
  return {
    limits: changedLimits(
      { plan: before, grading: gradings.before },
      { plan: after, grading: gradings.after },
    ),
    compareMode: (gradings.before.roundedAs === null) !== (gradings.after.roundedAs === null),
    factors,
    parameters,
    formulas,
    rules,
    inputs,
    structure:
      formulas.length + rules.length + inputs.length > 0 || unlike || otherUnits || ofOther,
  };
}

interface GradingOf {
  readonly plan: Plan;
  readonly grading: PlanGrading;
}

function changedLimits(before: GradingOf, after: GradingOf): LimitChange[] {
  const codes = [...before.grading.bands, ...after.grading.bands].map(({ code }) => code);
  return [...new Set(codes)].flatMap((code) => {
    const old = before.grading.bands.find((band) => band.code === code);
    const now = after.grading.bands.find((band) => band.code === code);
    const limits = { before: limitOf(before.plan, old), after: limitOf(after.plan, now) };
    const same =
      limits.before?.value === limits.after?.value &&
      limits.before?.relation === limits.after?.relation &&
      (old === undefined) === (now === undefined);
    return same ? [] : [{ band: code, title: (now ?? old)!.title, ...limits }];
  });
}

export function limitOf(plan: Plan, band: PlanBand | undefined): Limit | null {
  if (band?.limit == null) return null;
  const { name, origin } = plan.nodes[band.limit]!;
  if (origin.kind !== 'parameter') return null;
  return { name, relation: band.inclusive ? '<=' : '<', value: origin.value.toString() };
}

function* inBoth(before: Plan, after: Plan): Generator<readonly [PlanNode, PlanNode]> {
  for (const node of before.nodes) {
    const slot = after.slotOf.get(node.name);
    if (slot !== undefined) yield [node, after.nodes[slot]!];
  }
}

/** A factor's value in a province; null where there is none. */
export function factorIn(node: PlanNode | undefined, province: string): string | null {
  switch (node?.origin.kind) {
    case 'factor':
      return node.origin.factor.value.toString();
    case 'regional-factor':
      return node.origin.factors.get(province)?.value.toString() ?? null;
    default:
      return null;
  }
}

function changedFactors(before: Plan, after: Plan): { factors: string[]; unlike: boolean } {
  const factors: string[] = [];
  const isFactor = ({ origin }: PlanNode): boolean =>
    origin.kind === 'factor' || origin.kind === 'regional-factor';
  let unlike =
    before.nodes.filter(isFactor).some(({ name }) => !after.slotOf.has(name)) ||
    after.nodes.filter(isFactor).some(({ name }) => !before.slotOf.has(name));
  for (const [old, now] of inBoth(before, after)) {
    if (!isFactor(old)) continue;
    if (old.origin.kind !== now.origin.kind || old.unit !== now.unit) unlike = true;
    const provinces = [old, now].flatMap(({ origin }) =>
      origin.kind === 'regional-factor' ? [...origin.factors.keys()] : [''],
    );
    if (provinces.some((province) => factorIn(old, province) !== factorIn(now, province)))
      factors.push(old.name);
  }
  return { factors, unlike };
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

/** Names that calculations and not-rated rules read; a limit that only bounds a band is none of them. */
function namesRead(plan: Plan): string[] {
  return [
    ...plan.nodes.flatMap(({ origin }) =>
      origin.kind === 'calculation'
        ? [origin.formula, ...(origin.onlyIf ? [origin.onlyIf] : [])].flatMap((e) => namesIn(e))
        : [],
    ),
    ...plan.reasons.flatMap(({ when }) => (when ? namesIn(when) : [])),
  ];
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
    new Map(plan.inputs.map(({ name, unit, missing }) => [name, JSON.stringify([unit, missing])]));
  const [old, now] = [absent(before), absent(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => old.get(name) !== now.get(name),
  );
}
