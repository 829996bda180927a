/**
 * @gorules/zen-engine: one expression node with the rulebook's formulas. Its core is native code that comes in a
 * package of the platform; where that does not load, the benchmark says why and goes on.
 */
import type * as Zen from '@gorules/zen-engine';

import type { CitySubjects } from './city-subjects';
import { type Contestant, oneByOneAwaited, type Outcome } from './contestant';
import type { FormulaText } from './formula-text';

export type ZenContestants =
  { readonly contestants: readonly Contestant[] } | { readonly unavailable: string };

const ONE_BY_ONE = 300;
const IN_PARALLEL = 1000;

export async function zenContestants(
  { rows }: CitySubjects,
  formulas: readonly FormulaText[],
): Promise<ZenContestants> {
  let zen: typeof Zen;
  try {
    zen = await import('@gorules/zen-engine');
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  const inParallel = Math.min(IN_PARALLEL, rows.length);
  const decision = new zen.ZenEngine().createDecision(decisionModel(formulas));
  const rate = (i: number): Promise<Zen.ZenEngineResponse> => decision.evaluate(rows[i]!);
  const outcomeOf = ({ result }: Zen.ZenEngineResponse): Outcome => result as Outcome;
  return {
    contestants: [
      oneByOneAwaited({
        name: '@gorules/zen-engine, one after the other',
        kind: 'rule engine',
        subjects: Math.min(ONE_BY_ONE, rows.length),
        rate,
        outcomeOf,
      }),
      {
        name: '@gorules/zen-engine, all at once',
        kind: 'rule engine',
        subjects: inParallel,
        run: async () => {
          await Promise.all(Array.from({ length: inParallel }, (_, i) => rate(i)));
        },
        outcome: async (i) => outcomeOf(await rate(i)),
      },
    ],
  };
}

/** JSON Decision Model. An expression reads the earlier ones of its node by `$.`. */
function decisionModel(formulas: readonly FormulaText[]): object {
  const names = new Set(formulas.map(({ name }) => name));
  const position = { x: 0, y: 0 };
  const expressions = formulas.map(({ name, text }) => ({
    id: name,
    key: name,
    value: text.replace(/[a-z]\w*/g, (word) => (names.has(word) ? `$.${word}` : word)),
  }));
  return {
    nodes: [
      { id: 'request', type: 'inputNode', name: 'request', position },
      { id: 'rate', type: 'expressionNode', name: 'rate', position, content: { expressions } },
      { id: 'response', type: 'outputNode', name: 'response', position },
    ],
    edges: [
      { id: 'in', type: 'edge', sourceId: 'request', targetId: 'rate' },
      { id: 'out', type: 'edge', sourceId: 'rate', targetId: 'response' },
    ],
  };
}
