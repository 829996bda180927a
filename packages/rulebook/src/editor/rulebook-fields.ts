/** What the fields of a rulebook mean. */
import { HEAD_FIELDS } from './factor-set-fields';
import { fieldText, type FieldTexts } from './field-text';
import { ROLL_UP_FIELDS, SCORE_FIELDS } from './score-fields';

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
  'headline.best': fieldText('排名以最小还是最大为先。', 'Which end of rankBy ranks first.'),
  'headline.rankBy': fieldText('排名所依据的结果列。', 'Result column that ranks.'),
};

const INPUTS: FieldTexts = {
  inputs: fieldText('填报项。', 'What a subject submits.'),
  'inputs[].options': fieldText(
    '选择项的各选项；公式中写作 名称 == "选项代码"。',
    'Options of a choice; a formula compares name == "option".',
  ),
  'inputs[].options[].code': fieldText('选项代码。', 'Code of the option.'),
  facts: fieldText(
    '按地区或行业成立与否的事实：成立为 1，否则为 0。',
    'Facts by region or industry: 1 where they hold, else 0.',
  ),
  'facts[].of': fieldText('看行政区划还是行业代码。', 'Whether of the region or of the industry.'),
  'facts[].codes': fieldText('代码的开头若干位。', 'First digits of the codes.'),
  tables: fieldText(
    '按地区、行业或选项取值的数表。',
    'Numbers by region, by industry or by option.',
  ),
  'tables[].by': fieldText(
    'region、industry（取最长的相同开头），或某个选择项。',
    'region, industry (the longest listed beginning counts), or a choice.',
  ),
  'tables[].by.input': fieldText('选择项的名称。', 'Name of the choice.'),
  'tables[].rows': fieldText('数表的各行。', 'Rows of the table.'),
  'tables[].rows[].key': fieldText(
    '地区或行业代码的开头，或选项代码。',
    'Beginning of a code, or an option’s code.',
  ),
  'tables[].rows[].values': fieldText(
    '按日期先后排列的数值。',
    'Values in the order of their dates.',
  ),
  'tables[].otherwise': fieldText(
    '没有相符的行时：一个数值，或不予评级。',
    'Where no row fits: a number, or not rated.',
  ),
  'tables[].otherwise.notRated': fieldText('不予评级的原因。', 'Reason that then holds.'),
  families: fieldText(
    '成组的填报项，如各能源品种：成员名为“组名_代码”。',
    'Inputs of one kind, such as energy carriers; a member’s name is family_code.',
  ),
  'inputs[].yearBefore': fieldText(
    '留空时取同一主体上年同期所填的值；填了的以所填为准。',
    'Where it is blank, what the same subject submitted for the same period a year before; what is stated counts.',
  ),
  'inputs[].yearBefore.input': fieldText(
    '取上年同期哪一个填报项：同单位，或选项相同的选择项。',
    'Which input of a year before: of the same unit, or a choice with the same options.',
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
  'factors[].parts': fieldText(
    '只取乘积因子的这些组成部分之积，如 net-calorific-value；不写时取整个因子。',
    'The product of these parts alone of a factor that is a product, such as net-calorific-value; left out, the whole factor.',
  ),
  'factors[].for': fieldText('为哪个组取因子。', 'Family that factors are taken for.'),
  'factors[].only': fieldText(
    '只为这些成员代码取因子；不写时为全部成员。',
    'Codes of the members that factors are taken for; left out, all members.',
  ),
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
    '统计方法：ratio-of-totals 总量之比，mean 平均值，median 中位数，top-share 前列份额所达到的值。',
    'Statistic: ratio-of-totals, mean, median, or top-share (what the best share of the peers reach).',
  ),
  'peers[].of': fieldText('对哪一项作统计。', 'Value that the statistic is of.'),
  'peers[].decimals': fieldText(
    '求平均前各值修约到的小数位数，使总和为有限小数。',
    'Places that each value is rounded to before, so that the sum is an exact decimal.',
  ),
  'peers[].best': fieldText('前列指最大还是最小的一端。', 'Which end is the best.'),
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
    '依次判断的级别，先符合者为结果；最后一级没有界限。',
    'Bands in the order they are asked: the first that fits counts; the last has no bound.',
  ),
  'gradings[].bands[].code': fieldText('级别代码。', 'Code of the band.'),
  'gradings[].bands[].atMost': fieldText(
    '上限（含）：参数名。',
    'Parameter up to which, included, values belong here.',
  ),
  'gradings[].bands[].atLeast': fieldText(
    '下限（含）：名称。',
    'Value from which on, included, values belong here.',
  ),
  'gradings[].bands[].above': fieldText(
    '下限（不含）：名称。',
    'Value beyond which values belong here.',
  ),
  'gradings[].bands[].when': fieldText('还须成立的条件。', 'Condition that must hold, too.'),
  'gradings[].gates': fieldText(
    '先于分级的要求；不成立时级别即为 otherwise。',
    'Requirements before the bands; where one does not hold, otherwise is the band.',
  ),
  'gradings[].gates[].code': fieldText(
    '要求编号（kebab-case）。',
    'Code of the requirement, kebab-case.',
  ),
  'gradings[].gates[].require': fieldText('必须成立的条件。', 'Condition that must hold.'),
  'gradings[].gates[].otherwise': fieldText(
    '不成立时的级别代码。',
    'Code of the band where it does not hold.',
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
  'examples[].statistics': fieldText(
    '所给的各统计值，以名称为键：数值或两个总量。',
    'Values of statistics that are given, by name: a number or two totals.',
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
  'examples[].expect.rejected': fieldText(
    '这样的填报会被退回：写出填报项及其问题，或未通过的校验，须逐项相符。',
    'Such a submission is rejected on arrival: the inputs with what is wrong, or the checks that fail; all of them.',
  ),
  'examples[].expect.rejected[].input': fieldText('填报项名称。', 'Name of the input.'),
  'examples[].expect.rejected[].issue': fieldText(
    '该填报项的问题。',
    'What is wrong with its value.',
  ),
  'examples[].expect.rejected[].check': fieldText('校验代码。', 'Code of the check.'),
};

export const RULEBOOK_FIELDS: FieldTexts = {
  ...HEAD_FIELDS,
  ...ABOUT,
  ...INPUTS,
  ...RULES,
  ...SCORE_FIELDS,
  ...ROLL_UP_FIELDS,
  ...EXAMPLES,
};
