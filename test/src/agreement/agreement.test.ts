import { loadStandards } from '@tanxiao/standards';

import { compareKernelWithReferee } from './agreement';
import { compareOnSmoothSubjects } from './smooth';
import { trialPeriod } from './trial-period';

const standards = loadStandards();
const { rulebooks } = standards;

describe.each(
  rulebooks.map((rulebook) => [`${rulebook.id} ${rulebook.version}`, rulebook] as const),
)('%s', (_, rulebook) => {
  test('kernel and referee give the same bytes for plain and dirty subjects, on every bound, a unit beside it, and on ties', () => {
    const plan = standards.plan(rulebook.id, trialPeriod(rulebooks, rulebook))!;
    const agreement = compareKernelWithReferee(plan, 4_000, 20261122);
    expect(agreement.differences).toEqual([]);
    // The subjects are worth something only where every bound was met and ratings made.
    for (const { name, on, below, above, hasBelow } of agreement.coverage)
      expect({ name, on: on > 0, below: below > 0 || !hasBelow, above: above > 0 }).toEqual({
        name,
        on: true,
        below: true,
        above: true,
      });
    expect(agreement.refereed).toBeGreaterThan(50);
    // Every input that may withhold a rating does so in some; a quarter is what the strictest rulebook leaves.
    expect(agreement.rated).toBeGreaterThan(1_000);
  }, 120_000);

  test('and for a smooth population with statistics of its own', () => {
    const plan = standards.plan(rulebook.id, trialPeriod(rulebooks, rulebook))!;
    const agreement = compareOnSmoothSubjects(plan, 2_000, 20261122);
    expect(agreement.differences).toEqual([]);
    expect(agreement.rated).toBeGreaterThan(200);
  });
});
