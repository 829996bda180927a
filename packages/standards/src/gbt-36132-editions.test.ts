/** Two editions of GB/T 36132 under one id: the period's last day picks one, and no day is without one. */
import { parsePeriod } from '@tanxiao/contracts';

import { loadStandards } from './standards';

const editionOf = (period: string): string | undefined =>
  loadStandards().plan('gbt-36132', parsePeriod(period)!)?.rulebook.version;

test.each(['2018', '2024Q4', '2025H1', '2025Q3'])(
  '%s ends before the edition of 2025 took force and is rated by the edition of 2018',
  (period) => {
    expect(editionOf(period)).toBe('2018.0.0');
  },
);

// 2025-12-31, on which the edition of 2025 took force, is the last day of these three.
test.each(['2025Q4', '2025H2', '2025'])(
  '%s ends on the first day of the edition of 2025 and is rated by it',
  (period) => {
    expect(editionOf(period)).toBe('2025.0.0');
  },
);

test.each(['2026Q1', '2026', '2030'])('%s is rated by the edition of 2025', (period) => {
  expect(editionOf(period)).toBe('2025.0.0');
});

test('a period before the edition of 2018 is rated by none', () => {
  expect(editionOf('2017')).toBeUndefined();
});
