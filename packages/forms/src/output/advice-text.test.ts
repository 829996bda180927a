import { type Language, parsePeriod } from '@tanxiao/contracts';
import { advise, type AdviseOptions, type Plan } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { adviceText } from './advice-text';

const plan: Plan = loadStandards().plan('industrial-carbon-efficiency', parsePeriod('2026Q3')!)!;

const BENCHMARK = {
  ...{
    statistic: 'benchmark',
    level: 'class',
    groupKey: 'class:gbt4754-2017:1751@330500',
    size: 7,
  },
  ...{ numerator: '1', denominator: '1', value: 1 },
};

function textOf(
  inputs: Readonly<Record<string, number>>,
  language: Language,
  options: AdviseOptions = {},
): string {
  const subject = {
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: plan.inputs.map(({ name }) => inputs[name] ?? null),
  };
  return adviceText(advise(plan, subject, [BENCHMARK], options), language);
}

// 70.98 × 4.974 ÷ 497.4 = 0.7098, so 60 × 4.974 ÷ 497.4 = 0.6 exactly.
const NEAR = { value_added_10k_cny: 497.4, carrier_33: 70.98 };

test('K = 0.7098 reaches 0.6 with 60 of electricity, told in the field’s words', () => {
  expect(textOf(NEAR, 'zh')).toContain(
    '电力减少 10.98 万千瓦时（−15.5 %），即降至 60 万千瓦时，可达1级',
  );
  expect(textOf(NEAR, 'en')).toContain(
    'Electricity: 10.98 × 10 MWh less (−15.5 %), that is 60 × 10 MWh, reaches grade 1',
  );
});

test('value added and sinks are told beside it, by the size of their relative change', () => {
  const text = textOf(NEAR, 'en');
  // 70.98 × 4.974 ÷ 0.6 = 588.4242; 10.98 × 4.974 = 54.61452: told with four digits, rounded up.
  expect(text).toContain('that is 588.43 × 10,000 CNY');
  expect(text).toContain('Carbon sinks: 54.62 tCO2 more, that is 54.62 tCO2, reaches grade 1');
  expect(text.indexOf('Electricity:')).toBeLessThan(text.indexOf('Industrial value added'));
});

test('the nearest limits stand with their distance, the fixed benchmark with its reason', () => {
  const text = textOf(NEAR, 'zh');
  expect(text).toContain('距界限 0.6（另一侧为1级）: −15.5 %');
  expect(text).toContain('距界限 0.8（另一侧为3级）: +12.8 %');
  expect(text).toContain('行业平均等同行统计值按本次评级所用的数值保持不变');
});

test('what was submitted and cannot help says why; what is zero is counted', () => {
  // Without any purchase the gas alone is above grade 1: 20 × 21.62188809 ÷ 497.4 = 0.869…
  const text = textOf({ ...NEAR, carrier_15: 20, own_pv_10mwh: 3 }, 'en');
  expect(text).toMatch(/Electricity alone cannot reach grade 1: it would have to be -26\.9\S* ×/);
  expect(text).toContain('Own photovoltaic power used on site alone cannot reach grade 1');
  expect(text).toContain('more inputs are zero and cannot help alone');
});

test('a check in the way is told in its own words', () => {
  const green = textOf({ ...NEAR, green_power_10mwh: 65 }, 'en');
  expect(green).toContain(
    'where a check fails: green power and certificates exceed purchased electricity (33)',
  );
});

test('an uncertainty says which grades the result could be', () => {
  const uncertainties = { carrier_33: 0.02, value_added_10k_cny: 0.16 };
  const text = textOf(NEAR, 'zh', { uncertainties });
  expect(text).toContain('电力 ±2 %: 结果不变');
  expect(text).toContain('工业增加值（收入法） ±16 %: 结果可能为 2级、3级');
  expect(text).toContain('以上同时取最不利方向: 结果可能为 1级、2级、3级');
});

test('a rating without a grade is told so, and so is the best grade', () => {
  expect(textOf({ ...NEAR, carrier_33: 10 }, 'zh')).toContain('已是最好等级');
  expect(textOf({ value_added_10k_cny: 0, carrier_33: 1 }, 'en')).toContain('nothing to advise');
});
