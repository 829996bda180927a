/** A population made of columns is the one made by adding the subjects one by one. */
import fc from 'fast-check';

import { shapesPlan } from '../document/shapes.fixture';
import { Population, type SubjectColumns, type SubjectData } from './population';

const plan = shapesPlan();
const PLACES = ['330502', '330523', '110101'].flatMap((regionCode) =>
  ['1711', '17', '2011'].map((industryCode) => ({
    ...{ regionCode, industryCode },
    industryClassification: 'any',
  })),
);

/** Within the limits mostly; beyond them now and then. */
const value = (index: number) => {
  const { options, maximum } = plan.inputs[index]!;
  const within = options
    ? fc.integer({ min: 0, max: options.length - 1 })
    : fc.integer({ min: 10, max: 95 }).map((n) => (maximum === 12 ? n / 10 : n / 100));
  return fc.oneof(
    { arbitrary: within, weight: 60 },
    { arbitrary: fc.constant(null), weight: 20 },
    { arbitrary: fc.constantFrom(0, -1, 20), weight: 1 },
  );
};
const subject = fc.record({
  place: fc.nat(PLACES.length - 1),
  inputs: fc.tuple(...plan.inputs.map((_, index) => value(index))),
});
const subjects = fc.array(subject, { maxLength: 20, size: 'max' });
type Made = typeof subject extends fc.Arbitrary<infer T> ? T : never;

function columnsOf(given: readonly Made[]): SubjectColumns {
  return {
    columns: plan.inputs.map((_, k) => Float64Array.from(given, ({ inputs }) => inputs[k] ?? NaN)),
    places: PLACES,
    placeOf: Int32Array.from(given, ({ place }) => place),
    size: given.length,
  };
}

/** Those that can be added, and why the others can't. */
function added(given: readonly Made[]) {
  const population = new Population(plan, given.length);
  const refused: { position: number; message: string }[] = [];
  given.forEach(({ place, inputs }, position) => {
    try {
      population.add({ ...PLACES[place]!, inputs } satisfies SubjectData);
    } catch (error) {
      refused.push({ position, message: (error as Error).message });
    }
  });
  return { population, refused };
}

/** All that anything reads of it. */
function contents(population: Population) {
  const { size } = population;
  const { inputs, lookups, used } = population.kernelInput([]);
  const until = (columns: readonly Float64Array[]) => columns.map((one) => one.slice(0, size));
  const blocks = Math.ceil(size / 256);
  return {
    ...{ size, inputs: until(inputs), lookups: until(lookups) },
    used: used.map((one) => one.slice(0, blocks)),
    subjects: Array.from({ length: size }, (_, i) => population.subject(i)),
    groups: Array.from({ length: size }, (_, i) => groupsOf(population, i)),
    found: plan.lookups.map((_, lookup) =>
      Array.from({ length: size }, (__, i) =>
        String(population.foundAt(lookup)[population.cellOf(i)]),
      ),
    ),
  };
}

function groupsOf(population: Population, i: number): (string | undefined)[][] {
  return plan.statistics.map(({ groups }, statistic) =>
    groups.map((_, level) => {
      const group = population.groupsAt(statistic, level)[population.cellOf(i)]!;
      return population.keysOf(statistic, level)[group];
    }),
  );
}

test('columns give the same population as adding, refuse the same subjects for the same reasons, and keep the others’ order', () => {
  let [kept, left] = [0, 0];
  fc.assert(
    fc.property(subjects, (given) => {
      const one = added(given);
      const { population, refused, positions } = Population.fromColumns(plan, columnsOf(given));
      expect(contents(population)).toEqual(contents(one.population));
      expect(refused.map(({ position, error }) => ({ position, message: error.message }))).toEqual(
        one.refused,
      );
      const beyond = new Set(refused.map(({ position }) => position));
      expect([...positions]).toEqual([...given.keys()].filter((i) => !beyond.has(i)));
      kept += population.size;
      left += refused.length;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(kept, left)).toBeGreaterThan(100);
});

test('a place given twice is one place, and a place where nobody stands is none', () => {
  const given = columnsOf([]);
  const { population } = Population.fromColumns(plan, {
    columns: given.columns.map(() => new Float64Array(2).fill(NaN)),
    places: [PLACES[4]!, PLACES[0]!, PLACES[0]!],
    placeOf: Int32Array.of(1, 2),
    size: 2,
  });
  expect(population.cellOf(0)).toBe(population.cellOf(1));
  expect(population.subject(1)).toMatchObject(PLACES[0]!);
});

test('columns of the wrong number or length, and places that are not there, are refused', () => {
  const given = columnsOf([{ place: 0, inputs: plan.inputs.map(() => null) }]);
  const making = (change: Partial<SubjectColumns>) => () =>
    Population.fromColumns(plan, { ...given, ...change });
  expect(making({ columns: given.columns.slice(1) })).toThrow(/columns for .* inputs/);
  expect(making({ size: 2 })).toThrow('shorter than the 2 subjects');
  expect(making({ placeOf: Int32Array.of(PLACES.length) })).toThrow('stands at place 9 of 9');
});
