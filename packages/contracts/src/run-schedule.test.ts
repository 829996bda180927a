import { parsePeriod } from './period';
import { periodsAround, runTime, scheduleCron, type ScheduleTime } from './run-schedule';

const QUARTERLY: ScheduleTime = { every: 'quarter', monthsAfter: 0, day: 20, hour: 2 };

test.each([
  ['2026Q3', QUARTERLY, '2026-10-19T18:00:00.000Z'],
  ['2026Q4', QUARTERLY, '2027-01-19T18:00:00.000Z'],
  ['2026Q4', { ...QUARTERLY, monthsAfter: 2, day: 1, hour: 8 }, '2027-03-01T00:00:00.000Z'],
  ['2026H1', { ...QUARTERLY, every: 'half-year' as const }, '2026-07-19T18:00:00.000Z'],
  [
    '2026',
    { every: 'year' as const, monthsAfter: 5, day: 28, hour: 23 },
    '2027-06-28T15:00:00.000Z',
  ],
])('the run of %s, scheduled %o, begins at %s', (period, time, at) => {
  expect(runTime(parsePeriod(period)!, time).toISOString()).toBe(at);
});

test.each([
  ['2026-10-19T17:59:59Z', '2026Q2', '2026Q3'],
  ['2026-10-19T18:00:00Z', '2026Q3', '2026Q4'],
  ['2027-01-01T00:00:00Z', '2026Q3', '2026Q4'],
])('at %s the run of %s is due and that of %s comes next', (now, due, next) => {
  const around = periodsAround(QUARTERLY, new Date(now));
  expect([around.due.id, around.next.id]).toEqual([due, next]);
});

test.each([
  [QUARTERLY, '0 2 20 1,4,7,10 *'],
  [{ ...QUARTERLY, monthsAfter: 2 }, '0 2 20 3,6,9,12 *'],
  [{ ...QUARTERLY, every: 'half-year' as const, monthsAfter: 1 }, '0 2 20 2,8 *'],
  [{ ...QUARTERLY, every: 'year' as const, monthsAfter: 5 }, '0 2 20 6 *'],
])('%o as a cron line is %s', (time, cron) => {
  expect(scheduleCron(time)).toBe(cron);
});
