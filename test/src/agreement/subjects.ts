/**
 * Subjects to try kernel and referee on: plain ones, dirty ones, and adversarial ones that lie exactly on a bound
 * or one unit of the 15th digit beside it. Nothing here knows a particular rulebook: bounds are aimed at by
 * solving the plan for one input, exactly, or else for a statistic.
 */
import { decimalText, readDecimal } from '@tanxiao/contracts';
import {
  type Benchmark,
  namesIn,
  type NumericInput,
  type Plan,
  Rational,
  roundResult,
} from '@tanxiao/rulebook';

import { climbed } from './climb';
import type { Random } from './random';
import { movedStatistic, solvedStatistic } from './statistic-targets';
import { bareBenchmark, evaluateTrial, type Target, type TrialSubject, type Units } from './trial';

const REGIONS = ['330502', '330521', '310115', '540102'] as const;

/** A plain or dirty subject; digits and magnitudes vary, as in real uploads. */
export function randomSubject(plan: Plan, random: Random, serial: number): TrialSubject {
  const required = plan.inputs.filter(({ missing }) => 'notRated' in missing).length;
  const inputs = plan.inputs.map((input) => {
    const wanted = 'notRated' in input.missing;
    const blank = random.chance(wanted ? rarely(required, 0.1) : input.informative ? 0.9 : 0.55);
    return blank ? (random.chance(0.3) ? zeroOf(input) : null) : randomValue(input, random);
  });
  return {
    subject: {
      regionCode: random.chance(0.95) ? REGIONS[0] : random.pick(REGIONS),
      industryClassification: 'gbt4754-2017',
      // A class of its own for each: so each can have benchmarks of its own.
      industryCode: serial.toString(36).padStart(4, '0').slice(-4),
      inputs,
    },
    benchmarks: plan.statistics.map((_, statistic) =>
      random.chance(rarely(plan.statistics.length, 0.03))
        ? null
        : randomBenchmark(plan, statistic, random),
    ),
  };
}

/**
 * The chance that one of several things is missing, any of which may withhold a rating: at most `chance`, and rarer the
 * more there are (21 inputs, each blank one time in ten, left one subject in ten to be rated).
 */
function rarely(ofHowMany: number, chance: number): number {
  return Math.min(chance, 0.2 / ofHowMany);
}

function zeroOf({ minimum, maximum }: NumericInput): number | null {
  return (minimum ?? 0) <= 0 && (maximum ?? 0) >= 0 ? 0 : null;
}

function randomValue(input: NumericInput, random: Random): number {
  const { minimum, maximum, options } = input;
  if (options) return random.integer(0, options.length - 1);
  const value = randomDecimal(random);
  if (maximum !== null) {
    // Within the limits, with few or many digits, and now and then on a limit.
    if (random.chance(0.1)) return maximum;
    const share = random.chance(0.5) ? random.integer(0, 20) / 20 : random.next();
    return Number(((minimum ?? 0) + share * (maximum - (minimum ?? 0))).toPrecision(12));
  }
  if (minimum !== null) return Math.max(minimum, value);
  return random.chance(0.2) ? -value : value;
}

/** A tie of a random result: an odd number of half units of its last place. */
export function randomTie(plan: Plan, random: Random): Target {
  const result = random.pick(plan.results);
  const half = Rational.of(1n, 2n * 10n ** BigInt(result.decimals));
  return {
    slot: result.slot,
    at: half.times(Rational.of(BigInt(2 * random.integer(0, 20000) + 1))),
  };
}

/** So many subjects are tried before a target is given up. */
const ATTEMPTS = 200;
/** After each so many, one is brought near the target, and every second attempt starts from it. */
const BETWEEN_CLIMBS = 20;
/** So many solutions that miss the target are passed over. */
const MOST_ASTRAY = 40;

/**
 * A subject moved onto a target: one input (or a statistic) is solved so that the value equals it exactly
 * (`units` 0), then moved by `units` of its 15th digit. Null where no random subject tried can be brought there.
 */
export function boundarySubject(
  plan: Plan,
  random: Random,
  serial: number,
  target: Target,
  units: Units,
): TrialSubject | null {
  const candidates = inputsBehind(plan, target.slot);
  let trial: TrialSubject | null = null;
  let near: TrialSubject | null = null;
  let astray: TrialSubject | null = null;
  let strayed = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    trial = roundTrial(plan, random, serial);
    if (attempt > 0 && attempt % BETWEEN_CLIMBS === 0)
      near = climbed(plan, trial, target, { inputs: candidates, random });
    if (near !== null && attempt % 2 === 0) trial = near;
    const byStatistic = movedStatistic(plan, trial, target, units);
    if (byStatistic) return byStatistic;
    if (candidates.length === 0) continue;
    const k = random.pick(candidates);
    const at =
      target.at instanceof Rational
        ? target.at
        : (evaluateTrial(plan, trial).values[target.at.slot] ?? null);
    const solution = at === null ? null : solve(plan, trial, k, { slot: target.slot, value: at });
    if (solution === null) continue;
    const decimal = units === 0 ? exactDecimal(solution) : besideDecimal(solution, units);
    const { minimum, maximum } = plan.inputs[k]!;
    if (decimal === null || decimal < (minimum ?? -Infinity) || decimal > (maximum ?? Infinity))
      continue;
    const moved = {
      ...trial,
      subject: {
        ...trial.subject,
        inputs: trial.subject.inputs.map((v, i) => (i === k ? decimal : v)),
      },
    };
    // Solved by the slope at one place; where another piece of a score holds at the solution, it is none.
    if (isBeside(plan, moved, target)) return moved;
    astray ??= moved;
    if (++strayed === MOST_ASTRAY) return astray;
  }
  return astray ?? (trial && solvedStatistic(plan, trial, target, units));
}

/** Within a part in 10^9 of the target: on it, or units of the last place beside it. */
function isBeside(plan: Plan, trial: TrialSubject, { slot, at }: Target): boolean {
  const { values } = evaluateTrial(plan, trial);
  const value = values[slot]?.toNumber() ?? NaN;
  const other = at instanceof Rational ? at.toNumber() : (values[at.slot]?.toNumber() ?? NaN);
  return Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other));
}

/** Few inputs of few digits, and statistics of few digits, so that a solution is often an exact decimal. */
function roundTrial(plan: Plan, random: Random, serial: number): TrialSubject {
  const { subject } = randomSubject(plan, random, serial);
  // Most have few inputs: a factor of many digits puts exactly-on out of the reach of a 15-digit decimal.
  const sparse = random.chance(0.75);
  const inputs = plan.inputs.map((input, k) => {
    const value = subject.inputs[k] ?? null;
    if (sparse && !('notRated' in input.missing) && random.chance(0.95)) return null;
    if (value === null || input.options) return value;
    return Math.max(
      input.minimum ?? -Infinity,
      Math.min(input.maximum ?? Infinity, Number(value.toPrecision(random.integer(1, 4)))),
    );
  });
  return {
    subject: { ...subject, regionCode: REGIONS[0], inputs },
    benchmarks: plan.statistics.map((_, statistic) => roundBenchmark(plan, statistic, random)),
  };
}

const behind = new WeakMap<Plan, Map<number, readonly number[]>>();

/** The quantities that a slot's value depends on. */
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
      if (origin.kind === 'input' && !plan.inputs[origin.index]!.options) found.add(origin.index);
      if (origin.kind === 'calculation')
        open.push(...namesIn(origin.formula).map((name) => plan.slotOf.get(name)!));
    }
    known.set(slot, (inputs = [...found]));
  }
  return inputs;
}

/**
 * The value of input k that makes the slot equal the target, exactly: from three evaluations around the present
 * value it is seen whether the slot is linear in the input, or its inverse is; anything else isn't solved.
 */
function solve(
  plan: Plan,
  trial: TrialSubject,
  k: number,
  target: { readonly slot: number; readonly value: Rational },
): Rational | null {
  // Points that the input may take: a share stays below 1. Pieces of a score are linear near the present value only.
  const { minimum, maximum } = plan.inputs[k]!;
  const present = trial.subject.inputs[k] ?? null;
  const wide = maximum === null ? 100 : (maximum - (minimum ?? 0)) / 4;
  return (
    solveFrom(plan, trial, k, target, { from: 0, step: wide }) ??
    (present === null || present === 0
      ? null
      : solveFrom(plan, trial, k, target, {
          from: Number((present * 0.98).toPrecision(12)),
          step: Number((present * 0.005).toPrecision(6)),
        }))
  );
}

function solveFrom(
  plan: Plan,
  trial: TrialSubject,
  k: number,
  target: { readonly slot: number; readonly value: Rational },
  points: { readonly from: number; readonly step: number },
): Rational | null {
  const at = (x: number): Rational | null => {
    const inputs = trial.subject.inputs.map((value, i) => (i === k ? x : value));
    const moved = { ...trial, subject: { ...trial.subject, inputs } };
    return evaluateTrial(plan, moved).values[target.slot] ?? null;
  };
  const step = Rational.fromNumber(points.step);
  const x1 = Rational.fromNumber(points.from).plus(step);
  const [a, b, c] = [1, 2, 3].map((n) =>
    Number(decimalText(roundResult(x1.plus(step.times(Rational.of(BigInt(n - 1)))), 12))),
  );
  const [y1, y2, y3] = [at(a!), at(b!), at(c!)];
  if (!y1 || !y2 || !y3) return null;
  const [xa, xb, xc] = [a!, b!, c!].map((x) => Rational.fromNumber(x));
  const slope = y2.minus(y1).over(xb!.minus(xa!));
  if (slope.sign() !== 0 && y3.minus(y2).over(xc!.minus(xb!)).equals(slope))
    return target.value.minus(y1).over(slope).plus(xa!);
  // y = a / x, as of a denominator; a value that stays zero is none.
  if (target.value.sign() !== 0 && y1.sign() !== 0 && y1.times(xa!).equals(y2.times(xb!)))
    return y1.times(xa!).over(target.value);
  return null;
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

function randomDecimal(random: Random): number {
  const digits = random.chance(0.2) ? random.integer(10, 15) : random.integer(1, 7);
  const exponent = random.integer(-4, 6);
  const text = `${random.integer(1, 9)}.${Array.from({ length: digits - 1 }, () => random.integer(0, 9)).join('')}e${exponent}`;
  const value = Number(text);
  return readDecimal(decimalText(value)).ok ? value : Number(value.toPrecision(6));
}

function randomBenchmark(plan: Plan, statistic: number, random: Random): Benchmark {
  const numerator = random.chance(0.02)
    ? 0
    : random.chance(0.02)
      ? -randomDecimal(random)
      : randomDecimal(random);
  return {
    ...bareBenchmark(plan, statistic),
    numerator: random.chance(0.5)
      ? decimalText(numerator)
      : `${Math.round(numerator * 1e6)}/${3 * random.integer(1, 1e6)}`,
    denominator: random.chance(rarely(plan.statistics.length, 0.02))
      ? '0'
      : decimalText(randomDecimal(random)),
  };
}

/** Totals of few digits, so that a limit times the benchmark is often a decimal that can be written exactly. */
function roundBenchmark(plan: Plan, statistic: number, random: Random): Benchmark {
  if (random.chance(0.3)) return randomBenchmark(plan, statistic, random);
  return {
    ...bareBenchmark(plan, statistic),
    numerator: String(random.integer(1, 9999)),
    denominator: String(10 ** random.integer(0, 4)),
  };
}
