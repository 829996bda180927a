/** Problems of formulas and units, by code. */
import { text } from './problem-text';

export const FORMULA_TEXTS = {
  'unit-clash': text(
    ['单位不一致', 'units do not agree'],
    [
      '相加、相减、比较的各项须同单位；核对公式与所声明的 unit，换算用带来源的参数',
      'what is added or compared has one unit; check the formula and the declared unit; convert by a parameter with a source',
    ],
  ),
  'formula-syntax': text(
    ['公式语法有误', 'the formula cannot be read'],
    ['检查括号、运算符与名称', 'check parentheses, operators and names'],
  ),
  'formula-too-long': text(
    ['公式过长', 'the formula is too long'],
    ['拆成几个计算项', 'split it into several calculations'],
  ),
  'too-many-parts': text(
    ['全部公式合计过大', 'all formulas together are too large'],
    [
      '减少计算项，或减少 total 所汇总集合的成员',
      'use fewer calculations, or fewer members in the sets that totals run over',
    ],
  ),
  'value-too-large': text(
    ['计算值可能过大，无法精确计算', 'a value may grow too large to be exact'],
    [
      '减少连乘与逐级相除，或换用更大的单位',
      'use fewer products of products and quotients of quotients, or larger units',
    ],
  ),
  'peers-of-quotients': text(
    ['同行合计的各项不能是主体自身值的商', 'a total over peers of quotients'],
    [
      '分子、分母分别合计后再相除，或改用 mean',
      'divide the totals of numerator and denominator instead, or take a mean',
    ],
  ),
  'formula-too-deep': text(
    ['公式嵌套过深', 'the formula nests too deep'],
    ['拆成几个计算项', 'split it into several calculations'],
  ),
  'number-in-formula': text(
    ['公式中直接写了数值', 'a number stands in a formula'],
    [
      '把它定义为 parameters 中的参数，注明来源与状态；公式中只允许 0、1、100',
      'make it a parameter with source and status; only 0, 1 and 100 may stand in a formula',
    ],
  ),
  'unknown-function': text(
    ['函数不存在', 'a function that does not exist'],
    [
      '可用的函数有 min、max、known(名称) 和 total(集合, 项)',
      'there are min, max, known(name) and total(set, term)',
    ],
  ),
  arguments: text(
    ['函数参数有误', 'wrong arguments of a function'],
    [
      'min、max 至少两个值；total 写成 total(集合, 项)',
      'min and max take two values or more; total is written total(set, term)',
    ],
  ),
  'not-allowed': text(
    ['公式中不允许的写法', 'not allowed in a formula'],
    [
      '公式只用 + - * /、比较、and、or、not、a ? b : c 以及 min、max、total',
      'use + - * /, comparisons, and, or, not, a ? b : c, min, max and total only',
    ],
  ),
  'implicit-product': text(
    ['缺少乘号', 'a multiplication sign is missing'],
    ['写成 a * b', 'write a * b'],
  ),
  'chained-comparison': text(
    ['比较不能连写', 'comparisons in a chain'],
    ['写成 a <= b and b <= c', 'write a <= b and b <= c'],
  ),
  'condition-for-number': text(
    ['应为数值，却是条件', 'a condition where a number is expected'],
    ['写成 条件 ? 数值 : 数值', 'write condition ? number : number'],
  ),
  'number-for-condition': text(
    ['应为条件，却是数值', 'a number where a condition is expected'],
    ['写成比较，如 a <= b', 'write a comparison such as a <= b'],
  ),
  'text-without-choice': text(
    ['引号文字只能与选择项比较', 'a text is compared with what is no choice'],
    ['写成 选择项 == "选项代码"', 'write choice == "option"'],
  ),
  'option-order': text(
    ['选项没有大小', 'options have no order'],
    ['只用 == 或 != 比较', 'compare them with == or != only'],
  ),
  'check-beyond-inputs': text(
    ['校验引用了计算项', 'a check reads more than inputs'],
    [
      '校验在填报时进行，只能引用填报项和参数；计算结果的限制写入 notRated',
      'a check is made on arrival, so it reads inputs and parameters only; limits of results belong under notRated',
    ],
  ),
  'family-outside-total': text(
    ['直接引用了一组填报项', 'a family stands alone in a formula'],
    [
      '写出其中一项（如 carrier_33），或用 total(集合, 项) 求和',
      'name one member (such as carrier_33), or add them up by total(set, term)',
    ],
  ),
  'total-without-family': text(
    ['total(…) 的项没有用到集合的成员', 'the term of total(…) names no member'],
    [
      '在项中使用集合所属的组或其因子，如 total(fuels, fuel * emission_factor)',
      'use the set’s family or its factor in the term, such as total(fuels, fuel * emission_factor)',
    ],
  ),
  'total-without-member': text(
    ['total(…) 的项缺少集合中某个成员', 'a family or factor in total(…) lacks a member of the set'],
    [
      '在该组的 members 中补上该代码，或调整因子的 only、exclude，或缩小 sets 的范围',
      'add the code to the family’s members, change only or exclude of the factor, or narrow the set',
    ],
  ),
  'nested-total': text(
    ['total(…) 不能嵌套', 'a total within a total'],
    ['把里面的 total 写成单独的计算项', 'make the inner total a calculation of its own'],
  ),
  'empty-set': text(
    ['集合没有成员', 'a set without members'],
    ['核对 sets 中的 from 与 to', 'check from and to of the set under sets'],
  ),
} as const;
