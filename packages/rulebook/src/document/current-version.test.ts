import { parsePeriod } from '@tanxiao/contracts';
import fc from 'fast-check';

import { currentVersion, type DatedVersion, inForce } from './rulebook';

interface Version extends DatedVersion {
  readonly version: string;
}

function version(name: string, from: string, to?: string): Version {
  return { id: 'r', version: name, document: { effective: { from, to } } };
}

const FIRST = version('1.0.0', '2024-01-01');
const SECOND = version('1.1.0', '2026-10-01');
const DRAFT = version('2.0.0', '2099-01-01');

test.each([
  ['2026-09-30', '1.0.0'],
  ['2026-10-01', '1.1.0'],
  ['2026-11-25', '1.1.0'],
])('on %s version %s is current, whatever begins later', (day, expected) => {
  expect(currentVersion([DRAFT, SECOND, FIRST], 'r', day)).toMatchObject({
    version: { version: expected },
    inForce: true,
  });
});

test('where none is in force yet the newest is named, and said to be not in force', () => {
  expect(currentVersion([FIRST, DRAFT], 'r', '2023-12-31')).toEqual({
    version: DRAFT,
    inForce: false,
  });
});

test('a version whose last day is over is not current', () => {
  const ended = version('0.9.0', '2020-01-01', '2023-12-31');
  expect(currentVersion([ended], 'r', '2023-12-31')?.inForce).toBe(true);
  expect(currentVersion([ended], 'r', '2024-01-01')?.inForce).toBe(false);
});

test('of two that begin on one day the later in the list counts', () => {
  const again = version('1.0.1', '2024-01-01');
  expect(currentVersion([FIRST, again], 'r', '2025-06-01')?.version).toBe(again);
});

test('an id without any version has no current one', () => {
  expect(currentVersion([FIRST], 'other', '2026-11-25')).toBeNull();
});

test('on the last day of a period, what is current is what rates the period', () => {
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const versions = fc.array(fc.tuple(day, fc.option(day, { nil: undefined })), { maxLength: 6 });
  const period = fc
    .tuple(fc.integer({ min: 2020, max: 2030 }), fc.constantFrom('', 'H1', 'Q3', 'Q4'))
    .map(([year, part]) => parsePeriod(`${year}${part}`)!);
  fc.assert(
    fc.property(versions, period, (spans, of) => {
      const all = spans.map(([from, to], index) => version(`1.${index}.0`, from, to));
      const current = currentVersion(all, 'r', of.end);
      expect(current?.inForce ? current.version : null).toBe(inForce(all, 'r', of));
    }),
  );
});
