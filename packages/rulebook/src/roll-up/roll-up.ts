/**
 * Rolls ratings of lower subjects up into the inputs of a higher one (五位一体: enterprises → park → district → city).
 * Exact: sums of displayed results are decimals, a quotient is rounded once. What cannot be known stays unknown.
 */
import { type Bilingual, readDecimal } from '@tanxiao/contracts';

import type { RollUpDocument } from '../document/schema-roll-ups';
import { Rational } from '../exact/rational';
import { roundToPlaces } from '../exact/rounding';

/** A rating as it is shown: results by name, bands by grading; and the quantities that were submitted, where at hand. */
export interface LowerRating {
  readonly rulebookId: string;
  readonly outcome: 'rated' | 'not-rated';
  readonly results: Readonly<Record<string, number | null>>;
  readonly gradings: Readonly<Record<string, string | null>>;
  /** By name; a sum may be of one (value added is no result). Empty where only the rating is at hand. */
  readonly inputs: Readonly<Record<string, number | null>>;
}

export interface RolledUp {
  readonly input: string;
  /** At most 15 significant digits; null is unknown. */
  readonly value: number | null;
  /** Ratings of the lower rulebook that were there, were rated, and fitted. */
  readonly of: { readonly all: number; readonly rated: number; readonly fitting: number };
}

/** A sum has more digits than a quantity may have, or a rating has no value or grading of a name. */
export class RollUpError extends Error {
  constructor(
    readonly code: 'no-grading' | 'no-value' | 'unknown-value' | 'too-many-digits',
    readonly input: string,
    readonly text: Bilingual,
  ) {
    super(`${input}: ${text.en}`);
    this.name = 'RollUpError';
  }
}

/**
 * The inputs of one higher subject from the ratings of those below it.
 * @throws RollUpError
 */
export function rollUp(
  rollUps: readonly RollUpDocument[],
  lower: readonly LowerRating[],
): RolledUp[] {
  return rollUps.map((of) => {
    const all = lower.filter(({ rulebookId }) => rulebookId === of.from);
    const rated = all.filter(({ outcome }) => outcome === 'rated');
    const fitting = of.where ? rated.filter((rating) => fits(rating, of)) : rated;
    const value = aggregated(of, { all, rated, fitting });
    return {
      input: of.input,
      value: value && quantity(of.input, value),
      of: { all: all.length, rated: rated.length, fitting: fitting.length },
    };
  });
}

function fits({ gradings }: LowerRating, { input, where }: RollUpDocument): boolean {
  const band = gradings[where!.grading];
  if (band === undefined)
    throw new RollUpError('no-grading', input, {
      zh: `评级结果中没有名为“${where!.grading}”的分级`,
      en: `a rating has no grading named "${where!.grading}"`,
    });
  return band !== null && where!.bands.includes(band);
}

interface Counted {
  readonly all: readonly LowerRating[];
  readonly rated: readonly LowerRating[];
  readonly fitting: readonly LowerRating[];
}

/** Null where there is nothing to divide by, or nobody of whom it could be known. */
function aggregated(of: RollUpDocument, { all, rated, fitting }: Counted): Rational | null {
  const count = (ratings: readonly LowerRating[]): Rational => Rational.of(BigInt(ratings.length));
  switch (of.aggregate) {
    case 'count':
      return all.length === 0 ? null : count(fitting);
    case 'share':
      return quotient(count(fitting), count(of.among === 'all' ? all : rated), of.decimals);
    case 'sum':
      return fitting.length === 0 ? null : total(of.input, fitting, of.of);
    case 'mean':
      return quotient(total(of.input, fitting, of.of), count(fitting), of.decimals);
    case 'ratio-of-totals':
      return quotient(
        total(of.input, fitting, of.numerator),
        total(of.input, fitting, of.denominator),
        of.decimals,
      );
  }
}

function quotient(above: Rational, below: Rational, decimals: number): Rational | null {
  return below.sign() === 0 ? null : roundToPlaces(above.over(below), decimals);
}

function total(input: string, ratings: readonly LowerRating[], name: string): Rational {
  return ratings.reduce((sum, { results, inputs }) => {
    const value = Object.hasOwn(results, name) ? results[name] : inputs[name];
    if (value === undefined)
      throw new RollUpError('no-value', input, {
        zh: `评级结果中没有名为“${name}”的结果，也没有同名的填报数据`,
        en: `a rating has no result named "${name}", and no submitted quantity of that name is at hand`,
      });
    if (value === null)
      throw new RollUpError('unknown-value', input, {
        zh: `有已评级主体的“${name}”未知`,
        en: `a rated subject's "${name}" is unknown`,
      });
    return sum.plus(Rational.fromNumber(value));
  }, Rational.ZERO);
}

function quantity(input: string, value: Rational): number {
  const text = value.toString();
  const reading = readDecimal(text);
  if (!reading.ok)
    throw new RollUpError('too-many-digits', input, {
      zh: `${text} 超过数值允许的 15 位有效数字`,
      en: `${text} has more digits than a quantity may have (15)`,
    });
  return reading.value;
}
