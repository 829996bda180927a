/** Bytes of partials: read back whole, or refused with what to do. */
import fc from 'fast-check';

import { shapesPlan } from '../document/shapes.fixture';
import { Population } from '../evaluate/population';
import { partialOf } from './chunk-partial';
import { BenchmarkMerger } from './merger';
import { stagesOf } from './partial';
import { decodePartial, encodePartial, PartialError } from './partial-codec';

const plan = shapesPlan();
const [stage] = stagesOf(plan);

/** Energies from 0 on, 7 tonnes of output: totals, orders, several groups. */
function partialOfEnergies(count: number, of = plan) {
  const population = new Population(of, count);
  for (let energy = 0; energy < count; energy++)
    population.add({
      ...{ regionCode: '330502', industryClassification: 'any' },
      industryCode: energy % 2 === 0 ? '1711' : '2011',
      inputs: of.inputs.map(
        ({ name }) => ({ violation: 0, energy, output: 7, last_year: 1 })[name] ?? null,
      ),
    });
  return partialOf(of, population, null, stage!);
}

const partial = partialOfEnergies(300);
const bytes = encodePartial(partial);

function refusal(given: Uint8Array): PartialError {
  try {
    decodePartial(given);
  } catch (error) {
    if (error instanceof PartialError) return error;
    throw error;
  }
  throw new Error('these bytes were read');
}

test('a partial read back merges to the same benchmarks', () => {
  const rows = (one: typeof partial) => {
    const merger = new BenchmarkMerger(plan, stage!);
    merger.add(7, one);
    return [merger.candidates(), partial.statistics.map(({ kind }) => kind)];
  };
  expect(rows(decodePartial(bytes))).toEqual(rows(partial));
  expect(encodePartial(decodePartial(bytes)).equals(bytes)).toBe(true);
  expect(new Set(partial.statistics.map(({ kind }) => kind))).toEqual(
    new Set(['totals', 'ordered']),
  );
});

test('any changed byte and any missing end is noticed', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= change;
      expect(refusal(damaged)).toBeInstanceOf(PartialError);
      expect(refusal(bytes.subarray(0, at))).toBeInstanceOf(PartialError);
    }),
    { numRuns: 200 },
  );
});

test('what is no partial, of another version or damaged is told apart', () => {
  expect(refusal(Buffer.from('PGCOPY\n'))).toMatchObject({ reason: 'foreign' });
  const other = Buffer.from(bytes);
  other[4] = 250;
  expect(refusal(other)).toMatchObject({ reason: 'version', message: /version 250/ });
  expect(refusal(bytes.subarray(0, -1))).toMatchObject({ reason: 'damaged' });
});

describe('merging refuses', () => {
  const add = (chunk: number, one: typeof partial, of = plan) => {
    const merger = new BenchmarkMerger(of, stage!);
    merger.add(1, partialOfEnergies(3, of));
    merger.add(chunk, one);
    return merger;
  };

  test('a chunk that is there already', () => {
    expect(() => add(1, partial)).toThrow('chunk 1 is merged already');
  });

  test('a partial of another period', () => {
    expect(() => add(2, partial, shapesPlan(undefined, '2025'))).toThrow('made by other rules');
  });

  test('a partial of another stage', () => {
    expect(() => add(2, { ...partial, stage: 2 })).toThrow('for another stage (2, not 1)');
  });

  test('exact values that are not those asked for', () => {
    expect(() => add(2, partial).rows([])).toThrow('0 exact values for the');
  });
});
