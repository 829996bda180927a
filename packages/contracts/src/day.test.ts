import { dayInChina } from './day';

test.each([
  ['2026-09-30T15:59:59.999Z', '2026-09-30'],
  ['2026-09-30T16:00:00.000Z', '2026-10-01'],
])('at %s it is %s in China', (instant, day) => {
  expect(dayInChina(new Date(instant))).toBe(day);
});
