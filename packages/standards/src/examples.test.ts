/** Every worked example of every rulebook that ships, by kernel and by referee. */
import { checkExamples, namedFactorSet } from '@tanxiao/rulebook';

import { loadStandards } from './standards';

const { rulebooks, factorSets } = loadStandards();

describe.each(rulebooks.map((rulebook) => [`${rulebook.id} ${rulebook.version}`, rulebook]))(
  '%s',
  (_, rulebook) => {
    const results = checkExamples(rulebook, namedFactorSet(rulebook, factorSets)!);

    test('has at least eight worked examples', () => {
      expect(results.length).toBeGreaterThanOrEqual(8);
    });

    test.each(results.map((result) => [result.title.zh, result] as const))(
      '%s',
      (_title, result) => {
        expect(result.mistakes).toEqual([]);
        expect(result.comparisons.filter(({ agrees }) => !agrees)).toEqual([]);
        // An example that expected nothing would pass whatever the rules say; a rejection is told in one comparison.
        const rejected = result.comparisons.some(({ what }) => what === 'rejected');
        expect(result.comparisons.length).toBeGreaterThanOrEqual(rejected ? 1 : 2);
      },
    );
  },
);
