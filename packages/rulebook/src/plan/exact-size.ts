/**
 * How large exact values can become, estimated before anything is evaluated. Fractions of BigInts know no overflow:
 * 30 squarings in a row would take more memory than there is, and a result beyond 10^308 has no double. A rulebook
 * whose values may pass these limits is refused when its plan is compiled.
 *
 * A value is N / (10^places · fixed · Π divisors), in lowest terms or not: `places` are decimal places, `fixed` is
 * what its factors divide by (molar masses), and a divisor is the numerator of a value that some formula divides by,
 * known by where it stands, so that two values over the same divisor have a common denominator. |value| < 2^magnitude.
 */
import { Rational } from '../exact/rational';
import { type Condition, MAX_PARTS, type NumberExpression } from '../formula/expression';
import type { Plan, PlanNode, PlanStatistic } from './plan';

/** A double holds up to 2^1023; what is left covers the display's power of ten. */
const MAX_MAGNITUDE_BITS = 960;
/** Numerator and denominator together. The shipped ratios have 1,000, a score of ten such ratios 13,000. */
const MAX_EXACT_BITS = 16_384;
/**
 * Of all steps of one subject: Σ (bits / 64)², since reducing a fraction takes quadratic time. The slowest rulebooks
 * found just below took the referee 46 ms a subject (2 cores, load 7); the shipped ones have 3,200 and take 0.01.
 */
const MAX_EXACT_WORK = 2_000_000;

const BITS_A_DIGIT = Math.log2(10);
/** Quantities stay below 10^15 and have at most 15 places (contracts/decimal). */
const QUANTITY: Size = { magnitude: 15 * BITS_A_DIGIT, places: 15, fixed: 1n, divisors: new Map() };
/** Totals are sums over at most 2^24 subjects. */
const SUBJECTS_BITS = 24;

interface Size {
  readonly magnitude: number;
  readonly places: number;
  readonly fixed: bigint;
  /** Bits by divisor, times how often it divides. */
  readonly divisors: ReadonlyMap<string, { readonly bits: number; readonly power: number }>;
}

export interface SizeProblem {
  readonly code: 'value-too-large' | 'too-many-parts' | 'peers-of-quotients';
  /** The calculation or peer statistic; null where the whole rulebook is too large. */
  readonly name: string | null;
  readonly message: string;
}

/** The first value that may become too large, or null. */
export function exactSizeProblem(plan: Plan): SizeProblem | null {
  return new Estimate(plan).problem();
}

const bitsOf = (n: bigint): number => (n < 0n ? -n : n).toString(16).length * 4;

function denominatorBits({ places, fixed, divisors }: Size): number {
  let bits = places * BITS_A_DIGIT + bitsOf(fixed);
  for (const divisor of divisors.values()) bits += divisor.bits * divisor.power;
  return bits;
}

const numeratorBits = (size: Size): number => Math.max(1, size.magnitude + denominatorBits(size));

function lcm(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Over a common denominator. */
function common(a: Size, b: Size, magnitude: number): Size {
  const divisors = new Map(a.divisors);
  for (const [key, { bits, power }] of b.divisors)
    divisors.set(key, { bits, power: Math.max(power, divisors.get(key)?.power ?? 0) });
  const places = Math.max(a.places, b.places);
  return { magnitude, places, fixed: lcm(a.fixed, b.fixed), divisors };
}

function product(a: Size, b: Size): Size {
  const divisors = new Map(a.divisors);
  for (const [key, { bits, power }] of b.divisors)
    divisors.set(key, { bits, power: power + (divisors.get(key)?.power ?? 0) });
  return {
    magnitude: a.magnitude + b.magnitude,
    places: a.places + b.places,
    fixed: a.fixed * b.fixed,
    divisors,
  };
}

function quotient(a: Size, b: Size, divisor: string): Size {
  const divisors = new Map(a.divisors);
  const power = (divisors.get(divisor)?.power ?? 0) + 1;
  divisors.set(divisor, { bits: numeratorBits(b), power });
  // A divisor other than zero is at least one over its denominator.
  return { ...a, magnitude: a.magnitude + denominatorBits(b), divisors };
}

/** A constant: its denominator's powers of ten are places, the rest is `fixed`. */
function sizeOfConstant(value: Rational): Size {
  const { n, d } = value.reduced();
  let places = 0;
  let fixed = d;
  for (; fixed % 10n === 0n; fixed /= 10n) places++;
  for (const prime of [2n, 5n]) for (; fixed % prime === 0n; fixed /= prime) places++;
  return { magnitude: Math.max(0, bitsOf(n) - bitsOf(d) + 4), places, fixed, divisors: new Map() };
}

function largest(sizes: readonly Size[]): Size {
  return sizes.reduce((a, b) => common(a, b, Math.max(a.magnitude, b.magnitude)));
}

class Estimate {
  private readonly sizes: Size[] = [];
  private parts = 0;
  private work = 0;
  private divisions = 0;
  private tooLarge = false;
  private sumsQuotients = false;

  constructor(private readonly plan: Plan) {}

  problem(): SizeProblem | null {
    const { plan } = this;
    for (const node of plan.nodes) {
      const size = this.node(node);
      // Only what has a name is ever shown as a double.
      if (size.magnitude > MAX_MAGNITUDE_BITS) this.tooLarge = true;
      this.sizes.push(size);
      const problem = this.limits(node.name);
      if (problem) return problem;
    }
    for (const { when } of plan.reasons) if (when) this.condition(when);
    for (const { gates, bands, slot } of plan.gradings) {
      for (const { require } of gates) this.condition(require);
      for (const { when, limit } of bands) {
        if (when) this.condition(when);
        if (limit) this.noted(product(this.sizes[slot!]!, this.sizes[limit.slot]!));
      }
    }
    for (const { require } of plan.checks) this.condition(require);
    return this.limits(null);
  }

  private limits(name: string | null): SizeProblem | null {
    if (this.parts > MAX_PARTS)
      return {
        code: 'too-many-parts',
        name,
        message: `all formulas together have more than ${MAX_PARTS} parts, totals expanded`,
      };
    if (this.sumsQuotients)
      return {
        code: 'peers-of-quotients',
        name,
        message:
          'a total over peers sums values that were divided by a value of the subject: their exact sum grows with every peer. ' +
          'Let numerator and denominator be quantities, and divide the totals',
      };
    if (this.tooLarge || this.work > MAX_EXACT_WORK)
      return {
        code: 'value-too-large',
        name,
        message:
          `exact values may need more than ${MAX_EXACT_BITS} bits, or results be beyond 10^${Math.floor(MAX_MAGNITUDE_BITS / BITS_A_DIGIT)}: ` +
          'use fewer multiplications and divisions in a row',
      };
    return null;
  }

  private node(node: PlanNode): Size {
    const { origin } = node;
    switch (origin.kind) {
      case 'input':
        return QUANTITY;
      case 'parameter':
        return sizeOfConstant(origin.value);
      case 'factor':
        return this.noted(sizeOfConstant(origin.factor.value));
      case 'lookup':
        return QUANTITY;
      case 'statistic':
        return this.statistic(node, this.plan.statistics[origin.index]!);
      case 'calculation':
        if (origin.onlyIf) this.condition(origin.onlyIf);
        return this.number(origin.formula);
    }
  }

  private statistic(node: PlanNode, { measure, members }: PlanStatistic): Size {
    this.condition(members);
    const divisor = `slot ${node.slot}`;
    switch (measure.kind) {
      case 'ratio-of-totals': {
        const total = (slot: number): Size => {
          const one = this.sizes[slot]!;
          if (one.divisors.size > 0) this.sumsQuotients = true;
          return { ...one, magnitude: one.magnitude + SUBJECTS_BITS };
        };
        return this.noted(quotient(total(measure.numerator), total(measure.denominator), divisor));
      }
      case 'mean': {
        // A sum of rounded values, over their number.
        const { magnitude } = this.sizes[measure.of]!;
        return this.noted({
          magnitude,
          places: measure.decimals,
          fixed: 1n,
          divisors: new Map([[divisor, { bits: SUBJECTS_BITS, power: 1 }]]),
        });
      }
      case 'median':
      case 'top-share': {
        // Another subject's value: what it divides by is not what this subject divides by.
        const one = this.sizes[measure.of]!;
        const own = new Map([...one.divisors].map(([key, value]) => [`${divisor} ${key}`, value]));
        return this.noted({ ...one, fixed: one.fixed * 2n, divisors: own });
      }
    }
  }

  /** Every intermediate value counts: work for each, limits for all. */
  private noted(size: Size): Size {
    const bits = numeratorBits(size) + denominatorBits(size);
    this.work += (bits / 64) ** 2;
    if (!(bits <= MAX_EXACT_BITS)) this.tooLarge = true;
    return size;
  }

  private number(expression: NumberExpression): Size {
    // Sizes beyond the limits are not followed further: they would themselves grow without end.
    if (++this.parts > MAX_PARTS || this.tooLarge) return QUANTITY;
    switch (expression.kind) {
      case 'literal':
        return sizeOfConstant(Rational.fromNumber(expression.value));
      case 'name':
        return this.sizes[this.plan.slotOf.get(expression.name)!]!;
      case 'negate':
        return this.number(expression.operand);
      case 'arithmetic':
        return this.noted(this.arithmetic(expression));
      case 'total': {
        const terms = expression.terms.map((term) => this.number(term));
        const sum = terms.reduce((a, b) =>
          this.noted(common(a, b, Math.max(a.magnitude, b.magnitude))),
        );
        return this.noted({ ...sum, magnitude: sum.magnitude + Math.log2(terms.length) });
      }
      case 'extreme':
        return this.noted(largest(expression.arguments.map((argument) => this.number(argument))));
      case 'choice':
        this.condition(expression.condition);
        return this.noted(
          largest([this.number(expression.then), this.number(expression.otherwise)]),
        );
    }
  }

  private arithmetic({
    operator,
    left,
    right,
  }: Extract<NumberExpression, { kind: 'arithmetic' }>): Size {
    const [a, b] = [this.number(left), this.number(right)];
    if (operator === '*') return product(a, b);
    if (operator === '/') {
      const constant = this.constant(right);
      if (constant) return product(a, sizeOfConstant(Rational.ONE.over(constant)));
      // The same name is the same divisor wherever it stands.
      const divisor = right.kind === 'name' ? right.name : `division ${this.divisions++}`;
      return quotient(a, b, divisor);
    }
    return common(a, b, Math.max(a.magnitude, b.magnitude) + 1);
  }

  /** What is the same for every subject, unless it is zero. */
  private constant(expression: NumberExpression): Rational | null {
    if (expression.kind === 'literal' && expression.value !== 0)
      return Rational.fromNumber(expression.value);
    if (expression.kind === 'arithmetic') return this.constantDifference(expression);
    if (expression.kind !== 'name') return null;
    const { origin } = this.plan.nodes[this.plan.slotOf.get(expression.name)!]!;
    const value =
      origin.kind === 'parameter'
        ? origin.value
        : origin.kind === 'factor'
          ? origin.factor.value
          : null;
    return value === null || value.sign() === 0 ? null : value;
  }

  /** Leading less baseline value, where both are parameters. */
  private constantDifference({
    operator,
    left,
    right,
  }: Extract<NumberExpression, { kind: 'arithmetic' }>): Rational | null {
    if (operator !== '-') return null;
    const [a, b] = [this.constant(left), this.constant(right)];
    const difference = a && b && a.minus(b);
    return difference?.sign() === 0 ? null : difference;
  }

  private condition(condition: Condition): void {
    if (++this.parts > MAX_PARTS) return;
    switch (condition.kind) {
      case 'not':
        this.condition(condition.operand);
        return;
      case 'and':
      case 'or':
        this.condition(condition.left);
        this.condition(condition.right);
        return;
      case 'compare':
        this.noted(product(this.number(condition.left), this.number(condition.right)));
        return;
      case 'known':
    }
  }
}
