import { unitBesideNumber, unitTitle } from './unit-title';

test('a composed unit reads as its parts do', () => {
  expect(unitBesideNumber('tCO2/10k_cny')).toEqual({
    zh: '吨二氧化碳/万元',
    en: 'tCO2/10,000 CNY',
  });
  expect(unitBesideNumber('tCO2/10MWh')).toEqual({ zh: '吨二氧化碳/万千瓦时', en: 'tCO2/10 MWh' });
});

test('a pure number has no unit beside it, a form names that', () => {
  expect(unitBesideNumber('1')).toEqual({ zh: '', en: '' });
  expect(unitTitle('1')).toEqual({ zh: '无量纲', en: 'no unit' });
});

test('a form says what a unit is, an unknown unit is shown by its name', () => {
  expect(unitTitle('10MWh')).toEqual({ zh: '万千瓦时', en: '10 MWh (10,000 kWh)' });
  expect(unitTitle('barrel')).toEqual({ zh: 'barrel', en: 'barrel' });
});
