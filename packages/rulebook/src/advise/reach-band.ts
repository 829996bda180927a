/** What one input would have to be so that a grading reaches a band, or why no value of it does. */
import { MAX_SIGNIFICANT_DIGITS } from '@tanxiao/contracts';

import type { ExactEvaluation, ExactSubject } from '../evaluate/referee';
import type { Rational } from '../exact/rational';
import { exactText, readingText } from '../explain/number-text';
import type { Plan, PlanGrading } from '../plan/plan';
import type { Change, NotReached, Obstacle, ReachAnswer } from './advice';
import { changedBand } from './changed-band';
import type { Line, LineCell } from './input-line';
import { percentOf } from './reading';
import { decimalIn, edgeOf, isWithin, roundedTo, type Span, spansFrom } from './span';

export interface Wanted {
  readonly plan: Plan;
  readonly subject: ExactSubject;
  readonly base: ExactEvaluation;
  /** Index among the plan's inputs. */
  readonly input: number;
  readonly line: Line;
  readonly grading: PlanGrading;
  /** Index among the gradings that the line was made for. */
  readonly gradingOnLine: number;
  /** This band or a better one. */
  readonly band: number;
}

/** Significant digits of a change as it is advised in words; rounded away from zero. */
const READING_DIGITS = 4;

export function reachBand(wanted: Wanted): ReachAnswer {
  const { line, gradingOnLine, band } = wanted;
  const { present } = line;
  const enough = line.cells.filter(({ bands }) => {
    const reached = bands[gradingOnLine];
    return typeof reached === 'number' && reached <= band;
  });
  const allowed = enough.filter((cell) => isAllowed(cell, line));
  const submitted = allowed.filter((cell) => cell.failedCheck === null);
  const rated = submitted.filter((cell) => cell.newReason === null);
  const certain = rated.filter((cell) => !cell.undecided);
  for (const span of spansFrom(certain, present)) {
    const found = decimalIn(span, present);
    const reaches = found && bandWith(wanted, found);
    if (found && reaches !== null)
      return {
        reachable: true,
        exact: exactText(edgeOf(span, present)),
        least: changeTo(found, present),
        rounded: changeTo(fewDigits(wanted, span, found), present),
        reaches: wanted.grading.bands[reaches]!.code,
      };
  }
  if (line.cells.some((cell) => isAllowed(cell, line) && cell.bands[gradingOnLine] === 'unsolved'))
    return notReached('not-solved', null);
  if (enough.length === 0) return notReached(noValue(wanted), null);
  if (allowed.length === 0) return outOfBounds(line, nearest(enough, present));
  if (submitted.length === 0) return rejected(wanted, allowed);
  if (rated.length === 0) return unrated(wanted, submitted);
  return notReached(certain.length === 0 ? 'not-solved' : 'no-decimal', nearest(rated, present));
}

function isAllowed(cell: LineCell, { minimum, maximum }: Line): boolean {
  // The line is divided at its bounds, so a cell is wholly on one side of each.
  return (
    (minimum === null || cell.low.compare(minimum) >= 0) &&
    (maximum === null || cell.high.compare(maximum) <= 0)
  );
}

function noValue({ line, gradingOnLine }: Wanted): Obstacle {
  const values = line.cells.map(({ values: v }) => v[gradingOnLine] ?? null);
  const [first] = values;
  const fixed = !first || first === 'unsolved' ? null : first.constantValue;
  const same = values.every(
    (value) => value && value !== 'unsolved' && fixed && value.constantValue?.equals(fixed),
  );
  return same ? 'no-effect' : 'out-of-reach';
}

function nearest(cells: readonly LineCell[], present: Rational): Rational {
  return edgeOf(spansFrom(cells, present)[0]!, present);
}

function notReached(obstacle: Obstacle, needed: Rational | null): NotReached {
  return {
    reachable: false,
    obstacle,
    needed: needed === null ? null : exactText(needed),
    neededShown: needed === null ? null : readingText(needed),
    code: null,
    message: null,
  };
}

function outOfBounds({ minimum, present }: Line, needed: Rational): ReachAnswer {
  const below = minimum !== null && needed.compare(present) < 0;
  return notReached(below ? 'below-minimum' : 'above-maximum', needed);
}

function rejected({ plan, line }: Wanted, cells: readonly LineCell[]): ReachAnswer {
  const needed = nearest(cells, line.present);
  const { code, message } = plan.checks[cellAt(cells, needed).failedCheck!]!;
  return { ...notReached('fails-check', needed), code, message };
}

function unrated({ plan, line }: Wanted, cells: readonly LineCell[]): ReachAnswer {
  const needed = nearest(cells, line.present);
  const { code, message } = plan.reasons[cellAt(cells, needed).newReason!]!;
  return { ...notReached('not-rated', needed), code, message };
}

/** A cell that a place bounds or is. */
function cellAt(cells: readonly LineCell[], place: Rational): LineCell {
  return cells.find(({ low, high }) => low.equals(place) || high.equals(place))!;
}

/** A value a little further in, whose change has few digits; the least change itself where there is none. */
function fewDigits(wanted: Wanted, span: Span, least: Rational): Rational {
  const { present } = wanted.line;
  const change = least.minus(present);
  const how = { digits: READING_DIGITS, upwards: change.sign() > 0, past: false };
  const value = present.plus(roundedTo(change, how));
  const isQuantity = roundedTo(value, {
    digits: MAX_SIGNIFICANT_DIGITS,
    upwards: true,
    past: false,
  }).equals(value);
  return isQuantity && isWithin(span, value) && bandWith(wanted, value) !== null ? value : least;
}

function changeTo(value: Rational, present: Rational): Change {
  const change = value.minus(present);
  return {
    value: value.toString(),
    change: change.toString(),
    percent: percentOf(change, present),
  };
}

/** What the referee gives with another value of the input. */
function bandWith(wanted: Wanted, value: Rational): number | null {
  const { plan, grading, band } = wanted;
  const from = { subject: wanted.subject, base: wanted.base };
  const to = { input: wanted.input, value: Number(value.toString()) };
  const reached = changedBand(plan, grading, from, to);
  return reached !== null && reached <= band ? reached : null;
}
