/** Outcomes and causes of a dry run as sentences, in both languages: one wording for command line and API. */
import { type Bilingual, unitTitle } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import { readingText } from '../explain/number-text';
import type { BenchmarkChange, Cause } from './causes';
import type { FormulaChange, NumberChange, RuleChange } from './changes';
import type { OutOfRange } from './compared-population';
import type { Limit, LimitChange } from './limits';
import { type GradeOutcome, outcomeKey } from './outcome';

const NOT_RATED: Bilingual = { zh: '不予评级', en: 'not rated' };
const NONE: Bilingual = { zh: '无', en: 'none' };

export function outcomeText(outcome: GradeOutcome): Bilingual {
  switch (outcome.kind) {
    case 'rated':
      return outcome.title;
    case 'refused':
      return { zh: '退回（数值超出范围）', en: 'rejected (a value is beyond its limits)' };
    case 'not-rated': {
      const { reasons } = outcome;
      if (reasons.length === 0) return NOT_RATED;
      return {
        zh: `${NOT_RATED.zh}（${reasons.map(({ message }) => message.zh).join('；')}）`,
        en: `${NOT_RATED.en} (${reasons.map(({ message }) => message.en).join('; ')})`,
      };
    }
  }
}

/** What changed, and what this change does by itself. */
export function causeText(cause: Cause): Bilingual {
  const facts = factsOf(cause);
  const share = shareText(cause);
  return { zh: `${facts.zh}${share.zh}`, en: `${facts.en}${share.en}` };
}

/** Other numbers than the grade itself that changed with the subject's own data. */
export function ownValuesText(values: readonly NumberChange[]): Bilingual | null {
  if (values.length === 0) return null;
  return titled({ zh: '自身数值变化', en: 'own values changed' }, values.map(numberText));
}

function shareText(cause: Cause): Bilingual {
  if (cause.sufficient && cause.necessary) return { zh: '', en: '' };
  const [alone, without] = [outcomeText(cause.alone), outcomeText(cause.without)];
  const parts = { zh: `只改这一项为${alone.zh}`, en: `this alone: ${alone.en}` };
  return outcomeKey(cause.alone) === outcomeKey(cause.without)
    ? { zh: `（${parts.zh}）`, en: ` (${parts.en})` }
    : {
        zh: `（${parts.zh}，不改这一项为${without.zh}）`,
        en: ` (${parts.en}; without it: ${without.en})`,
      };
}

function factsOf(cause: Cause): Bilingual {
  switch (cause.kind) {
    case 'limit':
      return titled({ zh: '界限变化', en: 'limit changed' }, [
        ...cause.limits.map(limitText),
        ...(cause.compareMode
          ? [
              {
                zh: '全数值比较与修约值比较互换',
                en: 'full values compared in one version, rounded ones in the other',
              },
            ]
          : []),
      ]);
    case 'benchmark':
      return titled(
        { zh: '对标值变化', en: 'benchmark changed' },
        cause.benchmarks.map(benchmarkText),
      );
    case 'factor':
      return titled({ zh: '因子变化', en: 'factor changed' }, cause.factors.map(numberText));
    case 'parameter':
      return titled({ zh: '参数变化', en: 'parameter changed' }, cause.parameters.map(numberText));
    case 'formula':
      return titled({ zh: '计算规则变化', en: 'formulas changed' }, [
        ...cause.formulas.map(formulaText),
        ...(cause.inputs.length > 0
          ? [{ zh: `指标 ${cause.inputs.join('、')}`, en: `inputs ${cause.inputs.join(', ')}` }]
          : []),
        ...(cause.decided || cause.formulas.length < 2 ? [] : [UNDECIDED]),
      ]);
    case 'not-rated-rule':
      return titled(
        { zh: '不予评级规则变化', en: 'rule of not-rated changed' },
        cause.rules.map(ruleText),
      );
    case 'range':
      return titled(
        { zh: '指标超出范围', en: 'a value beyond its limits' },
        cause.outOfRange.map(rangeText),
      );
  }
}

const UNDECIDED: Bilingual = {
  zh: '其中哪一项起作用，无法逐项区分',
  en: 'which of these it was cannot be told apart',
};

function titled(title: Bilingual, parts: readonly Bilingual[]): Bilingual {
  if (parts.length === 0) return title;
  return {
    zh: `${title.zh}：${parts.map(({ zh }) => zh).join('；')}`,
    en: `${title.en}: ${parts.map(({ en }) => en).join('; ')}`,
  };
}

function limitText({ title, before, after }: LimitChange): Bilingual {
  const shown = (limit: Limit | null): Bilingual => {
    if (limit === null) return { zh: '无界限', en: 'no limit' };
    const text = `${SIGNS[limit.relation]} ${limit.value ?? limit.name}`;
    return { zh: text, en: text };
  };
  return moved(title, shown(before), shown(after));
}

const SIGNS: Readonly<Record<Limit['relation'], string>> = {
  '<=': '≤',
  '<': '<',
  '>=': '≥',
  '>': '>',
};

function benchmarkText({ title, before, after, changed }: BenchmarkChange): Bilingual {
  const shown = (row: BenchmarkChange['before']): Bilingual => {
    if (row === null) return NONE;
    const value = row.value ?? '–';
    const told = changed.includes('group') || changed.includes('size');
    return told
      ? {
          zh: `${value}（${row.groupTitle.zh} ${row.groupKey}，${row.size} 户）`,
          en: `${value} (${row.groupTitle.en} ${row.groupKey}, ${row.size} peers)`,
        }
      : { zh: String(value), en: String(value) };
  };
  return moved(title, shown(before), shown(after));
}

function numberText({ title, unit, before, after }: NumberChange): Bilingual {
  const units = unitTitle(unit);
  const shown = (value: string | null): Bilingual => {
    if (value === null) return NONE;
    const text = readingText(Rational.parse(value));
    return { zh: text, en: text };
  };
  const text = moved(title, shown(before), shown(after));
  return unit === '1' ? text : { zh: `${text.zh} ${units.zh}`, en: `${text.en} ${units.en}` };
}

function formulaText({ title, name, before, after }: FormulaChange): Bilingual {
  const shown = (text: string | null): Bilingual =>
    text === null ? NONE : { zh: onOneLine(text), en: onOneLine(text) };
  return moved(
    { zh: `${title.zh} ${name}`, en: `${title.en} ${name}` },
    shown(before),
    shown(after),
  );
}

function ruleText({ code, before, after }: RuleChange): Bilingual {
  const message = (after ?? before)!.message;
  const shown = (rule: RuleChange['before']): Bilingual => {
    if (rule === null) return NONE;
    return rule.when === null
      ? { zh: '缺失时', en: 'where missing' }
      : { zh: onOneLine(rule.when), en: onOneLine(rule.when) };
  };
  const [old, now] = [shown(before), shown(after)];
  const title = { zh: `${message.zh} ${code}`, en: `${message.en} ${code}` };
  return old.en === now.en ? title : moved(title, old, now);
}

function rangeText({ name, value, minimum, maximum }: OutOfRange): Bilingual {
  return minimum !== null && value < minimum
    ? {
        zh: `${name} 为 ${value}，下限 ${minimum}`,
        en: `${name} is ${value}, the minimum ${minimum}`,
      }
    : {
        zh: `${name} 为 ${value}，上限 ${maximum}`,
        en: `${name} is ${value}, the maximum ${maximum}`,
      };
}

function moved(title: Bilingual, before: Bilingual, after: Bilingual): Bilingual {
  return {
    zh: `${title.zh} ${before.zh} → ${after.zh}`,
    en: `${title.en} ${before.en} → ${after.en}`,
  };
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
