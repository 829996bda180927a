/** What is wrong with choices, limits and industries, as a client of the API meets it: where, what, and how to mend it. */
import type { IssueView, ProblemView } from '@tanxiao/contracts';
import { parseRulebook } from '@tanxiao/rulebook';
import { loadStandards, standardsOf } from '@tanxiao/standards';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { usccOf } from '../testing/sample-submissions';

const BUILDINGS = 'building-carbon-efficiency';
const WITHOUT_INDUSTRY = 'buildings-without-industry';

let api: ApiUnderTest;
beforeAll(async () => {
  const { rulebooks, factorSets } = loadStandards();
  const { text } = rulebooks.find(({ id }) => id === BUILDINGS)!;
  const made = text
    .replace(`rulebook: ${BUILDINGS}`, `rulebook: ${WITHOUT_INDUSTRY}`)
    .replace(/classifications:\n(?: {4}- .*\n)+/, 'classifications: []\n')
    .replaceAll(/industryDigits: \d/g, 'industryDigits: 0');
  api = await startApi(standardsOf([...rulebooks, parseRulebook(made, 'made.yaml')], factorSets));
});
afterAll(() => api.close());

async function issueOf(
  rulebook: string,
  item: Readonly<Record<string, unknown>>,
  language: 'zh' | 'en',
): Promise<IssueView> {
  const building = { uscc: usccOf(1), regionCode: '330502', inputs: {}, ...item };
  const { status, body } = await api.post<ProblemView>(
    '/v1/submissions',
    { rulebook, period: '2026', submissions: [building] },
    { 'accept-language': language },
  );
  expect([status, body.errors?.length]).toEqual([422, 1]);
  return body.errors![0]!;
}

const INDUSTRY = { industryCode: '6110' };

it.each([
  [
    'a value above its maximum',
    BUILDINGS,
    { ...INDUSTRY, inputs: { weekly_hours: 200 } },
    { code: 'above-maximum', pointer: '/submissions/0/inputs/weekly_hours', seen: '200' },
    ['“每周使用时间”不能大于 168，实为 200', '请核对数值与计量单位'],
    ['"Hours of use a week" must not be above 168, found 200', 'check the value and its unit'],
  ],
  [
    'an option that does not exist',
    BUILDINGS,
    { ...INDUSTRY, inputs: { building_type: 'castle' } },
    { code: 'unknown-option', pointer: '/submissions/0/inputs/building_type', seen: 'castle' },
    ['“建筑类型”没有选项“castle”', 'office (办公)'],
    ['"Building type" has no option "castle"', 'hotel (hotel)'],
  ],
  [
    'an industry where none is asked for',
    WITHOUT_INDUSTRY,
    INDUSTRY,
    { code: 'industry-not-asked', pointer: '/submissions/0/industryCode', seen: '6110' },
    ['不区分行业，实填“6110”', '请删除行业代码'],
    ['knows no industries, found "6110"', 'leave the industry out'],
  ],
  [
    'a classification where no industry is asked for',
    WITHOUT_INDUSTRY,
    { industryClassification: 'gbt4754-2017' },
    { code: 'industry-not-asked', pointer: '/submissions/0/industryClassification' },
    ['不区分行业', '请删除行业代码'],
    ['knows no industries', 'leave the industry out'],
  ],
] as const)(
  '%s is told with its place and its remedy',
  async (_, rulebook, item, where, zh, en) => {
    const chinese = await issueOf(rulebook, item, 'zh');
    const english = await issueOf(rulebook, item, 'en');
    expect(chinese).toMatchObject(where);
    expect(english).toMatchObject(where);
    expect(chinese.message).toContain(zh[0]);
    expect(chinese.hint).toContain(zh[1]);
    expect(english.message).toContain(en[0]);
    expect(english.hint).toContain(en[1]);
  },
);

it('options by code and by title are kept, and read back by code', async () => {
  const building = (number: number, type: string) => ({
    ...{ uscc: usccOf(number), regionCode: '330502', ...INDUSTRY },
    inputs: { building_type: type },
  });
  const { status, body } = await api.post<{ items: { links: { self: string } }[] }>(
    '/v1/submissions',
    {
      rulebook: BUILDINGS,
      period: '2026',
      submissions: [building(2, 'hotel'), building(3, '宾馆饭店')],
    },
  );
  expect(status).toBe(202);
  for (const { links } of body.items) {
    const kept = await api.ask<{ inputs: Record<string, unknown> }>(links.self);
    expect(kept.body.inputs.building_type).toBe('hotel');
  }
});
