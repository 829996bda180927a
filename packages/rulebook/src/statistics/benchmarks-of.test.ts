/** Totals that can be checked by hand, where sums in doubles would go wrong or a form has more than its inputs. */
import { Population } from '../evaluate/population';
import { benchmarksOf } from './benchmarks-of';
import { notesPlan } from './notes-plan.fixture';

const plan = notesPlan();

interface Given {
  readonly output: number;
  readonly fuel_01: number;
  readonly note: number;
}

/** Of all subjects: two exact totals a statistic. */
function totalsOf(
  subjects: readonly Given[],
  of = plan,
): Record<string, readonly [string, string]> {
  const population = new Population(of, subjects.length);
  for (const subject of subjects)
    population.add({
      ...{ regionCode: '330502', industryClassification: 'any', industryCode: '1111' },
      inputs: of.inputs.map(({ name }) => ({ fuel_02: null, ...subject })[name] ?? null),
    });
  const { rows } = benchmarksOf(of, population);
  return Object.fromEntries(
    rows
      .filter(({ level }) => level === 'all')
      .map(({ statistic, numerator, denominator }) => [statistic, [numerator, denominator]]),
  );
}

test('the constant of a form counts once a peer', () => {
  const subjects = [1, 2, 3].map((note) => ({ note, output: 1, fuel_01: 1 }));
  // 100 · (1 + 2 + 3) + 3 · 100.
  expect(totalsOf(subjects).notes_mean).toEqual(['900', '6']);
});

test('a thousand quantities of fifteen digits lose none: 2.2 t for each tonne', () => {
  const greatest = 999999999.999999;
  const subjects = Array.from({ length: 1000 }, () => ({
    ...{ output: greatest, fuel_01: greatest, note: 1 },
  }));
  expect(totalsOf(subjects).mean).toEqual(['2199999999999.9978', '999999999999.999']);
});

test('quantities of the greatest and the least size stand side by side', () => {
  const subjects = [999999999999999, 1e-15, 0.000001].map((quantity) => ({
    ...{ output: quantity, fuel_01: quantity, note: 1 },
  }));
  expect(totalsOf(subjects).mean).toEqual([
    '2199999999999997.8000022000000022',
    '999999999999999.000001000000001',
  ]);
});

test('a peer that only the referee can tell is one', () => {
  const of = notesPlan({ members: 'fuel_01 * emission_01 > good_limit * output' });
  // 2.2 · 1.00000000000001 is 2.200000000000022: above the output by a part in 10^15. 2.2 · 0.1 is the output.
  const subjects = [
    { fuel_01: 1.00000000000001, output: 2.20000000000002, note: 1 },
    { fuel_01: 0.1, output: 0.22, note: 1 },
  ];
  expect(totalsOf(subjects, of).mean).toEqual(['2.200000000000022', '2.20000000000002']);
});
