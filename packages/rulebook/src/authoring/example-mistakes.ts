/** What makes an example no example of its rulebook: a period, an input, a result or a check that it does not know. */
import { type Bilingual, parsePeriod } from '@tanxiao/contracts';

import { closestName } from '../document/closest-name';
import { inForce, type Rulebook } from '../document/rulebook';
import type { Example } from '../document/schema';
import { inputRejections } from './input-rejections';

interface Named {
  readonly name: string;
}

/** What makes an example no example of this rulebook: a period, an input or a result that it does not know. */
export function mistakesOf(rulebook: Rulebook, example: Example): Bilingual[] {
  const { document, inputs } = rulebook;
  const unknown = (
    given: Readonly<Record<string, unknown>> | undefined,
    known: readonly Named[],
    kind: Bilingual,
  ): Bilingual[] =>
    Object.keys(given ?? {})
      .filter((name) => !known.some((one) => one.name === name))
      .map((name) =>
        withSuggestion(
          {
            zh: `没有名为“${name}”的${kind.zh}`,
            en: `there is no ${kind.en} named "${name}"`,
          },
          closestName(
            name,
            known.map((one) => one.name),
          ),
        ),
      );
  return [
    ...periodMistakes(rulebook, example.period),
    ...unknown(example.inputs, inputs, { zh: '填报项', en: 'input' }),
    ...unknown(example.statistics, document.peers, { zh: '统计值', en: 'statistic' }),
    ...expectationMistakes(rulebook, example, unknown),
  ];
}

function expectationMistakes(
  { document, inputs }: Rulebook,
  { expect, inputs: given }: Example,
  unknown: (
    given: Readonly<Record<string, unknown>> | undefined,
    known: readonly Named[],
    kind: Bilingual,
  ) => Bilingual[],
): Bilingual[] {
  if ('rejected' in expect) {
    const names = (of: readonly string[]): Readonly<Record<string, unknown>> =>
      Object.fromEntries(of.map((name) => [name, null]));
    const rejectedInputs = expect.rejected.flatMap((one) => ('input' in one ? [one.input] : []));
    const rejectingChecks = expect.rejected.flatMap((one) => ('check' in one ? [one.check] : []));
    const checks = document.checks.map(({ code }) => ({ name: code }));
    return [
      ...unknown(names(rejectedInputs), inputs, { zh: '填报项', en: 'input' }),
      ...unknown(names(rejectingChecks), checks, { zh: '校验', en: 'check' }),
    ];
  }
  return [
    ...unknown(expect.results, document.results.columns, { zh: '结果列', en: 'result column' }),
    ...unknown(expect.gradings, document.gradings, { zh: '分级', en: 'grading' }),
    ...inputRejections(inputs, given).map(({ text }) => text),
  ];
}

function withSuggestion({ zh, en }: Bilingual, meant: string | null): Bilingual {
  if (meant === null) return { zh, en };
  return { zh: `${zh}，是否应为“${meant}”？`, en: `${en}; did you mean "${meant}"?` };
}

function periodMistakes(rulebook: Rulebook, id: string): Bilingual[] {
  const period = parsePeriod(id);
  if (period === null) {
    return [
      {
        zh: `评价期“${id}”无效：应如 2026Q3、2026H1 或 2026`,
        en: `period "${id}" is not valid: write 2026Q3, 2026H1 or 2026`,
      },
    ];
  }
  if (inForce([rulebook], rulebook.id, period) !== null) return [];
  return [
    {
      zh: `评价规范在评价期 ${id} 的最后一天（${period.end}）没有生效`,
      en: `the rulebook is not in force on the last day of ${id} (${period.end})`,
    },
  ];
}
