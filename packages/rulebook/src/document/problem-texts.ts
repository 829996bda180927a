/**
 * Every kind of problem an author can meet, by its code: what it is, and how to mend it, in both languages. The codes
 * are the keys of this table, so that a check with a code of its own does not compile before its texts stand here.
 * The problem's own message names the values at fault.
 */
import { FORMULA_TEXTS } from './formula-problem-texts';
import { type ProblemText, text } from './problem-text';
import { SCHEMA_TEXTS } from './schema-problem-texts';

const DOCUMENT_TEXTS = {
  yaml: text(
    ['YAML 语法有误', 'not valid YAML'],
    [
      '检查缩进、冒号后的空格、引号和括号是否成对；同一个键只写一次',
      'check indentation, the space after a colon, that quotes and brackets are closed, and that no key stands twice',
    ],
  ),
  'too-large': text(
    ['文件过大', 'the document is too large'],
    [
      '拆成几个评价规范，或把大的数表移入因子集',
      'split it, or move large tables into a factor set',
    ],
  ),
  'document-name': text(
    ['文件名与内容不符', 'the file is named after another document'],
    [
      '文件名须为“<id>-<version>.yaml”：给文件改名，或改正文中的 id 与 version',
      'a file is named <id>-<version>.yaml: rename it, or correct id and version in its text',
    ],
  ),
  'too-deep': text(
    ['列表与映射嵌套过深', 'lists and maps nest too deep'],
    [
      '改为评价规范的结构，层数不超过十层',
      'write it as a rulebook is written: ten levels are enough',
    ],
  ),
  'too-many-inputs': text(
    ['填报项过多', 'too many inputs'],
    ['拆成几个评价规范', 'split it into several rulebooks'],
  ),
  more: text(
    ['还有更多问题未列出', 'more problems that are not listed'],
    ['先改正已列出的问题，再检查一次', 'mend those that are listed, and check again'],
  ),
  'bad-number': text(
    ['数值不可用', 'a number that cannot be used'],
    [
      '写成不超过 15 位有效数字的十进制数，必要时换一个更大或更小的单位',
      'write a decimal of at most 15 significant digits, in a larger or smaller unit where it needs more',
    ],
  ),
  'bad-unit': text(
    ['单位写法有误', 'not a unit'],
    [
      '单位写成以 * 和 / 相连的符号，如 tCO2/10k_cny；无量纲写 "1"',
      'write symbols joined by * and /, such as tCO2/10k_cny; a number without unit has "1"',
    ],
  ),
} as const;

const NAME_TEXTS = {
  'duplicate-name': text(
    ['名称重复', 'a name is used twice'],
    ['给其中一个改名，并修改引用它的地方', 'rename one of the two, and every place that means it'],
  ),
  'unknown-name': text(
    ['名称不存在', 'a name that nothing defines'],
    [
      '改正拼写，或先在 inputs、parameters、calculations 等处定义它',
      'correct the spelling, or define it under inputs, parameters, calculations or the like',
    ],
  ),
  'unknown-source': text(
    ['来源未列出', 'a source that is not listed'],
    [
      '在 sources 中加入该来源，或改用已列出的键',
      'add it under sources, or use a key that stands there',
    ],
  ),
  'unknown-reason': text(
    ['不予评级原因未列出', 'a not-rated reason that is not listed'],
    [
      '在 notRated 中加入该原因及其中英文说明，或改用已列出的原因',
      'add the reason with its message under notRated, or use one that stands there',
    ],
  ),
  'unknown-set': text(
    ['total(…) 引用的集合不存在', 'total(…) names a set that does not exist'],
    ['在 sets 中定义该集合，或改正拼写', 'define the set under sets, or correct the spelling'],
  ),
  'failed-example': text(
    ['算例不符', 'a worked example fails'],
    [
      '核对算例的期望值与规则：二者必有一处有误；tanxiao rulebook test 可逐项列出',
      'compare what the example expects with the rules: one of them is wrong; `tanxiao rulebook test` lists every value',
    ],
  ),
  'unknown-factor-set': text(
    ['没有所引用的因子集', 'the factor set is not at hand'],
    [
      '改正 factorSet 的 id 与 version，或用 --factors 给出因子集文件',
      'correct factorSet’s id and version, or give its file with --factors',
    ],
  ),
  'missing-factor': text(
    ['因子集缺少因子', 'the factor set lacks a factor'],
    [
      '在因子集的新版本中加入该因子；不需要时在 factors 的 exclude 中排除该品种',
      'add it in a new version of the factor set, or list the carrier under exclude where it needs none',
    ],
  ),
  'factor-without-part': text(
    ['因子没有所引用的组成部分', 'a factor has no such part'],
    [
      '改正 parts 中的名称；不是乘积的因子没有组成部分，在 exclude 中排除该品种',
      'correct the name under parts; a factor that is no product has none: list its carrier under exclude',
    ],
  ),
  'unknown-option': text(
    ['选项不存在', 'an option that does not exist'],
    [
      '改正拼写，或在该填报项的 options 中加入它',
      'correct the spelling, or add it to the input’s options',
    ],
  ),
  'year-before-kind': text(
    ['与上年同期所取填报项的单位或选项不同', 'not the same kind of value as a year before'],
    [
      '两个填报项须同单位，或为选项相同的选择项',
      'both need the same unit, or to be choices with the same options',
    ],
  ),
  'options-without-choice': text(
    ['按选项计分的不是选择项', 'options are scored of what is no choice'],
    [
      '让 of 指向带 options 的填报项，或改用其他 method',
      'let of name an input with options, or use another method',
    ],
  ),
  'options-shares': text(
    ['各选项的份额不全或多余', 'shares do not match the options'],
    ['在 shares 中为每个选项各写一次', 'name each option once under shares'],
  ),
  'groups-without-choice': text(
    ['同行范围不是按选择项划分', 'peers are grouped by what is no choice'],
    ['让 by 只列带 options 的填报项', 'let by name inputs with options only'],
  ),
  'repeated-choice': text(
    ['同一选择项在 by 中重复', 'a choice stands twice under by'],
    ['每个选择项只写一次', 'name each choice once'],
  ),
  'unused-input': text(
    ['填报项没有被任何公式使用', 'no formula reads an input'],
    [
      '在公式中使用它；只供展示时标为 informative: true；否则删去',
      'use it in a formula, mark it informative: true where it is only shown, or leave it out',
    ],
  ),
  'informative-input-read': text(
    ['仅供展示的填报项被公式使用', 'a formula reads an informative input'],
    ['去掉 informative，或不在公式中使用它', 'drop informative, or take it out of the formula'],
  ),
} as const;

const RULE_TEXTS = {
  cycle: text(
    ['定义循环', 'definitions go in a circle'],
    ['让其中一个公式不再（间接）引用自己', 'let one of the formulas not lead back to itself'],
  ),
  'date-order': text(
    ['日期顺序有误', 'dates out of order'],
    [
      '按 from 由早到晚排列，每个日期只写一次',
      'order the values by from, earliest first, each date once',
    ],
  ),
  'date-gap': text(
    ['生效时没有数值', 'no value when the rulebook takes force'],
    ['补充一个不晚于 effective.from 的数值', 'add a value whose from is not after effective.from'],
  ),
  'reason-without-cause': text(
    ['不予评级原因永远不会出现', 'nothing gives a not-rated reason'],
    [
      '加上 when 与 withholds，或在某个 missing 中引用它，否则删去',
      'add when and withholds, use it under a missing, or leave it out',
    ],
  ),
  'reason-incomplete': text(
    ['不予评级规则不完整', 'a not-rated rule is incomplete'],
    [
      'when（条件）与 withholds（不再给出的计算项）要么都写，要么都不写',
      'write both when (the condition) and withholds (what is then not given), or neither',
    ],
  ),
  'band-bound': text(
    ['分级缺少界限或界限多余', 'a band without a bound, or with too many'],
    [
      '除最后一级外，每级写 atMost、below、atLeast、above 之一，或写条件 when，或两者都写；有界限的分级须写 of',
      'give every band but the last one of atMost, below, atLeast, above, or a condition when, or both; bounds need the grading’s of',
    ],
  ),
  'band-gap': text(
    ['最后一级不应有界限或条件', 'the last band has a bound or a condition'],
    [
      '去掉最后一级的界限与条件，使任何数值都有级别',
      'take bound and condition off the last band, so that every value has a band',
    ],
  ),
  'band-mixed': text(
    ['分级界限方向不一', 'bounds of a grading run both ways'],
    [
      '全部用 atMost、below，或全部用 atLeast、above',
      'use atMost and below only, or atLeast and above only',
    ],
  ),
  'band-overlap': text(
    ['分级界限次序有误', 'bounds of bands are out of order'],
    [
      '用 atMost、below 时由小到大排列，用 atLeast、above 时由大到小排列，并核对该日期的界限数值',
      'order the bands so that atMost and below rise, atLeast and above fall, and check the values of that date',
    ],
  ),
  'rounded-limit': text(
    ['修约值只能与参数比较', 'a rounded value is compared with parameters only'],
    [
      '把界限改为参数，或改用 compare: full-value',
      'make the bound a parameter, or write compare: full-value',
    ],
  ),
  'bad-share': text(
    ['份额不在 0 与 1 之间', 'a share that is none'],
    [
      '写成大于 0 且不大于 1 的数，如 5 % 写 0.05',
      'write a number above 0 and at most 1: 5 % is 0.05',
    ],
  ),
  'weights-sum': text(
    ['权重之和有误', 'weights do not add up'],
    [
      '改正指标的 weight，或改正 full（或该组的 weight），使每个日期都相等',
      'correct the indicators’ weight, or full (or the group’s weight), so that they agree on every date',
    ],
  ),
  'no-population': text(
    ['没有说明与谁比较', 'a score that names no population'],
    [
      '在得分中加入 population，或写出所比较的数值名称',
      'add population to the score, or name the value to compare with',
    ],
  ),
  'division-unguarded': text(
    ['除数可能为零', 'a divisor may be zero'],
    [
      '在 notRated 中加一条：when 除数 <= 0（或 == 0），withholds 该计算项；不参与分级时可用 onlyIf',
      'add a notRated rule with when: divisor <= 0 (or == 0) that withholds this value; onlyIf where no grade depends on it',
    ],
  ),
  'unknown-without-reason': text(
    ['等级可能没有原因地空缺', 'a grade may be missing without a reason'],
    [
      '用 notRated 的 when 与 withholds 代替 onlyIf，使缺失有原因可说明；可留空的填报项用 known(名称) ? … : … 读取',
      'use when and withholds of notRated in place of onlyIf, so that there is a reason to tell; read an input that may be unknown as known(x) ? … : …',
    ],
  ),
} as const;

export const PROBLEM_TEXTS = {
  ...DOCUMENT_TEXTS,
  ...NAME_TEXTS,
  ...RULE_TEXTS,
  ...FORMULA_TEXTS,
  ...SCHEMA_TEXTS,
} as const satisfies Readonly<Record<string, ProblemText>>;

export type ProblemCode = keyof typeof PROBLEM_TEXTS;
