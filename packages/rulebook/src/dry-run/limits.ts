/** Bounds of a grading's bands in two versions: what differs, and one version's bounds within the other's plan. */
import type { Bilingual } from '@tanxiao/contracts';

import type { BandLimit } from '../document/check-bands';
import { requiredNames } from '../formula/expression';
import type { Plan, PlanBand, PlanGrading, PlanNode } from '../plan/plan';
import { changedConditions } from './conditions';

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
