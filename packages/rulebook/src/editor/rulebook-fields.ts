/** What the fields of a rulebook mean. */
import { HEAD_FIELDS } from './factor-set-fields';
import { fieldText, type FieldTexts } from './field-text';

const ABOUT: FieldTexts = {
  rulebook: fieldText('评价规范编号（kebab-case）。', 'Id of the rulebook, kebab-case.'),
  title: fieldText('评价规范名称。', 'Title of the rulebook.'),
  subject: fieldText('评价对象的种类。', 'What kind of subject is rated.'),
  factorSet: fieldText('所用因子集。', 'The factor set it is bound to.'),
  'factorSet.id': fieldText('因子集编号。', 'Id of the factor set.'),
  'factorSet.version': fieldText('因子集版本。', 'Version of the factor set.'),
  subjectKey: fieldText('如何标识评价对象。', 'How a subject is identified.'),
  'subjectKey.identifiers': fieldText(
    '可用的标识：uscc 统一社会信用代码，local 本地编号。',
    'Identifiers admitted: uscc (unified social credit code), local.',
  ),
  'subjectKey.classifications': fieldText('可用的行业分类。', 'Industry classifications admitted.'),
  'subjectKey.classifications[].id': fieldText(
    '分类编号，如 gbt4754-2017；any 表示其他数字分类，不校验。',
    'Id such as gbt4754-2017; any admits every other classification of digits, unchecked.',
  ),
  'subjectKey.classifications[].level': fieldText(
    '所要求的层级：大类、中类或小类。',
    'Level that is demanded.',
  ),
  label: fieldText(
    '由几个分级的名称组成的标签，如“高碳3级”。',
    'Label made of several bands, such as 高碳3级.',
  ),
  'label.of': fieldText('所用的分级。', 'Gradings it is made of.'),
  'label.zh': fieldText(
    '中文模板，{分级名} 代以级别名称。',
    'Template in Chinese; {grading} stands for its band’s title.',
  ),
  'label.en': fieldText(
    '英文模板，{分级名} 代以级别名称。',
    'Template in English; {grading} stands for its band’s title.',
  ),
  results: fieldText('存档并导出的结果列。', 'Result columns that are kept and exported.'),
  'results.columns': fieldText('结果列，按此次序导出。', 'Columns in the order of exports.'),
  'results.columns[].name': fieldText(
    '计算项或行业平均的名称。',
    'Name of a calculation or benchmark.',
  ),
  'results.columns[].decimals': fieldText(
    '小数位数；按 GB/T 8170 修约一次。',
    'Decimal places; rounded once by GB/T 8170.',
  ),
  headline: fieldText('主要结果。', 'The results that listings show first.'),
  'headline.grade': fieldText(
    '作为等级的分级；没有等级即为不予评级。',
    'Grading that is the grade; without it a subject is not rated.',
  ),
  'headline.level': fieldText('作为水平的分级。', 'Grading that is the level.'),
  'headline.rankBy': fieldText('排名所依据的结果列。', 'Result column that ranks.'),
};

const INPUTS: FieldTexts = {
  inputs: fieldText('填报项。', 'What a subject submits.'),
  families: fieldText(
    '成组的填报项，如各能源品种：成员名为“组名_代码”。',
    'Inputs of one kind, such as energy carriers; a member’s name is family_code.',
  ),
  'families[].members': fieldText('组的成员。', 'Members of the family.'),
  'families[].members[].code': fieldText(
    '代码，如 33；因子以此匹配。',
    'Code such as 33; factors are found by it.',
  ),
  'families[].members[].informative': fieldText(
    '只保存和展示，不参与计算。',
    'Kept and shown, read by no formula.',
  ),
  sets: fieldText('total(集合, 项) 求和的范围。', 'What total(set, term) adds up.'),
  'sets[].of': fieldText('所属的组。', 'Family it is of.'),
  'sets[].from': fieldText('首个成员代码（含）。', 'First member’s code, included.'),
  'sets[].to': fieldText('末个成员代码（含）。', 'Last member’s code, included.'),
  factors: fieldText(
    '取自因子集的因子，每个组成员一个：“名称_代码”。',
    'Factors from the factor set, one a member: name_code.',
  ),
  'factors[].quantity': fieldText('因子集中的量的种类。', 'Kind of quantity in the factor set.'),
  'factors[].for': fieldText('为哪个组取因子。', 'Family that factors are taken for.'),
  'factors[].exclude': fieldText('不需要因子的成员代码。', 'Codes of members that need none.'),
  checks: fieldText(
    '填报时的校验；不符的填报被退回。',
    'Checks on arrival; what fails is rejected.',
  ),
  'checks[].code': fieldText('校验编号（kebab-case）。', 'Code of the check, kebab-case.'),
  'checks[].require': fieldText(
    '必须成立的条件，只用填报项与参数。',
    'Condition that must hold, of inputs and parameters only.',
  ),
  'checks[].message': fieldText('不符时的提示。', 'What is told where it fails.'),
};

const RULES: FieldTexts = {
  parameters: fieldText(
    '规则的数值，各有日期、来源与状态；公式中不得直接写数。',
    'The numbers of the rules, each with date, source and status; formulas hold none.',
  ),
  'parameters[].values': fieldText('按日期先后排列的数值。', 'Values in the order of their dates.'),
  'parameters[].values[].from': fieldText('自该日起采用。', 'Holds from this day on.'),
  'parameters[].values[].value': fieldText(
    '数值，至多 15 位有效数字。',
    'Value of at most 15 significant digits.',
  ),
  calculations: fieldText('计算项，次序不限。', 'Calculations, in any order.'),
  'calculations[].formula': fieldText(
    '公式：+ - * /、min、max、a ? b : c、比较、and、or、not、total(集合, 项)。',
    'Formula: + - * /, min, max, a ? b : c, comparisons, and, or, not, total(set, term).',
  ),
  'calculations[].onlyIf': fieldText(
    '不成立时数值未知，但不构成不予评级的原因。',
    'Where it does not hold the value is unknown, without a not-rated reason.',
  ),
  peers: fieldText('与之相比的行业平均。', 'What a subject is compared with.'),
  'peers[].statistic': fieldText(
    '统计方法；ratio-of-totals 为总量之比。',
    'Statistic; ratio-of-totals is the sum of one value over the sum of another.',
  ),
  'peers[].numerator': fieldText('分子：合计的项。', 'Value whose total is the numerator.'),
  'peers[].denominator': fieldText('分母：合计的项。', 'Value whose total is the denominator.'),
  'peers[].members': fieldText(
    '计入的条件；有自身不予评级原因的从不计入。',
    'Condition for a subject to count; those with a not-rated reason of their own never do.',
  ),
  'peers[].minimumPeers': fieldText(
    '最少户数：参数名；不足时取下一组。',
    'Parameter with the least number of peers; with fewer the next group is asked.',
  ),
  'peers[].groups': fieldText('由窄到宽的同行范围。', 'Groups of peers, narrowest first.'),
  'peers[].groups[].level': fieldText('范围编号。', 'Code of the group’s level.'),
  'peers[].groups[].industryDigits': fieldText(
    '行业代码相同的位数；0 为全部行业。',
    'Digits of the industry code that agree; 0 for all industries.',
  ),
  'peers[].groups[].region': fieldText('地区范围。', 'Region they are of.'),
  notRated: fieldText('不予评级的原因。', 'Reasons not to be rated.'),
  'notRated[].reason': fieldText('原因编号（kebab-case）。', 'Code of the reason, kebab-case.'),
  'notRated[].message': fieldText('向企业说明的文字。', 'What the enterprise is told.'),
  'notRated[].when': fieldText(
    '出现条件；不写时由某个 missing 引用。',
    'When it holds; left out where a missing names it.',
  ),
  'notRated[].withholds': fieldText(
    '此时不再给出的计算项。',
    'Calculations that are then not given.',
  ),
  gradings: fieldText('分级。', 'Gradings into bands.'),
  'gradings[].of': fieldText('分级所依据的计算项。', 'Value that is graded.'),
  'gradings[].compare': fieldText(
    'GB/T 8170：以全数值或以修约值比较。',
    'GB/T 8170: compare the full value or the rounded one.',
  ),
  'gradings[].bands': fieldText(
    '由小到大的级别；最后一级没有界限。',
    'Bands, smallest first; the last has no bound.',
  ),
  'gradings[].bands[].code': fieldText('级别代码。', 'Code of the band.'),
  'gradings[].bands[].atMost': fieldText(
    '上限（含）：参数名。',
    'Parameter up to which, included, values belong here.',
  ),
  'gradings[].bands[].below': fieldText(
    '上限（不含）：参数名。',
    'Parameter short of which values belong here.',
  ),
};

const EXAMPLES: FieldTexts = {
  examples: fieldText(
    '可手工复核的算例，同时是本规范的测试。',
    'Worked examples that can be checked by hand; they are the rulebook’s tests.',
  ),
  'examples[].period': fieldText(
    '评价期，如 2026Q3、2026H1、"2026"。',
    'Period such as 2026Q3, 2026H1, "2026".',
  ),
  'examples[].regionCode': fieldText('行政区划代码，6 位。', 'Administrative code, 6 digits.'),
  'examples[].industryCode': fieldText('行业代码。', 'Industry code.'),
  'examples[].inputs': fieldText('填报值；null 为未填。', 'What is submitted; null is unknown.'),
  'examples[].benchmark': fieldText(
    '所给的行业平均：两个总量。',
    'The benchmark that is given, as its two totals.',
  ),
  'examples[].benchmark.numerator': fieldText(
    '分子总量，写成文字。',
    'Total of the numerator, as a text.',
  ),
  'examples[].benchmark.denominator': fieldText(
    '分母总量，写成文字。',
    'Total of the denominator, as a text.',
  ),
  'examples[].expect': fieldText(
    '期望的结果；未写的不核对。',
    'What is expected; what is left out is not compared.',
  ),
  'examples[].expect.outcome': fieldText('评级或不予评级。', 'Rated or not rated.'),
  'examples[].expect.reasons': fieldText(
    '不予评级的全部原因，按 notRated 的次序。',
    'All not-rated reasons, in the order of notRated.',
  ),
  'examples[].expect.results': fieldText(
    '结果列的值，写成文字（如 "0.6"）；null 为未知。',
    'Values of result columns as texts such as "0.6"; null is unknown.',
  ),
  'examples[].expect.gradings': fieldText(
    '各分级的级别代码；null 为未知。',
    'Codes of bands; null is unknown.',
  ),
  'examples[].expect.label': fieldText('中文标签。', 'The label in Chinese.'),
};

export const RULEBOOK_FIELDS: FieldTexts = {
  ...HEAD_FIELDS,
  ...ABOUT,
  ...INPUTS,
  ...RULES,
  ...EXAMPLES,
};
