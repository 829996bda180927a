/**
 * Whether all ways came to the same: outcomes as texts, each result rounded as the rulebook shows it and then to six
 * significant digits. A subject so near a bound or a rounding tie that plain doubles may fall on either side is left
 * out and counted. The referee is the reference.
 */
import { createHash } from 'node:crypto';

import type { Rational } from '@tanxiao/rulebook';
import { evaluateExactly, type Plan } from '@tanxiao/rulebook';

import type { CitySubjects } from './city-subjects';
import { type Contestant, GRADING_NAMES, type Outcome, RESULT_NAMES } from './contestant';

const DIGITS = 6;
/** Relative. Far above the rounding errors of some eighty operations in doubles, about 1e-14. */
const NEAR = 1e-11;

export interface Reference {
  readonly subjects: number;
  /** How many are left out. */
  readonly near: number;
  /** Of the subject's parts; null where it is left out. */
  readonly texts: readonly (readonly string[] | null)[];
}

export interface Comparison {
  readonly compared: number;
  readonly differences: number;
  /** Of all compared outcomes; a part that the way does not compute is taken from the reference. */
  readonly checksum: string;
}

/** A rating's columns as an outcome. */
export function outcomeOfColumns(
  plan: Plan,
  { values, bands }: { values: readonly (number | null)[]; bands: readonly (number | null)[] },
): Outcome {
  return Object.fromEntries([
    ...RESULT_NAMES.map((name) => [name, values[resultIndex(plan, name)]!]),
    ...GRADING_NAMES.map((name) => [name, bands[gradingIndex(plan, name)]!]),
  ]) as Outcome;
}

/** The referee's outcomes of the first subjects. */
export function referenceOf(city: CitySubjects, count: number): Reference {
  const texts = Array.from({ length: count }, (_, i) => referenceText(city, i));
  return { subjects: count, near: texts.filter((text) => text === null).length, texts };
}

/** Compares the reference's subjects, as far as the contestant rated them. */
export async function compared(
  plan: Plan,
  reference: Reference,
  contestant: Contestant,
): Promise<Comparison> {
  const hash = createHash('sha256');
  let [differences, count] = [0, 0];
  for (let i = 0; i < reference.subjects; i++) {
    const expected = reference.texts[i];
    const outcome = expected && (await contestant.outcome(i));
    if (!expected || !outcome) continue;
    const seen = partTexts(plan, outcome);
    const text = expected.map((part, k) => seen[k] ?? part).join(' ');
    if (text !== expected.join(' ')) differences++;
    hash.update(`${text}\n`);
    count++;
  }
  return { compared: count, differences, checksum: hash.digest('hex').slice(0, 12) };
}

function referenceText({ plan, subjects, benchmarks }: CitySubjects, i: number): string[] | null {
  const subject = subjects[i]!;
  const { values, columns } = evaluateExactly(plan, {
    ...subject,
    statistics: plan.statistics.map((_, s) => benchmarks.find(s, subject)?.totals ?? null),
  });
  const results = RESULT_NAMES.map((name) => values[plan.slotOf.get(name)!]?.toNumber() ?? null);
  const tie = results.some((value, k) => {
    if (value === null) return false;
    const decimals = plan.results[resultIndex(plan, RESULT_NAMES[k]!)]!.decimals;
    return resultText(value * (1 - NEAR), decimals) !== resultText(value * (1 + NEAR), decimals);
  });
  const onBound = GRADING_NAMES.some((name) => nearBound(plan, name, values));
  return tie || onBound ? null : (partTexts(plan, outcomeOfColumns(plan, columns)) as string[]);
}

function nearBound(plan: Plan, name: string, values: readonly (Rational | null)[]): boolean {
  const { slot, bands } = plan.gradings[gradingIndex(plan, name)]!;
  const value = slot === null ? null : values[slot]?.toNumber();
  if (value === null || value === undefined) return false;
  return bands.some(({ limit }) => {
    const bound = limit === null ? undefined : values[limit.slot]?.toNumber();
    return bound !== undefined && Math.abs(value - bound) <= NEAR * Math.abs(bound);
  });
}

function partTexts(plan: Plan, outcome: Outcome): (string | undefined)[] {
  return [
    ...RESULT_NAMES.map((name) => {
      const value = outcome[name];
      return typeof value === 'number'
        ? resultText(value, plan.results[resultIndex(plan, name)]!.decimals)
        : missingText(value);
    }),
    ...GRADING_NAMES.map((name) => {
      const band = outcome[name];
      return typeof band === 'number' ? String(band) : missingText(band);
    }),
  ];
}

function missingText(value: null | undefined): string | undefined {
  return value === null ? '-' : undefined;
}

function resultText(value: number, decimals: number): string {
  return Number(value.toFixed(decimals)).toPrecision(DIGITS);
}

function resultIndex(plan: Plan, name: string): number {
  return plan.results.findIndex((result) => result.name === name);
}

function gradingIndex(plan: Plan, name: string): number {
  return plan.gradings.findIndex((grading) => grading.name === name);
}
