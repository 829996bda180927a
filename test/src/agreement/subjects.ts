/**
 * Subjects to try kernel and referee on: plain ones, dirty ones, and adversarial ones that lie exactly on a bound
 * or one unit of the 15th digit beside it. Nothing here knows a particular rulebook: bounds are aimed at by
 * solving the plan for one input, exactly.
 */
import { decimalText, readDecimal } from '@tanxiao/contracts';
import {
  type Benchmark,
  evaluateExactly,
  namesIn,
  type Plan,
  Rational,
  roundResult,
  type SubjectData,
} from '@tanxiao/rulebook';

import type { Random } from './random';

export interface TrialSubject {
  readonly subject: SubjectData;
  readonly benchmark: Benchmark | null;
}

const REGIONS = ['330502', '330521', '310115', '540102'] as const;

/** A plain or dirty subject; digits and magnitudes vary, as in real uploads. */
export function randomSubject(plan: Plan, random: Random, serial: number): TrialSubject {
  const inputs = plan.inputs.map((input) => {
    if (random.chance(input.informative ? 0.9 : 0.55)) return random.chance(0.3) ? 0 : null;
    const value = randomDecimal(random);
    return input.minimum === null && random.chance(0.2) ? -value : value;
  });
  // The inputs that may withhold a rating are mostly there, so that most subjects get past them.
  plan.inputs.forEach((input, k) => {
    if ('notRated' in input.missing && random.chance(0.9)) inputs[k] = randomDecimal(random);
  });
  return {
    subject: {
      regionCode: random.chance(0.95) ? REGIONS[0] : random.pick(REGIONS),
      industryClassification: 'gbt4754-2017',
      // A class of its own for each: so each can have a benchmark of its own.
      industryCode: serial.toString(36).padStart(4, '0').slice(-4),
      inputs,
    },
    benchmark: random.chance(0.03) ? null : randomBenchmark(plan, random),
  };
}

/** What a boundary subject is moved to: a bound, or a rounding tie of a result. */
export interface Target {
  readonly slot: number;
  readonly value: Rational;
}

/** A tie of a random result: an odd number of half units of its last place. */
export function randomTie(plan: Plan, random: Random): Target {
  const result = random.pick(plan.results);
  const half = Rational.of(1n, 2n * 10n ** BigInt(result.decimals));
  return {
    slot: result.slot,
    value: half.times(Rational.of(BigInt(2 * random.integer(0, 20000) + 1))),
  };
}

/** So many subjects are tried before a target is given up. */
const ATTEMPTS = 60;

/**
 * A subject moved onto a target: one input (or the benchmark) is solved so that the value equals it exactly
 * (`units` 0), then moved by `units` of its 15th digit. Null where no random subject tried can be brought there.
 */
export function boundarySubject(
  plan: Plan,
  random: Random,
  serial: number,
  target: Target,
  units: -1 | 0 | 1,
): TrialSubject | null {
  const candidates = inputsBehind(plan, target.slot);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { subject: plain } = randomSubject(plan, random, serial);
    // Most have few inputs: a factor of many digits puts exactly-on out of the reach of a 15-digit decimal.
    const sparse = random.chance(0.75);
    const inputs = plan.inputs.map((input, k) =>
      sparse && !('notRated' in input.missing) && random.chance(0.95)
        ? null
        : roundInput(plain.inputs[k] ?? null, random),
    );
    const subject = { ...plain, regionCode: REGIONS[0], inputs };
    const benchmark = roundBenchmark(plan, random);
    if (plan.nodes[target.slot]!.origin.kind === 'benchmark')
      return { subject, benchmark: benchmarkAt(benchmark, target.value, units) };
    const k = random.pick(candidates);
    const solution = solve(plan, { subject, benchmark }, k, target);
    if (solution === null) continue;
    const decimal = units === 0 ? exactDecimal(solution) : besideDecimal(solution, units);
    const { minimum } = plan.inputs[k]!;
    if (decimal === null || (minimum !== null && decimal < minimum)) continue;
    return {
      benchmark,
      subject: { ...subject, inputs: inputs.map((v, i) => (i === k ? decimal : v)) },
    };
  }
  return null;
}

/** The benchmark itself on the target, or a unit of its last place beside. */
function benchmarkAt(
  benchmark: Benchmark | null,
  value: Rational,
  units: -1 | 0 | 1,
): Benchmark | null {
  const moved = value.plus(Rational.of(BigInt(units), 10n ** 15n));
  return benchmark && { ...benchmark, numerator: moved.toString(), denominator: '1' };
}

/** Totals of few digits, so that a limit times the benchmark is often a decimal that can be written exactly. */
function roundBenchmark(plan: Plan, random: Random): Benchmark | null {
  const benchmark = randomBenchmark(plan, random);
  if (!benchmark || random.chance(0.3)) return benchmark;
  return {
    ...benchmark,
    numerator: String(random.integer(1, 9999)),
    denominator: String(10 ** random.integer(0, 4)),
  };
}

const behind = new WeakMap<Plan, Map<number, readonly number[]>>();

/** The inputs that a slot's value depends on. */
function inputsBehind(plan: Plan, slot: number): readonly number[] {
  let known = behind.get(plan);
  if (!known) {
    known = new Map<number, readonly number[]>();
    behind.set(plan, known);
  }
  let inputs = known.get(slot);
  if (!inputs) {
    const found = new Set<number>();
    const open = [slot];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { origin } = plan.nodes[next]!;
      if (origin.kind === 'input') found.add(origin.index);
      if (origin.kind === 'calculation')
        open.push(...namesIn(origin.formula).map((name) => plan.slotOf.get(name)!));
    }
    known.set(slot, (inputs = [...found]));
  }
  return inputs;
}

/**
 * The value of input k that makes the slot equal the target, exactly: from three evaluations it is seen whether
 * the slot is linear in the input, or its inverse is; anything else isn't solved.
 */
function solve(plan: Plan, trial: TrialSubject, k: number, target: Target): Rational | null {
  const at = (x: number): Rational | null => {
    const inputs = trial.subject.inputs.map((value, i) => (i === k ? x : value));
    return slotValue(plan, trial, inputs, target.slot);
  };
  const [y1, y2, y3] = [at(100), at(200), at(300)];
  if (!y1 || !y2 || !y3) return null;
  const hundred = Rational.of(100n);
  const two = Rational.of(2n);
  const slope = y2.minus(y1).over(hundred);
  if (slope.sign() !== 0 && y3.minus(y2).over(hundred).equals(slope)) {
    return target.value.minus(y1).over(slope).plus(hundred);
  }
  // y = a / x, as of a denominator.
  if (target.value.sign() !== 0 && y2.times(two).equals(y1))
    return y1.times(hundred).over(target.value);
  return null;
}

function slotValue(
  plan: Plan,
  trial: TrialSubject,
  inputs: readonly (number | null)[],
  slot: number,
): Rational | null {
  const { benchmark } = trial;
  const { values } = evaluateExactly(plan, {
    inputs,
    province: `${trial.subject.regionCode.slice(0, 2)}0000`,
    benchmark: benchmark
      ? {
          numerator: Rational.parse(benchmark.numerator),
          denominator: Rational.parse(benchmark.denominator),
        }
      : null,
  });
  return values[slot] ?? null;
}

/** The value as an input takes it; null where it has more than 15 digits or no decimal form. */
function exactDecimal(value: Rational): number | null {
  const text = value.toString();
  if (text.includes('/')) return null;
  const reading = readDecimal(text);
  return reading.ok ? reading.value : null;
}

/** The decimal of 15 digits nearest to a value, moved by so many units of its 15th digit; null out of range. */
function besideDecimal(value: Rational, units: number): number | null {
  const magnitude = Math.abs(value.toNumber());
  if (!(magnitude < 1e14) || (magnitude !== 0 && magnitude < 1e-6)) return null;
  const places = magnitude === 0 ? 15 : Math.min(15, 14 - Math.floor(Math.log10(magnitude)));
  const unit = Rational.of(1n, 10n ** BigInt(Math.max(places, 0)));
  const moved = Rational.parse(decimalText(roundResult(value, Math.max(places, 0)))).plus(
    unit.times(Rational.of(BigInt(units))),
  );
  const reading = readDecimal(moved.toString());
  return reading.ok ? reading.value : null;
}

/** Few digits, so that a solution is often a decimal that can be written exactly. */
function roundInput(value: number | null, random: Random): number | null {
  return value === null ? null : Number(value.toPrecision(random.integer(1, 4)));
}

function randomDecimal(random: Random): number {
  const digits = random.chance(0.2) ? random.integer(10, 15) : random.integer(1, 7);
  const exponent = random.integer(-4, 6);
  const text = `${random.integer(1, 9)}.${Array.from({ length: digits - 1 }, () => random.integer(0, 9)).join('')}e${exponent}`;
  const value = Number(text);
  return readDecimal(decimalText(value)).ok ? value : Number(value.toPrecision(6));
}

function randomBenchmark(plan: Plan, random: Random): Benchmark | null {
  const level = plan.peers?.groups[0];
  if (!level) return null;
  const numerator = random.chance(0.02)
    ? 0
    : random.chance(0.02)
      ? -randomDecimal(random)
      : randomDecimal(random);
  return {
    level: level.level,
    groupKey: '',
    size: 1000,
    numerator: random.chance(0.5)
      ? decimalText(numerator)
      : `${Math.round(numerator * 1e6)}/${3 * random.integer(1, 1e6)}`,
    denominator: random.chance(0.02) ? '0' : decimalText(randomDecimal(random)),
    value: null,
  };
}
