/** Descriptions of fields: one text in both languages a field, by its path or, where it means the same anywhere, its name. */
import type { Bilingual } from '@tanxiao/contracts';

export type FieldTexts = Readonly<Record<string, Bilingual>>;

export const fieldText = (zh: string, en: string): Bilingual => ({ zh, en });

/** Fields that mean the same wherever they stand; a text for a path goes before these. */
export const SHARED_FIELDS: FieldTexts = {
  zh: fieldText('中文文字。', 'The text in Chinese.'),
  en: fieldText('英文文字。', 'The text in English.'),
  name: fieldText(
    '名称，公式中使用：小写字母、数字和 _，全文唯一。',
    'Name that formulas use: snake_case, once in the document.',
  ),
  title: fieldText('读者看到的名称。', 'What readers see.'),
  unit: fieldText(
    '单位，以 * 和 / 相连的符号，如 tCO2/10k_cny；无量纲写 "1"。不作换算，只核对一致。',
    'Unit: symbols joined by * and /, such as tCO2/10k_cny; "1" for none. Never converted, only checked to agree.',
  ),
  source: fieldText('来源：sources 中的键。', 'Key of the source under sources.'),
  clause: fieldText('依据的条款或表号。', 'Clause or table it is from.'),
  status: fieldText(
    '可靠程度：official 见于正式文本，reported 见于公开材料，assumed 为本项目假定。',
    'How sure: official is read in the text itself, reported in public material about it, assumed is chosen by the author.',
  ),
  from: fieldText('自该日起采用。', 'Holds from this day on.'),
  value: fieldText('数值，至多 15 位有效数字。', 'Value of at most 15 significant digits.'),
  numerator: fieldText('分子：求和的项。', 'Value whose total is the numerator.'),
  denominator: fieldText('分母：求和的项。', 'Value whose total is the denominator.'),
  members: fieldText(
    '计入的条件；有自身不予评级原因的从不计入。',
    'Condition for a subject to count; those with a not-rated reason of their own never do.',
  ),
  minimumPeers: fieldText(
    '最少户数：参数名；不足时取下一组。',
    'Parameter with the least number of peers; with fewer the next group is asked.',
  ),
  groups: fieldText('由窄到宽的同行范围。', 'Groups of peers, narrowest first.'),
  'groups[].level': fieldText('范围编号。', 'Code of the group’s level.'),
  'groups[].by': fieldText(
    '选择项名称，至多两个：同行须选同一选项；未选的不属于该范围，取下一组。',
    'Names of choices, two at most: peers chose the same option; who chose none is asked in the next group.',
  ),
  'groups[].industryDigits': fieldText(
    '行业代码相同的位数；0 为全部行业。',
    'Digits of the industry code that agree; 0 for all industries.',
  ),
  'groups[].region': fieldText('地区范围。', 'Region they are of.'),
  population: fieldText(
    '以评价总体的统计值为准：mean 平均值，top-share 前列份额所达到的值。',
    'A value of the population: its mean, or what the best share of it reaches.',
  ),
  share: fieldText(
    '份额：参数名，大于 0 且不大于 1。',
    'Parameter with the share, above 0 and at most 1.',
  ),
  unknown: fieldText(
    'zero：数值未知时计零分；不写时得分未知。',
    'zero: no points where the value is unknown; left out, the score is unknown.',
  ),
  hint: fieldText('填报时的提示。', 'A hint for those who fill in the form.'),
  minimum: fieldText('最小值；更小的填报被退回。', 'Smaller values are rejected on arrival.'),
  maximum: fieldText('最大值；更大的填报被退回。', 'Greater values are rejected on arrival.'),
  missing: fieldText(
    '未填时：以 value 计，或以 notRated 为由不予评级；unknown：可留空，公式以 known(名称) 区分。',
    'Where it is missing: value counts, or the subject is not rated for the reason notRated; unknown: it may be left blank, formulas ask known(name).',
  ),
  'missing.value': fieldText('未填时按此数计。', 'Counts where nothing is submitted.'),
  'missing.option': fieldText(
    '未填时按此选项计。',
    'Option that counts where nothing is submitted.',
  ),
  'missing.notRated': fieldText(
    '未填时不予评级的原因：notRated 中的 reason。',
    'Reason under notRated that holds where it is missing.',
  ),
};
