/**
 * Enterprises → parks → counties → city, through the rulebooks that ship. Every value that is rolled up is computed
 * anew from what the enterprises submitted, in whole numbers, by the wording of the rules and not by their code.
 */
import { type LowerRating, rollUp } from '@tanxiao/rulebook';

import { decimalOf, quotientOf, sumOf, unitsOf } from './exact-decimals';
import { COUNTIES, madeCity, type MadeEnterprise, parksOf } from './made-city';
import { type NamedSubject, planOf, ratedSubjects } from './rated-subjects';

const PERIOD = '2025';
const industrial = planOf('industrial-carbon-efficiency', PERIOD);
const stars = planOf('huzhou-green-factory-stars', PERIOD);
const ladder = planOf('digital-ladder', PERIOD);
const park = planOf('green-park', PERIOD);
const district = planOf('smart-green-district', PERIOD);
const cityIndex = planOf('city-green-development-index', PERIOD);

const city = madeCity(600, 20261125);
const subjectOf = ({ county, industryCode }: MadeEnterprise, inputs: NamedSubject['inputs']) => ({
  ...{ regionCode: county, industryCode, inputs },
});
const fromTenths = (tenths: bigint | null): number | null =>
  tenths === null ? null : decimalOf(tenths, 1);

const carbonRatings = ratedSubjects(
  industrial,
  city.map((one) =>
    subjectOf(one, {
      value_added_10k_cny: fromTenths(one.valueAdded),
      carrier_33: fromTenths(one.electricity),
      own_pv_10mwh: decimalOf(one.ownPower, 1),
      carbon_sink_tco2: decimalOf(one.sink, 1),
    }),
  ),
);
const starRatings = ratedSubjects(
  stars,
  city.map((one) =>
    subjectOf(one, {
      green_factory_score: fromTenths(one.starScore),
      basic_requirements: one.basicRequirementsMet ? 'passed' : 'failed',
    }),
  ),
);
const ladderRatings = ratedSubjects(
  ladder,
  city.map((one) =>
    subjectOf(one, {
      digital_level: fromTenths(one.digitalLevel),
      five_year_investment_10k_cny: 5000,
      years_without_violation: 5,
    }),
  ),
);

// The same from the enterprises themselves. Zhejiang: 4.974 tCO2 and 1.229 tce for 10 MWh, both in units of 1e-4 below.
const powerOf = (one: MadeEnterprise): bigint => one.electricity! + one.ownPower;
const netOf = (one: MadeEnterprise): bigint => one.electricity! * 4974n - one.sink * 1000n;
const isCarbonRated = (one: MadeEnterprise): boolean =>
  one.valueAdded !== null && one.valueAdded > 0n && one.electricity !== null && powerOf(one) > 0n;
const hasStar = (one: MadeEnterprise): boolean =>
  one.starScore !== null && one.starScore >= 500n && one.basicRequirementsMet;
const carbonRated = city.filter(isCarbonRated);
const total = (of: readonly MadeEnterprise[], value: (one: MadeEnterprise) => bigint): bigint =>
  sumOf(of.map(value));
const valueAddedOf = (of: readonly MadeEnterprise[]): bigint => total(of, (one) => one.valueAdded!);
/** Emissions in units of 1e-4 t over value added in tenths. */
const intensityOf = (of: readonly MadeEnterprise[]): number =>
  quotientOf(total(of, netOf), valueAddedOf(of) * 1000n, 4);
const count = (of: readonly MadeEnterprise[], fits: (one: MadeEnterprise) => boolean): bigint =>
  BigInt(of.filter(fits).length);

const rolled = (plan: typeof park, lower: readonly LowerRating[]): Record<string, number | null> =>
  Object.fromEntries(
    rollUp(plan.rulebook.document.rollUps, lower).map(({ input, value }) => [input, value]),
  );
const belongingTo = (fits: (one: MadeEnterprise) => boolean): LowerRating[] =>
  city.flatMap((one, i) =>
    fits(one) ? [carbonRatings[i]!, starRatings[i]!, ladderRatings[i]!] : [],
  );
/** All else as in the rulebook's first example: at its leading values. */
const filled = (plan: typeof park, own: NamedSubject['inputs']): NamedSubject['inputs'] => ({
  ...plan.rulebook.document.examples[0]!.inputs,
  ...own,
});

const parks = parksOf(city);
const parkInputs = parks.map((of) =>
  rolled(
    park,
    belongingTo((one) => one.park === of.park),
  ),
);
/** The first park had one, which costs its star; the second does not say, and is not rated. */
const PARKS_WITHOUT_STAR = 2;
const accidentOf = (i: number): string | null => (i === 0 ? 'yes' : i === 1 ? null : 'no');
const parkRatings = ratedSubjects(
  park,
  parks.map(({ county }, i) => ({
    regionCode: county,
    industryCode: '',
    inputs: filled(park, {
      ...parkInputs[i],
      major_accident: accidentOf(i),
    }),
  })),
);

const inCounty = (county: string) => city.filter((one) => one.county === county);
const districtInputs = COUNTIES.map((county) =>
  rolled(district, [
    ...belongingTo((one) => one.county === county),
    ...parkRatings.filter((_, i) => parks[i]!.county === county),
  ]),
);
const districtRatings = ratedSubjects(
  district,
  COUNTIES.map((county, i) => ({
    regionCode: county,
    industryCode: '',
    inputs: filled(district, {
      ...districtInputs[i],
      above_scale_enterprises: inCounty(county).length,
      // The last county said nothing of its waters: it is not rated, and no part of the mean.
      water_intensity: i === COUNTIES.length - 1 ? null : 5,
    }),
  })),
);

const cityInputs = rolled(cityIndex, [
  ...belongingTo(() => true),
  ...parkRatings,
  ...districtRatings,
]);

test('the made city has all that the rules tell apart', () => {
  const kinds = {
    notCarbonRated: city.length - carbonRated.length,
    losses: city.filter(({ valueAdded }) => valueAdded !== null && valueAdded <= 0n).length,
    noScore: city.filter(({ starScore }) => starScore === null).length,
    onTheLimitOfAStar: city.filter(({ starScore }) => starScore === 500n).length,
    outsideParks: city.filter(({ park: of }) => of === null).length,
    gateFailed: city.filter((one) => !one.basicRequirementsMet && one.starScore! >= 500n).length,
  };
  for (const [kind, size] of Object.entries(kinds))
    expect({ kind, some: size > 5 }).toEqual({ kind, some: true });
  expect(parks).toHaveLength(12);
});

test.each(parks.map(({ park: name }, i) => [name, i] as const))(
  '%s: star share of all its factories, emissions, value added and L of the rated enterprises',
  (name, i) => {
    const members = city.filter((one) => one.park === name);
    const rated = members.filter(isCarbonRated);
    expect(parkInputs[i]).toEqual({
      star_factory_share: quotientOf(count(members, hasStar), BigInt(members.length), 4),
      net_emissions_of_rated_tco2: decimalOf(total(rated, netOf), 4),
      value_added_of_rated_10k_cny: decimalOf(valueAddedOf(rated), 1),
    });
    expect(parkRatings[i]!.results.carbon_intensity).toBe(intensityOf(rated));
  },
);

test.each(COUNTIES.map((county, i) => [county, i] as const))(
  'county %s: factories, parks, emissions, energy, value added, L, coverage, digital steps',
  (county, i) => {
    const members = inCounty(county);
    const rated = members.filter(isCarbonRated);
    const own = parks.flatMap((of, k) => (of.county === county ? [k] : []));
    const starParks = own.filter((k) => k >= PARKS_WITHOUT_STAR).length;
    expect(districtInputs[i]).toEqual({
      star_factory_share: quotientOf(count(members, hasStar), BigInt(members.length), 4),
      star_park_share: quotientOf(BigInt(starParks), BigInt(own.length), 4),
      net_emissions_of_rated_tco2: decimalOf(total(rated, netOf), 4),
      energy_of_rated_tce: decimalOf(
        total(rated, (one) => powerOf(one) * 1229n),
        4,
      ),
      value_added_of_rated_10k_cny: decimalOf(valueAddedOf(rated), 1),
      carbon_rated_enterprises: rated.length,
      // A workshop needs a digital level of 2.0.
      digital_step_share: quotientOf(
        count(members, ({ digitalLevel }) => digitalLevel !== null && digitalLevel >= 20n),
        BigInt(members.length),
        4,
      ),
    });
    expect(districtRatings[i]!.results.carbon_intensity).toBe(intensityOf(rated));
  },
);

/** Grade 1 or 2: K ≤ 0.8, K = L over that of the class; crosswise, since all are positive. */
function hasGoodGrade(one: MadeEnterprise): boolean {
  const peers = carbonRated.filter(({ industryCode }) => industryCode === one.industryCode);
  const [net, valueAdded] = [total(peers, netOf), valueAddedOf(peers)];
  return 10n * netOf(one) * valueAdded <= 8n * one.valueAdded! * net;
}

test('the city: every value that is rolled up, and nothing where nobody is rated', () => {
  const shown = districtRatings.flatMap(({ outcome, results }) =>
    outcome === 'rated' ? [unitsOf(results.district_score!, 2)] : [],
  );
  expect(shown).toHaveLength(COUNTIES.length - 1);
  expect(cityInputs).toEqual({
    star_factory_share: quotientOf(count(city, hasStar), BigInt(city.length), 3),
    star_park_share: quotientOf(BigInt(parks.length - PARKS_WITHOUT_STAR), BigInt(parks.length), 3),
    green_product_share: null,
    district_mean_score: quotientOf(sumOf(shown), BigInt(shown.length) * 100n, 2),
    digital_step_share: quotientOf(
      count(city, ({ digitalLevel }) => digitalLevel !== null && digitalLevel >= 20n),
      BigInt(city.length),
      3,
    ),
    carbon_platform_score: null,
    carbon_intensity: intensityOf(carbonRated),
    good_carbon_grade_share: quotientOf(
      count(carbonRated, hasGoodGrade),
      BigInt(carbonRated.length),
      3,
    ),
    neutralisation_rate: quotientOf(
      total(carbonRated, (one) => one.ownPower * 4974n + one.sink * 1000n),
      total(carbonRated, (one) => powerOf(one) * 4974n),
      4,
    ),
    good_building_share: null,
  });
});

test('the city is rated from what was rolled up; what nobody is rated for keeps it from a rating', () => {
  const rate = (own: NamedSubject['inputs']): LowerRating =>
    ratedSubjects(cityIndex, [
      { regionCode: '330500', industryCode: '', inputs: filled(cityIndex, own) },
    ])[0]!;
  const byHand = {
    green_product_share: 0.3,
    carbon_platform_score: 62.5,
    good_building_share: 0.3,
  };
  expect(rate({ ...cityInputs, ...byHand }).outcome).toBe('rated');
  expect(rate(cityInputs)).toMatchObject({
    outcome: 'not-rated',
    results: { green_development_index: null },
  });
});

describe('4,254 above-scale enterprises, of which 3,846 are star factories', () => {
  const factory = (score: number | null): NamedSubject => ({
    regionCode: '330502',
    industryCode: '1751',
    inputs: { green_factory_score: score, basic_requirements: 'passed' },
  });
  const huzhou = ratedSubjects(stars, [
    ...Array.from({ length: 3846 }, (_, i) => factory(50 + (i % 51))),
    ...Array.from({ length: 300 }, () => factory(49.9999)),
    ...Array.from({ length: 108 }, () => factory(null)),
  ]);
  const share = (lower: readonly LowerRating[]): number | null =>
    rolled(cityIndex, lower).star_factory_share!;

  test('are 90.4 % (0.904090…), the not rated ones counted among all', () => {
    expect(share(huzhou)).toBe(0.904);
    expect(quotientOf(3846n, 4254n, 6)).toBe(0.90409);
    const [result] = rollUp(cityIndex.rulebook.document.rollUps, huzhou);
    expect(result).toMatchObject({ of: { all: 4254, rated: 4146, fitting: 3846 } });
  });

  test('and a tie goes to the even figure', () => {
    const of = (star: number): LowerRating[] =>
      ratedSubjects(
        stars,
        Array.from({ length: 16 }, (_, i) => factory(i < star ? 50 : 0)),
      );
    // 1 ÷ 16 = 0.0625, 3 ÷ 16 = 0.1875
    expect([share(of(1)), share(of(3))]).toEqual([0.062, 0.188]);
  });
});
