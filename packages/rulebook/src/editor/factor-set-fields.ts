/** What the fields of a factor set mean. */
import { fieldText, type FieldTexts } from './field-text';

/** The head that rulebooks and factor sets share. */
export const HEAD_FIELDS: FieldTexts = {
  version: fieldText(
    '版本号，如 1.0.0。发布后不再修改：改动即新版本。',
    'Version such as 1.0.0. Never changed once published: a change is a new version.',
  ),
  effective: fieldText('生效期间。', 'When it is in force.'),
  'effective.from': fieldText(
    '自该日起生效；评价期最后一天决定采用哪个版本。',
    'In force from this day on; a period’s last day picks the version.',
  ),
  'effective.to': fieldText('至该日止（含）。', 'Up to and including this day.'),
  sources: fieldText(
    '全部来源；数值与公式以键引用。',
    'All sources; numbers and formulas name them by key.',
  ),
  'sources.*.citation': fieldText(
    '出处：文号、表号、所见版本。',
    'Where to find it: number, table, the copy that was read.',
  ),
  'sources.*.url': fieldText('网址。', 'Address.'),
};

export const FACTOR_SET_FIELDS: FieldTexts = {
  ...HEAD_FIELDS,
  factorSet: fieldText('因子集编号（kebab-case）。', 'Id of the factor set, kebab-case.'),
  title: fieldText('因子集名称。', 'Title of the factor set.'),
  factors: fieldText(
    '因子：单一数值、若干数值之积，或按地区与年份的数表。',
    'Factors: one value, a product of several, or a table by region and year.',
  ),
  'factors[].id': fieldText('因子编号，唯一。', 'Id of the factor, unique.'),
  'factors[].quantity': fieldText(
    '量的种类，如 emission、coal-equivalent；评价规范以此引用。',
    'Kind of quantity, such as emission or coal-equivalent: how a rulebook asks for it.',
  ),
  'factors[].carrier': fieldText(
    '能源品种：评价规范中组成员的 code。',
    'Carrier: the code of a family’s member in the rulebook.',
  ),
  'factors[].note': fieldText('读者须知的说明。', 'What a reader has to know.'),
  'factors[].value': fieldText(
    '数值，至多 15 位有效数字。',
    'Value of at most 15 significant digits.',
  ),
  'factors[].product': fieldText(
    '各乘数，如热值 × 含碳量 × 氧化率 × 44/12。',
    'Parts that are multiplied, such as heat value × carbon content × oxidation × 44/12.',
  ),
  'factors[].product[].name': fieldText(
    '乘数名称（kebab-case）。',
    'Name of the part, kebab-case.',
  ),
  'factors[].product[].value': fieldText('数值。', 'Value of the part.'),
  'factors[].product[].over': fieldText(
    '除数，如 44/12 中的 12；不写即为 1。',
    'Divisor, such as 12 in 44/12; 1 where it is left out.',
  ),
  'factors[].by': fieldText('按地区与年份取值。', 'Looked up by region and year.'),
  'factors[].yearRule': fieldText(
    '评价年没有数值时：latest-not-after 取不晚于该年的最近一年，exact 视为缺失。',
    'Where the period’s year has no value: latest-not-after takes the latest year up to it, exact has none.',
  ),
  'factors[].table': fieldText('各地区各年份的数值。', 'Values by region and year.'),
  'factors[].table[].region': fieldText(
    '省级行政区划代码，如 330000。',
    'Province-level code, such as 330000.',
  ),
  'factors[].table[].year': fieldText('数据年份。', 'Data year.'),
  'factors[].table[].value': fieldText('该地区该年的数值。', 'Value of that region and year.'),
  'factors[].table[].published': fieldText('公布文号与日期。', 'Notice and date of publication.'),
};
