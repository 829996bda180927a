/** Guarantees of the catalogue: every row is there, and the special-purpose factors are out of a rating's reach. */
import { listFactorCatalogue, parseFactorCatalogue } from './factor-catalogue';

const factors = listFactorCatalogue();

test('the catalogue has 661 rows with the ids f0001 to f0661', () => {
  expect(factors.map((factor) => factor.id)).toEqual(
    Array.from({ length: 661 }, (_, i) => `f${String(i + 1).padStart(4, '0')}`),
  );
});

test('CDM margins, the footprint factor and trading-scheme factors are not usable, each with a reason', () => {
  const special = factors.filter((factor) =>
    ['3-electricity-cdm', '3-electricity-footprint', '3-electricity-ets'].includes(factor.group),
  );
  expect(special).toHaveLength(24 + 1 + 5);
  for (const factor of special) {
    expect([factor.id, factor.usableForRating, factor.reason?.zh]).toEqual([
      factor.id,
      false,
      expect.any(String),
    ]);
  }
});

test('of the electricity factors only the yearly averages since 2021 are usable', () => {
  const usable = factors.filter(
    (factor) => factor.quantity === 'grid_factor' && factor.usableForRating,
  );
  expect(usable).toHaveLength(3 * (30 + 7 + 1));
  expect(new Set(usable.map((factor) => factor.basisOrScope))).toEqual(new Set(['average']));
  expect(new Set(usable.map((factor) => factor.year))).toEqual(new Set(['2021', '2022', '2023']));
});

test('argon has no value and is not usable: a missing factor is never zero', () => {
  const argon = factors.filter((factor) => factor.itemId === 'argon');
  expect(argon).toEqual([expect.objectContaining({ value: '', usableForRating: false })]);
});

test('a row that is not usable must say why', () => {
  const header =
    'id,group,standard,item_id,item,quantity,value,value_max,unit,basis_or_scope,year,region,status,source,note,usable_for_rating,reason_zh,reason_en\n';
  expect(() =>
    parseFactorCatalogue('f.csv', `${header}f0001,g,s,i,x,q,1,,u,,,,reported,s,,0,,\n`),
  ).toThrow('f.csv, f0001: a reason is stated exactly where not usable');
});
