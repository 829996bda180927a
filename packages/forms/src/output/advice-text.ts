/** An advice as sentences in both languages, and as lines a person reads. */
import type { Bilingual, Language } from '@tanxiao/contracts';
import type {
  Advice,
  BetterBand,
  Boundary,
  Certainty,
  ChoiceAdvice,
  GradingAdvice,
  InputAdvice,
  UncertaintyAdvice,
} from '@tanxiao/rulebook';

import { quantityWords } from './quantity-words';

export const BENCHMARK_HELD_FIXED: Bilingual = {
  zh: '行业平均等同行统计值按本次评级所用的数值保持不变；评价对象也是同行之一，实际数值会随各户填报而变动，故建议仅供参考',
  en: 'Benchmarks are held fixed at the values of this rating; the subject is one of its own peers, and the real ones move with what all of them submit',
};

/** One input's advice for a band; every quantity named in it is one that was confirmed to reach the band. */
export function adviceSentence(advice: InputAdvice, band: BetterBand): Bilingual {
  return { zh: sentence(advice, band, 'zh'), en: sentence(advice, band, 'en') };
}

/** Plain text, a line break at the end; inputs that can't help are counted by why, but for what was submitted. */
export function adviceText(advice: Advice, language: Language): string {
  const lines = [
    ...(advice.benchmarkHeldFixed ? [BENCHMARK_HELD_FIXED[language]] : []),
    ...advice.gradings.flatMap((grading) => gradingLines(grading, language)),
  ];
  return `${[`${HEADING[language]}:`, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

const HEADING: Bilingual = { zh: '改进建议', en: 'Advice' };

function sentence(advice: InputAdvice, band: BetterBand, language: Language): string {
  const title = advice.title[language];
  const goal = band.title[language];
  const quantity = (value: string): string => quantityWords(value, advice.unit, language);
  if (advice.reachable) {
    const { value, change, percent } = advice.rounded;
    const less = change.startsWith('-');
    const amount = quantity(change.replace('-', ''));
    const share = percent === null ? '' : signedPercent(percent);
    return language === 'zh'
      ? `${title}${less ? '减少' : '增加'} ${amount}${share && `（${share}）`}，即${less ? '降至' : '增至'} ${quantity(value)}，可达${goal}`
      : `${title}: ${amount} ${less ? 'less' : 'more'}${share && ` (${share})`}, that is ${quantity(value)}, reaches ${goal}`;
  }
  const why = obstacleWords(advice, language);
  return language === 'zh'
    ? `仅调整${title}不能达到${goal}：${why}`
    : `${title} alone cannot reach ${goal}: ${why}`;
}

function obstacleWords(
  advice: Extract<InputAdvice, { reachable: false }>,
  language: Language,
): string {
  const needed = quantityWords(advice.neededShown ?? '?', advice.unit, language);
  const message = advice.message?.[language] ?? '';
  const words: Readonly<Record<typeof advice.obstacle, Bilingual>> = {
    'no-effect': {
      zh: '它的变化不影响结果',
      en: 'the result does not change with it',
    },
    'out-of-reach': { zh: '任何数值都不够', en: 'no quantity of it is enough' },
    'below-minimum': {
      zh: `须为 ${needed}，低于允许的最小值`,
      en: `it would have to be ${needed}, below the least allowed`,
    },
    'above-maximum': {
      zh: `须为 ${needed}，高于允许的最大值`,
      en: `it would have to be ${needed}, above the greatest allowed`,
    },
    'fails-check': {
      zh: `须为 ${needed}，届时不能通过校验“${message}”`,
      en: `it would have to be ${needed}, where a check fails: ${message}`,
    },
    'not-rated': {
      zh: `须为 ${needed}，届时不予评级：${message}`,
      en: `it would have to be ${needed}, where the subject is not rated: ${message}`,
    },
    'no-decimal': {
      zh: `须为 ${needed}，填报的有效数字（15 位）表示不出`,
      en: `it would have to be ${needed}, which no submission of 15 digits can state`,
    },
    'not-solved': {
      zh: '公式不是它的线性分式，未求解',
      en: 'the formula is no ratio of linear functions of it and was not solved',
    },
  };
  return words[advice.obstacle][language];
}

function signedPercent(percent: string): string {
  return `${percent.startsWith('-') ? percent.replace('-', '−') : `+${percent}`} %`;
}

function gradingLines(grading: GradingAdvice, language: Language): string[] {
  const { of, shown, band } = grading;
  const value = of === null ? '' : `${of.title[language]} = ${valueWords(of, shown, language)}`;
  const head = `${grading.title[language]}: ${value}`;
  if (band === null) return [`${head} (${NO_BAND[language]})`];
  return [
    `${head}${value === '' ? '' : ', '}${band.title[language]}`,
    ...grading.failedGates.map(({ title }) => `  ${FAILED_GATE[language]}: ${title[language]}`),
    ...[grading.boundaries.below, grading.boundaries.above].flatMap((boundary) =>
      boundary ? [`  ${boundaryLine(boundary, language)}`] : [],
    ),
    ...(grading.better.length === 0 ? [`  ${BEST[language]}`] : []),
    ...grading.better.flatMap((better) => bandLines(better, language).map((line) => `  ${line}`)),
    ...uncertaintyLines(grading.uncertainty, grading, language).map((line) => `  ${line}`),
  ];
}

function valueWords(
  { unit }: { readonly unit: string },
  shown: string | null,
  language: Language,
): string {
  return shown === null ? UNKNOWN[language] : quantityWords(shown, unit, language);
}

const FAILED_GATE: Bilingual = { zh: '未满足的前提', en: 'a gate that does not hold' };
const BEST: Bilingual = { zh: '已是最好等级', en: 'this is the best one' };
const UNKNOWN: Bilingual = { zh: '未知', en: 'unknown' };
const NO_BAND: Bilingual = {
  zh: '没有等级，无从建议，原因见不予评级',
  en: 'no band, so nothing to advise: see why it is not rated',
};

function boundaryLine({ limit, percent, beyond }: Boundary, language: Language): string {
  const bound = quantityWords(limit.shown, limit.unit, language);
  const distance = percent === null ? UNKNOWN[language] : signedPercent(percent);
  return language === 'zh'
    ? `距界限 ${bound}（另一侧为${beyond.title.zh}）: ${distance}`
    : `from the limit ${bound} (beyond it ${beyond.title.en}): ${distance}`;
}

function bandLines(band: BetterBand, language: Language): string[] {
  const told = band.inputs.filter((advice) => advice.reachable || isWorthTelling(advice));
  const rest = band.inputs.length - told.length;
  const others = language === 'zh' ? '其余填报值不变时：' : 'with all else unchanged:';
  const asks = [distanceWords(band, language), conditionWords(band, language)].filter(Boolean);
  return [
    `${band.title[language]}${[...asks.map((ask) => `; ${ask}`), `; ${others}`].join('')}`,
    ...told.map((advice) => `  ${adviceSentence(advice, band)[language]}`),
    ...band.choices.flatMap((choice) => choiceLines(choice, band, language)),
    ...(rest === 0 ? [] : [`  ${restLine(rest, language)}`]),
  ];
}

function distanceWords({ distance }: BetterBand, language: Language): string {
  if (distance === null) return '';
  const { limit, absolute, percent, isMet } = distance;
  const bound = `${RELATION[limit.relation]} ${quantityWords(limit.shown, limit.unit, language)}`;
  if (isMet) return language === 'zh' ? `${bound} 已满足` : `${bound} is met`;
  const change = quantityWords(absolute.replace('-', ''), limit.unit, language);
  const share = percent === null ? '' : ` (${signedPercent(percent)})`;
  return language === 'zh'
    ? `${bound}，还差 ${change}${share}`
    : `${bound}, ${change}${share} away`;
}

const RELATION = { '<=': '≤', '<': '<', '>=': '≥', '>': '>' } as const;

function conditionWords({ condition }: BetterBand, language: Language): string {
  if (condition === null || condition.isMet) return '';
  return language === 'zh'
    ? `尚未满足条件 ${condition.text}`
    : `its condition does not hold: ${condition.text}`;
}

function choiceLines(choice: ChoiceAdvice, band: BetterBand, language: Language): string[] {
  return choice.options.map((option) =>
    language === 'zh'
      ? `  ${choice.title.zh}为“${option.title.zh}”时，可达${band.title.zh}`
      : `  ${choice.title.en} being "${option.title.en}" reaches ${band.title.en}`,
  );
}

/** An input that is zero and can't help is one of dozens. */
function isWorthTelling(advice: InputAdvice): boolean {
  return !advice.reachable && advice.present !== '0';
}

function restLine(count: number, language: Language): string {
  return language === 'zh'
    ? `另有 ${count} 项填报值为零，单独调整无济于事`
    : `${count} more inputs are zero and cannot help alone`;
}

function uncertaintyLines(
  uncertainty: UncertaintyAdvice | null,
  grading: GradingAdvice,
  language: Language,
): string[] {
  if (!uncertainty) return [];
  const { single, together } = uncertainty;
  const all = language === 'zh' ? '以上同时取最不利方向' : 'all of these at once, at their worst';
  return [
    language === 'zh' ? '数据不确定度：' : 'Uncertainty of the data:',
    ...single.map(
      (one) =>
        `  ${one.title[language]} ±${one.relative} %: ${certaintyWords(one, grading, language)}`,
    ),
    ...(single.length > 1 ? [`  ${all}: ${certaintyWords(together, grading, language)}`] : []),
  ];
}

function certaintyWords(
  { answer, bands, couldBeUnrated }: Certainty,
  grading: GradingAdvice,
  language: Language,
): string {
  if (answer === 'certain') return language === 'zh' ? '结果不变' : 'the result is certain';
  const titles = bands.map((code) => grading.bands.find((b) => b.code === code)!.title[language]);
  if (couldBeUnrated) titles.push(language === 'zh' ? '不予评级' : 'not rated');
  const list = titles.join(language === 'zh' ? '、' : ', ');
  return language === 'zh' ? `结果可能为 ${list}` : `it could be ${list}`;
}
