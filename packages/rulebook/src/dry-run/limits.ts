/** Bounds of a grading's bands in two versions: what differs, and one version's bounds within the other's plan. */
import type { Bilingual } from '@tanxiao/contracts';

import type { BandLimit } from '../document/check-bands';
import { requiredNames } from '../formula/expression';
import type { Plan, PlanBand, PlanGrading, PlanNode } from '../plan/plan';

/** The bound of a band and how values in it relate to it. */
export interface Limit {
  readonly name: string;
  readonly relation: BandLimit['relation'];
  /** Exact decimal of a parameter; null where the bound depends on the subject or its peers. */
  readonly value: string | null;
}

export interface LimitChange {
  readonly band: string;
  readonly title: Bilingual;
  /** Null: the version has no such band, or one without a bound. */
  readonly before: Limit | null;
  readonly after: Limit | null;
}

/** A band's condition or a gate that differs; names are `grading.band` and `grading.gate`. */
export interface ConditionChange {
  readonly name: string;
  readonly title: Bilingual;
  /** As the version writes it; null where it asks nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface GradingOf {
  readonly plan: Plan;
  readonly grading: PlanGrading;
}

export function changedLimits(before: GradingOf, after: GradingOf): LimitChange[] {
  const codes = [...before.grading.bands, ...after.grading.bands].map(({ code }) => code);
  return [...new Set(codes)].flatMap((code) => {
    const old = bandOfCode(before.grading, code);
    const now = bandOfCode(after.grading, code);
    const limits = { before: limitOf(before.plan, old), after: limitOf(after.plan, now) };
    const same =
      sameLimit(limits.before, limits.after) && (old === undefined) === (now === undefined);
    return same ? [] : [{ band: code, title: (now ?? old)!.title, ...limits }];
  });
}

function bandOfCode({ bands }: PlanGrading, code: string): PlanBand | undefined {
  return bands.find((band) => band.code === code);
}

function limitOf(plan: Plan, band: PlanBand | undefined): Limit | null {
  if (!band?.limit) return null;
  const { name, origin } = plan.nodes[band.limit.slot]!;
  const value = origin.kind === 'parameter' ? origin.value.toString() : null;
  return { name, relation: band.limit.relation, value };
}

/** Parameters by their number, whatever their name; all else by name, since its value is the subject's. */
function sameLimit(before: Limit | null, after: Limit | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.relation === after.relation &&
    before.value === after.value &&
    (before.value !== null || before.name === after.name)
  );
}

interface Asked {
  readonly code: string;
  readonly title: Bilingual;
  readonly text: string;
  readonly tree: string;
}

/** Compared by syntax tree. A band that came or went without a condition is none of these. */
export function changedConditions(
  { grading: before }: GradingOf,
  { grading: after }: GradingOf,
): ConditionChange[] {
  const [old, now] = [askedBy(before), askedBy(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [a, b] = [old.get(key), now.get(key)];
    if (a?.tree === b?.tree) return [];
    const { title, code } = (b ?? a)!;
    const name = `${after.name}.${code}`;
    return [{ name, title, before: a?.text ?? null, after: b?.text ?? null }];
  });
}

function askedBy({ bands, gates }: PlanGrading): ReadonlyMap<string, Asked> {
  return new Map([
    ...bands.flatMap(({ code, title, when, whenText }): [string, Asked][] =>
      when
        ? [[`band ${code}`, { code, title, text: whenText ?? '', tree: JSON.stringify(when) }]]
        : [],
    ),
    ...gates.map(({ code, title, require, requireText, otherwise }): [string, Asked] => {
      const tree = JSON.stringify([require, bands[otherwise]!.code]);
      return [`gate ${code}`, { code, title, text: requireText, tree }];
    }),
  ]);
}

/**
 * The grading with the donor's bounds. Parameters get slots of their own in `nodes`, since one may bound a band and
 * enter a formula as well; other bounds are the plan's values of the same name. Where both ask the same conditions the
 * donor's bands are taken whole; otherwise bounds are exchanged band by band. Bounds of another graded value, or by
 * names that the plan lacks, stay: they come with the formulas.
 */
export function withLimitsOf(base: GradingOf, donor: GradingOf, nodes: PlanNode[]): PlanGrading {
  const { plan, grading } = base;
  if (gradedName(base) !== gradedName(donor)) return grading;
  const taken = donor.grading.bands.map((band) => withLimitIn(plan, donor.plan, band, nodes));
  const known = taken.flatMap((band) => (band ? [band] : []));
  const whole = known.length === taken.length && changedConditions(base, donor).length === 0;
  const bands = whole
    ? known
    : grading.bands.map((band) => {
        const limit = known.find(({ code }) => code === band.code)?.limit;
        return limit && band.limit ? { ...band, limit } : withLimitIn(plan, plan, band, nodes)!;
      });
  const gates = whole ? donor.grading.gates : grading.gates;
  const column = plan.results.findIndex(({ slot }) => slot === grading.slot);
  const roundedAs = donor.grading.roundedAs === null || column === -1 ? null : column;
  const changed = { ...grading, bands, gates, roundedAs };
  return { ...changed, reads: slotsRead(plan, changed) };
}

function gradedName({ plan, grading }: GradingOf): string | null {
  return grading.slot === null ? null : plan.nodes[grading.slot]!.name;
}

/** A band of `from` with its bound in `plan`; null where that has no such value. */
function withLimitIn(plan: Plan, from: Plan, band: PlanBand, nodes: PlanNode[]): PlanBand | null {
  if (!band.limit) return band;
  const node = from.nodes[band.limit.slot]!;
  const slot = node.origin.kind === 'parameter' ? nodes.length : plan.slotOf.get(node.name);
  if (slot === undefined) return null;
  if (slot === nodes.length) nodes.push({ ...node, slot, stage: 1, withheldBy: [] });
  return { ...band, limit: { ...band.limit, slot } };
}

/** As `compilePlan` finds them. */
function slotsRead(plan: Plan, { slot, bands, gates }: PlanGrading): number[] {
  const conditions = [
    ...gates.map(({ require }) => require),
    ...bands.flatMap(({ when }) => (when ? [when] : [])),
  ];
  return [
    ...new Set([
      ...(slot === null ? [] : [slot]),
      ...bands.flatMap(({ limit }) => (limit ? [limit.slot] : [])),
      ...conditions.flatMap((one) => [...requiredNames(one)].map((name) => plan.slotOf.get(name)!)),
    ]),
  ];
}
