/** An explanation as lines a person reads: every step with its formula, numbers, source and how sure it is. */
import type { Bilingual, Language } from '@tanxiao/contracts';
import type {
  ConditionExplanation,
  Explanation,
  ExplanationLine,
  GradingExplanation,
  Operand,
} from '@tanxiao/rulebook';

import { quantityWords } from './quantity-words';
import { statusTitle } from './status-title';

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
  exact: { zh: '精确值', en: 'exactly' },
  onlyIf: { zh: '仅当', en: 'only if' },
  zeroTerms: { zh: '项为零，未列出', en: 'terms are zero and not listed' },
} as const satisfies Record<string, Bilingual>;

const RELATIONS = { '<=': '≤', '<': '<', '>=': '≥', '>': '>' } as const;

/** Plain text, one line a step, a line break at the end. */
export function explanationText(
  explanation: Explanation,
  of: { readonly title: string; readonly language: Language },
): string {
  return new ExplanationWriter(explanation, of.language).text(of.title);
}

class ExplanationWriter {
  /** Notes of factors are long: each is told where its factor first appears. */
  private readonly noted = new Set<string>();

  constructor(
    private readonly explanation: Explanation,
    private readonly language: Language,
  ) {}

  text(title: string): string {
    const { rulebook, factorSet, period, lines, gradings, reasons, label } = this.explanation;
    const { language } = this;
    const text = [
      title,
      `${this.say('rulebook')}: ${rulebook.title[language]} ${rulebook.id}@${rulebook.version}`,
      `${this.say('factors')}: ${factorSet.title[language]} ${factorSet.id}@${factorSet.version}`,
      `${this.say('period')}: ${period.id} (${period.start} – ${period.end})`,
      '',
      `${this.say('steps')}:`,
      ...lines.flatMap((line, index) => this.step(line, index + 1)),
      ...this.explanation.benchmarks.flatMap((one) => this.benchmark(one)),
      '',
      `${this.say('gradings')}:`,
      ...gradings.flatMap((grading) => this.grading(grading)),
    ];
    if (reasons.length > 0) {
      text.push('', `${this.say('notRated')}:`);
      for (const { code, message } of reasons) text.push(`  ${message[language]} (${code})`);
    }
    if (label) text.push('', `${this.say('result')}: ${label[language]}`);
    return `${text.join('\n')}\n`;
  }

  private step(line: ExplanationLine, number: number): string[] {
    const { language } = this;
    const condition = line.onlyIf === null ? '' : ` (${this.say('onlyIf')} ${line.onlyIf})`;
    const zeros = line.zeroTerms === 0 ? '' : ` (${line.zeroTerms} ${this.say('zeroTerms')})`;
    return [
      `${number}. ${line.title[language]} ${line.name} = ${this.quantity(line.shown, line.unit)}`,
      `    ${this.say('formula')}: ${line.formula}${condition}`,
      `    ${this.say('substituted')}: ${line.substituted}${zeros}`,
      `    ${this.say('basis')}: ${told(line.source?.title[language], line.clause, this.status(line.source?.status))}`,
      ...line.operands
        .filter(({ kind }) => kind !== 'calculation')
        .flatMap((operand) => this.operand(operand)),
    ];
  }

  private operand(operand: Operand): string[] {
    const { language } = this;
    const { name, title, components } = operand;
    const origin =
      operand.kind === 'input'
        ? (operand.note?.[language] ?? this.say('input'))
        : told(
            operand.source?.title[language],
            operand.clause,
            this.status(operand.status),
            this.noteOnce(operand),
          );
    const brackets = origin === '' ? '' : ` [${origin}]`;
    return [
      `      ${name} ${title[language]} = ${this.quantity(operand.shown, operand.unit)}${brackets}`,
      // What a factor that matters is the product of.
      ...(this.isUsed(operand) ? components : []).map(
        (part) =>
          `        × ${part.title[language]} ${this.quantity(part.value, part.unit)} [${told(part.source?.title[language], part.clause, this.status(part.status))}]`,
      ),
    ];
  }

  /** Components are listed where the factor first appears, as its note is. */
  private isUsed({ name, components }: Operand): boolean {
    if (components.length === 0 || this.noted.has(`${name} components`)) return false;
    this.noted.add(`${name} components`);
    return true;
  }

  private noteOnce({ name, note }: Operand): string | undefined {
    if (!note || this.noted.has(name)) return undefined;
    this.noted.add(name);
    return note[this.language];
  }

  private benchmark(benchmark: Explanation['benchmarks'][number]): string[] {
    const { language } = this;
    const value = this.decimalAndExact(benchmark.shown, benchmark.exact);
    return [
      '',
      `${benchmark.title[language]}: ${benchmark.numerator} ÷ ${benchmark.denominator} = ${value}`,
      `    ${this.say('basis')}: ${told(benchmark.source?.title[language], benchmark.clause, this.status(benchmark.source?.status))}`,
      `    ${this.say('peers')}: ${benchmark.groupTitle[language]} ${benchmark.groupKey}, ${benchmark.size}`,
    ];
  }

  private grading(grading: GradingExplanation): string[] {
    const { language } = this;
    const { of, shown, value } = grading;
    const graded = of === null ? '' : ` ${of} = ${this.decimalAndExact(shown, value)}`;
    return [
      `  ${grading.title[language]}:${graded}`,
      ...grading.gates.flatMap(({ title, condition, source, clause, otherwise }) => [
        `    ${this.mark(condition.holds)} ${title[language]}: ${condition.text} [${told(source?.title[language], clause, this.status(source?.status))}]${condition.holds === false ? ` → ${otherwise}` : ''}`,
        ...this.conditionOperands(condition),
      ]),
      ...grading.bands.flatMap(({ title, limit, relation, condition, isResult }) => {
        const bound = limit
          ? `${relation === null ? '' : RELATIONS[relation]} ${limit.shown ?? this.say('unknown')} [${told(limit.source?.title[language], limit.clause, this.status(limit.status))}]`
          : null;
        const when = condition && `${this.mark(condition.holds)} ${condition.text}`;
        const asked = [bound, when].filter(Boolean).join(', ') || this.say('otherwise');
        return [
          `    ${isResult ? '→' : ' '} ${title[language]}: ${asked}`,
          ...(condition ? this.conditionOperands(condition) : []),
        ];
      }),
    ];
  }

  private conditionOperands(condition: ConditionExplanation): string[] {
    return condition.operands
      .filter(({ kind }) => kind !== 'calculation')
      .flatMap((operand) => this.operand(operand))
      .map((line) => `  ${line}`);
  }

  private mark(holds: boolean | null): string {
    return holds === null ? '?' : holds ? '✓' : '✗';
  }

  private say(word: keyof typeof WORDS): string {
    return WORDS[word][this.language];
  }

  private quantity(value: string | null, unit: string): string {
    return value === null ? this.say('unknown') : quantityWords(value, unit, this.language);
  }

  /** `1.10504… (exactly 4776/4322)`: what is compared is the exact value. */
  private decimalAndExact(shown: string | null, exact: string | null): string {
    if (shown === null || exact === null) return this.say('unknown');
    return shown === exact ? shown : `${shown} (${this.say('exact')} ${exact})`;
  }

  private status(status: string | null | undefined): string {
    return status ? statusTitle(status)[this.language] : '';
  }
}

function told(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(Boolean).join('; ');
}
