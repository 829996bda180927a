import { parsePeriod } from '@tanxiao/contracts';
import { explain, type Plan, type SubjectData } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { explanationText } from './explanation-text';

const plan: Plan = loadStandards().plan('industrial-carbon-efficiency', parsePeriod('2026Q3')!)!;

const BENCHMARK = {
  statistic: 'benchmark',
  level: 'class',
  groupKey: 'class:gbt4754-2017:1751@330500',
  size: 7,
  numerator: '700',
  denominator: '300',
  value: 2.3333,
};

function subject(inputs: Readonly<Record<string, number>>): SubjectData {
  return {
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: plan.inputs.map(({ name }) => inputs[name] ?? null),
  };
}

function textOf(inputs: Readonly<Record<string, number>>, language: 'zh' | 'en'): string {
  return explanationText(explain(plan, subject(inputs), [BENCHMARK]), { title: '示例', language });
}

const INPUTS = { value_added_10k_cny: 100, carrier_33: 100, carrier_15: 2, own_pv_10mwh: 1 };

test('every step stands with its formula, its numbers and its unit in the field’s words', () => {
  // 100 × 4.974 + 2 × 21.62188809 = 497.4 + 43.24377618; the own photovoltaic power is added and deducted again.
  const text = textOf(INPUTS, 'zh');
  expect(text).toContain('12. 单位增加值碳排放量 L carbon_intensity = 5.4064 吨二氧化碳/万元');
  expect(text).toContain('代入: 540.64377618 ÷ 100');
  expect(text).toContain('carrier_33 电力 = 100 万千瓦时 [填报值]');
  expect(textOf(INPUTS, 'en')).toContain('carrier_33 Electricity = 100 × 10 MWh [submitted]');
});

test('a factor shows what it is the product of, each part with its source and status, once', () => {
  const text = textOf(INPUTS, 'en');
  // 389.31 × 0.0153 × 0.99 × 44 ÷ 12 = 21.62188809
  expect(text).toContain(
    'emission_factor_15 Natural gas (gaseous): CO2 emission factor = 21.62188809',
  );
  expect(text).toMatch(/× net calorific value 389\.31 GJ\/10,000 m³ \[GB\/T 32151[^\]]*reported\]/);
  expect(text.match(/carbon to carbon dioxide 44\/12/g)).toHaveLength(2);
  expect(text.match(/None is published for Tibet/g)).toHaveLength(1);
});

test('what is compared with the limits is the exact value, beside its first digits', () => {
  // K = 5.4064377618 ÷ (700 / 300)
  const text = textOf(INPUTS, 'zh');
  expect(text).toContain('行业平均: 700 ÷ 300 = 2.333333… (精确值 7/3)');
  expect(text).toContain('碳效等级: carbon_efficiency_ratio = 2.317045… (精确值 ');
  expect(text).toMatch(/→ 5级: 其余/);
  expect(text).toMatch(/1级: ≤ 0\.6 \[[^\]]*碳效等级; 公开报道\]/);
});

test('a value that was not submitted says that the default counts', () => {
  expect(textOf(INPUTS, 'en')).toContain(
    'own_wind_10mwh Own wind power used on site = 0 × 10 MWh [not submitted, the rulebook’s default counts]',
  );
});

test('a choice stands as its option without a unit, and what nobody submitted says so', () => {
  const stars = loadStandards().plan('hebei-green-factory-stars', parsePeriod('2026')!)!;
  const yes = 0;
  const inputs = stars.inputs.map(({ options }) => (options ? yes : null));
  const text = explanationText(explain(stars, { ...subject({}), inputs }, []), {
    title: '示例',
    language: 'en',
  });
  expect(text).toContain(
    'provincial_green_factory Whether already a provincial green factory = "yes" [submitted]',
  );
  expect(text).toContain('evaluation_score Total of the evaluation = unknown [not submitted]');
});

test('no number of a rule or a factor stands without its status', () => {
  const text = textOf(INPUTS, 'en');
  const numbers = text
    .split('\n')
    .filter((line) => /emission_factor|coal_equivalent|≤|^ {8}×/.test(line));
  const stated = numbers.filter((line) => !line.includes('formula:'));
  expect(stated.length).toBeGreaterThan(20);
  for (const line of stated) expect(line).toMatch(/official|reported|assumed by this project/);
});
