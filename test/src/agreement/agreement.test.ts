import { parsePeriod } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { compareKernelWithReferee } from './agreement';

const standards = loadStandards();
const period = parsePeriod('2026Q3')!;

describe.each(standards.rulebooks.map((rulebook) => rulebook.id))('%s', (id) => {
  test('kernel and referee give the same bytes for plain, dirty and boundary subjects', () => {
    const plan = standards.plan(id, period)!;
    const agreement = compareKernelWithReferee(plan, 3_000, 20261122);
    expect(agreement.differences).toEqual([]);
    // The subjects are worth something only where bounds were hit and ratings made.
    expect(agreement.onOrBesideBounds).toBeGreaterThan(100);
    expect(agreement.refereed).toBeGreaterThan(50);
    expect(agreement.rated).toBeGreaterThan(1_500);
  }, 120_000);
});
