/**
 * Units as people read them, in both languages. A rulebook writes units by machine names (`tCO2/10k_cny`), since its
 * units are checked; a name without an entry is shown as it is.
 */
import type { Bilingual } from './language';

const UNIT_TITLES: Readonly<Record<string, Bilingual>> = {
  '10k_cny': { zh: '万元', en: '10,000 CNY' },
  t: { zh: '吨', en: 't' },
  kg: { zh: '千克', en: 'kg' },
  '10k_m3': { zh: '万立方米', en: '10,000 m³' },
  m3: { zh: '立方米', en: 'm³' },
  m2: { zh: '平方米', en: 'm²' },
  GJ: { zh: '吉焦（百万千焦）', en: 'GJ' },
  '10MWh': { zh: '万千瓦时', en: '10 MWh (10,000 kWh)' },
  MWh: { zh: '兆瓦时', en: 'MWh' },
  kWh: { zh: '千瓦时', en: 'kWh' },
  tce: { zh: '吨标准煤', en: 'tce' },
  tC: { zh: '吨碳', en: 'tC' },
  year: { zh: '年', en: 'years' },
  tCO2: { zh: '吨二氧化碳', en: 'tCO2' },
  kgCO2: { zh: '千克二氧化碳', en: 'kgCO2' },
  h: { zh: '小时', en: 'h' },
  mu: { zh: '亩', en: 'mu (1/15 ha)' },
  '10k_tkm': { zh: '万吨公里', en: '10,000 t·km' },
  '10k_pkm': { zh: '万人公里', en: '10,000 passenger-km' },
  room_night: { zh: '间夜', en: 'room-night' },
  visit: { zh: '人次', en: 'visit' },
  reception: { zh: '标准接待量', en: 'standard reception' },
  person: { zh: '人', en: 'person' },
  day: { zh: '天', en: 'days' },
  '10k_person': { zh: '万人', en: '10,000 people' },
  patent: { zh: '件', en: 'patents' },
  product_unit: { zh: '单位产品', en: 'unit of product' },
  ug: { zh: '微克', en: 'µg' },
  '1': { zh: '无量纲', en: 'no unit' },
};

/** Beside a number, where an explanation in brackets would be in the way. */
const SHORT: Readonly<Record<string, Bilingual>> = {
  ...UNIT_TITLES,
  GJ: { zh: '吉焦', en: 'GJ' },
  '10MWh': { zh: '万千瓦时', en: '10 MWh' },
  mu: { zh: '亩', en: 'mu' },
};

/** As a form's heading or a hint has it: 万千瓦时, 10 MWh (10,000 kWh). */
export function unitTitle(unit: string): Bilingual {
  return UNIT_TITLES[unit] ?? composed(unit);
}

/** As it stands behind a number: 吨二氧化碳/万元; empty for the unit of a pure number. */
export function unitBesideNumber(unit: string): Bilingual {
  return unit === '1' ? { zh: '', en: '' } : composed(unit);
}

function composed(unit: string): Bilingual {
  const parts = unit.split(/([*/])/);
  const inLanguage = (language: 'zh' | 'en'): string =>
    parts
      .map((part) => (part === '*' ? '·' : part === '1' ? '1' : (SHORT[part]?.[language] ?? part)))
      .join('');
  return { zh: inLanguage('zh'), en: inLanguage('en') };
}
