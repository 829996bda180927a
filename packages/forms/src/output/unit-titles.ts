/** Units as forms print them; a unit without an entry is shown by its machine name. */
import type { Bilingual } from '@tanxiao/contracts';

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
  tCO2: { zh: '吨二氧化碳', en: 'tCO2' },
  '1': { zh: '无量纲', en: 'no unit' },
};

export function unitTitle(unit: string): Bilingual {
  return UNIT_TITLES[unit] ?? { zh: unit, en: unit };
}
