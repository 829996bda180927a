import { readFileSync } from 'node:fs';
import path from 'node:path';

import { loadClassification, loadRegions } from '@tanxiao/standards';

import { DIRT_KINDS, loadCityModel, parseCityModel } from './city-model';

const text = readFileSync(path.resolve(__dirname, '../data/industries.yaml'), 'utf8');
const model = loadCityModel();

describe('the stated distributions', () => {
  it('say that they are made', () => {
    expect(model.label.zh).toContain('非真实数据');
  });

  it('name classes of GB/T 4754-2017 only, and wrong codes that are none', () => {
    const classification = loadClassification('gbt4754-2017');
    for (const { division, classes } of model.divisions)
      for (const { code } of classes) {
        expect(classification.get(code)?.level).toBe('class');
        expect(classification.atLevel(code, 'division')?.numericCode).toBe(division);
      }
    for (const code of model.wrongIndustryCodes)
      expect(classification.get(code)?.level).not.toBe('class');
  });

  it('name districts that the administrative codes know', () => {
    const regions = loadRegions();
    for (const { code } of model.districts) {
      expect(regions.valid(code)).toBe(true);
      expect(code).toMatch(/^3305/);
    }
  });

  it('state a share for every kind of dirt', () => {
    expect(model.dirt.map(({ kind }) => kind).sort()).toEqual([...DIRT_KINDS].sort());
  });

  it('give every mix its electricity, which every enterprise uses', () => {
    for (const { mix, classes } of model.divisions)
      for (const each of [mix, ...classes.flatMap((one) => (one.mix ? [one.mix] : []))])
        expect(each['33']?.users).toBe(1);
  });
});

describe('a model that does not fit is refused', () => {
  it.each([
    ['shares that do not add up', 'share: 14.6', 'share: 15.6', /add up to/],
    ['a class of another division', "code: '1751'", "code: '1811'", /class 1811 is not in 17/],
    ['a carrier that is not stated', "'33': { share: 0.55 }", "'14': { share: 1 }", /carrier 14/],
    ['a district that is not stated', "'330502': 32", "'330599': 32", /district 330599/],
    ['an unknown field', 'noise: {', 'noize: {', /noize/],
  ])('%s', (_, before, after, message) => {
    expect(text).toContain(before);
    expect(() => parseCityModel(text.replace(before, after))).toThrow(message);
  });
});
