/** Benchmarks by partials are those of the oracle, to the byte, for every rulebook that ships and has statistics. */
import { benchmarksOf, type Plan } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';
import fc from 'fast-check';

import { trialPeriod } from '../agreement/trial-period';
import { populationOf, rowsByChunks } from './chunked';
import { madeSubject } from './made-subject';
import { oracleRows } from './oracle';

const standards = loadStandards();
const { rulebooks, factorSets } = standards;
const plans = rulebooks
  .map((rulebook): Plan => {
    const { id, version } = rulebook.document.factorSet;
    const factorSet = factorSets.find((set) => set.id === id && set.version === version)!;
    return standards.planByHash(rulebook.hash, factorSet.hash, trialPeriod(rulebooks, rulebook))!;
  })
  .filter(({ statistics }) => statistics.length > 0)
  .map((plan) => [`${plan.rulebook.id} ${plan.rulebook.version}`, plan] as const);

const MOST_SUBJECTS = 60;
const CHUNKS = 5;

/** Subjects, cut anywhere (chunks may be empty), and an order in which chunks are merged. */
const cutSubjects = fc.record({
  seeds: fc.array(fc.nat(), { maxLength: MOST_SUBJECTS, size: 'max' }),
  cuts: fc.array(fc.nat(MOST_SUBJECTS), { minLength: CHUNKS - 1, maxLength: CHUNKS - 1 }),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: CHUNKS, maxLength: CHUNKS }),
});

describe.each(plans)('%s', (_, plan) => {
  test('any cut into chunks, merged in any order, gives the bytes of the oracle, and so does one population', () => {
    let peers = 0;
    fc.assert(
      fc.property(cutSubjects, ({ seeds, cuts, order }) => {
        const subjects = seeds.map((seed) => madeSubject(plan, seed));
        const ends = [...cuts.sort((a, b) => a - b), MOST_SUBJECTS];
        const chunks = ends.map((end, k) => subjects.slice(k === 0 ? 0 : ends[k - 1], end));
        const wanted = oracleRows(plan, subjects);
        expect(rowsByChunks(plan, chunks, order)).toEqual(wanted);
        expect(benchmarksOf(plan, populationOf(plan, subjects)).rows).toEqual(wanted);
        peers = Math.max(peers, ...wanted.map(({ size }) => size));
      }),
      { numRuns: 25 },
    );
    // Worth something only where groups had peers.
    expect(peers).toBeGreaterThan(3);
  });
});
