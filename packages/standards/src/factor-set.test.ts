/**
 * Guarantees of the factor set cn-industrial: complete for form 205-1, every number traceable to the catalogue row or
 * form row its clause names, exact conversions, no status better than its source's, none of the known traps.
 */
import { parse } from 'yaml';

import { loadCarriers } from './carriers';
import { factorSetFiles, rulebookFiles } from './documents';
import { type CatalogueFactor, listFactorCatalogue } from './factor-catalogue';
import { loadRegions } from './regions';
import { isStatus } from './status';

interface Figure {
  value: number;
  over?: number;
  unit: string;
  source: string;
  clause: string;
  status: string;
}
interface Factor extends Partial<Figure> {
  id: string;
  quantity: string;
  carrier: string;
  unit: string;
  note?: { zh: string; en: string };
  product?: (Figure & { name: string })[];
  table?: (Figure & { region: string; year: number; published: string })[];
}
interface FactorSet {
  sources: Record<string, { status: string }>;
  factors: Factor[];
}

const file = factorSetFiles().find(({ id }) => id === 'cn-industrial')!;
const set = parse(file.text) as FactorSet;
const catalogue = new Map(listFactorCatalogue().map((factor) => [factor.id, factor]));
const carriers = loadCarriers();

const figuresOf = (factor: Factor): Figure[] =>
  factor.product ??
  factor.table?.map((row) => ({ ...row, unit: factor.unit })) ?? [factor as Factor & Figure];
const figures = set.factors.flatMap((factor) =>
  figuresOf(factor).map((figure) => ({ id: factor.id, figure })),
);
const factorOf = (id: string) => set.factors.find((factor) => factor.id === id)!;
const electricity = factorOf('emission.33').table!;
const electricityAt = (region: string, year: number) =>
  electricity.find((row) => row.region === region && row.year === year)?.value;

/** Catalogue unit and the unit in the set, with what the printed number is multiplied by: an exact power of ten. */
const CONVERSIONS: Record<string, number> = {
  'kJ/kg > GJ/t': -3,
  'kJ/m3 > GJ/10k_m3': -2,
  'GJ/t > GJ/t': 0,
  'GJ/10^4Nm3 > GJ/10k_m3': 0,
  'tC/TJ > tC/GJ': -3,
  '1 > 1': 0,
  'tCO2/GJ > tCO2/GJ': 0,
  'kgCO2/kWh (=tCO2/MWh) > tCO2/10MWh': 1,
  'kgce/kg > tce/t': 0,
  'kgce/m3 > tce/10k_m3': 1,
  'kgce/kWh > tce/10MWh': 1,
  'kgce/MJ > tce/GJ': 0,
};
const catalogueRowOf = (figure: Figure): CatalogueFactor | undefined =>
  catalogue.get(/目录 (f\d{4})/.exec(figure.clause)?.[1] ?? '');

test('carriers 01 to 39 each have one emission factor and one coal-equivalent coefficient; 40, the total, none', () => {
  const codes = Array.from({ length: 39 }, (_, i) => String(i + 1).padStart(2, '0'));
  for (const quantity of ['emission', 'coal-equivalent']) {
    const of = set.factors.filter((factor) => factor.quantity === quantity);
    expect(of.map((factor) => factor.id).sort()).toEqual(
      codes.map((code) => `${quantity}.${code}`),
    );
    for (const factor of of) {
      const result = quantity === 'emission' ? 'tCO2' : 'tce';
      const unit = carriers.get(factor.carrier)!.unit;
      expect([factor.id, factor.unit]).toEqual([factor.id, `${result}/${unit}`]);
    }
  }
});

test('every number names a source that exists, a clause and a status', () => {
  for (const { id, figure } of figures) {
    expect([id, set.sources[figure.source] !== undefined, isStatus(figure.status)]).toEqual([
      id,
      true,
      true,
    ]);
    expect(figure.clause).not.toBe('');
  }
});

test('a number of the catalogue is carried over exactly and its status is never better', () => {
  let traced = 0;
  for (const { id, figure } of figures) {
    const row = catalogueRowOf(figure);
    if (row === undefined || row.itemId === 'c2co2' || row.itemId === 'elec_eq') continue;
    const power = CONVERSIONS[`${row.unit} > ${figure.unit}`];
    const usable = row.usableForRating && row.value !== '' && power !== undefined;
    expect([id, row.id, usable]).toEqual([id, row.id, true]);
    expect([id, row.id, figure.value]).toEqual([id, row.id, Number(`${row.value}e${power}`)]);
    expect([id, row.id, ['assumed', row.status]]).toEqual([
      id,
      row.id,
      expect.arrayContaining([figure.status]),
    ]);
    traced += 1;
  }
  expect(traced).toBeGreaterThan(200);
});

test('a number without a catalogue row is a form coefficient, a range’s choice, 44/12, standard coal, or a stated zero', () => {
  const elsewhere = figures.filter(({ figure }) => catalogueRowOf(figure) === undefined);
  for (const { id, figure } of elsewhere) {
    const row = carriers.get(/第 (\d\d) 行/.exec(figure.clause)?.[1] ?? '');
    if (row === undefined) {
      expect([id, figure.value, figure.status, figure.source]).toEqual([
        id,
        0,
        'assumed',
        'project',
      ]);
      continue;
    }
    const { value, max } = row.coalEquivalentTcePerUnit!;
    const within = figure.value >= Number(value) && figure.value <= Number(max ?? value);
    expect([id, within]).toEqual([id, true]);
    const floor = max === undefined ? row.statuses.coalEquivalent : 'assumed';
    expect([id, figure.status]).toEqual([id, floor]);
  }
});

test('every value has at most 15 significant digits', () => {
  for (const { id, figure } of figures) {
    const digits = String(figure.value).replace('.', '').replace(/^0+/, '');
    expect([id, /^\d*$/.test(digits) && digits.length <= 15]).toEqual([id, true]);
  }
});

test('whatever is assumed says in a note, in both languages, what was taken and why', () => {
  for (const factor of set.factors) {
    if (figuresOf(factor).every((figure) => figure.status !== 'assumed')) continue;
    expect([factor.id, factor.note?.zh, factor.note?.en]).toEqual([
      factor.id,
      expect.any(String),
      expect.any(String),
    ]);
  }
});

// LHV × carbon content × oxidation × 44/12, worked by hand, in tonnes of CO2 per unit of the carrier.
test.each([
  ['emission.04', 0.476478618], // 19.570 × 0.02618 × 0.93
  ['emission.21', 0.844338992], // 42.652 × 0.02020 × 0.98
  ['emission.15', 5.89687857], // 389.31 × 0.01530 × 0.99
])('%s: the product of its components is the hand-computed factor', (id, carbonByHand) => {
  const value = factorOf(id).product!.reduce(
    (product, c) => (product * c.value) / (c.over ?? 1),
    1,
  );
  expect(value).toBeCloseTo((carbonByHand * 44) / 12, 12);
});

test.each([
  ['330000', 5.422, 5.153, 4.974],
  ['grid-east', 5.992, 5.617, 5.5],
  ['CN', 5.568, 5.366, 5.306],
])('electricity of %s: 2021, 2022 and 2023 are not swapped', (region, ...values) => {
  expect([2021, 2022, 2023].map((year) => electricityAt(region, year))).toEqual(values);
});

test('electricity has 30 provinces, 7 grids and the nation, each in three years; 西藏 has none', () => {
  const years = (pattern: RegExp) => electricity.filter((row) => pattern.test(row.region)).length;
  expect([years(/^\d{6}$/), years(/^grid-/), years(/^CN$/)]).toEqual([90, 21, 3]);
  expect(electricity.some((row) => row.region.startsWith('54'))).toBe(false);
  const keys = electricity.map((row) => `${row.region} ${row.year}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('an electricity row is the published row of its own region and year', () => {
  const regions = loadRegions();
  for (const row of electricity) {
    const published = catalogueRowOf(row)!;
    const grid = regions.grids().find(({ id }) => id === row.region)?.name.zh;
    const name = grid ?? regions.get(row.region)?.nameZh ?? '全国';
    expect([row.region, row.year, name.startsWith(published.region)]).toEqual([
      row.region,
      Number(published.year),
      true,
    ]);
    expect([row.source, row.published]).toEqual([
      `mee-${row.year}`,
      `${published.value} kgCO2/kWh`,
    ]);
  }
});

test('no CDM margin, footprint or trading-scheme factor is in the set', () => {
  const barred = new Set(
    [...catalogue.values()]
      .filter((factor) => /^3-electricity-(cdm|footprint|ets)$/.test(factor.group))
      .map((factor) => Number(factor.value) * 10),
  );
  const found = electricity.filter((row) => barred.has(row.value));
  expect(found).toEqual([]);
});

test('factor sets and rulebooks are found by id and version, and their texts are whole', () => {
  expect(file.version).toBe('1.0.0');
  for (const document of [...factorSetFiles(), ...rulebookFiles()]) {
    expect(document.text.length).toBeGreaterThan(100);
  }
});
