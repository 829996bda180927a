/** An explanation as lines a person reads: every step with its formula, numbers, source and how sure it is. */
import type { Bilingual, Language } from '@tanxiao/contracts';
import type { Explanation, ExplanationLine, GradingExplanation, Operand } from '@tanxiao/rulebook';

const STATUS: Readonly<Record<string, Bilingual>> = {
  official: { zh: '官方文本', en: 'official' },
  reported: { zh: '公开报道', en: 'reported' },
  assumed: { zh: '本项目假定', en: 'assumed by this project' },
};

const WORDS = {
  rulebook: { zh: '评价规范', en: 'Rulebook' },
  factors: { zh: '因子集', en: 'Factor set' },
  period: { zh: '评价期', en: 'Period' },
  steps: { zh: '计算过程', en: 'Arithmetic' },
  unknown: { zh: '未知', en: 'unknown' },
  formula: { zh: '公式', en: 'formula' },
  substituted: { zh: '代入', en: 'with numbers' },
  basis: { zh: '依据', en: 'basis' },
  peers: { zh: '同行', en: 'peers' },
  gradings: { zh: '分级', en: 'Grading' },
  notRated: { zh: '不予评级', en: 'Not rated' },
  result: { zh: '结果', en: 'Result' },
  input: { zh: '填报值', en: 'submitted' },
  otherwise: { zh: '其余', en: 'anything else' },
} as const satisfies Record<string, Bilingual>;

/** Plain text, one line a step, a line break at the end. */
export function explanationText(
  explanation: Explanation,
  of: { readonly title: string; readonly language: Language },
): string {
  const { language } = of;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const { rulebook, factorSet, period, benchmark } = explanation;
  const lines = [
    of.title,
    `${say('rulebook')}: ${rulebook.title[language]} ${rulebook.id}@${rulebook.version}`,
    `${say('factors')}: ${factorSet.title[language]} ${factorSet.id}@${factorSet.version}`,
    `${say('period')}: ${period.id} (${period.start} – ${period.end})`,
    '',
    `${say('steps')}:`,
    ...explanation.lines.flatMap((line, index) => stepLines(line, index + 1, language)),
  ];
  if (benchmark) {
    lines.push(
      '',
      `${benchmark.title[language]}: ${benchmark.numerator} / ${benchmark.denominator} = ${benchmark.exact ?? say('unknown')}`,
      `    ${say('peers')}: ${benchmark.groupTitle[language]} ${benchmark.groupKey}, ${benchmark.size}`,
    );
  }
  lines.push('', `${say('gradings')}:`);
  for (const grading of explanation.gradings) lines.push(...gradingLines(grading, language));
  if (explanation.reasons.length > 0) {
    lines.push('', `${say('notRated')}:`);
    for (const { code, message } of explanation.reasons)
      lines.push(`  ${message[language]} (${code})`);
  }
  if (explanation.label) lines.push('', `${say('result')}: ${explanation.label[language]}`);
  return `${lines.join('\n')}\n`;
}

function stepLines(line: ExplanationLine, number: number, language: Language): string[] {
  const unit = line.unit === '1' ? '' : ` ${line.unit}`;
  const value = line.shown === null ? WORDS.unknown[language] : `${line.shown}${unit}`;
  const basis = [
    line.source?.title[language],
    line.clause,
    statusText(line.source?.status, language),
  ];
  return [
    `${number}. ${line.title[language]} ${line.name} = ${value}`,
    `    ${WORDS.formula[language]}: ${line.formula}`,
    `    ${WORDS.substituted[language]}: ${line.substituted}`,
    `    ${WORDS.basis[language]}: ${basis.filter(Boolean).join('; ')}`,
    ...line.operands
      .filter(({ kind }) => kind !== 'calculation')
      .map((operand) => `      ${operandText(operand, language)}`),
  ];
}

function operandText(operand: Operand, language: Language): string {
  const unit = operand.unit === '1' ? '' : ` ${operand.unit}`;
  const origin =
    operand.kind === 'input'
      ? [operand.note?.[language] ?? WORDS.input[language]]
      : [
          operand.source?.title[language],
          operand.clause,
          statusText(operand.status, language),
          operand.note?.[language],
        ];
  const told = origin.filter(Boolean).join('; ');
  const value = operand.value === null ? WORDS.unknown[language] : `${operand.value}${unit}`;
  return `${operand.name} ${operand.title[language]} = ${value}${told === '' ? '' : ` [${told}]`}`;
}

function gradingLines(grading: GradingExplanation, language: Language): string[] {
  const value = grading.value ?? WORDS.unknown[language];
  return [
    `  ${grading.title[language]}: ${grading.of} = ${value}`,
    ...grading.bands.map((band) => {
      const limit = band.limit
        ? `${band.relation ?? '<='} ${band.limit.value ?? WORDS.unknown[language]} [${[band.limit.source?.title[language], statusText(band.limit.status, language)].filter(Boolean).join('; ')}]`
        : WORDS.otherwise[language];
      return `    ${band.isResult ? '→' : ' '} ${band.title[language]}: ${limit}`;
    }),
  ];
}

function statusText(status: string | null | undefined, language: Language): string {
  return status ? (STATUS[status]?.[language] ?? status) : '';
}
