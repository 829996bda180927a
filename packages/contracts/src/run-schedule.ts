/** Runs that begin by themselves: for each quarter, half-year or year, some time after it has ended. */
import { z } from 'zod';

import { parsePeriod, type Period, type PeriodKind } from './period';

export const PERIOD_KINDS = [
  'quarter',
  'half-year',
  'year',
] as const satisfies readonly PeriodKind[];

/** When the run of a period begins, by China's clock. */
export interface ScheduleTime {
  readonly every: PeriodKind;
  /** Whole months between the period's end and the month of its run; 0: the month after. */
  readonly monthsAfter: number;
  /** 1 to 28, which every month has. */
  readonly day: number;
  readonly hour: number;
}

export const runScheduleRequestSchema = z
  .strictObject({
    rulebook: z.string().max(100),
    every: z.enum(PERIOD_KINDS),
    monthsAfter: z
      .int()
      .min(0)
      .max(11)
      .default(0)
      .meta({ description: 'Whole months after the period’s end; 0: the month after' }),
    day: z.int().min(1).max(28).default(20),
    hour: z.int().min(0).max(23).default(2).meta({ description: 'Of China' }),
  })
  .meta({ id: 'RunScheduleRequest' });

export const runScheduleSchema = z
  .object({
    id: z.uuid(),
    rulebook: z.string(),
    every: z.enum(PERIOD_KINDS),
    monthsAfter: z.int(),
    day: z.int(),
    hour: z.int(),
    next: z
      .object({ period: z.string(), at: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The next run; null where the schedule has ended' }),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RunSchedule' });

const CHINA_AHEAD_MS = 8 * 3_600_000;

/** When a period's run begins. */
export function runTime(period: Period, { monthsAfter, day, hour }: ScheduleTime): Date {
  const [year, month] = period.end.split('-').map(Number);
  // Months count from 0 there, so the period's last month as it is written is the month after.
  return new Date(Date.UTC(year!, month! + monthsAfter, day, hour) - CHINA_AHEAD_MS);
}

/** The period whose run began last at an instant, and the one whose run begins next. */
export function periodsAround(
  time: ScheduleTime,
  now: Date,
): { readonly due: Period; readonly next: Period } {
  let period = parsePeriod(firstOf(now.getUTCFullYear() - 3, time.every))!;
  for (;;) {
    const next = periodAfter(period);
    if (runTime(next, time) > now) return { due: period, next };
    period = next;
  }
}

function firstOf(year: number, kind: PeriodKind): string {
  return `${year}${{ quarter: 'Q1', 'half-year': 'H1', year: '' }[kind]}`;
}

/** @throws RangeError after the year 2100 */
function periodAfter({ kind, year, id }: Period): Period {
  const part = Number(id.slice(5));
  const last = { quarter: 4, 'half-year': 2, year: 0 }[kind];
  const after = parsePeriod(part < last ? `${id.slice(0, 5)}${part + 1}` : firstOf(year + 1, kind));
  if (!after) throw new RangeError(`no period after ${id}`);
  return after;
}

/** As a cron line (minute, hour, day, month, weekday), by China's clock. */
export function scheduleCron({ every, monthsAfter, day, hour }: ScheduleTime): string {
  const step = { quarter: 3, 'half-year': 6, year: 12 }[every];
  const months = Array.from({ length: 12 / step }, (_, k) => ((k * step + monthsAfter) % 12) + 1);
  return `0 ${hour} ${day} ${months.sort((a, b) => a - b).join(',')} *`;
}
