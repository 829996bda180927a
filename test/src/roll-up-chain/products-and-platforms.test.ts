/** What a city takes from its products and its carbon platforms: the other two kinds of subjects below it. */
import { rollUp } from '@tanxiao/rulebook';

import { type NamedSubject, planOf, ratedSubjects } from './rated-subjects';

const PERIOD = '2025';
const product = planOf('green-product', PERIOD);
const platform = planOf('industrial-carbon-platform', PERIOD);
const { rollUps } = planOf('city-green-development-index', PERIOD).rulebook.document;

/** Of a rulebook's first example, which has full marks. */
const best = (plan: typeof product, own: NamedSubject['inputs']): NamedSubject => ({
  ...{ regionCode: '330502', industryCode: '1751' },
  inputs: { ...plan.rulebook.document.examples[0]!.inputs, ...own },
});
const cityValue = (input: string, lower: ReturnType<typeof ratedSubjects>): number | null =>
  rollUp(rollUps, lower).find((one) => one.input === input)!.value;

test('green products are counted among those that are rated: one without a footprint is neither green nor not', () => {
  // The mean of five is 8.8 kg: 6 ÷ 8.8 earns 22.3 of 28, 94.3 in all; from 8.8 kg on nothing, 72 in all; 75 are needed.
  const products = ratedSubjects(
    product,
    [6, 9, 9, 10, 10, null].map((footprint) =>
      best(product, { product_footprint_kgco2: footprint }),
    ),
  );
  expect(products.map(({ gradings }) => gradings.product_class)).toEqual([
    'green',
    'candidate',
    'candidate',
    'candidate',
    'candidate',
    null,
  ]);
  expect(cityValue('green_product_share', products)).toBe(0.2);
});

test('the mean of platforms is of their shown scores; a leak of data costs the class, not the score', () => {
  // Eleven of twelve functions cost 24 ÷ 12 points: 98, 98, 100.
  const platforms = ratedSubjects(platform, [
    best(platform, { carbon_assets: 'no' }),
    best(platform, { carbon_assets: 'no', data_breach: 'yes' }),
    best(platform, {}),
    best(platform, { completeness: null }),
  ]);
  expect(platforms.map(({ gradings }) => gradings.platform_class)).toEqual([
    'excellent',
    'failed',
    'excellent',
    null,
  ]);
  // 296 ÷ 3
  expect(cityValue('carbon_platform_score', platforms)).toBe(98.67);
});
