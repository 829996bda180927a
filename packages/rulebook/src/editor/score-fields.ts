/** What the fields of scores and roll-ups mean. */
import { fieldText, type FieldTexts } from './field-text';

export const SCORE_FIELDS: FieldTexts = {
  scores: fieldText('按指标计分。', 'Scores by indicators.'),
  'scores[].full': fieldText(
    '满分；各指标权重之和须等于它。',
    'Full marks: the weights add up to it.',
  ),
  'scores[].population': fieldText(
    '指标与评价总体比较时，总体是谁。',
    'Who is compared where an indicator names the population.',
  ),
  'scores[].groups': fieldText('指标组。', 'Groups of indicators.'),
  'scores[].groups[].weight': fieldText(
    '本组权重；写出时组内之和须等于它。',
    'Weight of the group: where stated, its indicators add up to it.',
  ),
  'scores[].groups[].indicators': fieldText('指标。', 'Indicators of the group.'),
  'scores[].groups[].indicators[].method': fieldText(
    '计分方法：linear 在基准值与引领值之间线性，ratio 与基数之比，options 按选项，count 按数量，points 数值即分数。',
    'Method: linear between baseline and leading, ratio to a base, options by option, count by number, points as they are.',
  ),
  'scores[].groups[].indicators[].weight': fieldText('满分时的分数。', 'Points at full marks.'),
  'scores[].groups[].indicators[].of': fieldText('所计分的项。', 'Value that is scored.'),
  'scores[].groups[].indicators[].better': fieldText(
    '越高越好还是越低越好。',
    'Whether higher or lower is better.',
  ),
  'scores[].groups[].indicators[].leading': fieldText(
    '引领值：达到或更优得满分。',
    'Leading value: full marks at or better than it.',
  ),
  'scores[].groups[].indicators[].baseline': fieldText(
    '基准值：未达到不得分。',
    'Baseline value: no points short of it.',
  ),
  'scores[].groups[].indicators[].base': fieldText('基数。', 'Base that the value is divided by.'),
  'scores[].groups[].indicators[].cap': fieldText(
    '封顶为权重的几倍：参数名。',
    'Parameter: at most so many times the weight.',
  ),
  'scores[].groups[].indicators[].shares': fieldText(
    '各选项得权重的份额。',
    'Share of the weight for each option.',
  ),
  'scores[].groups[].indicators[].full': fieldText(
    '得满分的数量：名称。',
    'Value that gives full marks.',
  ),
  'scores[].bonuses': fieldText('加分。', 'Bonuses.'),
  'scores[].bonuses.cap': fieldText('加分合计的上限。', 'At most so many points together.'),
  'scores[].bonuses.items': fieldText('各项加分。', 'The bonuses.'),
  'scores[].bonuses.items[].of': fieldText('加分值：不小于零的项。', 'Points, zero or more.'),
  'scores[].deductions': fieldText('减分。', 'Deductions.'),
  'scores[].deductions[].of': fieldText('减分值：不小于零的项。', 'Points, zero or more.'),
};

export const ROLL_UP_FIELDS: FieldTexts = {
  rollUps: fieldText('由下级评级汇总而来的填报项。', 'Inputs made of lower subjects’ ratings.'),
  'rollUps[].aggregate': fieldText(
    '汇总方法：count 户数，share 占比，sum 合计，mean 平均，ratio-of-totals 总量之比。',
    'How: count, share, sum, mean or ratio-of-totals.',
  ),
  'rollUps[].input': fieldText('所填入的填报项。', 'Input that is filled.'),
  'rollUps[].from': fieldText(
    '下级所用的评价规范编号。',
    'Id of the rulebook whose ratings are rolled up.',
  ),
  'rollUps[].where': fieldText('计入哪些级别的评级。', 'Ratings that count, by band.'),
  'rollUps[].where.grading': fieldText('下级规范的分级。', 'Grading of the lower rulebook.'),
  'rollUps[].where.bands': fieldText('级别代码。', 'Codes of its bands.'),
  'rollUps[].among': fieldText(
    '占比的分母：rated 已评级的，all 连同不予评级的。',
    'What a share is of: the rated ones, or all.',
  ),
  'rollUps[].decimals': fieldText(
    '商按 GB/T 8170 修约到的小数位数。',
    'Places that the quotient is rounded to, by GB/T 8170.',
  ),
  'rollUps[].of': fieldText(
    '下级的结果列，或下级填报的数量。',
    'Result column of the lower rulebook, or a quantity that it asks for.',
  ),
};
