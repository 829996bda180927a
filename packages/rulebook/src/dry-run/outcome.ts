/** What a rulebook version makes of a subject under one grading, and which way it moves from one version to another. */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Plan } from '../plan/plan';

export type GradeOutcome =
  | { readonly kind: 'rated'; readonly code: string; readonly title: Bilingual }
  | {
      readonly kind: 'not-rated';
      /** In the rulebook's order; empty where the value is unknown without a reason (`onlyIf`). */
      readonly reasons: readonly { readonly code: string; readonly message: Bilingual }[];
    }
  /** A value lies below the version's minimum: on arrival it would have been rejected. */
  | { readonly kind: 'refused' };

export const REFUSED: GradeOutcome = { kind: 'refused' };

/** Equal for equal outcomes; several reasons are one outcome, so that counts by outcome add up. */
export function outcomeKey(outcome: GradeOutcome): string {
  switch (outcome.kind) {
    case 'rated':
      return `rated:${outcome.code}`;
    case 'not-rated':
      return `not-rated:${outcome.reasons.map(({ code }) => code).join(' + ')}`;
    case 'refused':
      return 'refused';
  }
}

/** @param grading index among the plan's gradings */
export function outcomeOf(plan: Plan, grading: number, columns: RatingColumns): GradeOutcome {
  const band = columns.bands[grading] ?? null;
  if (band !== null) {
    const { code, title } = plan.gradings[grading]!.bands[band]!;
    return { kind: 'rated', code, title };
  }
  return {
    kind: 'not-rated',
    reasons: columns.reasons.map((code) => ({
      code,
      message: plan.reasons.find((reason) => reason.code === code)!.message,
    })),
  };
}

export const MOVEMENTS = [
  'better',
  'worse',
  'unchanged',
  'newly-rated',
  'no-longer-rated',
  'not-rated',
  'not-comparable',
] as const;
/** `not-rated`: in neither version. `not-comparable`: both grades exist, but no version has them both in one order. */
export type Movement = (typeof MOVEMENTS)[number];

/** Grades of two versions in one order, best first: two lists that may differ. */
export class GradeOrder {
  private readonly consistent: boolean;

  constructor(
    private readonly before: readonly string[],
    private readonly after: readonly string[],
  ) {
    const common = before.filter((code) => after.includes(code));
    const places = common.map((code) => after.indexOf(code));
    this.consistent = places.every((place, k) => k === 0 || place > places[k - 1]!);
  }

  movement(before: GradeOutcome, after: GradeOutcome): Movement {
    if (before.kind !== 'rated') return after.kind === 'rated' ? 'newly-rated' : 'not-rated';
    if (after.kind !== 'rated') return 'no-longer-rated';
    if (before.code === after.code) return 'unchanged';
    const list = [this.before, this.after].find(
      (codes) => codes.includes(before.code) && codes.includes(after.code),
    );
    if (!list || !this.consistent) return 'not-comparable';
    return list.indexOf(after.code) < list.indexOf(before.code) ? 'better' : 'worse';
  }
}
