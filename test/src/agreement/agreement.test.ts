/**
 * Kernel and referee agree on every rulebook that ships. The trials run in threads outside of jest, whose sandbox makes
 * them 2.6 times as slow.
 */
import path from 'node:path';

import { loadStandards } from '@tanxiao/standards';

import { SOURCES } from '../rule-change/source-process';
import { boundsOf } from './bounds';
import { type PartResult, runParts } from './run-parts';
import { trialPeriod } from './trial-period';

const THREAD = { file: path.join(__dirname, 'trial-thread.ts'), execArgv: SOURCES };
const standards = loadStandards();
const { rulebooks } = standards;
const parts = rulebooks.map((rulebook) => {
  const period = trialPeriod(rulebooks, rulebook);
  // A quarter is aimed at bounds; `npm run agreement` tries many more.
  const adversarial = Math.max(
    1_000,
    4 * 3 * 2 * boundsOf(standards.plan(rulebook.id, period)!).bounds.length,
  );
  return {
    ...{ rulebook: rulebook.id, period: period.id, seed: 20261122 },
    ...{ smooth: 2_000, adversarial, moreUntilMet: 4_000 },
  };
});

let results: readonly PartResult[];
beforeAll(async () => {
  results = await runParts(parts, THREAD);
}, 600_000);

describe.each(rulebooks.map(({ id, version }, index) => [`${id} ${version}`, index] as const))(
  '%s',
  (_, index) => {
    test('kernel and referee give the same bytes for plain and dirty subjects, on every bound, a unit beside it, and on ties', () => {
      const { differences, coverage, refereed, rated, subjects } = results[index]!.adversarial;
      expect(differences).toEqual([]);
      // The subjects are worth something only where every bound was met and ratings made.
      const missed = coverage.filter(
        ({ on, below, above, hasBelow }) => on === 0 || above === 0 || (hasBelow && below === 0),
      );
      expect(missed).toEqual([]);
      expect(refereed).toBeGreaterThan(subjects / 80);
      // Every input that may withhold a rating does so in some; a quarter is what the strictest rulebook leaves.
      expect(rated).toBeGreaterThan(subjects / 4);
    });

    test('and for a smooth population with statistics of its own', () => {
      const { differences, rated } = results[index]!.smooth;
      expect(differences).toEqual([]);
      expect(rated).toBeGreaterThan(200);
    });
  },
);
