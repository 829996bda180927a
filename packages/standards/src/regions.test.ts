/** Guarantees of the region table: complete provinces, a tree, and sense made of codes that are not listed. */
import { loadRegions, parseRegions } from './regions';

const regions = loadRegions();

test('all 34 province-level codes, the 11 cities of Zhejiang and of Hebei, Huzhou’s 5 are listed', () => {
  const of = (level: string, prefix: string) =>
    regions.all().filter((region) => region.level === level && region.code.startsWith(prefix));
  expect(of('province', '')).toHaveLength(34);
  expect(of('city', '33')).toHaveLength(11);
  expect(of('city', '13')).toHaveLength(11);
  expect(of('county', '3305').map((region) => region.nameZh)).toEqual([
    '吴兴区',
    '南浔区',
    '德清县',
    '长兴县',
    '安吉县',
  ]);
});

test('a parent is a prefix of its regions', () => {
  for (const region of regions.all()) {
    const significant = { province: 0, city: 2, county: 4 }[region.level];
    expect([region.code, (region.parent ?? '').slice(0, significant)]).toEqual([
      region.code,
      region.code.slice(0, significant),
    ]);
  }
});

test.each([
  ['330502', '330000', '330500', 'grid-east'],
  ['330599', '330000', '330500', 'grid-east'],
  ['330500', '330000', '330500', 'grid-east'],
  ['330000', '330000', undefined, 'grid-east'],
  ['130102', '130000', '130100', 'grid-north'],
  ['440305', '440000', '440300', 'grid-south'],
  ['310115', '310000', '310000', 'grid-east'],
  ['310000', '310000', '310000', 'grid-east'],
  ['429004', '420000', '429004', 'grid-central'],
  ['150402', '150000', '150400', 'grid-northeast'],
  ['150102', '150000', '150100', 'grid-north'],
  ['540102', '540000', '540100', 'grid-southwest'],
  ['810000', '810000', undefined, undefined],
])('%s lies in province %s, city %s, grid %s', (code, province, city, grid) => {
  expect(regions.valid(code)).toBe(true);
  expect([regions.provinceOf(code), regions.cityOf(code), regions.gridOf(code)]).toEqual([
    province,
    city,
    grid,
  ]);
});

test.each(['', '33', '3305', '330005', '990000', '160100', '33050a', '3305020', ' 330502'])(
  '"%s" is not a valid region',
  (code) => {
    expect(regions.valid(code)).toBe(false);
    expect(regions.provinceOf(code)).toBeUndefined();
    expect(regions.cityOf(code)).toBeUndefined();
    expect(regions.gridOf(code)).toBeUndefined();
  },
);

test('every province on the mainland has a grid, and every grid has a province', () => {
  const withGrid = regions.all().filter((region) => region.level === 'province' && region.grid);
  expect(withGrid).toHaveLength(31);
  expect(new Set(withGrid.map((region) => region.grid!.id))).toEqual(
    new Set(regions.grids().map((grid) => grid.id)),
  );
});

test('a region on a grid that is not in the grid table is refused', () => {
  const csv =
    'code,name_zh,name_en,level,parent,grid,grid_status\n330000,浙江省,Zhejiang,province,,grid-x,reported\n';
  expect(() => parseRegions('r.csv', csv, regions.grids())).toThrow(
    'r.csv, 330000: "grid-x" is not one of grid-north',
  );
});
