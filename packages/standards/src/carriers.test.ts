/** Guarantees of form 205-1: 40 carriers in units the engine knows, no zero where a coefficient is missing. */
import { loadCarriers, parseCarriers } from './carriers';

const carriers = loadCarriers();

test('the form has the 40 rows 01 to 40, in order, and 14 columns', () => {
  const codes = carriers.all().map((carrier) => carrier.code);
  expect(codes).toEqual(Array.from({ length: 40 }, (_, i) => String(i + 1).padStart(2, '0')));
  expect(carriers.columns().map((column) => column.column)).toEqual([
    ...['甲', '乙', '丙'],
    ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
    '丁',
  ]);
});

test('each unit has one Chinese name', () => {
  const pairs = new Set(carriers.all().map((carrier) => `${carrier.unit} ${carrier.unitZh}`));
  expect([...pairs].sort()).toEqual([
    '10MWh 万千瓦时',
    '10k_m3 万立方米',
    'GJ 百万千焦',
    't 吨',
    'tce 吨标准煤',
  ]);
});

test('only the total has no coefficient, and a range keeps both ends', () => {
  const without = carriers
    .all()
    .filter((carrier) => carrier.coalEquivalentTcePerUnit === undefined);
  expect(without.map((carrier) => carrier.code)).toEqual(['40']);
  expect(carriers.get('15')?.coalEquivalentTcePerUnit).toEqual({ value: '11.0', max: '13.3' });
  expect(carriers.get('33')?.coalEquivalentTcePerUnit).toEqual({ value: '1.229' });
});

test('rows 02 to 05 are part of row 01', () => {
  const below = carriers.all().filter((carrier) => carrier.parent === '01');
  expect(below.map((carrier) => carrier.code)).toEqual(['02', '03', '04', '05']);
});

test('an unknown unit, status or column is refused with the row it stands in', () => {
  const header =
    'code,name_zh,name_en,unit_zh,unit,parent,coal_equivalent_tce_per_unit,coal_equivalent_tce_per_unit_max,code_status,unit_status,coal_equivalent_status\n';
  const row = (unit: string, value: string, status: string) =>
    `${header}01,原煤,raw coal,吨,${unit},,${value},,reported,reported,${status}\n`;
  expect(() => parseCarriers('c.csv', row('kg', '1', 'reported'))).toThrow('c.csv, 01: "kg"');
  expect(() => parseCarriers('c.csv', row('t', '1e3', 'reported'))).toThrow('plain decimal');
  expect(() => parseCarriers('c.csv', row('t', '1', 'certain'))).toThrow('status "certain"');
  expect(() => parseCarriers('c.csv', 'code,name\n01,x\n')).toThrow('c.csv, header: found');
});
