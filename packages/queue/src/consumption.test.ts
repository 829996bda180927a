import { type Activity, consumptionOf } from './consumption';

const NOW = 10_000_000;
const STALE = 60_000;
const activity = (over: Partial<Activity>): Activity => ({
  startedAt: 0,
  active: 0,
  completed: 0,
  failed: 0,
  lastEndedAt: null,
  lastSignAt: null,
  ...over,
});
const backlog = (waiting: number, oldestWaitingMs: number | null) => ({ waiting, oldestWaitingMs });

it('no work is no fault, however long ago the last job was', () => {
  expect(consumptionOf(activity({}), backlog(0, null), STALE, NOW)).toBe('idle');
});

it('a worker that ended a job lately is consuming, whatever waits', () => {
  const recent = activity({ lastEndedAt: NOW - 1000, lastSignAt: NOW - 1000 });
  expect(consumptionOf(recent, backlog(5000, 3_600_000), STALE, NOW)).toBe('consuming');
});

it('work that waits while nothing ends is a wedged worker, though its process lives', () => {
  expect(consumptionOf(activity({}), backlog(3, STALE + 1), STALE, NOW)).toBe('wedged');
});

it('a first job after a quiet night does not raise the alarm', () => {
  expect(consumptionOf(activity({}), backlog(1, 500), STALE, NOW)).toBe('consuming');
});

it('a job in hand that shows no sign of life is a wedged worker', () => {
  const stuck = activity({ active: 1, lastSignAt: NOW - STALE - 1 });
  expect(consumptionOf(stuck, backlog(0, null), STALE, NOW)).toBe('wedged');
});

it('a long job that beats is consuming', () => {
  const long = activity({ active: 1, lastEndedAt: 0, lastSignAt: NOW - 2000 });
  expect(consumptionOf(long, backlog(9, 3_600_000), STALE, NOW)).toBe('consuming');
});
