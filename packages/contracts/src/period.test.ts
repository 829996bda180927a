import { parsePeriod } from './period';

test.each([
  ['2026Q1', '2026-01-01', '2026-03-31'],
  ['2024H1', '2024-01-01', '2024-06-30'],
  ['2026H2', '2026-07-01', '2026-12-31'],
  ['2026', '2026-01-01', '2026-12-31'],
  ['2026Q4', '2026-10-01', '2026-12-31'],
])('%s runs from %s to %s', (id, start, end) => {
  expect(parsePeriod(id)).toMatchObject({ id, start, end });
});

test.each(['2026Q5', '2026q1', '26Q1', '2026-Q1', '2026H3', '1899', '3000', '', ' 2026'])(
  '"%s" is no period',
  (id) => {
    expect(parsePeriod(id)).toBeNull();
  },
);
