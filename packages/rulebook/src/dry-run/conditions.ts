/** Conditions of bands and gates in two versions: what differs, and whether it reaches a subject. */
import type { Bilingual } from '@tanxiao/contracts';

import { conditionHolds, type ExactValues } from '../evaluate/exact-program';
import type { Plan, PlanGrading } from '../plan/plan';

/** A band's condition or a gate that differs; names are `grading.band` and `grading.gate`. */
export interface ConditionChange {
  /** Of a band or a gate, which may share a code. */
  readonly key: string;
  readonly name: string;
  readonly title: Bilingual;
  /** As the version writes it; null where it asks nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Of {
  readonly grading: PlanGrading;
}

/** A version's grading, and what the subject's values are in it. */
export interface Decided extends Of {
  readonly plan: Plan;
  readonly values: ExactValues;
}

interface Asked {
  readonly code: string;
  readonly title: Bilingual;
  readonly text: string;
  readonly tree: string;
}

/** Compared by syntax tree. A band that came or went without a condition is none of these. */
export function changedConditions(
  { grading: before }: Of,
  { grading: after }: Of,
): ConditionChange[] {
  const [old, now] = [askedBy(before), askedBy(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [a, b] = [old.get(key), now.get(key)];
    if (a?.tree === b?.tree) return [];
    const { title, code } = (b ?? a)!;
    const name = `${after.name}.${code}`;
    return [{ key, name, title, before: a?.text ?? null, after: b?.text ?? null }];
  });
}

function askedBy({ bands, gates }: PlanGrading): ReadonlyMap<string, Asked> {
  return new Map([
    ...bands.flatMap(({ code, title, when, whenText }): [string, Asked][] =>
      when
        ? [[bandKey(code), { code, title, text: whenText ?? '', tree: JSON.stringify(when) }]]
        : [],
    ),
    ...gates.map(({ code, title, require, requireText, otherwise }): [string, Asked] => {
      const tree = JSON.stringify([require, bands[otherwise]!.code]);
      return [gateKey(code), { code, title, text: requireText, tree }];
    }),
  ]);
}

/**
 * Whether a condition decides otherwise for a subject: it holds, fails or is unknown in one version and not in the
 * other, or its gate leads to another band. A grade depends on conditions by nothing else, so one that decides the
 * same in both moved nobody.
 */
export function decidesOtherwise(key: string, before: Decided, after: Decided): boolean {
  return decision(key, before) !== decision(key, after);
}

/** A band that the version does not have takes nobody, a gate that it does not have lets everybody through. */
function decision(key: string, { plan, grading, values }: Decided): string {
  const band = grading.bands.find(({ code }) => key === bandKey(code));
  if (band) return String(band.when ? conditionHolds(plan, band.when, values) : true);
  const gate = grading.gates.find(({ code }) => key === gateKey(code));
  if (!gate) return String(key.startsWith(GATE));
  return conditionHolds(plan, gate.require, values) === true
    ? 'true'
    : grading.bands[gate.otherwise]!.code;
}

const BAND = 'band ';
const GATE = 'gate ';

function bandKey(code: string): string {
  return `${BAND}${code}`;
}

function gateKey(code: string): string {
  return `${GATE}${code}`;
}
